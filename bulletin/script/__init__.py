"""Room 2: who says what."""
