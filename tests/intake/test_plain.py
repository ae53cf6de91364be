"""Text and Markdown files, and standard input."""

import io

import pytest

from bulletin.errors import NoArticleError, SourceError
from bulletin.intake import read

ARTICLE = """Le pont de Brassac rouvre mardi

Fermé depuis huit mois, le pont de Brassac sera rendu à la circulation mardi matin.

« Nous avons tenu les délais », s'est félicitée la présidente du département.

Reuters / Studio Kermadec / LIGNE 7 TÉLÉVISION / @pontbrassac
"""


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def test_a_first_line_without_final_punctuation_is_the_title(tmp_path):
    """And a line of agencies at the end is left out, with its reason."""
    path = tmp_path / "pont.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    article = read(str(path))
    assert article.title == "Le pont de Brassac rouvre mardi"
    assert len(article.paragraphs) == 2
    assert [left.reason for left in article.left_out] == ["credits"]
    assert article.language == "fr"


def test_a_first_line_that_ends_like_a_sentence_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Il pleut depuis lundi.\n\nLa rivière monte.\n", encoding="utf-8")
    article = read(str(path))
    assert article.title is None
    assert texts(article) == ["Il pleut depuis lundi.", "La rivière monte."]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "mac_roman", "cp850"]
)
def test_encodings_are_detected(encoding):
    data = ARTICLE.replace("«", '"').replace("»", '"').encode(encoding)
    article = read("-", stdin=io.BytesIO(data))
    assert "félicitée la présidente du département" in article.paragraphs[1].text


def test_wrapped_lines_are_joined_and_dialogue_is_not():
    wrapped = (
        "Le maire de la commune a annoncé jeudi que l'école resterait ouverte\n"
        "jusqu'à la fin de l'année, malgré les travaux prévus dans la cour et\n"
        "dans le préau.\n\n— Vous êtes sûr ?\n— Certain.\n"
    )
    article = read("-", stdin=io.BytesIO(wrapped.encode()))
    assert len(article.paragraphs) == 3
    assert article.paragraphs[0].text.endswith("dans le préau.")
    assert texts(article)[1:] == ["— Vous êtes sûr ?", "— Certain."]


def test_language_is_that_of_the_text_unless_named():
    english = "The mayor said on Monday that the school would close.\n\nIt was built in 1954."
    assert read("-", stdin=io.BytesIO(english.encode())).language == "en"
    assert read("-", stdin=io.BytesIO(english.encode()), language="fr").language == "fr"


def test_markdown_loses_its_marks_and_keeps_its_words():
    text = (
        "# Le lac baisse\n\nLe niveau a baissé de **deux mètres**, selon [la préfecture](https://example.org/).\n"
        "\n## Des restrictions\n\n> L'eau va manquer.\n\n- les golfs\n- les *piscines*\n\n![Lac](l.jpg)\n"
    )
    article = read("-", stdin=io.BytesIO(text.encode()))
    assert article.title == "Le lac baisse"
    assert [(p.kind, p.text) for p in article.paragraphs] == [
        ("text", "Le niveau a baissé de deux mètres, selon la préfecture."),
        ("heading", "Des restrictions"),
        ("blockquote", "L'eau va manquer."),
        ("item", "les golfs"),
        ("item", "les piscines"),
    ]


def test_front_matter_names_title_and_author():
    text = "---\ntitle: Le lac baisse\nauthor: Ida Moreau\ndate: 2025-02-03\n---\nLe niveau a baissé.\n"
    article = read("-", stdin=io.BytesIO(text.encode()))
    assert (article.title, article.byline, article.date) == ("Le lac baisse", "Ida Moreau", "2025-02-03")
    assert texts(article) == ["Le niveau a baissé."]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NoArticleError),
        (b" \n\n ", NoArticleError),
        (b"12 345 --- !!!\n", NoArticleError),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, SourceError),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", NoArticleError),
    ],
)
def test_what_holds_no_article_is_said_in_one_line(data, error):
    with pytest.raises(error) as caught:
        read("-", stdin=io.BytesIO(data))
    assert "\n" not in str(caught.value)
    assert "standard input" in str(caught.value)


def test_files_that_cannot_be_read(tmp_path):
    for source in (str(tmp_path), str(tmp_path / "missing.txt"), "a\0b"):
        with pytest.raises(SourceError) as caught:
            read(source)
        assert "\n" not in str(caught.value)
