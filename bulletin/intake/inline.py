"""Notes inside a paragraph ("Lire aussi : …", a credit, a share link) are cut out of it."""

from __future__ import annotations

import re

from bulletin.intake import furniture, structure
from bulletin.intake.blocks import Block, Element, Run
from bulletin.intake.body import SENTENCE_END
from bulletin.intake.words import clean

BEFORE_A_NOTE = (*SENTENCE_END, "(", "[", "|", "–", "—", ">")
NOTE_WORDS = 40
ALWAYS_CUT = {"hidden", "footnote"}
FIRST_LETTER = re.compile(r"[«“\"]?\s?[A-ZÀ-Ý]['’]?")
FOOTNOTE = re.compile(r"[\[(]?\d{1,3}[\])]|\*+")
HARMLESS = {"time", "label"}


def cut_inline(block: Block, language: str) -> tuple[str, list[tuple[str, str]]]:
    """The block's text without the notes inside it; and what was cut, with reasons."""
    kept: list[Run] = []
    cut: list[tuple[str, str]] = []
    _join_first_letter(block)
    for note, runs in _stretches(_part_leads(block, language), language):
        text = clean("".join(run.text for run in runs))
        if note is not None and text and (note in ALWAYS_CUT or stands_apart(kept, runs[-1], block.runs)):
            cut.append((text, note))
        else:
            kept += runs
    text = clean("".join(run.text for run in kept))
    for rule in furniture.inline_rules(language):
        for pattern in rule.cuts:
            cut += [(match.group(0), rule.reason) for match in pattern.finditer(text)]
            text = pattern.sub("", text)
    return (clean(re.sub(r" (?=[.,])", "", text)) if cut else text), cut


def _join_first_letter(block: Block) -> None:
    """A first letter set apart from its word ("D" and "ix-sept"), shown or not, is of the word.

    Where it stands twice, once for each, it is read once.
    """
    words = [index for index, run in enumerate(block.runs) if run.text.strip()]
    letters = [index for index in words[:2] if FIRST_LETTER.fullmatch(block.runs[index].text.strip())]
    rest = next((index for index in words if index not in letters), None)
    if not letters or rest is None or not block.runs[rest].text[:1].islower():
        return
    same = {block.runs[index].text.strip() for index in letters}
    if words[: len(letters)] == letters and len(same) == 1:
        following = block.runs[rest]
        block.runs[rest] = Run(same.pop() + following.text, following.inline, following.lead)
        block.runs = block.runs[rest:]


def _part_leads(block: Block, language: str) -> Block:
    """Parts a run that ends with "Lire aussi :" before a link, so that the words go with their link."""
    runs: list[Run] = []
    for index, run in enumerate(block.runs):
        following = block.runs[index + 1] if index + 1 < len(block.runs) else None
        start = (
            _lead_start(run, language)
            if run.link is None and following and following.link is not None
            else None
        )
        if start is None or following is None:
            runs.append(run)
        else:
            runs.append(Run(run.text[:start], run.inline))
            runs.append(Run(run.text[start:], following.inline, lead=True))
            following.lead = True
    block.runs = runs
    return block


def _lead_start(run: Run, language: str) -> int | None:
    """Where the words that announce a link begin at the end of a run, if a sentence ends before them."""
    text = run.text.translate(furniture.STRAIGHT)
    for rule in furniture.inline_rules(language):
        found = re.search(rf"(?:^|(?<=[.!?…»”\"):>|])\s*)({rule.lead.pattern})\s*$", text, re.IGNORECASE)
        if found and found.group(1).strip():
            return found.start(1)
    return None


def _stretches(block: Block, language: str) -> list[tuple[str | None, list[Run]]]:
    """The runs, neighbours of the same judgement together."""
    grouped: list[tuple[str | None, list[Run]]] = []
    for run in block.runs:
        reason = _reason(run, block, language) if run.text.strip() else (grouped[-1][0] if grouped else None)
        if grouped and grouped[-1][0] == reason:
            grouped[-1][1].append(run)
        else:
            grouped.append((reason, [run]))
    return grouped


def stands_apart(before: list[Run], last: Run, runs: list[Run]) -> bool:
    """Whether a note is no part of a sentence: one ends before it, and none goes on after it."""
    previous = clean("".join(run.text for run in before))
    position = next(index for index, run in enumerate(runs) if run is last)
    following = clean("".join(run.text for run in runs[position + 1 :]))
    ended = not previous or previous.endswith(BEFORE_A_NOTE)
    return ended and (not following or not following[0].islower()) and not following.startswith(",")


def _reason(run: Run, block: Block, language: str) -> str | None:
    if run.lead:
        return "related-link"
    for element in run.inline:
        if element.tag == "sup" and _is_footnote(element):
            return "footnote"
        if _is_wrapper(element, block):
            continue
        reasons = [reason for reason, _ in structure.reasons_of(element)]
        if reasons and element.tag not in HARMLESS:
            return reasons[0]
        text = furniture.plain(clean("".join(element.itertext())))
        if len(text.split()) <= NOTE_WORDS:
            for rule in furniture.inline_rules(language):
                if (match := rule.lead.match(text)) and (
                    element.tag == "a" or ":" in match.group(0) or _has_link(element)
                ):
                    return rule.reason
    return None


def _is_footnote(element: Element) -> bool:
    """A raised number in brackets, or one that is a link; "m2" and "1er" are none."""
    text = clean("".join(element.itertext()))
    linked = _has_link(element) or element.getparent().tag == "a"
    return bool(FOOTNOTE.fullmatch(text)) or (linked and text.isdigit())


def _has_link(element: Element) -> bool:
    return next(element.iter("a"), None) is not None


def _is_wrapper(element: Element, block: Block) -> bool:
    """Whether an inline element holds nearly the whole block: its class names the text, not a note in it."""
    own = sum(len(run.text.strip()) for run in block.runs if any(e is element for e in run.inline))
    return own > 0.6 * sum(len(run.text.strip()) for run in block.runs)
