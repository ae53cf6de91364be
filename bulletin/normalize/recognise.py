"""Finds the tokens of a line: from left to right, the first rule that fits a place takes it."""

from collections.abc import Iterator, Mapping

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
    idle = {
        rule.needs for rule in language.rules if rule.needs and not any(sign in text for sign in rule.needs)
    }
    if not idle:
        return language.dispatch
    return {
        start: tuple(rule for rule in rules if rule.needs not in idle)
        for start, rules in language.dispatch.items()
    }


def first(rules: tuple[Rule, ...], text: str, position: int) -> tuple[Token, str] | None:
    """The first rule's token that can stand here and be said."""
    for rule in rules:
        token = rule.at(text, position)
        if token is not None:
            spoken = rule.say(token)
            if spoken is not None:
                return token, spoken
    return None
