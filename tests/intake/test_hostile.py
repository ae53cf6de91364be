"""Pages made to hurt: bounded time and memory, and one clear line or a plain result."""

import json
import resource
import time

import pytest

from bulletin.errors import NoArticleError, SourceError
from bulletin.intake import read

PROSE = """
<p>La rivière a débordé lundi soir dans le quartier des Tanneurs, où deux rues ont été fermées.</p>
<p>Les pompiers ont évacué onze personnes, dont trois enfants, vers le gymnase du village voisin.</p>
"""
START = "<html><body><h1>La crue</h1>"


def article_of(tmp_path, page, name="page.html"):
    path = tmp_path / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    started = time.monotonic()
    try:
        return read(str(path))
    finally:
        assert time.monotonic() - started < 10
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000  # kilobytes


def test_twenty_megabytes_of_nested_divs_are_refused_in_one_line(tmp_path):
    with pytest.raises(SourceError) as caught:
        article_of(tmp_path, "<html><body>" + "<div>" * 4_000_000 + "x")
    assert "too large" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nested_divs_below_the_limit_end_in_one_line(tmp_path):
    with pytest.raises(NoArticleError) as caught:
        article_of(tmp_path, "<html><body>" + "<div>" * 1_800_000)
    assert "\n" not in str(caught.value)


def test_an_article_below_many_nested_divs_is_still_read(tmp_path):
    article = article_of(tmp_path, "<html><body>" + "<div>" * 150 + f"<h1>La crue</h1>{PROSE}")
    assert len(article.paragraphs) == 2


def test_thousands_of_paragraphs_are_read_and_tens_of_thousands_refused(tmp_path):
    start = "<html><body><h1>Une longue liste de phrases</h1>"
    assert article_of(tmp_path, start + PROSE * 2_500).paragraphs
    with pytest.raises(NoArticleError, match="too many for an article"):
        article_of(tmp_path, start + PROSE * 10_000)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "Par Jean " * 100_000, "«" * 300_000, "— " * 300_000])
def test_one_endless_word_or_line(tmp_path, text):
    assert article_of(tmp_path, f"{START}{PROSE}<p>{text}</p>").paragraphs


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body></body></html>",
        "<html><head><title>A</title></head>",
        "<div><img></div>",
    ],
)
def test_a_page_without_text_holds_no_article(tmp_path, page):
    with pytest.raises(NoArticleError) as caught:
        article_of(tmp_path, page)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        "[" * 200_000,
        '{"@type":"NewsArticle","articleBody":' + '{"a":' * 50_000,
        json.dumps({"@type": "NewsArticle", "headline": ["x"] * 9, "articleBody": 5, "author": {"name": 3}}),
        json.dumps([{"@type": "NewsArticle", "headline": "x", "author": [[[]]]}] * 20_000),
        '{"@type": "NewsArticle", "headline": "La crue", broken',
    ],
)
def test_json_ld_bombs_are_ignored(tmp_path, data):
    page = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><h1>La crue</h1>{PROSE}'
    )
    assert len(article_of(tmp_path, page).paragraphs) == 2


def test_scripts_in_titles_and_text_are_not_read(tmp_path):
    page = (
        "<html><head><title><script>alert(1)</script>La crue</title>"
        '<meta property="og:title" content="&lt;script&gt;alert(2)&lt;/script&gt;La crue"></head><body>'
        "<h1>La crue des <script>alert(3)</script>Tanneurs<style>h1{}</style></h1>"
        f"<p>Un<script>alert(4)</script> soir.</p>{PROSE}"
    )
    article = article_of(tmp_path, page)
    assert article.title == "La crue des Tanneurs"
    assert "alert" not in " ".join(paragraph.text for paragraph in article.paragraphs)


def test_a_wrong_charset_declaration_does_not_spoil_the_accents(tmp_path):
    page = f'<html><head><meta charset="iso-8859-1"></head><body><h1>La crue</h1>{PROSE}</body></html>'
    assert "débordé" in article_of(tmp_path, page.encode("utf-8")).paragraphs[0].text
    declared = page.replace("iso-8859-1", "utf-8")
    assert "débordé" in article_of(tmp_path, declared.encode("cp1252")).paragraphs[0].text


def test_unclosed_and_crossed_markup_is_read(tmp_path):
    page = f"<h1>La crue<p><b>Une <i>première</b> phrase</i> qui compte plus de douze mots.{PROSE}</div>"
    assert len(article_of(tmp_path, page).paragraphs) >= 2
