"""Cuts pieces where sentences end, after abbreviations have become words."""

import re
from collections.abc import Sequence

from bulletin.model import Piece

END = re.compile(r"[.!?…]+\Z")
CLOSING = frozenset("\"'»”’›)]")
CLOSING_APART = frozenset("»›")
"""Closing marks that stand after a space."""
OPENING = re.compile(r"[\s«“„‘‹\"'(\[—–-]*+(\S)?")


def sentences(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces in groups of one sentence each, white space with the sentence before it. Nothing is lost:
    the groups one after another are the pieces."""
    groups: list[tuple[Piece, ...]] = []
    start = position = 0
    while position < len(pieces):
        position += 1
        if not END.search(pieces[position - 1].spoken):
            continue
        end = end_of_marks(pieces, position)
        if ends_sentence(pieces, position - 1, end):
            while end < len(pieces) and is_blank(pieces[end]):
                end += 1
            groups.append(tuple(pieces[start:end]))
            start = position = end
    if start < len(pieces):
        groups.append(tuple(pieces[start:]))
    return groups


def end_of_marks(pieces: Sequence[Piece], position: int) -> int:
    """The first position after more final marks and the closing marks that belong to them."""
    while position < len(pieces):
        spoken = pieces[position].spoken
        apart = position + 1 < len(pieces) and pieces[position + 1].spoken in CLOSING_APART
        if not (not spoken or spoken in CLOSING or END.fullmatch(spoken) or (spoken.isspace() and apart)):
            break
        position += 1
    return position


def ends_sentence(pieces: Sequence[Piece], mark: int, after: int) -> bool:
    """Whether a sentence ends with the final mark at `mark`, closed by what stands before `after`."""
    spoken = pieces[mark].spoken
    if spoken == "." and mark and is_initial(pieces, mark - 1) and after < len(pieces):
        return False
    if after == len(pieces):
        return True
    if not pieces[after].spoken[:1].isspace():
        return False
    follows = next_letter(pieces, after)
    closed = after > mark + 1
    if closed or spoken.endswith(("…", "...")):
        return follows is None or follows.isupper() or follows.isdigit()
    return follows is None or not follows.islower()


def is_blank(piece: Piece) -> bool:
    """White space, or nothing said."""
    return not piece.spoken.strip()


def is_initial(pieces: Sequence[Piece], position: int) -> bool:
    """Whether the piece is one capital letter, alone, that stands for a name."""
    spoken = pieces[position].spoken
    alone = position == 0 or not pieces[position - 1].spoken[-1:].isalnum()
    return alone and len(spoken) == 1 and spoken.isupper()


def next_letter(pieces: Sequence[Piece], position: int) -> str | None:
    """The first character of what is said next, past white space and opening marks; None at the end."""
    for piece in pieces[position : position + 8]:
        match = OPENING.match(piece.spoken)
        if match and match.group(1):
            return match.group(1)
    return None
