"""A manifest with a mistake in it ends in one line that names the file, the show and the key."""

import pytest

from bulletin.batch import manifest
from bulletin.config import Settings
from bulletin.errors import ConfigError

SHOW = '[[shows]]\nname = "port"\nfeeds = ["https://example.org/feed"]\n'


def loaded(folder, text):
    path = folder / "bulletin.toml"
    path.write_text(text, encoding="utf-8")
    return manifest.load(path, Settings())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "shows"),
        ("shows = 3", "shows"),
        ("[shows]\nname = 'a'", "shows"),
        ("this is = = not TOML", "not TOML"),
        (f"casts = 'tone'\n{SHOW}", "'casts'"),
        (f"contact = 3\n{SHOW}", "contact"),
        (f"cast = 3\n{SHOW}", "cast"),
        (f"{SHOW}storys = 3", "'storys'"),
        (f"{SHOW}stories = 'three'", "stories"),
        (f"{SHOW}stories = 0", "stories"),
        (f"{SHOW}stories = true", "stories"),
        (f"{SHOW}max_age = '3 weeks'", "max_age"),
        (f"{SHOW}max_age = 3", "max_age"),
        (f"{SHOW}exclude = '['", "exclude"),
        (f"{SHOW}exclude = ['[']", "filter"),
        (f"{SHOW}style = 'news'", "style"),
        (f"{SHOW}format = 'ogg'", "format"),
        (f"{SHOW}loudness = 'loud'", "loudness"),
        (f"{SHOW}sidecars = 'yes'", "sidecars"),
        (f"{SHOW}speed = 'fast'", "speed"),
        ("[[shows]]\nname = 'port'\nfeeds = 'https://example.org/feed'", "feeds"),
        ("[[shows]]\nname = 'port'\nfeeds = []", "feeds"),
        ("[[shows]]\nfeeds = ['a']", "name"),
        (f"{SHOW}[keep]\ndays = 'seven'", "days"),
        (f"{SHOW}[keep]\nyears = 1", "'years'"),
        (f"{SHOW}[keep]\ncount = -1", "count"),
        (f"keep = 3\n{SHOW}", "keep"),
        (f"{SHOW}{SHOW}", "'port'"),
        (f"{SHOW}[podcast]\nurl = 3", "url"),
        (f"station = 3\n{SHOW}", "station"),
        (f"{SHOW}[station]\nnom = 'Radio'", "'nom'"),
        (f"pauses = 3\n{SHOW}", "pauses"),
        (f"{SHOW}[podcast]\nlink = 'https://example.org'", "'link'"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, named):
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    line = str(caught.value)
    assert named in line
    assert "\n" not in line
    assert "bulletin.toml" in line or "loudness" in line or "[station]" in line


def test_every_setting_can_stand_in_a_show(tmp_path):
    """Also those whose form in TOML differs from the one inside."""
    text = f"""{SHOW}
loudness = "radio"
lexicon = "mots.toml"
also = ["srt", "epub"]
max_age = "2d"
stories = 3
include = ["port"]
announce = true
speed = 1
"""
    (show,) = loaded(tmp_path, text).shows
    assert (show.settings.loudness, show.settings.also, show.stories) == (-23.0, ("srt", "epub"), 3)
    assert show.settings.lexicon == tmp_path / "mots.toml"
    assert set(manifest.SETTINGS) == set(Settings.__dataclass_fields__) - {"station"}


def test_a_manifest_means_the_same_wherever_it_is_read(tmp_path):
    """Station, pauses and pins are its own; the files that it names lie beside it: cron starts at home."""
    text = f"""cast = "mine.toml"
{SHOW}
[station]
name = "Radio Port"
jingle = "jingle.wav"
[pauses]
story = 2.0
[pins]
"Anne Roux" = "tone:b"
"""
    (show,) = loaded(tmp_path, text).shows
    assert show.settings.station.name == "Radio Port"
    assert show.settings.station.jingle == tmp_path / "jingle.wav"
    assert (show.settings.pauses, show.settings.pins) == ({"story": 2.0}, {"Anne Roux": "tone:b"})
    assert show.settings.cast == str(tmp_path / "mine.toml")
