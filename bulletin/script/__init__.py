"""Who says what: an article becomes a script."""

from bulletin.script.writing import write

__all__ = ["write"]
