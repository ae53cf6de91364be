"""Room 5: clips become one programme with a clock, at one level.

`join` places utterances and sounds, `master` brings the whole to its loudness, `measure` says what came out.
"""

from bulletin.mix.bedding import Bed
from bulletin.mix.cleaning import Cleaner
from bulletin.mix.joining import Pauses, Sound, Track, join
from bulletin.mix.limiting import limit
from bulletin.mix.loudness import TARGETS, master, measure
from bulletin.mix.sounds import builtin, from_file

__all__ = [
    "TARGETS",
    "Bed",
    "Cleaner",
    "Pauses",
    "Sound",
    "Track",
    "builtin",
    "from_file",
    "join",
    "limit",
    "master",
    "measure",
]
