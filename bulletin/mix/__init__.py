"""Room 5: join, pauses, loudness."""
