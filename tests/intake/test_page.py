"""HTML pages: what is read, in which order and as what, and what is left out and why."""

import io
import json
from pathlib import Path

import pytest

from bulletin.errors import NoArticleError
from bulletin.intake import furniture, read

ARTICLES = Path(__file__).parent.parent / "gates" / "articles"

TITLE = "Trois casernes de pompiers vont fermer en Creuse"
TEXT = [
    "Le conseil départemental a voté lundi la fermeture de trois casernes, malgré les cris des maires.",
    "« On nous enlève tout, et personne ne vient nous le dire en face », a réagi la maire de Saint-Orens.",
    "La présidente assure que les délais d'intervention n'augmenteront pas de plus de quatre minutes.",
    "Un recours sera déposé avant la fin du mois, a indiqué l'association des maires ruraux mardi matin.",
]
CHROME = (
    "<!doctype html><html lang=fr><head><title>{title} | La Gazette</title>{head}</head><body>"
    "<header><a href='/'>La Gazette</a><nav><a>Accueil</a><a>Sports</a></nav></header>{body}"
    "<footer><p>© 2025 La Gazette. Tous droits réservés.</p></footer></body></html>"
)


def paragraphs(texts=TEXT, tag="p"):
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def article_of(body, head="", title=TITLE):
    page = CHROME.format(title=title, head=head, body=body)
    return read("-", stdin=io.BytesIO(page.encode()))


def heard(article):
    return [paragraph.text for paragraph in article.paragraphs]


def reasons(article):
    return {left.text: left.reason for left in article.left_out}


def test_the_text_is_read_in_order_and_the_chrome_is_not():
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>")
    assert article.title == TITLE
    assert article.language == "fr"
    assert heard(article) == TEXT


@pytest.mark.parametrize(
    "body",
    [
        "<div class=t>" + "<br><br>".join(TEXT) + "</div>",
        "<div class=t>" + "<br>".join(TEXT) + "</div>",
        "<div class=t>" + paragraphs(tag="div") + "</div>",
        "<table><tr><td>" + paragraphs() + "</td></tr></table>",
        "".join(f"<div class='b-{i}'><p>{text}</p></div><div class=ad></div>" for i, text in enumerate(TEXT)),
        f"<section class=a>{paragraphs(TEXT[:2])}</section><section class=b>{paragraphs(TEXT[2:])}</section>",
        f"<p><span class=dropcap>{TEXT[0][0]}</span>{TEXT[0][1:]}</p>" + paragraphs(TEXT[1:]),
        paragraphs([TEXT[0].replace("casernes", "<a href=/c class=tag>casernes</a>"), *TEXT[1:]]),
        paragraphs([f"<span><span>{text[:30]}</span>{text[30:]}</span>" for text in TEXT]),
    ],
    ids=["two breaks", "one break", "div", "table", "wrapped", "sections", "drop cap", "link", "spans"],
)  # fmt: skip
def test_paragraphs_are_found_in_every_kind_of_markup(body):
    assert heard(article_of(f"<div><h1>{TITLE}</h1>{body}</div>")) == TEXT


def test_the_h1_is_the_title_where_the_head_differs():
    head = '<meta property="og:title" content="Pompiers : la Creuse en colère - La Gazette">'
    assert article_of(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head).title == TITLE


def test_without_an_h1_the_site_name_is_taken_off_the_head_title():
    head = f'<meta property="og:title" content="{TITLE} - La Gazette">'
    assert article_of(f"<article>{paragraphs()}</article>", head).title == TITLE


def test_an_h1_that_leads_home_is_a_logo():
    body = f"<h1><a href='/'>La Gazette de Creuse</a></h1><article><h2>{TITLE}</h2>{paragraphs()}</article>"
    assert article_of(body).title == TITLE


