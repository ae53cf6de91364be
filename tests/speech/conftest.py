"""Timings are no part of what is tested here: the first call of espeak-ng or of NumPy takes its time."""

from hypothesis import settings

settings.register_profile("speech", deadline=None)
settings.load_profile("speech")
