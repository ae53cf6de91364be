"""What stands beside the audio: chapters, transcripts, the page, the book and the cover."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from mutagen.id3 import ID3
from PIL import Image
from sound_makers import bulletin_of, clip_of, utterance_of

from bulletin import publish
from bulletin.errors import UsageError
from bulletin.mix import join, master
from bulletin.model import Script
from bulletin.publish.cover import cover
from bulletin.publish.epub import epub
from bulletin.publish.pages import page, transcript_html, transcript_text
from bulletin.publish.podcasting import chapters_json
from bulletin.publish.reading import stories

STORIES = (
    Script(
        "Trois communes privées d'eau", "fr", "", (), url="https://exemple.fr/eau?a=1&b=2", byline="Odile"
    ),
    Script("Le lynx revient", "fr", "", (), url="javascript:alert(1)", image="https://exemple.fr/lynx.jpg"),
)


@pytest.fixture(scope="module")
def whole(bulletin):
    """The programme with the scripts of its stories."""
    cues = [cue.utterance for cue in bulletin.cues]
    track = join(cues, [clip_of(u.text) for u in cues], stories=STORIES)
    samples, mastered = master(track.samples, track.rate)
    return bulletin_of(track, samples, mastered=mastered, scripts=STORIES)


class Page(HTMLParser):
    """The tags with their attributes, and the text between them."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.text, self.inside = [], "", None
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.inside = tag

    def handle_data(self, data):
        if self.inside not in {"style", "script"}:
            self.text += data

    def all(self, tag, **wanted):
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]


def plain(text):
    return re.sub(r"\s+", " ", text)


def test_chapters_are_podcasting_json(whole):
    document = json.loads(chapters_json(whole))
    assert document["version"] == "1.2.0"
    assert [chapter["title"] for chapter in document["chapters"]] == [story.title for story in STORIES]
    assert document["chapters"][0]["url"] == STORIES[0].url
    assert document["chapters"][1]["img"] == STORIES[1].image
    assert "url" not in document["chapters"][1]
    assert document["chapters"][1]["startTime"] == pytest.approx(whole.chapters[1].start, abs=0.001)


def test_the_text_transcript_is_the_article_with_its_speakers(whole):
    text = plain(transcript_text(whole))
    for cue in whole.cues:
        assert plain(cue.utterance.text) in text
    assert "Odile <Ferrand> : « Nous n'avons rien vu venir. »" in text
    assert "synthétiques" in text


def test_the_html_transcript_escapes_what_the_article_says(whole):
    read = Page(transcript_html(whole))
    assert "Odile <Ferrand>" in plain(read.text)
    assert "l'office & au parc" in plain(read.text)
    assert not read.all("ferrand")
    assert [found["href"] for found in read.all("a")] == [STORIES[0].url]


def test_the_page_holds_every_sentence_with_its_time_and_loads_nothing_else(whole):
    source = page(whole, Path("mon bulletin n°1.mp3"))
    read = Page(source)
    sentences = read.all("a", **{"class": "s"})
    assert [found["id"] for found in sentences] == [f"s{number}" for number in range(len(whole.cues))]
    assert read.all("audio")[0]["src"] == "mon%20bulletin%20n%C2%B01.mp3"
    assert not [
        found
        for tag, found in read.tags
        if tag in {"link", "img", "iframe"} or (tag == "script" and "src" in found)
    ]
    times = json.loads(re.search(r'id="times">(.*?)</script>', source)[1])
    assert [time[0] for time in times] == pytest.approx([cue.start for cue in whole.cues], abs=0.001)
    assert len(times[0][2]) == len(whole.cues[0].utterance.text.split())
    assert read.all("html") == [{"lang": "fr"}]
    assert "Chapitres" in read.text


def test_a_title_can_not_break_out_of_the_page(track):
    evil = "</script><script>alert(1)</script><b>"
    told = utterance_of(evil, role="headline")
    hostile = bulletin_of(join([told], [clip_of(evil)]), title=evil, station=evil)
    source = page(hostile, Path('"><script>.mp3'))
    assert "<script>alert" not in source
    assert source.count("</script>") == 3
    assert Page(source).all("b") == []


def test_a_story_in_another_language_says_so(whole):
    said = [utterance_of("Bonjour.", story=0), utterance_of("Good morning.", story=1, language="en")]
    mixed = bulletin_of(join(said, [clip_of(u.text) for u in said]))
    assert [found.get("lang") for found in Page(page(mixed, Path("a.mp3"))).all("section")][:2] == [
        None,
        "en",
    ]


def test_marks_after_a_quote_cling_to_it():
    said = [
        utterance_of("Tout va bien", role="quote", voice="tone:b", speaker="Anne", segment=0, paragraph=1),
        utterance_of(", a dit la maire.", segment=1, paragraph=1),
    ]
    talk = bulletin_of(join(said, [clip_of(u.text) for u in said]))
    assert stories(talk)[0].blocks[0].text == "Tout va bien, a dit la maire."
    assert "« Tout va bien », a dit la maire." in plain(transcript_text(talk))


