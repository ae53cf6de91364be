"""What is the same story, and what came of it: under another address, in two feeds, with a word changed."""

import json

import pytest

from bulletin.batch.state import LONGEST_PAUSE, Item, State
from tests.batch.news_site import page, rss


def statuses(ended):
    return sorted(item["status"] for item in ended.items)


def names(quick, suffix=".mp3"):
    return sorted(path.name for path in quick.out.glob(f"*{suffix}"))


def entry(site, guid, title, path, summary="brève"):
    return (guid, title, f"{site.url}/{path}", summary)


def test_an_address_that_changes_under_the_same_guid_is_the_same_item(site, quick):
    """A new headline often moves the page: the bulletin is made again under its old name, and is one."""
    site.answers["/old"] = page("Le port ferme")
    site.answers["/feed.xml"] = rss([entry(site, "tag:1", "Le port ferme", "old")])
    assert statuses(quick.batch(f"{site.url}/feed.xml")) == ["done"]
    del site.answers["/old"]
    site.answers["/new"] = page("Le port ferme ses quais")
    site.answers["/feed.xml"] = rss([entry(site, "tag:1", "Le port ferme ses quais", "new")])
    again = quick.batch(f"{site.url}/feed.xml")
    assert statuses(again) == ["done"], again.words
    assert again.items[0]["source"].endswith("/new")
    assert names(quick) == ["2026-11-23-le-port-ferme.mp3"]
    assert again.items[0]["title"] == "Le port ferme ses quais"
    assert quick.batch(f"{site.url}/feed.xml").items == []


def test_a_guid_that_all_entries_share_does_not_make_them_one(site, quick):
    site.publish("a", "b")
    site.answers["/feed.xml"] = rss([entry(site, "x", f"Nouvelle {name}", name) for name in "ab"])
    assert statuses(quick.batch(f"{site.url}/feed.xml")) == ["done", "done"]


def test_entries_that_all_lead_to_one_page_are_several_where_the_feed_holds_their_texts(site, quick):
    """A live blog: one address, and an article of its own in every entry."""
    long = " ".join(f"Le conseil du port a parlé {n} fois du quai numéro {n} jeudi." for n in range(20))
    texts = [f"&lt;p&gt;{name} : {long}&lt;/p&gt;" for name in ("Premier", "Second")]
    entries = [entry(site, n, f"Point {n}", "live", summary=text) for n, text in enumerate(texts)]
    site.answers["/feed.xml"] = rss(entries)
    assert statuses(quick.batch(f"{site.url}/feed.xml")) == ["done", "done"]
    assert len(names(quick)) == 2
    assert "/live" not in site.paths()


def test_only_the_sentences_that_changed_are_voiced_again(site, quick):
    """One sentence more and one in other words: two are voiced, by the report and by every line of it."""
    site.publish("comptee")
    first = quick.batch(f"{site.url}/feed.xml")
    whole = first.items[0]["sentences_voiced"] + first.items[0]["sentences_from_cache"]
    assert whole > 3
    changed = page("Nouvelle comptee", extra="<p>Une phrase de plus est venue vendredi soir, assez tard.</p>")
    site.answers["/comptee"] = changed.replace("du matin au soir", "du soir au matin")
    site.publish("comptee", summary="mise à jour")
    again = quick.batch(f"{site.url}/feed.xml")
    assert [again.items[0][f"sentences_{kind}"] for kind in ("voiced", "from_cache")] == [2, whole - 1]
    report = json.loads((quick.out / "last-run.json").read_text(encoding="utf-8"))
    assert report["sentences"] == {"voiced": 2, "from_cache": whole - 1}


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_a_feed_may_say_by_a_date_alone_that_an_article_changed(site, quick, kind):
    """Its summary is the same; what Atom and JSON Feed have a field for is believed."""

    def publish(hour):
        published, updated = "2026-11-23T08:00:00Z", f"2026-11-23T{hour}:00:00Z"
        url = f"{site.url}/a"
        atom = (
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><id>a</id>"
            f"<title>Nouvelle a</title><link href='{url}'/><published>{published}</published>"
            f"<updated>{updated}</updated></entry></feed>"
        )
        item = {"id": "a", "title": "Nouvelle a", "url": url, "date_published": published}
        feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{**item, "date_modified": updated}]}
        site.answers["/feed"] = atom if kind == "atom" else json.dumps(feed)

    publish("08")
    site.answers["/a"] = page("Nouvelle a")
    assert statuses(quick.batch(f"{site.url}/feed")) == ["done"]
    site.answers["/a"] = page("Nouvelle a", extra="<p>Une phrase de plus est venue vendredi soir, tard.</p>")
    assert quick.batch(f"{site.url}/feed").items == []
    publish("18")
    assert statuses(quick.batch(f"{site.url}/feed")) == ["done"]


def test_a_new_summary_of_the_same_text_voices_nothing(site, quick):
    site.publish("a")
    quick.batch(f"{site.url}/feed.xml")
    site.publish("a", summary="la même, autrement dite")
    assert quick.batch(f"{site.url}/feed.xml").items == []


