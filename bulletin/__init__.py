"""Turns a news article into a radio-style bulletin; `bulletin.pipeline` is the whole way."""

__version__ = "0.1.0"
