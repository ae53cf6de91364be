"""From a line to its pieces: what is written beside what is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bulletin.model import Piece
from bulletin.normalize.lexicon import Lexicon
from bulletin.normalize.recognise import recognise
from bulletin.normalize.tokens import NEAR, Language

UNREAD = re.compile(r"[\d\u0370-\uabff\U00010000-\U000dffff\ud800-\udfff$+<=>^`|~@#%*/\\§°±×÷¬¢-¥€&]")
"""A spoken piece that still holds one of these was not read: digits, signs that stand for a word, letters
of scripts that no voice here knows. (Latin with its accents ends before U+0370.)"""
PUNCTUATION = re.compile(r"[\u2000-\u206f]")
HYPHEN = re.compile(r"([-‑])")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
SENTENCE_START = re.compile(r"(?:^|(?:(?<!\b[A-ZÀ-Ý])\.|[!?…])['\"»”’)\]]{0,2}\s)[\s«“\"'‘(\[—–-]{0,3}\Z")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line read: `written` of the pieces joined is the line, `spoken` joined is what is said.

    `unread` are the written stretches that no rule could read and that were left as they are.
    """

    pieces: tuple[Piece, ...]
    unread: tuple[str, ...]


def read_line(text: str, language: Language, lexicon: Lexicon | None) -> Reading:
    """Every stretch of the line as a piece. Nothing is lost: the pieces' `written` joined is `text`."""
    pieces = tuple(
        piece for window in windows(text, language) for piece in pronounce(window, language, lexicon)
    )
    unread = tuple(piece.written for piece in pieces if is_unread(piece.spoken))
    return Reading(pieces, unread)


def is_unread(spoken: str) -> bool:
    """Whether something is left in it that stands for words it doesn't spell."""
    return UNREAD.search(PUNCTUATION.sub("", spoken)) is not None


Stretch = tuple[str, str]
"""(written, spoken)."""
PASSES = 8
"""How often a line is read at most. One pass nearly always does; in torn text, four have been seen."""

WINDOW = 32_768
"""Characters of a line that are read at a time: a line of many megabytes needs no more memory than this."""
PLAIN = r"[a-zà-öø-ÿœ ,'’]"
CUT = re.compile(rf"(?<={PLAIN}{{{NEAR}}}) (?={PLAIN}{{{NEAR}}})")
"""Where nothing is read as far as a rule looks on either side: there a window may end and change nothing,
and reading a long line's own reading, whose windows end elsewhere, changes nothing either."""


def said(text: str, language: Language) -> Iterator[Stretch]:
    """The stretches of a line."""
    return chain.from_iterable(windows(text, language))


def windows(text: str, language: Language) -> Iterator[list[Stretch]]:
    """The stretches of each window of a line, which are cut where only plain words stand."""
    start = 0
    for end in window_ends(text):
        yield settled(text[start:end], language)
        start = end


def window_ends(text: str) -> Iterator[int]:
    """Where the windows of a line end: at the first such place after each `WINDOW` characters."""
    start = 0
    while start < len(text):
        match = CUT.search(text, start + WINDOW)
        start = match.start() if match else len(text)
        yield start


def settled(text: str, language: Language) -> list[Stretch]:
    """The stretches of a line, read until reading what was said changes nothing more.

    One pass nearly always does; in torn text, words can come to stand where they mean something else.
    """
    said = list(spaced(stretches(text, language)))
    for _ in range(PASSES):
        line = "".join(spoken for _, spoken in said)
        if line == text:
            break
        again = list(spaced(stretches(line, language)))
        if all(written == spoken for written, spoken in again):
            break
        said, text = merged(said, again), line
    return said


def merged(first: list[Stretch], second: list[Stretch]) -> list[Stretch]:
    """One reading after another as one: stretches are joined until both end at the same place."""
    result: list[Stretch] = []
    later = iter(second)
    written, spoken, ahead = "", "", 0
    for stretch_written, stretch_spoken in first:
        written += stretch_written
        ahead -= len(stretch_spoken)
        while ahead < 0:
            middle, said = next(later)
            spoken += said
            ahead += len(middle)
        if not ahead:
            result.append((written, spoken))
            written, spoken = "", ""
    return result


def stretches(text: str, language: Language) -> Iterator[Stretch]:
    """(written, spoken) of every stretch, with a capital where a token begins a sentence."""
    said = ""
    for start, end, token, spoken in recognise(text, language):
        written = text[start:end]
        if token is None or spoken is None:
            spoken = written
        elif spoken and not written[0].islower() and SENTENCE_START.search(said):
            spoken = spoken[0].upper() + spoken[1:]
        said = (said + spoken)[-6:]
        yield written, spoken


def spaced(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Puts a space between words that were glued to each other as written: "A6", "CHF15", "500Mbit"."""
    last, last_changed = "", False
    for written, spoken in stretches:
        changed = written != spoken
        if spoken and last and (changed or last_changed) and glued(last, spoken):
            spoken = " " + spoken
        if spoken:
            last, last_changed = spoken[-1], changed
        yield written, spoken


def glued(left: str, right: str) -> bool:
    """Whether two stretches would run into one word."""
    return bool(LETTER_OR_DIGIT.match(right[0]) and (LETTER_OR_DIGIT.match(left[-1]) or left[-1] in "#@&/_"))


def pronounce(stretches: Sequence[Stretch], language: Language, lexicon: Lexicon | None) -> Iterator[Piece]:
    """Gives each piece its pronunciation: a homograph's here, the lexicon's, or the names of its letters."""
    line = "".join(spoken for _, spoken in stretches)
    start = 0
    for written, spoken in stretches:
        word = spoken.strip()
        before = len(spoken) - len(spoken.lstrip())
        sound = sign_sound(written, word, language) or language.homograph(word, line, start + before)
        if sound:
            yield from with_spaces(written, spoken, word, sound)
        else:
            yield from parts_said(written, spoken, language, lexicon)
        start += len(spoken)


def sign_sound(written: str, word: str, language: Language) -> str | None:
    """How a word sounds that stands for a sign: "+" is "plus" with its s."""
    return language.signs.get(word.lower()) if not LETTER_OR_DIGIT.search(written) else None


def with_spaces(written: str, spoken: str, word: str, sound: str) -> Iterator[Piece]:
    """A word with its sound; the white space said with it in pieces that nothing is written for."""
    left, _, right = spoken.partition(word)
    yield from (Piece("", space) for space in [left] if space)
    yield Piece(written, word, sound)
    yield from (Piece("", space) for space in [right] if space)


def parts_said(written: str, spoken: str, language: Language, lexicon: Lexicon | None) -> Iterator[Piece]:
    """A stretch as a piece with its pronunciation; a compound as its parts, where one of them has one."""
    known = lexicon.pronunciation(spoken) if lexicon and spoken else None
    pronunciation = known or (language.spelled(spoken) if spoken else None)
    parts = HYPHEN.split(written) if pronunciation is None and written == spoken else []
    if len(parts) > 1 and all(parts):
        pieces = [piece for part in parts for piece in parts_said(part, part, language, lexicon)]
        if any(piece.pronunciation for piece in pieces):
            yield from pieces
            return
    yield Piece(written, spoken, pronunciation)