STANDFIRST = (
    "Quarante-six volontaires apprennent par la presse que leur camion changera de vallée. Leur lettre au "
    "préfet est restée sans réponse, et la grève des gardes commence lundi."
)


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="description" content="{STANDFIRST}">',
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE, "description": STANDFIRST})}</script>',  # noqa: E501
        f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "NewsArticle", "headline": TITLE, "articleBody": " ".join([STANDFIRST, *TEXT])}]})}</script>',  # noqa: E501
    ],
    ids=["description", "JSON-LD description", "JSON-LD body"],
)  # fmt: skip
def test_a_standfirst_only_in_the_metadata_comes_first(head):
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head)
    assert heard(article) == [STANDFIRST, *TEXT]
    assert article.paragraphs[0].kind == "standfirst"


@pytest.mark.parametrize(
    "description",
    [
        TEXT[0],
        TEXT[0][:60] + "…",
        "Le conseil départemental a voté la fermeture de trois casernes malgré les maires.",
        "Retrouvez toute l'actualité de la Creuse et du Limousin sur le site de La Gazette.",
        "Pompiers en Creuse.",
        "Quarante-six volontaires apprennent par la presse que leur camion changera de vallée.",
    ],
    ids=["repeated", "cut", "nearly repeated", "advertisement", "too short", "told to search engines"],
)
def test_other_descriptions_are_not_read(description):
    head = f'<meta name="description" content="{description}">'
    assert heard(article_of(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head)) == TEXT


def test_a_fuller_json_ld_body_is_read_instead_of_the_page():
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(TEXT)}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = f"<article><h1>{TITLE}</h1><p>{TEXT[0]}</p><div class=wall>Abonnez-vous pour lire</div></article>"
    assert heard(article_of(body, head)) == TEXT


@pytest.mark.parametrize(
    ("furniture", "reason"),
    [
        ("<p>À lire aussi : <a href=/x>Un incendie à Guéret</a></p>", "related-link"),
        ("<div class=reco><h3>Sur le même sujet</h3><a>Un incendie</a></div>", "related-link"),
        ("<figure><img><figcaption>La caserne de Saint-Orens.</figcaption></figure>", "caption"),
        ("<p>La caserne de Saint-Orens, lundi. (Photo Léo Lazare)</p>", "credits"),
        ("<p>Par Léo Lazare, à Guéret</p>", "byline"),
        ("<p>Publié le 12 mars 2025 à 18h12</p>", "date"),
        ("<p>Temps de lecture : 3 minutes</p>", "date"),
        ("<p>Inscrivez-vous à notre newsletter quotidienne</p>", "newsletter"),
        ("<div class=partage><a>Facebook</a> <a>Twitter</a></div>", "share"),
        ("<p>Cet article est réservé aux abonnés.</p>", "paywall"),
        ("<p>Correction : cet article situait la caserne à Guéret.</p>", "correction"),
        ("<p>Mots-clés : pompiers, Creuse</p>", "tags"),
        ("<p>Contact : redaction@gazette.example</p>", "contact"),
        ("<blockquote><p>Trois casernes !</p>— Léo (@leo) 12 mars</blockquote>", "embed"),
        ("<div class=exergue>« On nous enlève tout, et personne ne vient nous le dire »</div>", "pull-quote"),
        ("<div class=cookies><p>Nous utilisons des traceurs.</p></div>", "cookie"),
        ("<p>La suite après cette publicité</p>", "advertisement"),
    ],
)  # fmt: skip
def test_furniture_is_left_out_with_its_reason(furniture, reason):
    body = f"<article><h1>{TITLE}</h1>{paragraphs(TEXT[:2])}{furniture}{paragraphs(TEXT[2:])}</article>"
    article = article_of(body)
    assert heard(article) == TEXT
    assert reason in reasons(article).values()


@pytest.mark.parametrize(
    "note",
    [
        " <a href=/x>À lire aussi : un incendie à Guéret</a>",
        " <strong>LIRE AUSSI : <a href=/x>Un incendie à Guéret</a></strong>",
        " (lire aussi notre édition de lundi)",
        " [Voir aussi page 4]",
        "<sup>[1]</sup>",
    ],
)
def test_notes_in_the_middle_of_a_paragraph_are_cut_out(note):
    texts = [f"{TEXT[0]}{note} Elles emploient 46 volontaires.", *TEXT[1:]]
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs(texts)}</article>")
    assert heard(article) == [f"{TEXT[0]} Elles emploient 46 volontaires.", *TEXT[1:]]


