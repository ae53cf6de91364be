"""The programme around the articles: what is said and sounded, in which order, for each style."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from bulletin.config import Settings, Station
from bulletin.errors import ConfigError
from bulletin.model import Script, Segment, Speaker
from bulletin.programme import SoundMark, announced, compose

MORNING = datetime(2022, 9, 12, 8, 0)
ANNE = Speaker("Anne Le Bihan", "f")


def story(title, *segments):
    head = (Segment("headline", title, 0),) if title else ()
    return Script(title, "fr", "a.txt", (*head, *segments))


TWO = [
    story("Le pont rouvre", Segment("narration", "Il était fermé depuis mai.", 1)),
    story("La mer monte", Segment("narration", "De trois millimètres par an.", 1)),
]


def heard(parts):
    """The parts as a list of sounds and texts."""
    return [
        part.kind
        if isinstance(part, SoundMark)
        else " ".join(segment.text for segment in part.script.segments)
        for part in parts
    ]


def test_one_article_is_title_jingle_body_and_disclosure():
    """As audio articles of newspapers are."""
    assert heard(compose(TWO[:1], Settings(), MORNING)) == [
        "Le pont rouvre",
        "jingle",
        "Il était fermé depuis mai.",
        "Voix de synthèse.",
    ]


def test_plain_is_the_article_alone():
    """No sounds, and no disclosure where it is not wanted."""
    plain = Settings(style="plain", disclosure=False)
    assert heard(compose(TWO[:1], plain, MORNING)) == ["Le pont rouvre Il était fermé depuis mai."]


def test_several_articles_are_a_bulletin():
    """Jingle, opening, headlines over the bed, stories after stings, closing with the disclosure."""
    parts = heard(compose(TWO, Settings(station=Station(name="Radio Phare")), MORNING))
    assert parts[:2] == ["jingle", "bed-start"]
    assert parts[2] == "Bonjour, voici le bulletin de Radio Phare du lundi 12 septembre, il est 8 h."
    assert parts[3:6] == ["Le pont rouvre", "La mer monte", "bed-end"]
    assert [after for before, after in pairwise(parts) if before == "sting"] == [
        "Le pont rouvre Il était fermé depuis mai.",
        "La mer monte De trois millimètres par an.",
    ]
    assert parts[-1].endswith("Les voix étaient des voix de synthèse.")


def test_the_wording_can_be_replaced(tmp_path):
    """A file of the user's own; a broken one is one clear error."""
    own = tmp_path / "own.toml"
    own.write_text('opening = "Il est {{ now | spoken_time }} sur {{ station }}."\n', encoding="utf-8")
    settings = Settings(style="bulletin", station=Station(name="Radio Phare", wording=own))
    assert heard(compose(TWO, settings, MORNING))[2] == "Il est 8 h sur Radio Phare."
    own.write_text('opening = "{{ now | nothing }}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="opening"):
        compose(TWO, settings, MORNING)


def test_a_speaker_is_announced_where_the_text_does_not_name_them():
    """Once, by the narrator, before the first quote; not where the sentence around names them."""
    bare = story(
        None,
        Segment("narration", "Sur le quai, la colère monte.", 1),
        Segment("quote", "On nous oublie.", 2, ANNE),
        Segment("quote", "Et pour longtemps.", 3, ANNE),
    )
    texts = [segment.text for segment in announced(bare).segments]
    assert texts.count("Anne Le Bihan :") == 1
    assert texts.index("Anne Le Bihan :") == texts.index("On nous oublie.") - 1
    named = replace(
        bare, segments=(*bare.segments[:2], Segment("narration", "dit Anne Le Bihan.", 2), bare.segments[2])
    )
    assert announced(named) == named
