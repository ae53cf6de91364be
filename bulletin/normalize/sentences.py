"""Cuts pieces where sentences end, after abbreviations have become words."""

import re
from collections.abc import Sequence

from bulletin.model import Piece

END = re.compile(r"[.!?…]+\Z")
CLOSING = frozenset("\"'»”’›)]")
OPENING = re.compile(r"[\s«“„‘‹\"'(\[—–-]*+(\S)?")
INITIAL = re.compile(r"[^\W\d_]\Z")


def sentences(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces in groups of one sentence each, white space with the sentence before it. Nothing is lost:
    the groups one after another are the pieces."""
    groups: list[tuple[Piece, ...]] = []
    start = 0
    for position in range(len(pieces)):
        if position >= start and ends_sentence(pieces, position):
            after = position + 1
            while after < len(pieces) and belongs_to_end(pieces, after):
                after += 1
            groups.append(tuple(pieces[start:after]))
            start = after
    if start < len(pieces):
        groups.append(tuple(pieces[start:]))
    return groups


def ends_sentence(pieces: Sequence[Piece], position: int) -> bool:
    """Whether a sentence ends with this piece (closing marks and white space aside)."""
    spoken = pieces[position].spoken
    if not END.search(spoken):
        return False
    if spoken == "." and position and is_initial(pieces, position - 1):
        return False
    after = position + 1
    while after < len(pieces) and (
        pieces[after].spoken in CLOSING or END.fullmatch(pieces[after].spoken) or not pieces[after].spoken
    ):
        after += 1
    if after == len(pieces):
        return True
    if not pieces[after].spoken[:1].isspace():
        return False
    follows = next_letter(pieces, after)
    if spoken.endswith(("…", "...")) or pieces[after - 1].spoken in CLOSING:
        return follows is None or follows.isupper() or follows.isdigit()
    return follows is None or not follows.islower()


def is_initial(pieces: Sequence[Piece], position: int) -> bool:
    """Whether the piece is one capital letter, alone, that stands for a name."""
    spoken = pieces[position].spoken
    alone = position == 0 or not pieces[position - 1].spoken[-1:].isalnum()
    return alone and len(spoken) == 1 and spoken.isupper() and not spoken.isdigit()


def next_letter(pieces: Sequence[Piece], position: int) -> str | None:
    """The first character of what is said next, past white space and opening marks; None at the end."""
    for piece in pieces[position : position + 8]:
        match = OPENING.match(piece.spoken)
        if match and match.group(1):
            return match.group(1)
    return None


def belongs_to_end(pieces: Sequence[Piece], position: int) -> bool:
    """Whether a piece after the final mark still belongs to the sentence it ends."""
    spoken = pieces[position].spoken
    return not spoken or spoken.isspace() or spoken in CLOSING or END.fullmatch(spoken) is not None
