"""Clips and sounds laid on one clock: pauses by what meets, voices at one level, every time sample-exact."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from itertools import groupby
from textwrap import shorten as shortened
from typing import TYPE_CHECKING, Literal

import numpy as np

from bulletin.errors import ConfigError
from bulletin.mix.bedding import FADE_OUT, Bed, laid
from bulletin.mix.cleaning import Cleaner, faded, resampled, without_rumble
from bulletin.mix.loudness import integrated
from bulletin.model import Chapter, Clip, Cue, Utterance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin.model import Samples, Script

VOICE_LEVEL = -20.0  # LUFS of every voice inside the programme; mastering sets the final level
TITLE = 70  # characters of a story without a title that stand for one
OPENING = {"fr": "Ouverture", "en": "Opening"}  # the chapter before the first story
LONGEST = 1.5  # s: no silence of a programme is longer
SENTENCE_ENDS = ".!?…:;"
CLOSING_MARKS = "»”’\"')] \u00a0\u202f\n"


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds from the end of one sound to the start of the next, by what meets there."""

    piece: float = 0.12  # inside one sentence, same voice
    voice_piece: float = 0.22  # inside one sentence, another voice
    sentence: float = 0.38
    voice: float = 0.45
    paragraph: float = 0.65
    headline: float = 0.85
    story: float = 1.30
    sound: float = 0.35  # on either side of a jingle or a sting
    edge: float = 0.20  # before the first sound and after the last

    @classmethod
    def of(cls, table: Mapping[str, float]) -> Pauses:
        """From the table `[pauses]`. ConfigError names what is unknown or out of range."""
        known = [option.name for option in fields(cls)]
        for name, seconds in table.items():
            if name not in known:
                raise ConfigError(f"[pauses]: nothing is called {name!r}; there are {', '.join(known)}")
            if (
                isinstance(seconds, bool)
                or not isinstance(seconds, (int, float))
                or not 0 <= seconds <= LONGEST
            ):
                raise ConfigError(f"[pauses] {name} = {seconds!r}: write seconds from 0 to {LONGEST}")
        return cls(**table)


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A jingle, a sting or anything else without words. `gain` is dB against the level of the voices."""

    samples: Samples
    rate: int
    kind: Literal["jingle", "sting", "bed", "sound"] = "sound"
    gain: float = -3.0


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The programme before mastering, mono float32; cues and chapters on its clock."""

    samples: Samples
    rate: int
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A cleaned clip: where in it the sound starts and ends, in seconds."""

    clip: Clip
    first: float
    last: float


def _ends_sentence(text: str) -> bool:
    return text.rstrip(CLOSING_MARKS).endswith(tuple(SENTENCE_ENDS))


def _same_headline(before: Utterance, after: Utterance) -> bool:
    return (before.role, before.paragraph, before.segment) == (after.role, after.paragraph, after.segment)


def pause(before: Utterance | Sound, after: Utterance | Sound, pauses: Pauses) -> float:
    """Seconds of silence where these two meet."""
    if isinstance(before, Sound) or isinstance(after, Sound):
        return pauses.sound
    if before.story != after.story:
        return pauses.story
    whole = _ends_sentence(before.text)
    if "headline" in (before.role, after.role) and not (_same_headline(before, after) and whole):
        return pauses.headline
    if before.paragraph != after.paragraph:
        return pauses.paragraph
    if before.voice != after.voice:
        return pauses.voice if whole else pauses.voice_piece
    return pauses.sentence if whole else pauses.piece


def voice_gains(utterances: Sequence[Utterance], parts: Sequence[Part]) -> dict[str, float]:
    """What each voice is multiplied by so that all are equally loud, by gated loudness over all it says."""
    spoken: dict[str, list[Samples]] = defaultdict(list)
    for utterance, part in zip(utterances, parts, strict=True):
        spoken[utterance.voice].append(part.clip.samples)
    return {voice: _gain(samples, parts[0].clip.rate) for voice, samples in spoken.items()}


def _gain(spoken: Sequence[Samples], rate: int) -> float:
    """What brings all of this together to the level of voices."""
    whole = np.concatenate(spoken)
    repeats = -(-rate // whole.size)  # a lone word is repeated to a second, for the meter's sake
    loudness = integrated(np.tile(whole, repeats) if repeats > 1 else whole, rate)
    return float(10 ** ((VOICE_LEVEL - loudness) / 20)) if np.isfinite(loudness) else 1.0


def sound_part(sound: Sound, rate: int) -> Part:
    """A sound at the programme's rate and at its level against the voices."""
    samples = faded(without_rumble(resampled(sound.samples, sound.rate, rate), rate), rate)
    loudness = integrated(samples, rate)
    gain = 10 ** ((VOICE_LEVEL + sound.gain - loudness) / 20) if np.isfinite(loudness) else 1.0
    return Part(Clip((samples * gain).astype(np.float32), rate), 0.0, samples.size / rate)


def _placed(items: Sequence[Utterance | Sound], parts: Sequence[Part], pauses: Pauses) -> list[int]:
    """The sample at which each part starts. Pauses run from sound to sound: the air a part keeps counts."""
    starts: list[int] = []
    for index, part in enumerate(parts):
        rate = part.clip.rate
        if index == 0:
            heard_from = pauses.edge
        else:
            silence = pause(items[index - 1], items[index], pauses)
            heard_from = starts[-1] / rate + parts[index - 1].last + silence
        starts.append(max(0, round((heard_from - part.first) * rate)))
    return starts