def test_a_comma_stands_outside_french_marks_and_inside_english_ones():
    for language, wanted in (("fr", "« Tout va bien », dit-elle."), ("en", "“Tout va bien,” dit-elle.")):
        said = [
            utterance_of("Tout va bien,", role="quote", voice="tone:b", language=language, paragraph=1),
            utterance_of("dit-elle.", segment=1, language=language, paragraph=1),
        ]
        talk = bulletin_of(join(said, [clip_of(u.text) for u in said]), language=language)
        assert wanted in transcript_text(talk).replace("\u00a0", " ")
        assert stories(talk)[0].blocks[0].text == "Tout va bien, dit-elle."


def test_the_book_has_an_overlay_for_every_sentence_and_no_hole_in_its_sound(whole):
    book = zipfile.ZipFile(io.BytesIO(epub(whole, b"sound", ".mp3", cover(whole))))
    assert book.infolist()[0].filename == "mimetype"
    assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
    space = {"s": "http://www.w3.org/ns/SMIL"}
    clips = []
    for number in range(2):
        ids = set(re.findall(r'id="(s\d+)"', book.read(f"EPUB/part{number}.xhtml").decode()))
        for par in ElementTree.fromstring(book.read(f"EPUB/part{number}.smil")).iterfind(".//s:par", space):
            document, _, target = par.find("s:text", space).get("src").partition("#")
            assert document == f"part{number}.xhtml"
            assert target in ids
            sound = par.find("s:audio", space)
            clips.append((sound.get("clipBegin"), sound.get("clipEnd")))
    assert len(clips) == len(whole.cues)
    assert [end for _, end in clips[:-1]] == [start for start, _ in clips[1:]]


def epubcheck():
    """The command line of epubcheck: Debian installs a Java archive, which not every kernel starts."""
    program = shutil.which("epubcheck")
    return program and shutil.which("java") and ["java", "-jar", program]


@pytest.mark.skipif(not epubcheck(), reason="needs epubcheck")
@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.opus", "a.wav"])
def test_epubcheck_passes_the_book(whole, tmp_path, name):
    written = publish.write(whole, tmp_path / name, beside=(".epub",))
    done = subprocess.run([*epubcheck(), str(written.files[-1])], capture_output=True, text=True, check=False)
    assert (done.returncode, "0 errors / 0 warnings" in done.stdout) == (0, True), done.stdout + done.stderr


def test_everything_beside_is_written_together_and_again_the_same(whole, tmp_path):
    every = tuple(publish.BESIDE)
    first = publish.write(whole, tmp_path / "a.mp3", beside=every)
    kept = {path.name: path.read_bytes() for path in first.files}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
    assert sorted(kept) == sorted(["a.mp3", *(f"a{suffix}" for suffix in every)])
    again = publish.write(whole, tmp_path / "a.mp3", beside=every, force=True)
    assert {path.name: path.read_bytes() for path in again.files} == kept


@pytest.mark.parametrize(
    "title",
    [
        "Court",
        "Un très long titre " * 12,
        "Anticonstitutionnellement" * 4,
        "Œuvre d’été : « ça », 5 €",
    ],
)
def test_the_drawn_cover_fits_any_title(whole, title):
    image = Image.open(io.BytesIO(cover(bulletin_of(whole, title=title, station="Radio " * 20)))).convert(
        "RGB"
    )
    assert image.size == (1400, 1400)
    ground = image.getpixel((0, 0))
    edge = [image.getpixel((x, y)) for x in (1290, 1399) for y in range(0, 1400, 3)]
    assert set(edge) == {ground}


def test_a_cover_that_is_given_is_taken(whole, tmp_path):
    picture = tmp_path / "mine.jpg"
    Image.new("RGB", (600, 600), "red").save(picture)
    given = bulletin_of(whole, whole.samples, cover=picture)
    written = publish.write(given, tmp_path / "a.mp3", beside=())
    assert ID3(written.files[0])["APIC:"].data == picture.read_bytes()
    assert ID3(written.files[0])["APIC:"].mime == "image/jpeg"


def test_a_cover_that_is_no_picture_is_refused(whole, tmp_path):
    (tmp_path / "mine.png").write_text("no picture")
    with pytest.raises(UsageError, match="PNG or a JPEG"):
        cover(bulletin_of(whole, cover=tmp_path / "mine.png"))
    with pytest.raises(UsageError, match="can't be read"):
        cover(bulletin_of(whole, cover=tmp_path / "none.png"))


def test_a_chapter_brings_its_picture_and_address(whole, tmp_path):
    picture = tmp_path / "lynx.png"
    Image.new("RGB", (60, 60), "red").save(picture)
    track = join(
        [cue.utterance for cue in whole.cues],
        [clip_of(cue.utterance.text) for cue in whole.cues],
        stories=[STORIES[0], Script("Le lynx", "fr", "", (), image=str(picture))],
    )
    written = publish.write(bulletin_of(track), tmp_path / "a.mp3", beside=())
    tags = ID3(written.files[0])
    assert tags["CHAP:chapter0"].sub_frames["WXXX:chapter url"].url == STORIES[0].url
    assert tags["CHAP:chapter1"].sub_frames["APIC:"].data == picture.read_bytes()
