"""Room 6: hand it over. `write` puts the audio and what stands beside it in place, all or nothing."""

from bulletin.publish.writing import BESIDE, DEFAULT_BESIDE, Published, check, get_ready, places, write

__all__ = ["BESIDE", "DEFAULT_BESIDE", "Published", "check", "get_ready", "places", "write"]
