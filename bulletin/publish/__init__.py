"""Room 6: hand it over."""
