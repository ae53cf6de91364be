"""Names of units and currencies, singular and plural, in any language: CLDR through Babel, cached.

A name is a pair (singular, plural).
"""

from functools import cache

Name = tuple[str, str]


@cache
def unit(identifier: str, locale: str) -> Name:
    """The long name of a CLDR unit ("length-kilometer"): what is left of its pattern without the number."""
    patterns = _patterns(locale)[identifier]["long"]
    plural = str(patterns["other"])
    singular = str(patterns.get("one", plural))
    return _bare(singular), _bare(plural)


@cache
def currency(code: str, locale: str) -> Name:
    """The name of an ISO 4217 currency."""
    from babel.numbers import get_currency_name

    return get_currency_name(code, 1, locale), get_currency_name(code, 2, locale)


@cache
def currencies(locale: str) -> frozenset[str]:
    """The ISO 4217 codes that CLDR has a name for in this language."""
    from babel import Locale

    return frozenset(str(code) for code in Locale.parse(locale).currencies)


@cache
def _patterns(locale: str) -> dict[str, dict[str, dict[str, str]]]:
    """CLDR's table of units, for which Babel has no public door but a slow one (`format_unit`)."""
    from babel import Locale

    patterns: dict[str, dict[str, dict[str, str]]] = Locale.parse(locale)._data["unit_patterns"]
    return patterns


def _bare(pattern: str) -> str:
    return pattern.replace("{0}", "").replace("\u00a0", " ").strip()
