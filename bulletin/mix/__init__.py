"""Room 5: clips become one programme with a clock, at one level.

`join` places utterances and sounds, `master` brings the whole to its loudness, `measure` says what came out.
"""

from bulletin.mix.joining import Bed, Pauses, Sound, Track, join
from bulletin.mix.loudness import TARGETS, limit, master, measure

__all__ = ["TARGETS", "Bed", "Pauses", "Sound", "Track", "join", "limit", "master", "measure"]
