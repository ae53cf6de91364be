"""What holds of every English reading: nothing left to spell, no value lost, stable, in linear time."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from text_to_num import text2num

from bulletin.normalize import normalize, read
from bulletin.normalize.en import measures, money
from bulletin.normalize.en.words import cardinal, ordinal, year

SIGNS_THAT_STAND_FOR_WORDS = re.compile(r"[\d$£€¥₹%°&@#+=<>/²³µ½¼¾]")
UNITS = sorted({*measures.CLDR, *measures.NAMED} - {"in", "st", "C", "F", "%", "‰"})
CURRENCIES = sorted(money.SIGNS)
NUMBERS = st.one_of(
    st.integers(0, 10**12).map(str),
    st.integers(1000, 10**12).map("{:,}".format),
    st.decimals(0, 10**6, allow_nan=False, places=2).map(str),
)


@given(st.integers(0, 10**12 - 1))
def test_the_value_of_a_cardinal_is_recovered_from_its_words(value):
    """Another program reads the same number back."""
    assert text2num(cardinal(value), "en") == value


@given(st.integers(10_000, 10**12 - 1))
def test_a_grouped_number_in_a_sentence_keeps_its_value(value):
    """Thousands separators change nothing."""
    for separator in (",", "\u202f", "\u00a0", " "):
        said = normalize(f"They counted {value:,} of them.".replace(",", separator), "en")
        assert text2num(said.removeprefix("They counted ").removesuffix(" of them."), "en") == value


@given(NUMBERS, st.sampled_from(UNITS), st.sampled_from(["", " ", "\u00a0", "\u202f"]))
def test_no_digit_or_sign_is_left_of_a_measure(number, unit, space):
    """Any number with any unit is all words."""
    assert not SIGNS_THAT_STAND_FOR_WORDS.search(normalize(f"It had {number}{space}{unit} in all.", "en"))


@given(
    NUMBERS, st.sampled_from(CURRENCIES), st.sampled_from(["", "k", "m", "bn", "tn", " million", " billion"])
)
def test_no_digit_or_sign_is_left_of_an_amount(number, sign, scale):
    """Any amount in any currency is all words, before or after a noun."""
    for line in (f"It cost {sign}{number}{scale} then.", f"A {sign}{number}{scale} house."):
        assert not SIGNS_THAT_STAND_FOR_WORDS.search(normalize(line, "en"))


@given(NUMBERS, st.sampled_from(CURRENCIES), st.sampled_from(UNITS))
def test_any_currency_goes_over_any_unit(number, sign, unit):
    """What holds of "€/m²" holds of them all."""
    assert not SIGNS_THAT_STAND_FOR_WORDS.search(normalize(f"At {sign}{number}/{unit} it sold.", "en"))


SHAPES = st.sampled_from(
    [
        "£{}",
        "${}m",
        "{}%",
        "{}km",
        "{}mph",
        "{}p",
        "{}C",
        "-{}°C",
        "{}th",
        "{}s",
        "{}am",
        "{}.30pm",
        "{}:45",
        "1/{}",
        "{}-3",
        "{}x",
        "+{}",
        "~{}",
        "#{}",
        "No. {}",
        "A{}",
        "F-{}",
        "{}/7",
        "({})",
        "{},",
        "{}bn",
        "{}k",
        "Sept. {}",
        "{} May",
        "May {}",
        "{}ft",
        "{}ft 2in",
        "{}½",
        "§{}",
        "p. {}",
        "c. {}",
        "'{}s",
        "AD {}",
        "{} BC",
        "Mr. Lee",
        "St. Ives",
        "Dr Lee",
        "etc.",
        "e.g.",
        "U.S.",
        "World War II",
        "the",
        "The",
        "and",
        "at",
        "won",
        "Leo X",
        "I",
        "BBC",
        "A&E",
        "@x",
        "#Yes",
        "x@y.org",
        "…",
    ]
)


@given(st.lists(st.tuples(SHAPES, st.integers(0, 2100)), max_size=6))
def test_reading_a_reading_changes_nothing(parts):
    """What has been read stays as it is."""
    once = normalize(" ".join(shape.replace("{}", str(value)) for shape, value in parts), "en")
    assert normalize(once, "en") == once


@given(st.text(alphabet="0123456789.,:/-–%£$€ ", max_size=40))
def test_reading_junk_twice_changes_nothing(text):
    """Not even of digits and signs in any order."""
    once = normalize(text, "en")
    assert normalize(once, "en") == once


@example("@¹")
@given(st.text(max_size=60))
def test_pieces_are_the_line(text):
    """Nothing is lost of any text, and nothing breaks on it."""
    reading = read(text, "en")
    assert "".join(piece.written for piece in reading.pieces) == text


@given(st.integers(1100, 2099))
def test_years_are_said_in_words(value):
    """Every year has a reading without digits."""
    assert not re.search(r"\d", year(value))


@given(st.integers(1, 10**6))
def test_ordinals_end_as_ordinals_do(value):
    """-st, -nd, -rd or -th."""
    assert ordinal(value).endswith(("first", "second", "third", "th"))


@pytest.mark.parametrize(
    "shape", ["1", "1 ", "1,", "1-", "£1", "a.", "A", "1.", "(", "1/", "'", "1:", "@a", "#a", "é "]
)
def test_time_is_linear_in_the_length_of_a_line(shape):
    """Twice the line takes about twice as long, and a long line of anything ends."""
    normalize(shape * 200, "en")
    spent = []
    for length in (4_000, 16_000):
        start = time.perf_counter()
        normalize(shape * (length // len(shape)), "en")
        spent.append(time.perf_counter() - start)
    assert spent[1] < 8 * spent[0] + 0.1


settings.register_profile("english", deadline=None)
settings.load_profile("english")
