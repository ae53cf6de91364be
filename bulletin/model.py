"""The words that the rooms share: frozen values, no behaviour beyond what follows from their fields.

source ─intake─▶ Article ─script─▶ Script ─normalize─▶ Script with pieces ─speech─▶ Clips of Utterances
files ◀─publish─ Bulletin ◀─mix─ timed Clips
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

Role = Literal["headline", "narration", "quote"]
Gender = Literal["m", "f", "unknown"]
ParagraphKind = Literal["standfirst", "heading", "text", "blockquote", "question", "item"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the source that is not read, and why: "credits", "caption", "related-link", "byline"…"""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as written, white space collapsed, typography kept.

    `attribution` is who a block quote or a turn of a conversation is by, where the page says so beside it.
    """

    text: str
    kind: ParagraphKind = "text"
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What intake found. `paragraphs` never repeats the title. `date` is ISO 8601, `language` fr or en."""

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    language: str
    source: str
    byline: str | None = None
    date: str | None = None
    url: str | None = None
    image: str | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted: the full name as at the first mention, or the description that the text gives."""

    name: str
    gender: Gender = "unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """The smallest stretch whose reading is known: written text beside what is said for it.

    The `written` of a segment's pieces joined is the segment's text; their `spoken` joined is what is said.
    `pronunciation` is how an engine should sound the piece where its spelling misleads: IPA between
    slashes ("/majlz/") or a respelling ("maïlz"). White space belongs to pieces too.
    """

    written: str
    spoken: str
    pronunciation: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the article in one mouth. `speaker` is None on narration and on a quote by nobody known.

    `paragraph` counts from 0 (the title, where there is one) or 1 (the first paragraph).
    """

    role: Role
    text: str
    paragraph: int
    speaker: Speaker | None = None
    pieces: tuple[Piece, ...] = ()
    voice: str | None = None

    @property
    def spoken(self) -> str:
        """What is said; the text itself before it was normalized."""
        return "".join(piece.spoken for piece in self.pieces) if self.pieces else self.text


@dataclass(frozen=True, slots=True)
class Script:
    """Who says what, in reading order. `unread` lists what normalization could not read and left as it is."""

    title: str | None
    language: str
    source: str
    segments: tuple[Segment, ...]
    byline: str | None = None
    date: str | None = None
    url: str | None = None
    image: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence (or less) for one voice: what an engine is asked to say, and where it belongs.

    `story` counts the articles of a bulletin from 0; -1 is the programme's own words (opening, closing).
    """

    pieces: tuple[Piece, ...]
    role: Role
    voice: str
    language: str
    paragraph: int = 0
    segment: int = 0
    story: int = 0
    speaker: Speaker | None = None
    speed: float = 1.0

    @property
    def text(self) -> str:
        """As written."""
        return "".join(piece.written for piece in self.pieces)

    @property
    def spoken(self) -> str:
        """As said, in plain words."""
        return "".join(piece.spoken for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Word:
    """When a spoken word sounds, in seconds from the start of its clip (or of the programme, in a Cue)."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Sound of one utterance: mono float32 samples in [-1, 1], shape (n,), and word times where known."""

    samples: Samples
    rate: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """An utterance on the programme's clock: seconds from its start. `words` are in programme time."""

    start: float
    end: float
    utterance: Utterance
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story on the programme's clock, in seconds."""

    start: float
    end: float
    title: str
    url: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured on decoded audio: LUFS (ITU-R BS.1770), true peak in dBTP (4× oversampled), range in LU."""

    integrated: float
    true_peak: float
    range: float | None = None
    short_term_max: float | None = None


@dataclass(frozen=True, slots=True)
class Mastered:
    """What mastering made sure of: integrated loudness in LUFS, and dBTP that no peak passes."""

    loudness: float
    ceiling: float


@dataclass(frozen=True, slots=True, eq=False)
class Bulletin:
    """A finished programme before it is encoded: mono float32 samples, and everything that is known of it."""

    samples: Samples
    rate: int
    cues: tuple[Cue, ...]
    title: str
    language: str
    chapters: tuple[Chapter, ...] = ()
    scripts: tuple[Script, ...] = ()
    date: str | None = None
    station: str | None = None
    cover: Path | None = None
    voices: dict[str, str] = field(default_factory=dict)
    mastered: Mastered | None = None
