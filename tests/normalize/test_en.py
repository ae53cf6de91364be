"""How English is read, class by class, in sentences of our own."""

import pytest

from bulletin.normalize import normalize, read
from bulletin.normalize.en import letters
from bulletin.normalize.lexicon import load

READINGS = {
    "It covers 1,160 square miles.": "It covers one thousand one hundred and sixty square miles.",
    "A crowd of 31\u202f000 came.": "A crowd of thirty-one thousand came.",
    "The plan costs £1.25bn.": "The plan costs one point two five billion pounds.",
    "A £3m-a-year contract.": "A three million pound a year contract.",
    "It costs £12.50 a head.": "It costs twelve pounds fifty a head.",
    "He found $0.99.": "He found ninety-nine cents.",
    "Between $2-3 a share.": "Between two and three dollars a share.",
    "Rates rise to 28.6p/kWh.": "Rates rise to twenty-eight point six pence per kilowatt hour.",
    "About 1.2m people fled.": "About one point two million people fled.",
    "A 3m-high wall fell 3m down.": "A three metre-high wall fell three metres down.",
    "He is 6ft 3in and 15st 7lb.": "He is six foot three and fifteen stone seven pounds.",
    "Highs of 25-28C.": "Highs of twenty-five to twenty-eight degrees Celsius.",
    "On the 21st of May 2005.": "On the twenty-first of May, two thousand and five.",
    "Dated 13/09/1984.": "Dated the thirteenth of September nineteen eighty-four.",
    "Dated 9/13/1984.": "Dated September thirteenth, nineteen eighty-four.",
    "The 1848 revolutions drew 1500 people.": (
        "The eighteen forty-eight revolutions drew one thousand five hundred people."
    ),
    "It ended at 5 p.m. The crowd left.": "It ended at five P M. The crowd left.",
    "He ran a mile in 3:43.13.": "He ran a mile in three minutes and forty-three point one three seconds.",
    "City were 2-0 up.": "City were two nil up.",
    "She won 6-1 6-0.": "She won six one six love.",
    "The vote was 7-2.": "The vote was seven to two.",
    "Wait 3-5 days.": "Wait three to five days.",
    "Malcolm X met Leo XIII.": "Malcolm X met Leo the Thirteenth.",
    "St Mary's is on High St.": "Saint Mary's is on High Street.",
    "Lt. Gov. Hill met Sen. Roy.": "Lieutenant Governor Hill met Senator Roy.",
    "The A303, the M6 and I-405.": "The A three oh three, the M six and I-four oh five.",
    "Dial 999 or call 020 7946 0123.": (
        "Dial nine nine nine or call zero two zero, seven nine four six, zero one two three."
    ),
    "The 911 call, the Porsche 911 and 911 people.": (
        "The nine one one call, the Porsche nine one one and nine hundred and eleven people."
    ),
    "A 5* hotel, 3 A*s and 8.5/10.": "A five star hotel, three A stars and eight point five out of ten.",
    "Type 26s and under-5s.": "Type twenty-sixes and under-fives.",
    "Children aged 5-11 stay at home.": "Children aged five to eleven stay at home.",
    "He said no. 6 people laughed.": "He said no. Six people laughed.",
    "Leeds 2, Hull 0.": "Leeds two, Hull nil.",
    "The XIXth century, c.£20m.": ("The nineteenth century, circa twenty million pounds."),
    "A 2-year, £6m deal, signed 24-02-2022.": (
        "A two-year, six million pound deal, signed the twenty-fourth of February twenty twenty-two."
    ),
    "Flat 3B, 221b Baker St.": "Flat three B, two two one B Baker Street.",
    "Open Mon-Fri, Jan-Mar.": "Open Monday to Friday, January to March.",
    "420/km² and 30 passengers/hour.": (
        "Four hundred and twenty per square kilometre and thirty passengers per hour."
    ),
    "See bbc.co.uk/news.": "See bbc dot co dot uk slash news.",
    "R&D and A* grades.": "R and D and A star grades.",
}


@pytest.mark.parametrize("written", READINGS)
def test_is_read_as_a_newsreader_would(written):
    """Each class has its reading, with the right words around it left alone."""
    assert normalize(written, "en") == READINGS[written]


@pytest.mark.parametrize("written", READINGS)
def test_a_reading_is_read_as_itself(written):
    """Normalizing twice changes nothing more."""
    assert normalize(READINGS[written], "en") == READINGS[written]


def test_pieces_keep_what_was_written():
    """The written parts of the pieces joined are the line."""
    for written in READINGS:
        assert "".join(piece.written for piece in read(written, "en").pieces) == written


def test_nothing_is_reported_unread_where_everything_is_said():
    """A line that is read whole has nothing left over."""
    assert all(not read(written, "en").unread for written in READINGS)


def test_what_can_not_be_read_is_reported():
    """Letters of a script that no English voice knows are left and listed."""
    reading = read("It says 你好 on the door.", "en")
    assert "你好" in reading.unread


@pytest.mark.parametrize(
    ("word", "said"), [("BBC", "B B C"), ("NATO", None), ("MPs", "M P's"), ("POLICE", None), ("US", "U S")]
)
def test_acronyms_are_spelled_or_read(word, said):
    """The tables decide, and for the rest whether anybody could pronounce it."""
    assert letters.spelled(word) == said


def test_the_letter_a_is_no_article():
    """A voice is told so by a hyphen; the words as spoken stay."""
    piece = read("A303", "en").pieces[0]
    assert (piece.spoken, piece.pronunciation) == ("A three oh three", "A-three oh three")


def test_the_lexicon_knows_names_and_their_possessives():
    """Names that voices say wrong have sounds; a possessive adds its own."""
    lexicon = load("en")
    assert lexicon.pronunciation("Xi") and (lexicon.pronunciation("Zelensky’s") or "").endswith("z/")