def _mixed(parts: Sequence[Part], starts: Sequence[int], edge: float) -> Samples:
    rate = parts[0].clip.rate
    end = max(start + part.clip.samples.size for start, part in zip(starts, parts, strict=True))
    programme = np.zeros(max(end, starts[-1] + round((parts[-1].last + edge) * rate)), dtype=np.float32)
    for start, part in zip(starts, parts, strict=True):
        programme[start : start + part.clip.samples.size] += part.clip.samples
    return programme


def _under(
    bed: Bed, parts: Sequence[Part], starts: Sequence[int], spoken: Sequence[bool], programme: Samples
) -> None:
    """Adds the bed to the programme, from the first of its items until shortly after the last."""
    rate = parts[0].clip.rate
    if not 0 <= bed.first <= bed.last < len(parts):
        raise ValueError(f"a bed under items {bed.first} to {bed.last} of {len(parts)}")
    first = starts[bed.first]
    end = starts[bed.last] + round((parts[bed.last].last + FADE_OUT) * rate)
    length = min(end, programme.size) - first
    speech = [
        ((start - first) / rate + part.first, (start - first) / rate + part.last)
        for part, start, voice in zip(parts, starts, spoken, strict=True)
        if voice and first <= start < end
    ]
    programme[first : first + length] += laid(bed, rate, length, speech, VOICE_LEVEL)


def _cue(utterance: Utterance, part: Part, start: int) -> Cue:
    offset = start / part.clip.rate
    words = tuple(replace(word, start=word.start + offset, end=word.end + offset) for word in part.clip.words)
    return Cue(offset + part.first, offset + part.last, utterance, words)


def chapters(cues: Sequence[Cue], length: float, stories: Sequence[Script] = ()) -> tuple[Chapter, ...]:
    """One per story, and one for what the programme says before the first; its closing stays with the last.

    Titles, addresses and pictures are the stories' own; a story without a title is called by its first words.
    """
    firsts = [next(group) for _, group in groupby(cues, key=lambda cue: cue.utterance.story)]
    firsts = [cue for index, cue in enumerate(firsts) if cue.utterance.story >= 0 or index == 0]
    starts = [0.0, *(cue.start for cue in firsts[1:])]
    return tuple(
        _chapter(cue.utterance, start, end, stories)
        for cue, start, end in zip(firsts, starts, [*starts[1:], length], strict=True)
    )


def _chapter(first: Utterance, start: float, end: float, stories: Sequence[Script]) -> Chapter:
    words = " ".join(first.text.split())
    if first.story < 0:
        return Chapter(start, end, OPENING.get(first.language, OPENING["en"]))
    if first.story >= len(stories):
        return Chapter(start, end, shortened(words, TITLE, placeholder="…"))
    story = stories[first.story]
    return Chapter(
        start, end, story.title or shortened(words, TITLE, placeholder="…"), story.url, story.image
    )


def join(
    items: Sequence[Utterance | Sound],
    clips: Sequence[Clip],
    *,
    pauses: Pauses | None = None,
    beds: Sequence[Bed] = (),
    stories: Sequence[Script] = (),
    cleaner: Cleaner | None = None,
) -> Track:
    """One track of all items in their order; `clips` are those of the utterances among them, in order.

    `stories` are the scripts that the utterances' `story` counts, for the chapters' titles. A `cleaner` that
    has begun with some clips is closed here.

    The rate is the highest of any clip. Raises SpeechError for a clip with nothing to hear.
    """
    pauses = pauses or Pauses()
    utterances = [item for item in items if isinstance(item, Utterance)]
    if len(utterances) != len(clips) or not utterances:
        raise ValueError(f"{len(utterances)} utterances and {len(clips)} clips: there must be one for each")
    rate = max(clip.rate for clip in clips)
    with cleaner or Cleaner() as cleaning:
        for said, clip in zip(utterances, clips, strict=True):
            cleaning.begin(clip, rate, said.text)
        voiced = [
            Part(*cleaning.cleaned(clip, rate, said.text))
            for said, clip in zip(utterances, clips, strict=True)
        ]
    gains = voice_gains(utterances, voiced)
    levelled = iter([_louder(part, gains[said.voice]) for said, part in zip(utterances, voiced, strict=True)])
    parts = [sound_part(item, rate) if isinstance(item, Sound) else next(levelled) for item in items]
    starts = _placed(items, parts, pauses)
    programme = _mixed(parts, starts, pauses.edge)
    for bed in beds:
        _under(bed, parts, starts, [isinstance(item, Utterance) for item in items], programme)
    cues = tuple(
        _cue(item, part, start)
        for item, part, start in zip(items, parts, starts, strict=True)
        if isinstance(item, Utterance)
    )
    return Track(programme, rate, cues, chapters(cues, programme.size / rate, stories))


def _louder(part: Part, gain: float) -> Part:
    return replace(part, clip=replace(part.clip, samples=(part.clip.samples * gain).astype(np.float32)))
