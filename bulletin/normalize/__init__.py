"""Room 3: how it is said."""
