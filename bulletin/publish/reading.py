"""The programme as a text to read: stories, paragraphs, who speaks, sentences and words with their times.

The read-along page, the transcripts and the EPUB are written from this one view.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from bulletin.publish.timing import Written, written_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin.model import Bulletin, Cue, Script

CLINGING = ",.;)]…»”"  # what starts with these follows the word before without a space


@dataclass(frozen=True, slots=True)
class Sentence:
    """One cue. `timed`: the engine gave its words' times. `clings`: no space goes before it."""

    number: int
    start: float
    end: float
    words: tuple[Written, ...]
    timed: bool
    clings: bool

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences in one mouth. `speaker` is set on quotes whose speaker was not named just before.

    `tail` is the comma of the sentence around a French quote, which stands outside its marks.
    """

    quote: bool
    speaker: str | None
    sentences: tuple[Sentence, ...]
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading."""

    heading: bool
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """As one line, quotes in no marks."""
        return "".join(
            ("" if item.clings or not (place or index) else " ")
            + item.text
            + (run.tail if item is run.sentences[-1] else "")
            for place, run in enumerate(self.runs)
            for index, item in enumerate(run.sentences)
        )

    @property
    def start(self) -> float:
        return self.runs[0].sentences[0].start

    @property
    def end(self) -> float:
        return self.runs[-1].sentences[-1].end


@dataclass(frozen=True, slots=True)
class Story:
    """A stretch of the programme: one article, or the programme's own words (`script` is None)."""

    title: Block | None
    blocks: tuple[Block, ...]
    language: str
    script: Script | None

    @property
    def start(self) -> float:
        return (self.title or self.blocks[0]).start

    @property
    def link(self) -> str | None:
        """The article's address, where a browser may follow it."""
        url = self.script.url if self.script else None
        return url if url and url.startswith(("https://", "http://")) else None


def _sentence(number: int, cue: Cue) -> Sentence:
    words = tuple(written_words(cue))
    clings = bool(words) and words[0].text[0] in CLINGING
    return Sentence(number, cue.start, cue.end, words, bool(cue.words), clings)


def _runs(cues: Iterable[tuple[int, Cue]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    named: str | None = None
    for (role, speaker, _), group in groupby(cues, key=_mouth):
        name = speaker if role == "quote" and speaker != named else None
        items = list(group)
        sentences = tuple(_sentence(*item) for item in items)
        outside = role == "quote" and items[-1][1].utterance.language == "fr"
        runs.append(
            _without_tail(Run(role == "quote", name, sentences))
            if outside
            else Run(role == "quote", name, sentences)
        )
        named = speaker if role == "quote" else named
    return tuple(runs)


def _without_tail(run: Run) -> Run:
    *before, last = run.sentences
    if not last.text.endswith(","):
        return run
    *words, word = last.words
    bare = replace(last, words=(*words, replace(word, text=word.text.rstrip(",\u00a0"))))
    return replace(run, sentences=(*before, bare), tail=",")


def _mouth(item: tuple[int, Cue]) -> tuple[str, str | None, int]:
    utterance = item[1].utterance
    segment = utterance.segment if utterance.role == "quote" else -1
    return utterance.role, utterance.speaker.name if utterance.speaker else None, segment


def _place(item: tuple[int, Cue]) -> tuple[bool, int]:
    utterance = item[1].utterance
    own = utterance.story < 0  # greetings and announced titles: a paragraph each
    return utterance.role == "headline", item[0] if own else utterance.paragraph


def _story(cues: Sequence[tuple[int, Cue]], scripts: Sequence[Script]) -> Story:
    blocks = [Block(heading, _runs(group)) for (heading, _), group in groupby(cues, key=_place)]
    number, language = cues[0][1].utterance.story, cues[0][1].utterance.language
    script = scripts[number] if 0 <= number < len(scripts) else None
    if number >= 0 and blocks[0].heading and cues[0][1].utterance.paragraph == 0:
        return Story(blocks[0], tuple(blocks[1:]), language, script)
    if number < 0:
        blocks = [Block(False, block.runs) for block in blocks]  # greetings are no headings
    return Story(None, tuple(blocks), language, script)


def stories(bulletin: Bulletin) -> list[Story]:
    """The whole programme in the order in which it is heard."""
    numbered = enumerate(bulletin.cues)
    groups = groupby(numbered, key=lambda item: item[1].utterance.story)
    return [_story(list(group), bulletin.scripts) for _, group in groups]