def test_a_duplicate_has_its_turn_when_the_first_fails(site, quick, monkeypatch):
    """The same text in two feeds; the voice fails on the one that was chosen, whose page then goes."""
    site.publish("a")
    site.answers["/copy"] = site.answers["/a"]
    site.answers["/feed2.xml"] = rss([entry(site, "y", "Nouvelle a", "copy")])
    feeds = (f"{site.url}/feed.xml", f"{site.url}/feed2.xml")
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "no-such-cast.toml"\n[[shows]]\nname = "a"\nfeeds = {json.dumps(feeds)}', encoding="utf-8"
    )
    broken = quick.run("batch", "bulletin.toml", "--json", "--allow-private")
    assert (broken.code, sorted(json.loads(line)["status"] for line in broken.out.splitlines())) == (
        4,
        ["duplicate", "failed"],
    )
    failed = next(item for item in map(json.loads, broken.out.splitlines()) if item["status"] == "failed")
    del site.answers["/" + failed["source"].rpartition("/")[2]]
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "tone"\n[[shows]]\nname = "a"\nfeeds = {json.dumps(feeds)}', encoding="utf-8"
    )
    again = quick.run("batch", "bulletin.toml", "--json", "--allow-private")
    assert [json.loads(line)["status"] for line in again.out.splitlines()] == ["done"]
    assert len(names(quick)) == 1


def test_two_stories_with_one_title_on_one_day_are_two_files(site, quick):
    site.answers["/a"] = page("Météo")
    site.answers["/b"] = page("Météo", extra="<p>Il pleuvra sur toute la côte dès demain matin.</p>")
    site.answers["/feed.xml"] = rss([entry(site, name, "Météo", name) for name in "ab"])
    assert statuses(quick.batch(f"{site.url}/feed.xml")) == ["done", "done"]
    assert names(quick) == ["2026-11-23-meteo-2.mp3", "2026-11-23-meteo.mp3"]


TITLES = (
    *("🚢🚢🚢", "🚢" * 300, "港口关闭", "الميناء مغلق", "\u202egpj.exe", "x" * 300),
    *("../../etc/passwd", "a/b\\c:d*e?", "CON", "COM1.", "-rf ~"),
)


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_name_that_every_file_system_takes(site, quick, title):
    site.answers["/a"] = page(title)
    site.answers["/feed.xml"] = rss([entry(site, "a", title, "a")])
    ended = quick.batch(f"{site.url}/feed.xml", "--feed")
    assert statuses(ended) == ["done"], ended.words
    (name,) = names(quick)
    stem = name.removesuffix(".mp3")
    assert name.startswith("2026-11-23-") and len(name) < 100
    assert stem.replace("-", "").isalnum() and stem.isascii() and stem == stem.lower()


def test_a_programme_is_made_of_the_newest_stories_alone_and_once(site, quick):
    """Three runs an hour apart: new stories push the old ones out; the same stories make no new programme."""
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "tone"\n[[shows]]\nname = "journal"\nstyle = "bulletin"\nstories = 2\n'
        f'feeds = ["{site.url}/feed.xml"]',
        encoding="utf-8",
    )

    def programmes(*newest_last):
        site.publish(*newest_last)
        quick.run("batch", "bulletin.toml", "--allow-private")
        pages = sorted(quick.out.glob("*.page.html"), key=lambda path: path.stat().st_mtime_ns)
        text = pages[-1].read_text(encoding="utf-8")
        return len(pages), [name for name in "abcd" if f"Nouvelle {name}" in text]

    assert programmes("a", "b") == (1, ["a", "b"])
    asked = len(site.asked)
    assert programmes("a", "b") == (1, ["a", "b"])
    assert site.paths()[asked:] == ["/robots.txt", "/feed.xml"], "the pages are known"
    assert programmes("a", "b", "c", "d") == (2, ["c", "d"])


def test_a_story_that_a_programme_lacks_is_reported(site, quick):
    """The others are read, exit code 4 says that one is missing, and the next run asks for it again."""
    (quick.folder / "bulletin.toml").write_text(
        f'cast = "tone"\n[[shows]]\nname = "journal"\nstyle = "bulletin"\nfeeds = ["{site.url}/feed.xml"]',
        encoding="utf-8",
    )
    site.publish("a", "b")
    good = site.answers.pop("/b")
    first = quick.run("batch", "bulletin.toml", "--allow-private")
    assert (first.code, len(names(quick))) == (4, 1)
    assert "/b: the server answers 404" in first.words
    site.answers["/b"] = good
    assert quick.run("batch", "bulletin.toml", "--allow-private").code == 0
    assert len(names(quick)) == 2


def test_a_programme_cut_off_in_the_middle_is_made_by_the_next_run(tmp_path):
    """What is at work when a run begins was cut off, and is due."""
    state = State(tmp_path)
    state.put(Item("programme:journal:1", "journal", "feed", status="working"))
    state.resume()
    assert state.get("programme:journal:1").due(0.0)
    state.close()


def test_a_clock_that_was_wrong_holds_nothing_back():
    """An item that failed while the clock said 2038 is not left to rest until then."""
    failed = Item("a", "show", "source").failed("no", 2_145_916_800.0)
    assert failed.due(1_795_000_000.0)
    assert not failed.due(2_145_916_801.0)
    assert failed.due(2_145_916_801.0 + LONGEST_PAUSE)
