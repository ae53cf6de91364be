"""Finds the tokens of a line: from left to right, the first rule that fits a place takes it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from bulletin.normalize.tokens import Language, Rule, Token, starts_with


def recognise(text: str, language: Language) -> Iterator[tuple[int, int, Token | None, str | None]]:
    """The line cut into stretches `(start, end, token, spoken)`; the last two are None for plain atoms."""
    rules = rules_for(text, language)
    atom = language.atom
    position = 0
    while position < len(text):
        found = first(rules[starts_with(text[position])], text, position)
        if found is not None:
            token, spoken = found
            yield position, token.end, token, spoken
            position = token.end
            continue
        match = atom.match(text, position)
        end = match.end() if match else position + 1
        yield position, end, None, None
        position = end


def rules_for(text: str, language: Language) -> Mapping[str, tuple[Rule, ...]]:
    """The rules worth trying on this line."""
    return rules_without(
        language, frozenset(needs for needs, found in language.needs if not found.search(text))
    )


@lru_cache(maxsize=1_000)
def rules_without(language: Language, idle: frozenset[str]) -> Mapping[str, tuple[Rule, ...]]:
    """The rules that don't need any of what a line lacks."""
    return {
        start: tuple(rule for rule in rules if rule.needs not in idle)
        for start, rules in language.dispatch.items()
    }


def first(rules: tuple[Rule, ...], text: str, position: int) -> tuple[Token, str] | None:
    """The first rule's token that can stand here and be said."""
    for rule in rules:
        match = rule.pattern.match(text, position)
        if match is None:
            continue
        token = rule.token(match)
        if token is not None:
            spoken = rule.say(token)
            if spoken is not None:
                return token, spoken
    return None
