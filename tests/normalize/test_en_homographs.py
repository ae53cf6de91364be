"""English words that are written alike and said apart."""

import pytest

from bulletin.normalize import read

SOUNDS = [
    ("The judge read the verdict.", "read", "ɹˈɛd"),
    ("She has never read it.", "read", "ɹˈɛd"),
    ("They read every day.", "read", None),
    ("Does he read much?", "read", None),
    ("Thieves stripped lead from the roof.", "lead", "lˈɛd"),
    ("Old lead pipes are to go.", "lead", "lˈɛd"),
    ("Talks could lead to peace.", "lead", None),
    ("Leeds took the lead.", "lead", None),
    ("People who live in Hull were told.", "live", "lˈɪv"),
    ("It was shown live on air.", "live", None),
    ("He has a hamstring tear.", "tear", "tˈɛɹ"),
    ("She was in tears.", "tears", None),
    ("He took a bow.", "bow", "bˈaʊ"),
    ("He wore a bow tie.", "bow", None),
    ("They found minute traces of it.", "minute", "maɪnjˈuːt"),
    ("A minute later it rained.", "minute", None),
    ("In the final minute changes came.", "minute", None),
    ("At the close of trade it fell.", "close", "klˈoʊz"),
    ("A close friend agreed.", "close", None),
    ("Schools use the money well.", "use", "jˈuːz"),
    ("The use of force was wrong.", "use", None),
    ("There was no excuse for it.", "excuse", "ɪkskjˈuːs"),
    ("Refuse collection has stopped.", "Refuse", "ɹˈɛfjuːs"),
    ("They refuse to pay.", "refuse", None),
    ("A diplomatic row followed.", "row", "ɹˈaʊ"),
    ("A row of houses burned.", "row", None),
    ("We grilled sea bass.", "bass", "bˈæs"),
    ("He plays the bass guitar.", "bass", None),
    ("It is an elaborate plan.", "elaborate", "ɪlˈæbəɹət"),
    ("He would not elaborate.", "elaborate", None),
]


@pytest.mark.parametrize(("sentence", "word", "sound"), SOUNDS)
def test_a_word_sounds_as_its_sentence_means(sentence, word, sound):
    """None: the voice says it right by itself."""
    sounds = [piece.pronunciation for piece in read(sentence, "en").pieces if piece.spoken == word]
    assert sounds == [sound and f"/{sound}/"]
