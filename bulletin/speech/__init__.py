"""Room 4: voice it."""
