"""Room 1: get an article."""
