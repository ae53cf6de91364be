"""Shared machines have slow moments: hypothesis judges what is said here, not how fast."""

from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
