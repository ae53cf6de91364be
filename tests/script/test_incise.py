"""Incises: where the narrator breaks into somebody's words, and where that ends."""

from __future__ import annotations

import pytest

from bulletin.script import incise, marks
from bulletin.script.french import French

INCISES: list[tuple[str, list[str]]] = [
    ('« Ici, dit-elle, le bras tendu vers la crête, on perd dix bêtes. »', ['dit-elle, le bras tendu vers la crête,']),
    ('« Il faut, dit-il, un vrai débat, une vraie loi. »', ['dit-il,']),
    ('« Ici, montre-t-elle du bras, on perd dix bêtes par an. »', ['montre-t-elle du bras,']),
    ('« Le loup, il est malin, souffle-t-il en rallumant sa pipe. Il attend. »', ['souffle-t-il en rallumant sa pipe.']),
    ("« C'est fini, lâche-t-il, les larmes aux yeux. On rentre. »", ['lâche-t-il, les larmes aux yeux.']),
    ('« Je ne l’ai pas vue passer, rigolait-il une heure plus tard, un drapeau rouge noué autour de la taille. J’ai écouté. »', ['rigolait-il une heure plus tard, un drapeau rouge noué autour de la taille.']),
    ("« On a tenu, dit l'éleveur, casquette vissée sur le crâne, mais à quel prix ! »", ["dit l'éleveur, casquette vissée sur le crâne,"]),
    ('« On a tenu, sourit Élodie Roux, bergère depuis douze ans. À quel prix ! »', ['sourit Élodie Roux, bergère depuis douze ans.']),
    ("« On a tenu, explique celle qui a repris la ferme en 2012, mais c'est dur. »", ['explique celle qui a repris la ferme en 2012,']),
    ("« On a tenu, confie-t-elle à l'AFP, mais c'est dur. »", ["confie-t-elle à l'AFP,"]),
    ("« On a tenu, poursuit le président de la chambre d'agriculture, Marc Roux. Mais c'est dur. »", ["poursuit le président de la chambre d'agriculture, Marc Roux."]),
    ("« On a tenu, raconte Marc Roux, rencontré au marché, mais c'est dur. »", ['raconte Marc Roux, rencontré au marché,']),
    ("« On a tenu, témoigne Marc, qui préfère taire son nom. Mais c'est dur. »", ['témoigne Marc, qui préfère taire son nom.']),
    ('« Ça va, répète-t-elle, ça va. »', ['répète-t-elle,']),
    ('« Moi, dit-il, je reste. Vous, ajoute-t-il en se tournant vers ses voisins, vous partez. »', ['dit-il,', 'ajoute-t-il en se tournant vers ses voisins,']),
    ("« Le problème, selon le maire, c'est l'argent. »", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cut_out"), INCISES, ids=lambda value: str(value)[:50])
def test_where_incises_begin_and_end(text, cut_out):
    """Apposition, circumstance and gesture are still the narrator's; a new clause is the speaker's again."""
    french = French()
    found = incise.find(text, marks.find([text])[0][0], french, french.tables)
    assert [text[part.start : part.end] for part in found] == cut_out
