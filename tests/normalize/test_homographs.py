"""Words written alike and said apart: what the words around tell.

`word=/ipa/` is what must be given to the engine; no mark, that it says the word well by itself.
"""

import subprocess
import sys

import pytest

from bulletin.normalize import normalize, read
from bulletin.normalize.fr import homographs
from bulletin.normalize.lexicon import Lexicon
from bulletin.speech.kokoro.alphabet import symbols

VERBS = """
Ils président la commission depuis mai. | président=/pʁezid/
Le président préside la séance. |
Ancien président du club, il se tait. |
Elle a été deux fois président du jury. |
Les femmes qui président ces groupes sont rares. | président=/pʁezid/
Les membres du bureau président les débats. | président=/pʁezid/
Trois experts résident à Lyon. | résident=/ʁezid/
Un résident de la maison a appelé. |
Les dons affluent depuis mardi. | affluent=/afly/
L'affluent de la Garonne déborde. |
Ces lois violent la Constitution. | violent=/vjɔl/
Les soldats de l'armée violent la trêve. | violent=/vjɔl/
Un violent orage a éclaté. |
Le plus violent des séismes a tué. |
Ses élèves excellent en calcul. | excellent=/ɛksɛl/
C'est un excellent résultat. |
Ces pertes équivalent à un tiers du budget. | équivalent=/ekival/
Un montant équivalent à celui de mars. |
Les points de vue convergent. | convergent=/kɔ̃vɛʁʒ/
Paris et Berlin divergent encore sur ce point. | divergent=/divɛʁʒ/
Un point de vue divergent s'est exprimé. |
Elles content leurs voyages. | content=/kɔ̃t/
Il est content de lui. |
Les mesures parent au plus pressé. | parent=/paʁ/
Un parent d'élève a porté plainte. |
Les braises couvent encore. | couvent=/kuv/
Les sœurs ont quitté leur couvent. |
Plusieurs usines ferment. | ferment=/fɛʁm/
Le ferment de la révolte était là. |
Un chauffeur négligent a tout perdu. | négligent=/neɡliʒɑ̃/
Ils négligent ce danger. |
Un dissident a fui. | dissident=/disidɑ̃/
Il pressent un échec. | pressent=/pʁesɑ̃/
Les médecins pressent les habitants. |
Les députés décident ce soir. | décident=/desid/
Les troupes reculent. | reculent=/ʁəkyl/
Les règles imposent un contrôle. | imposent=/ɛ̃pɔz/
Que décident-ils ? | décident-ils=/desidtil/
Nous portions des masques. |
Les portions sont petites. |
"""
NOUNS = """
La ville est à l'est. | est=/ɛst/
L'est du pays est coupé du monde. | est=/ɛst/
Malade, il l'est encore. |
La gare de l’Est a fermé. | Est=/ɛst/
Est-ce que c'est vrai ? |
Est venu le temps des comptes. |
Le dialogue Est-Ouest a repris. | Est-Ouest=/ɛstwɛst/
La côte est américaine est balayée. | est=/ɛst/
La côte est belle. |
Ses deux fils sont morts. | fils=/fis/
Des fils électriques pendent. | fils=/fil/
Il tire les fils de l'affaire. | fils=/fil/
Elle a trois petits-fils. | petits-fils=/pətifis/
Il s'est cassé un os. |
Des os ont été trouvés. | os=/o/
Il est fier de ses joueurs. |
On ne peut se fier à personne. | fier=/fje/
Un grand reporter est mort. | reporter=/ʁəpɔʁtɛʁ/
Il faut reporter le scrutin. |
Le vote ? Il a fallu le reporter. | reporter=/ʁəpɔʁte/
Ils ont décidé de le reporter à jeudi. | reporter=/ʁəpɔʁte/
Le sens de la marche est clair. |
Je sens une gêne. | sens=/sɑ̃/
La vis est tombée. | vis=/vis/
Je vis à Nantes. |
Jean porte un jean. | jean=/dʒin/
Il est venu en jet. | jet=/dʒɛt/
Un jet d'eau jaillit. |
Le patio est frais. | patio=/patjo/
"""
QUANTITIES = """
Il n'est plus là. |
Elle n'en veut plus. |
Il y a plus de monde que prévu. |
Il faut travailler plus. | plus=/plys/
Elle gagne plus que lui. | plus=/plys/
Il ne reste plus que deux jours. |
Lui non plus. |
De plus en plus de gens lisent. |
Cela fait dix euros de plus par mois. | plus=/plys/
C'est un plus pour la ville. | plus=/plys/
Deux plus deux font quatre. | plus=/plys/
Plus grand, plus fort. |
Il a plus ou moins gagné. | plus=/plyz/
Il partira au plus tard lundi. |
Ils sont tous venus. |
Tous les hommes sont là. |
Tous deux sont partis. | Tous=/tu/
Tous ceux qui restent ont peur. | Tous=/tu/
Ils viennent de tous horizons. | tous=/tuz/
Six minutes plus tard, il sort. |
Six d'entre eux sont morts. | Six=/sis/
Dix sont encore là. | Dix=/dis/
Dix ans ont passé. |
Huit sur vingt ont dit oui. | Huit=/ɥit/
"""


def lines(block):
    return [tuple(part.strip() for part in line.split("|")) for line in block.strip().splitlines()]


def marked(text, lexicon=None):
    pieces = read(text, "fr", lexicon).pieces
    return " ".join(f"{piece.spoken}={piece.pronunciation}" for piece in pieces if piece.pronunciation)


@pytest.mark.parametrize(("text", "expected"), lines(VERBS))
def test_verbs_in_ent_stand_behind_a_plural(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(("text", "expected"), lines(NOUNS))
def test_nouns_and_verbs_and_names(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(("text", "expected"), lines(QUANTITIES))
def test_quantities_and_negations(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(("text", "expected"), lines(VERBS) + lines(NOUNS) + lines(QUANTITIES))
def test_what_is_written_and_said_stays_as_it_is(text, expected):
    """Pronunciations change neither text."""
    pieces = read(text, "fr").pieces
    assert "".join(piece.written for piece in pieces) == text
    assert "".join(piece.spoken for piece in pieces) == normalize(text, "fr")


def test_the_context_wins_over_the_lexicon_which_cannot_know_it():
    """Elsewhere the lexicon has its say."""
    lexicon = Lexicon({"fils": "/fit/", "est": "/e/"})
    assert marked("Son fils est à l'est.", lexicon) == "fils=/fis/ est=/e/ est=/ɛst/"


def test_every_sound_is_one_that_the_voices_have():
    """A letter outside of the engine's alphabet would be dropped in silence."""
    for word, sounds in homographs._sounds().items():
        for sound in sounds:
            ipa = sound.ipa.strip("/")
            assert symbols(ipa, "fr-fr") == ipa, word


def test_no_model_is_loaded_for_homographs():
    """They are told by the words around, in a process that has loaded nothing yet."""
    program = (
        "import sys; from bulletin.normalize import read\n"
        "read('Les deux pays violent le traité, à l\\'est.', 'fr')\n"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
