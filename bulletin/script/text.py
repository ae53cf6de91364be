"""A script as a text that a producer can correct by hand, and back again, nothing lost.

    # bulletin script 1
    title: Le lynx est de retour
    language: fr
    source: lynx.html

    == 0 headline
    Le lynx est de retour

    == 4 quote: Annelise Steinmetz (f)
    J'ai crié dans mon salon,

    == 4 narration
    avoue l'écologue.

A segment's head line tells its paragraph, its role and, for a quote, its speaker with m, f or unknown
("quote: ?" for nobody known); `[kokoro:siwis]` at its end is the voice. What was left out of the article
follows the segments, with its reason. Lines that begin with # are remarks. A line of the text that could be
taken for one of these is written with a backslash before it, and a backslash as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bulletin.errors import UsageError
from bulletin.model import Gender, LeftOut, Role, Script, Segment, Speaker

FIRST_LINE = "# bulletin script 1"
FIELDS = ("title", "language", "source", "byline", "date", "url", "image")
HEAD = re.compile(
    r"== (?P<paragraph>\d+) (?P<role>headline|narration|quote)"
    r"(?:: ?(?P<speaker>.+?))??(?: \((?P<gender>m|f|unknown)\))?(?: \[(?P<voice>(?:[^\]\\]|\\.)*)\])?[ \t]*"
)
LEFT_OUT = re.compile(r"== left out(?:: ?(?P<reason>.*))?")
SPECIAL = {"\n": "\\n", "\r": "\\r", "\\": "\\\\"}


def to_text(script: Script) -> str:
    """The script as editable text. What normalization adds (`pieces`, `unread`) is not part of it."""
    lines = [FIRST_LINE, "# Change speakers, genders, words; then: bulletin make THIS-FILE"]
    for name in FIELDS:
        value = getattr(script, name)
        if value is not None:
            lines.append(f"{name}: {_escaped(value)}")
    for segment in script.segments:
        lines += ["", _head(segment), *map(_line, segment.text.split("\n"))]
    for left in script.left_out:
        lines += ["", f"== left out: {_escaped(left.reason)}", *map(_line, left.text.split("\n"))]
    return "\n".join(lines) + "\n"


def from_text(text: str) -> Script:
    """The script that an edited text describes. UsageError names the line that can't be understood."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    if not is_script(text):
        raise UsageError(f'not an edited script: its first line must be "{FIRST_LINE}"')
    fields, start = _fields(lines)
    segments: list[Segment] = []
    left_out: list[LeftOut] = []
    for block in _blocks(lines, start):
        left = LEFT_OUT.fullmatch(block.head)
        if left:
            left_out.append(LeftOut(block.text, _unescaped(left["reason"] or "")))
        else:
            segments.append(_segment(block))
    if not segments:
        raise UsageError("the edited script has no segments: each begins with a line such as == 1 narration")
    if not fields.get("language"):
        raise UsageError("the edited script doesn't tell its language: add a line such as language: fr")
    return Script(
        fields.get("title"),
        fields["language"],
        fields.get("source", "edited script"),
        tuple(segments),
        fields.get("byline"),
        fields.get("date"),
        fields.get("url"),
        fields.get("image"),
        tuple(left_out),
    )


def is_script(text: str) -> bool:
    """Whether a text is an edited script rather than an article."""
    return text.lstrip("\ufeff").startswith(FIRST_LINE)


@dataclass(slots=True)
class _Block:
    """A head line, where it stands (from 1), and the lines below it."""

    head: str
    number: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        while self.lines and not self.lines[-1].strip():
            self.lines.pop()
        return "\n".join(_unescaped(line) for line in self.lines)


def _fields(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """What stands above the first segment, and the index of its line."""
    fields: dict[str, str] = {}
    for index, line in enumerate(lines):
        if line.startswith("=="):
            return fields, index
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, value = line.partition(":")
        if not colon or name.strip() not in FIELDS:
            known = ", ".join(FIELDS)
            raise UsageError(f"line {index + 1} of the edited script is none of {known}: {line[:60]}")
        fields[name.strip()] = _unescaped(value.removeprefix(" "))
    return fields, len(lines)


def _blocks(lines: Sequence[str], start: int) -> Iterator[_Block]:
    block: _Block | None = None
    for index, line in enumerate(lines[start:], start=start):
        if line.startswith("=="):
            if block:
                yield block
            block = _Block(line, index + 1)
        elif block and not line.startswith("#"):
            block.lines.append(line)
    if block:
        yield block


def _segment(block: _Block) -> Segment:
    match = HEAD.fullmatch(block.head)
    if not match:
        raise UsageError(
            f'line {block.number} of the edited script is no head of a segment: "{block.head[:60]}"; '
            "write == 3 narration, == 3 headline or == 3 quote: Name (m, f or unknown in brackets)"
        )
    role: Role = match["role"]  # type: ignore[assignment]
    name = match["speaker"]
    if name and role != "quote":
        raise UsageError(f"line {block.number} of the edited script gives a speaker to a {role}")
    if not block.text.strip():
        raise UsageError(f"line {block.number} of the edited script begins a segment without words")
    gender: Gender = match["gender"] or "unknown"  # type: ignore[assignment]
    voice = _unescaped(match["voice"]) if match["voice"] is not None else None
    speaker = Speaker(_unescaped(name), gender) if name and name != "?" else None
    return Segment(role, block.text, int(match["paragraph"]), speaker, voice=voice)


def _head(segment: Segment) -> str:
    head = f"== {segment.paragraph} {segment.role}"
    if segment.role == "quote":
        speaker = segment.speaker
        head += f": {_name(speaker.name)} ({speaker.gender})" if speaker else ": ?"
    return head + (
        f" [{_escaped(segment.voice).replace(']', chr(92) + ']')}]" if segment.voice is not None else ""
    )


def _name(name: str) -> str:
    return "\\?" if name == "?" else _escaped(name)


def _line(line: str) -> str:
    """A line of text that can't be taken for anything else."""
    escaped = _escaped(line)
    return "\\" + escaped if not line.strip() or line.startswith(("#", "==")) else escaped


def _escaped(value: str) -> str:
    return re.sub(r"[\n\r\\]", lambda match: SPECIAL[match.group()], value)


def _unescaped(line: str) -> str:
    """
    >>> _unescaped(_line("# a remark")), _unescaped(_line("")), _unescaped(_line("a \\\\ b"))
    ('# a remark', '', 'a \\\\ b')
    """
    return re.sub(
        r"\\(.?)",
        lambda match: {"n": "\n", "r": "\r"}.get(match.group(1), match.group(1)),
        line,
        flags=re.DOTALL,
    )
