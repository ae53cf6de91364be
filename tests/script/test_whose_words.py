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
    ('fr', ['Anna Weber, géologue à Bâle, a décrit une côte qui recule. Elle a dit : « La mer prend dix mètres. »', 'À un moment, a-t-elle ajouté, il restait une plage.', '« Mes étudiants ne l’ont pas connue. »'], [('La mer prend dix mètres.', 'Anna Weber', 'f'), ('Mes étudiants ne l’ont pas connue.', 'Anna Weber', 'f')]),
    ('fr', ['La maire a parlé une heure à la foule, qui a répondu d’une seule voix : « Le pont ! Le pont ! »'], [('Le pont ! Le pont !', 'la foule', 'unknown')]),
    ('fr', ['Sur le frigo, un mot de sa grand-mère : « Éteins en partant. »'], [('Éteins en partant.', 'sa grand-mère', 'f')]),
    ('fr', ['Le débat a opposé Luc Farge à l’adjointe, Inès Rémy.', '— Combien de places avez-vous comptées, madame Rémy ?', '— Aucune, on n’a pas d’agent.', '— Vous ne savez donc pas.', '— Je sais lire un plan, monsieur Farge.'], [('Combien de places avez-vous comptées, madame Rémy ?', 'Luc Farge', 'm'), ('Aucune, on n’a pas d’agent.', 'Inès Rémy', 'f'), ('Vous ne savez donc pas.', 'Luc Farge', 'm'), ('Je sais lire un plan, monsieur Farge.', 'Inès Rémy', 'f')]),
    ('fr', ['Pour Paul Rivet, avocat de la commune, le devis ne veut rien dire. « Personne ne l’a signé », plaide-t-il.'], [('Personne ne l’a signé,', 'Paul Rivet', 'm')]),
    ('fr', ['L’ouvrage est de Julie Prat. « Sans elle, je fermais », dit d’elle l’ancien président de club Marc Loubet.'], [('Sans elle, je fermais,', 'Marc Loubet', 'm')]),
    ('fr', ['« La nuit porte conseil, dit-on. Pas la mienne », sourit Paul Rivet.'], [('La nuit porte conseil, dit-on. Pas la mienne,', 'Paul Rivet', 'm')]),
    ('fr', ['« Je l’ai vue passer, se souvient Luc Gay, aujourd’hui retraité. J’ai freiné. »'], [('Je l’ai vue passer,', 'Luc Gay', 'm'), ('J’ai freiné.', 'Luc Gay', 'm')]),
    ('fr', ['« Je balayais, écrit Rose Kane dans ses carnets, publiés en 2003. Personne ne m’a chassée. »'], [('Je balayais,', 'Rose Kane', 'f'), ('Personne ne m’a chassée.', 'Rose Kane', 'f')]),
    ('fr', ['Aurore et Yann Delmas élèvent des chèvres. « On dort peu », sourit Aurore Delmas. Son mari hausse les épaules : « On dort mieux. »'], [('On dort peu,', 'Aurore Delmas', 'f'), ('On dort mieux.', 'Yann Delmas', 'm')]),
    ('fr', ['Zoé, la fille de Réjean Houle, veut ouvrir le verger. « Papa refuse. » Son père lève les yeux. « Jamais le dimanche. »'], [('Papa refuse.', 'Zoé', 'f'), ('Jamais le dimanche.', 'Réjean Houle', 'm')]),
    ('fr', ['Quand une touriste lui a demandé où il dormait, il a ri. « Debout. » Luc Gay garde le phare.'], [('Debout.', 'Luc Gay', 'm')]),
    ('fr', ['Depuis le fond, une voix a répondu : « Et nous ? »'], [('Et nous ?', 'une voix', 'unknown')]),
    ('fr', ['Élue du Gard, Inès Rémy s’est levée. « Trente-sept communes manquent d’eau. »'], [('Trente-sept communes manquent d’eau.', 'Inès Rémy', 'f')]),
    ('fr', ['Le tournoi a souri aux Aigles. L’entraîneur-chef Dany Roy a peu parlé. « Ils se sont parlé entre eux », a raconté le pilote des Aigles.'], [('Ils se sont parlé entre eux,', 'Dany Roy', 'm')]),
    ('fr', ['Le député a rencontré Anne Petit hier. « Rien n’est signé », prévient la syndicaliste.'], [('Rien n’est signé,', 'Anne Petit', 'f')]),
    ('en', ['“Usually they blame the captain,” said the Rev. Adam Quist, who runs the mission.'], [('Usually they blame the captain,', 'Adam Quist', 'm')]),
    ('en', ['At the barricade a driver who gave only his first name, Edgar, was cooking soup. “When I see the tanker, I go,” he said.'], [('When I see the tanker, I go,', 'Edgar', 'm')]),
    ('en', ['A spokesperson for the board said it was sorry. “We have hired three people,” they said.'], [('We have hired three people,', 'a spokesperson for the board', 'unknown')]),
    ('en', ['That study, seen by this paper, wanted the town moved. “Nobody should sleep below this slope,” it reads.'], [('Nobody should sleep below this slope,', 'that study', 'unknown')]),
    ('en', ['Asked by the coroner, Ann Reed, whether lamps would have helped, the officer replied: “Yes, ma’am.” Pc Gareth Minshall had measured the trench.'], [('Yes, ma’am.', 'the officer', 'unknown')]),
    ('en', ['“Two people saw it, two people picked up the phone, and the system put it down,” said Ann Reed.'], [('Two people saw it, two people picked up the phone, and the system put it down,', 'Ann Reed', 'f')]),
    ('en', ['Defence counsel Lorcan Brehan said his client had waited. “He wrote twelve letters,” counsel said.'], [('He wrote twelve letters,', 'Lorcan Brehan', 'm')]),
    ('en', ['“We trusted them with our savings,” the pensioners’ lead lawyer, Dana Ortiz, said outside court.'], [('We trusted them with our savings,', 'Dana Ortiz', 'f')]),
    ('en', ['Former Olympic rower Helen Voss Carter gave a boat.', '“That river was cold,” she told the paper.'], [('That river was cold,', 'Helen Voss Carter', 'f')]),
    ('en', ['A survey paid for by the union found lead in six wells and concluded: “No well should be used.”'], [('No well should be used.', 'a survey', 'unknown')]),
    ('en', ['“The pay is fine,” said one bus driver, who declined to give her last name.'], [('The pay is fine,', 'one bus driver', 'f')]),
    ('en', ['Anne Cole once taught here. A boy at the back shouted, “Read the room!” Cole laughed.'], [('Read the room!', 'a boy', 'm')]),
    ('fr', ['« On a perdu contre meilleur que nous, a reconnu Karim Belhadj, beau joueur. Bravo à eux. »'], [('On a perdu contre meilleur que nous,', 'Karim Belhadj', 'm'), ('Bravo à eux.', 'Karim Belhadj', 'm')]),
    ('fr', ['Sandrine Morel a repris la ferme. Elle sourit encore de la remarque de sa mère : « Garde tes chèvres dehors ! »'], [('Garde tes chèvres dehors !', 'sa mère', 'f')]),
    ('fr', ['Paul Vernet a gardé en tête le conseil de Lucie Amar, sa formatrice : « Ne compte jamais tes heures. »'], [('Ne compte jamais tes heures.', 'Lucie Amar', 'f')]),
    ('fr', ['Marc Ravel a répondu à la présidente, Anne Sorel.', '« Vous aviez bu ? », demande la présidente. Long silence. « Deux bières, pas plus. »'], [('Vous aviez bu ?', 'Anne Sorel', 'f'), ('Deux bières, pas plus.', 'Marc Ravel', 'm')]),
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
