"""Clips with known sound in them: bursts of harmonics as long as speech would be, silence around them."""

import numpy as np

from bulletin.model import Bulletin, Clip, Piece, Speaker, Utterance, Word

SILENCE = 0.180  # s before and after the sound of a clip, as engines leave it


def voiced(seconds, rate=24000, pitch=140.0, level=0.2):
    """A hum of harmonics with a rhythm of five syllables a second; it starts and ends with a syllable."""
    time = np.arange(round(seconds * rate)) / rate
    sound = sum(np.sin(2 * np.pi * pitch * n * time + n) / n for n in range(1, 12))
    syllables = 0.35 + 0.65 * np.abs(np.cos(np.pi * round(seconds * 5) * time / seconds))
    return (level * sound * syllables).astype(np.float32)


def with_silence(sound, rate, before=SILENCE, after=SILENCE):
    noise = np.random.default_rng(1).normal(0, 1e-5, round((before + after) * rate) + sound.size)
    noise[round(before * rate) : round(before * rate) + sound.size] += sound
    return noise.astype(np.float32)


def clip_of(text, rate=24000, pitch=140.0, level=0.2, words=True):
    """As long as the text would take to say; word times where asked for."""
    seconds = max(0.3, len(text) / 15)
    samples = with_silence(voiced(seconds, rate, pitch, level), rate)
    spoken = text.split()
    edges = SILENCE + seconds * np.cumsum([0, *(len(word) for word in spoken)]) / max(1, len("".join(spoken)))
    times = tuple(Word(word, edges[i], edges[i + 1]) for i, word in enumerate(spoken)) if words else ()
    return Clip(samples, rate, times)


def pieces_of(text):
    """One piece per word and per space, said as written."""
    parts = []
    for word in text.split(" "):
        parts += [Piece(" ", " "), Piece(word, word)] if parts else [Piece(word, word)]
    return tuple(parts)


def utterance_of(text, voice="tone:a", role="narration", speaker=None, **where):
    person = Speaker(speaker) if speaker else None
    return Utterance(pieces_of(text), role, voice, where.pop("language", "fr"), speaker=person, **where)


def bulletin_of(track, samples=None, **facts):
    known = {"title": "Le bulletin d'essai", "language": "fr", "date": "2026-11-23", "station": "Radio Essai"}
    return Bulletin(
        samples=track.samples if samples is None else samples,
        rate=track.rate,
        cues=track.cues,
        chapters=track.chapters,
        **{**known, **facts},
    )