def test_a_link_that_belongs_to_its_sentence_stays():
    texts = [
        TEXT[0],
        "Les pompiers invitent à <a href=/x>lire aussi le rapport</a> qu'ils ont remis en mars.",
    ]
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs(texts)}{paragraphs(TEXT[1:])}</article>")
    assert "Les pompiers invitent à lire aussi le rapport qu'ils ont remis en mars." in heard(article)


def test_kinds_of_paragraphs_and_who_a_quote_is_by():
    body = (
        f"<article><h1>{TITLE}</h1><p class=chapo>{STANDFIRST}</p>{paragraphs(TEXT[:2])}"
        f"<h2>Un recours</h2>{paragraphs(TEXT[2:])}"
        "<p><b>Que craignez-vous ?</b></p><p>Que la route soit longue, et qu'il neige.</p>"
        "<blockquote><p>Nous irons devant le juge, et nous gagnerons.</p>"
        "<footer>— Ida Roux, maire</footer></blockquote>"
        "<p>L'audience aura lieu en mai, selon le tribunal administratif de Limoges.</p></article>"
    )
    article = article_of(body)
    kinds = {paragraph.text: paragraph.kind for paragraph in article.paragraphs}
    assert kinds[STANDFIRST] == "standfirst"
    assert kinds["Un recours"] == "heading"
    assert kinds["Que craignez-vous ?"] == "question"
    quote = next(paragraph for paragraph in article.paragraphs if paragraph.kind == "blockquote")
    assert quote.attribution == "Ida Roux, maire"
    assert "— Ida Roux, maire" in heard(article)


def test_an_agency_before_the_first_words_is_cut():
    texts = ["KATHMANDOU, 25 avril (Reuters) - Un avion a fait demi-tour lundi après un choc.", *TEXT]
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs(texts)}</article>")
    assert heard(article)[0] == "Un avion a fait demi-tour lundi après un choc."


def test_metadata_is_kept():
    data = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": [{"name": "Léo Lazare"}, {"name": "Ida Roux"}],
        "datePublished": "2025-03-12T18:12:00+01:00",
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        '<meta property="og:image" content="https://example.org/a.jpg">'
        '<link rel=canonical href="https://example.org/a">'
    )
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head)
    assert article.byline == "Léo Lazare, Ida Roux"
    assert article.date == "2025-03-12T18:12:00+01:00"
    assert article.image == "https://example.org/a.jpg"
    assert article.url == "https://example.org/a"


@pytest.mark.parametrize("address", ["/home/me/me.png", "me.png", "file:///home/me/me.png", "../me.png"])
def test_a_picture_of_this_machine_is_none_of_the_page(address):
    """It would be read here and end in the sound file's chapters, for everybody to see."""
    head = f'<meta property="og:image" content="{address}">'
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head)
    assert article.image is None


