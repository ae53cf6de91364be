"""Words that voices say wrong, and how they are said: `voices/lexicons/LANGUAGE.toml` and the user's own.

    [endings]              # what an ending adds to the sound of a word that has it
    s = ""

    [words]
    miles = "/majlz/"      # IPA between slashes
    leader = "lideur"      # or a respelling in the language itself
    Reading = "/ɹɛdɪŋ/"    # a capital: only so (or all in capitals)

Entries are whole words. A word that is not there is looked up without its ending, then by the parts that
its hyphens make, where the language allows it. An empty pronunciation takes an entry away again.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bulletin.errors import ConfigError
from bulletin.resources import config_folder, voices_folder


@dataclass(frozen=True)
class Lexicon:
    """Pronunciations by written word, and what endings add to them."""

    words: Mapping[str, str]
    endings: Mapping[str, str] = field(default_factory=dict)

    def pronunciation(self, word: str) -> str | None:
        """How an engine should sound the word; None where its spelling says it."""
        known = self.entry(word)
        if known is None:
            known = self.inflected(word)
        return known or None

    def entry(self, word: str) -> str | None:
        """The word's own entry: as it stands, in small letters, or as the name that capitals hide."""
        for form in (word, word.lower(), word.title() if word.isupper() else word):
            if form in self.words:
                return self.words[form]
        return None

    def inflected(self, word: str) -> str | None:
        """The entry of the word less an ending, with the ending's sound added."""
        for ending, sound in self.endings.items():
            if word.lower().endswith(ending) and len(word) > len(ending) + 1:
                stem = self.entry(word[: -len(ending)])
                if stem:
                    return stem[:-1] + sound + "/" if stem.startswith("/") else stem + sound
        return None


def load(language: str, user_file: Path | None = None) -> Lexicon:
    """The lexicon of a language with the user's file on top (by default `lexicons/LANGUAGE.toml` in the
    configuration folder, where there is one). ConfigError for a file that can't be understood."""
    shipped = parse(voices_folder() / "lexicons" / f"{language}.toml", required=False)
    own_file = user_file or config_folder() / "lexicons" / f"{language}.toml"
    own = parse(own_file, required=user_file is not None)
    return Lexicon({**shipped.words, **own.words}, {**shipped.endings, **own.endings})


def parse(path: Path, *, required: bool) -> Lexicon:
    """One lexicon file, read once for each time that it was saved."""
    try:
        return _parse(path, path.stat().st_mtime_ns, required)
    except OSError:
        return _parse(path, None, required)


@cache
def _parse(path: Path, saved: int | None, required: bool) -> Lexicon:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise ConfigError(f"no such lexicon: {path}") from None
        return Lexicon({})
    except (OSError, ValueError) as error:
        raise ConfigError(f"the lexicon {path} can't be read: {error}") from error
    return Lexicon(table(content, "words", path), table(content, "endings", path))


def table(content: Mapping[str, object], name: str, path: Path) -> Mapping[str, str]:
    """One table of a lexicon file, of strings to strings."""
    entries = content.get(name, {})
    if not isinstance(entries, dict) or not all(isinstance(value, str) for value in entries.values()):
        raise ConfigError(f'the lexicon {path}: [{name}] holds lines like  word = "pronunciation"')
    return entries
