"""The languages that this room reads.

To add one, write the package `bulletin/normalize/CODE/` with a `LANGUAGE` of type `tokens.Language` in its
`__init__`, and `voices/lexicons/CODE.toml`. Its parts are:

* rules (`tokens.Rule`), ordered from the most particular to the most general, each with a pattern, the
  company it needs (`when`) and its words (`say`); `fr/` is an example, one module per family of classes;
* facts as tables, in TOML beside the modules: abbreviations, units that CLDR names badly, acronyms;
* what is common already: `numerals` (how numbers are written), `cldr` (unit and currency names and plurals
  in any language, from Babel), `electronic` (addresses, given a language's words for the signs).

Words are put between a token and a letter or digit glued to it by the core; capitals at the start of a
sentence too. A rule never needs to know about other rules: what a token covers, no later rule sees.
"""

from functools import cache
from importlib import import_module

from bulletin.errors import UsageError
from bulletin.normalize.tokens import Language
from bulletin.starting import charsets_worked_out_once

KNOWN = ("fr", "en")


@cache
def load(code: str) -> Language:
    """The language of that code ("fr", "en"; "fr-FR" is "fr"). UsageError for one that isn't read."""
    code = code.lower().replace("_", "-").partition("-")[0]
    if code not in KNOWN:
        raise UsageError(f"no rules to read the language {code!r}; there are: {', '.join(KNOWN)}")
    try:
        with charsets_worked_out_once():
            module = import_module(f"bulletin.normalize.{code}")
    except ModuleNotFoundError as error:
        if error.name != f"bulletin.normalize.{code}":
            raise
        return Language(code)
    language: Language = module.LANGUAGE
    return language