def test_a_page_without_a_sentence_holds_no_article():
    with pytest.raises(NoArticleError, match="standard input: no article found"):
        article_of("<h1>Connexion</h1><p>Identifiant</p><p>Mot de passe</p>")


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*/*.json")), ids=lambda path: path.stem)
def test_the_same_text_in_a_plain_file_loses_nothing(path):
    """The wording tables leave no sentence of a real article out."""
    expected = json.loads(path.read_text(encoding="utf-8"))
    text = "\n\n".join([expected["title"], *expected["read"]])
    article = read("-", stdin=io.BytesIO(text.encode()))
    assert article.title == expected["title"]
    assert heard(article) == expected["read"]


def test_datelines_are_cut_and_labels_of_interviews_are_not(tmp_path):
    """A place, its region, date and agency are furniture; a name in capitals before a dash is a speaker."""
    body = (
        "<h1>A quiet night in the harbour</h1>"
        "<p>PORT ALMA, La. — The storm passed to the south of the town, and nobody was hurt.</p>"
        "<p>HEBERT — We were lucky this time, and I want everybody to know that it was luck.</p>"
        "<p>WASHINGTON – The president sent his greetings and promised to come when he could.</p>"
    )
    page = tmp_path / "page.html"
    page.write_text(f"<html lang=en><body><article>{body}</article></body></html>", encoding="utf-8")
    texts = [paragraph.text for paragraph in read(str(page)).paragraphs]
    assert texts[0].startswith("The storm")
    assert texts[1].startswith("HEBERT — We")
    assert texts[2].startswith("The president")


OFFER = (
    "<div class='subscriber-offer'><p>Encore deux articles gratuits ce mois-ci, puis un euro.</p>"
    "<a>J'y vais</a></div>"
)


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("subscriber-preview", "subscriber-only"),
        ("premium", "premium"),
        ("meta-para", "meta-para"),
        ("offre-visible", "offre-abonnes"),
    ],
)
def test_paragraphs_whose_wrappers_say_who_may_read_them_are_read(first, later):
    """Each wrapper alone is short enough for a box; together they are the article."""
    wrapped = [f"<div class='{first if i < 1 else later}'><p>{text}</p></div>" for i, text in enumerate(TEXT)]
    heading = f"<div class='{later}'><p><strong>La réponse du département</strong></p></div>"
    body = "".join([*wrapped[:2], heading, *wrapped[2:], OFFER])
    article = article_of(f"<article><h1>{TITLE}</h1><div itemprop=articleBody>{body}</div></article>")
    assert heard(article) == [*TEXT[:2], "La réponse du département", *TEXT[2:]]


def test_comments_stay_out_however_many_there_are():
    comments = "".join(
        f"<li class=comment><p>Je trouve que la caserne {i} aurait dû fermer voici longtemps.</p></li>"
        for i in range(9)
    )
    article = article_of(
        f"<article><h1>{TITLE}</h1>{paragraphs()}</article><ol class=comments>{comments}</ol>"
    )
    assert heard(article) == TEXT


@pytest.mark.parametrize(
    "name", ["has-drop-cap", "dropcap", "drop-caps lead-in", "initial-cap", "hasDropCap"]
)
def test_a_paragraph_set_with_a_large_first_letter_is_no_caption(name):
    body = f"<p class='{name}'>{TEXT[0]}</p>" + paragraphs(TEXT[1:])
    assert heard(article_of(f"<article><h1>{TITLE}</h1><div>{body}</div></article>")) == TEXT


@pytest.mark.parametrize(
    "letter",
    [
        "<span class=screen-reader-only>L</span>",
        "<span class=lettrine>L</span>",
        "<span aria-hidden=true class=cap>L</span><span class=sr-only>L</span>",
    ],
)
def test_a_first_letter_set_apart_belongs_to_its_word(letter):
    body = f"<p>{letter}{TEXT[0][1:]}</p>" + paragraphs(TEXT[1:])
    assert heard(article_of(f"<article><h1>{TITLE}</h1><div>{body}</div></article>")) == TEXT


@pytest.mark.parametrize("name", ["caption", "infobox", "registration-wall", "label"])
def test_a_clear_text_is_read_whatever_its_wrappers_are_called(name):
    """Names that would leave almost nothing of the article are not believed."""
    parts = "".join(
        f"<section class='s{i}'><div class='{name} c{i}'><p>{text}</p></div></section>"
        for i, text in enumerate(TEXT)
    )
    assert heard(article_of(f"<article><h1>{TITLE}</h1>{parts}</article>")) == TEXT


def test_the_reference_of_a_book_at_the_end_is_left_out_though_links_follow():
    book = "Les Casernes vides, de Ada Renoux (Le Sillon, 212 pages, 19,50 euros)."
    links = "<p><a>Imprimer</a> | <a>Envoyer à un ami</a></p>"
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs([*TEXT, book])}{links}</article>")
    assert heard(article) == TEXT
    assert reasons(article)[book] == "practical"


def test_a_sub_heading_between_hyphens_is_read_without_them():
    body = paragraphs([TEXT[0], TEXT[1], "- « Course contre la montre » -", TEXT[2], TEXT[3]])
    article = article_of(f"<article><h1>{TITLE}</h1>{body}</article>")
    assert heard(article) == [*TEXT[:2], "« Course contre la montre »", *TEXT[2:]]


def test_a_caption_of_several_pictures_is_one_however_long():
    scenes = "; ".join(f"a keeper mends net number {number} on the quay at low tide" for number in range(8))
    assert furniture.reason_of_line(f"Clockwise from top left: {scenes}.", "en") == "caption"
    assert furniture.reason_of_line("The hands turn clockwise from noon, the clockmaker says.", "en") is None


BOXED = "".join(f"<div class=text-block><div class=rich><p>{text}</p></div></div>" for text in TEXT)


def test_a_list_that_a_colon_announces_is_read_though_it_stands_in_a_box_of_its_own():
    announced = "<div class=text-block><div class=rich><p>Le recours porte sur trois points :</p></div></div>"
    listed = "<div class=list-block><ul><li>les délais</li><li>le coût des trajets</li></ul></div>"
    article = article_of(
        f"<article><h1>{TITLE}</h1>{BOXED}{announced}{listed}{BOXED[: len(BOXED) // 4]}</article>"
    )
    assert heard(article)[4:7] == ["Le recours porte sur trois points :", "les délais", "le coût des trajets"]


@pytest.mark.parametrize(("item", "read_too"), [("Le vote aura lieu en mars.", True), ("Nos vidéos", False)])
def test_a_last_list_under_a_heading_of_the_article_is_read_where_it_is_sentences(item, read_too):
    body = (
        f"<div class=story><h1>{TITLE}</h1><div class=text>{paragraphs(TEXT[:2])}"
        "<h3 class=inter>Et après</h3>"
        f"{paragraphs(TEXT[2:])}<h3 class=inter>En bref</h3><ul class=points><li>{item}</li></ul></div></div>"
    )
    assert (heard(article_of(body))[-1] == item) is read_too


def test_a_heading_marked_up_as_a_paragraph_and_more_is_a_heading():
    lines = [f"<div class=para>{text}</div>" for text in TEXT]
    body = "".join([*lines[:2], '<div class="para para-h">Des maires partagés</div>', *lines[2:]])
    article = article_of(f"<article><h1>{TITLE}</h1>{body}</article>")
    assert [p.text for p in article.paragraphs if p.kind == "heading"] == ["Des maires partagés"]


def test_who_a_block_quote_is_by_may_be_called_an_author():
    quote = (
        "<blockquote><p class=words>On paie deux fois.</p>"
        "<p class=quoteAuthor>Ida Roux, maire</p></blockquote>"
    )
    article = article_of(
        f"<article><h1>{TITLE}</h1>{paragraphs(TEXT[:2])}{quote}{paragraphs(TEXT[2:])}</article>"
    )
    assert [p.attribution for p in article.paragraphs if p.kind == "blockquote"] == ["Ida Roux, maire"]


def test_a_description_that_tells_the_opening_in_other_words_is_not_read():
    head = (
        '<meta name=description content="La fermeture de trois casernes a été votée, et les maires crient.">'
    )
    assert heard(article_of(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head)) == TEXT


@pytest.mark.parametrize("place", ["(Guéret) ", "SAINT ORENS — ", "GUÉRET (Creuse) (AFP) — "])
def test_datelines_of_papers_and_agencies_are_cut(place):
    article = article_of(f"<article><h1>{TITLE}</h1>{paragraphs([place + TEXT[0], *TEXT[1:]])}</article>")
    assert heard(article) == TEXT


def test_a_title_shorter_than_the_name_of_its_paper_is_no_logo():
    head = "<meta property=og:site_name content='La Gazette de la Creuse du Sud'>"
    page = CHROME.format(
        title="Pompiers | Trois casernes ferment | La Gazette de la Creuse du Sud", head=head, body="{}"
    )
    page = page.replace("| La Gazette<", "<").format(f"<h1>Trois casernes ferment</h1>{paragraphs()}")
    assert read("-", stdin=io.BytesIO(page.encode())).title == "Trois casernes ferment"
