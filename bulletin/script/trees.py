"""What the parser's trees of French sentences tell: main verbs, their subjects, relative clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin.script.grammar import Clause
from bulletin.script.parsing import is_finite

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_main_verb(token: Token) -> bool:
    """A finite verb outside relative and other dependent clauses that have nothing above them."""
    if not is_finite(token):
        return False
    top = token
    while top.dep_ in ("aux:tense", "aux:pass", "cop", "aux", "aux:caus") and top.head is not top:
        top = top.head
    if top.dep_ in ("acl:relcl", "acl", "mark"):
        return False
    return not any(child.dep_ == "mark" for child in top.children) or top.dep_ == "ROOT"


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or the one that it shares with the verb it is joined to."""
    seen = verb
    for _ in range(4):
        for child in seen.children:
            if child.dep_.startswith("nsubj") and child.lower_ not in (
                "qui",
                "que",
                "ce",
                "c'",
                "cela",
                "ça",
            ):
                return child
        if seen.dep_ in ("conj", "aux:tense", "aux:pass", "cop", "xcomp", "ccomp", "advcl", "parataxis"):
            seen = seen.head
        else:
            return None
    return None


def in_relative(verb: Token) -> bool:
    """Whether the verb stands in a relative clause."""
    return any(token.dep_ in ("acl:relcl", "acl") for token in [verb, *verb.ancestors])


def clause_of(subject: Token, offset: int) -> Clause:
    """The clause of a subject, with its determiners; the parsed text begins at `offset`."""
    doc = subject.doc
    first = subject.i
    determiners = [
        child.i
        for child in subject.children
        if child.dep_ in ("det", "amod", "nummod", "case") and child.i < first
    ]
    first = min([first, *determiners])
    start = doc[first].idx + offset
    end = subject.idx + len(subject) + offset
    word = subject.lower_.strip("-").removeprefix("t-")
    pronoun = (
        word
        if subject.pos_ == "PRON" and word in ("il", "elle", "on", "ils", "elles", "je", "nous")
        else None
    )
    return Clause(start, end, start, pronoun)
