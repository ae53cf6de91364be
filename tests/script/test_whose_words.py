"""Whom roles, pronouns, turns and agreement mean, one case a line: what is said, by whom, of which gender."""

from __future__ import annotations

import pytest

from bulletin.model import Article, Paragraph
from bulletin.script import write

CASES = [
    ('fr', ['La sénatrice Odile Ravel a voté contre. « C’était prévu », observe la centriste.'], [('C’était prévu,', 'Odile Ravel', 'f')]),
    ('fr', ['Marco Rossi a battu le Belge Joris Maes. Le premier a crié, le second a ri. « J’ai perdu un kilo », souffle le Belge.'], [('J’ai perdu un kilo,', 'Joris Maes', 'm')]),
    ('fr', ['Yves Morin, 71 ans, répare des vélos rue Basse. Il en a vu passer des centaines. Les jeunes viennent le samedi. Les autres, le dimanche. La ville lui a proposé un hangar. « Trop grand », tranche le septuagénaire.'], [('Trop grand,', 'Yves Morin', 'm')]),
    ('fr', ['L’avocat général, une magistrate expérimentée, s’est levé. « Les faits sont têtus », a-t-elle commencé.'], [('Les faits sont têtus,', 'l’avocat général', 'f')]),
    ('fr', ['Menée par Clara Winter, la Nantaise Julie Prat a tout remonté. « Je n’ai rien lâché », sourit la Nantaise.'], [('Je n’ai rien lâché,', 'Julie Prat', 'f')]),
    ('fr', ['Face à Clara Winter, la maire n’a pas cédé. « Le budget est voté », a-t-elle répondu.'], [('Le budget est voté,', 'la maire', 'f')]),
    ('fr', ['« Je me suis endormie debout. » Claude Ferrand garde le refuge depuis six ans.'], [('Je me suis endormie debout.', 'Claude Ferrand', 'f')]),
    ('fr', ['Jean Pons et Marie Prat tiennent la ferme. Jean Pons trait, Marie Prat sourit. « Je suis arrivée à quatre heures. »'], [('Je suis arrivée à quatre heures.', 'Marie Prat', 'f')]),
    ('fr', ['Gilles Aubin attaque. Le maire, Paul Rivet, soupire.', '« Vous avez voté ce budget. »', '« Nous avons voté un toit, monsieur le maire. »', '« Il est posé. »'], [('Vous avez voté ce budget.', 'Paul Rivet', 'm'), ('Nous avons voté un toit, monsieur le maire.', 'Gilles Aubin', 'm'), ('Il est posé.', 'Paul Rivet', 'm')]),
    ('fr', ['Le capitaine n’est pas de cet avis. « C’est à nous de tirer », a rectifié Kévin Diallo. Le capitaine est parti sans saluer.'], [('C’est à nous de tirer,', 'Kévin Diallo', 'm')]),
    ('fr', ['L’avocate de l’élue prépare sa riposte. « Ma cliente n’a rien signé », fait valoir Maître Fiévet.'], [('Ma cliente n’a rien signé,', 'Fiévet', 'f')]),
    ('fr', ['Anne Soulier a voulu tout arrêter. « C’est Anne qui a tenu », résume l’infirmière. Rose Kane soigne ici depuis dix ans.'], [('C’est Anne qui a tenu,', 'Rose Kane', 'f')]),
    ('fr', ['Rue des Lilas, Réjean Tanguay refuse de partir. « J’ai des pompes », dit le septuagénaire.'], [('J’ai des pompes,', 'Réjean Tanguay', 'm')]),
    ('fr', ['« Le loup craint le chien, prévient Luc Gay, le berger garde ses brebis la nuit. »'], [('Le loup craint le chien,', 'Luc Gay', 'm'), ('le berger garde ses brebis la nuit.', 'Luc Gay', 'm')]),
    ('fr', ['Le docteur Inès Aubry ferme son cabinet. Le docteur Aubry a 62 ans. « Je passe la main », dit-elle.'], [('Je passe la main,', 'Inès Aubry', 'f')]),
    ('fr', ['La conciliatrice de justice les a réunis mardi. « J’ai goûté la brioche », raconte-t-elle.'], [('J’ai goûté la brioche,', 'la conciliatrice de justice', 'f')]),
    ('fr', ['Un voisin parle vite, les mains dans les poches. « On a couru. »'], [('On a couru.', 'un voisin', 'm')]),
    ('fr', ['Yann Kerdoncuff comparaît pour vol. La présidente l’interroge. « Je les ai rangées », finit par lâcher le prévenu.'], [('Je les ai rangées,', 'Yann Kerdoncuff', 'm')]),
    ('fr', ['Sur une banderole, une main avait écrit « Le four n’est pas froid ». Les verriers attendent.'], []),
    ('fr', ['« J’ai crié sur tout le monde, y compris sur mon fils, plaide Luc Gay, c’est le métier. »'], [('J’ai crié sur tout le monde, y compris sur mon fils,', 'Luc Gay', 'm'), ('c’est le métier.', 'Luc Gay', 'm')]),
    ('en', ['Dev Chaudhary, who runs the chip shop, put a jar on the counter. “It filled up,” he said.'], [('It filled up,', 'Dev Chaudhary', 'm')]),
    ('en', ['“We’ll be back on Thursday,” Senate President Dale Rasmussen told reporters.'], [('We’ll be back on Thursday,', 'Dale Rasmussen', 'm')]),
    ('en', ['Coroner Frances Adeyemi looked up. “Cosmetic, Mr Foxton?” she said. “That is the category,” the engineer replied.'], [('Cosmetic, Mr Foxton?', 'Frances Adeyemi', 'f'), ('That is the category,', 'the engineer', 'unknown')]),
    ('en', ['Jane Smith had waited for an hour. “Nobody told me,” was her answer.'], [('Nobody told me,', 'Jane Smith', 'f')]),
    ('en', ['“You can put a number on it, I’d say six years,” said Jane Smith.'], [('You can put a number on it, I’d say six years,', 'Jane Smith', 'f')]),
    ('en', ['Its chief executive went further. “I wouldn’t forgive us either.” Robin Achterberg promised refunds.'], [('I wouldn’t forgive us either.', 'Robin Achterberg', 'unknown')]),
    ('en', ['In the market, a trader folded prints and offered a verdict of her own: “They change shirts.”'], [('They change shirts.', 'a trader', 'f')]),
    ('en', ['Jo Lind, the 34-year-old, was flown home. Her brother had driven all night. “I wanted to shout,” the 38-year-old said.'], [('I wanted to shout,', 'her brother', 'm')]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "paragraphs", "said"), CASES, ids=lambda value: str(value)[:60])
def test_the_words_are_theirs(language, paragraphs, said):
    script = write(Article(None, tuple(map(Paragraph, paragraphs)), language, "test"))
    quotes = [segment for segment in script.segments if segment.role == "quote"]
    found = [
        (q.text, q.speaker.name, q.speaker.gender) if q.speaker else (q.text, None, None) for q in quotes
    ]
    assert [(text, name.lower(), gender) for text, name, gender in found] == [
        (text, name.lower(), gender) for text, name, gender in said
    ]
