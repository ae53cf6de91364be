"""From an article to a script: roles, words kept, speakers by the sentences around."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model import Article, LeftOut, Paragraph, Speaker
from bulletin.script import marks, write


def script_of(*paragraphs, title=None, language="fr"):
    made = tuple(p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs)
    return write(Article(title, made, language, "test"))


def quotes(script):
    return [(segment.text, segment.speaker) for segment in script.segments if segment.role == "quote"]


def test_headlines_and_what_the_article_says_of_itself():
    """The title is paragraph 0, sub-headings are headlines even in quotation marks, the rest is passed on."""
    left = (LeftOut("Publicité", "advertisement"),)
    article = Article(
        "Titre", (Paragraph("« Jamais »", "heading"), Paragraph("Il neige.")), "fr", "a.html", left_out=left
    )
    script = write(article)
    assert [(s.role, s.text, s.paragraph) for s in script.segments] == [
        ("headline", "Titre", 0),
        ("headline", "« Jamais »", 1),
        ("narration", "Il neige.", 2),
    ]
    assert (script.title, script.source, script.left_out) == ("Titre", "a.html", left)


def test_the_previous_paragraph_tells_who_speaks():
    """Both speakers by the paragraph before, with their full names; a scare quote stays with the narrator."""
    script = script_of(
        "Vitaly Ganchev, le chef de l'administration, a reconnu la percée.",
        "Ganchev a ordonné l'évacuation. Il a déclaré que beaucoup étaient partis.",
        '"Nous avons fait un effort. La situation devient plus difficile."',
        'Le porte-parole Dmitri Peskov a parlé d\'une "opération militaire spéciale".',
        "Comme le leader tchétchène Ramzan Kadyrov, dont les troupes ont été en première ligne.",
        "Dans un message, Kadyrov a rejeté la perte d'Izium. Mais il a concédé des erreurs.",
        '"Nous avons toutes les informations. Je serai obligé d\'aller voir les dirigeants."',
    )
    assert [speaker for _, speaker in quotes(script)] == [
        Speaker("Vitaly Ganchev", "m"),
        Speaker("Ramzan Kadyrov", "m"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "gender"),
    [
        ("« Non », dit Mme Dupont.", "f"),
        ("« Non », dit la ministre Camille Petit.", "f"),
        ("« Non », dit Camille Petit.", "unknown"),
        ("« Non », dit Camille Petit, élue en 2020.", "f"),
        ("Camille Petit est là. « Non », dit-il.", "m"),
        ("« Non », dit Étienne Petit.", "m"),
        ("« Non », dit une voisine.", "f"),
        ("« Non », dit un voisin.", "m"),
        ("« Non », dit la préfecture.", "unknown"),
        ("« Non », disent les élus.", "unknown"),
        ("« Non », dit l'avocate.", "f"),
    ],
)
def test_gender_in_french(paragraph, gender):
    """Titles, articles, agreement, pronouns, given names; organisations and groups have none."""
    assert quotes(script_of(paragraph))[0][1].gender == gender


@pytest.mark.parametrize(
    ("paragraph", "gender"),
    [
        ("“No,” said Mr Jordan Lee.", "m"),
        ("“No,” said Jordan Lee. Her office did not comment.", "unknown"),
        ("“No,” said Jordan Lee, who brought her two sons.", "f"),
        ("“No,” said a spokeswoman.", "f"),
        ("“No,” said Emily Stone.", "f"),
        ("“No,” the council said.", "unknown"),
    ],
)
def test_gender_in_english(paragraph, gender):
    """The same signs in English."""
    assert quotes(script_of(paragraph, language="en"))[0][1].gender == gender


def test_an_interview_without_marks():
    """Questions are the paper's, answers the person's; an explainer with questions has no speaker."""
    asked = script_of(
        "La neurologue Nour Lacaze étudie le sommeil.",
        Paragraph("Pourquoi étudier les horaires, et vous, dormez-vous ?", "question"),
        "Je dors mal. Nous avons suivi mille personnes.",
        Paragraph("Que proposez-vous ?", "question"),
        "Mon conseil est simple : dormir.",
    )
    assert [speaker.name for _, speaker in quotes(asked)] == ["Nour Lacaze", "Nour Lacaze"]
    explained = script_of("Qui est concerné ?", "Les ménages.", "Quand ?", "En mars.", "Et après ?", "Rien.")
    assert not quotes(explained)


def test_names_and_colons():
    """Full names first, initials later; the label itself is read by the narrator."""
    script = script_of(
        "Ana Petit et Omar Diarra débattent.",
        "Ana Petit : Je cultive du maïs.",
        "Omar Diarra : Moi, la rivière m'inquiète.",
        "Faut-il payer l'eau plus cher ?",
        "A. P. : Non.",
        "O. D. : Si.",
    )
    assert [(text, speaker.name) for text, speaker in quotes(script)] == [
        ("Je cultive du maïs.", "Ana Petit"),
        ("Moi, la rivière m'inquiète.", "Omar Diarra"),
        ("Non.", "Ana Petit"),
        ("Si.", "Omar Diarra"),
    ]


def test_a_block_quote_is_by_whom_the_page_says():
    """Its attribution leads to the person known from the text."""
    script = script_of(
        "Hélène Vaubourgeix dirige la mission.",
        Paragraph("« On ne peut pas éteindre un ciel. »", "blockquote", "Hélène Vaubourgeix, astronome"),
    )
    assert quotes(script) == [("On ne peut pas éteindre un ciel.", Speaker("Hélène Vaubourgeix", "f"))]


def test_nobody_known_is_nobody():
    """Without evidence a quote has no speaker."""
    assert quotes(script_of("« Il n'y a plus de pain. »")) == [("Il n'y a plus de pain.", None)]


TEXTS = st.lists(
    st.text(alphabet=st.sampled_from(list("ab É'’«»“”\"‘›‹.,:;?!…—–- \u00a0\u202f\n[](M1")), max_size=60),
    max_size=6,
)


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.sampled_from(["fr", "en"]))
def test_no_text_breaks_the_room_and_no_word_is_lost(texts, language):
    """Any heap of marks gives a script that holds every letter, in order, and no segment without words."""
    script = script_of(*texts, language=language)
    letters = [c for text in texts for c in text if c.isalnum()]
    assert [c for segment in script.segments for c in segment.text if c.isalnum()] == letters
    assert all(any(c.isalnum() for c in segment.text) for segment in script.segments)


@given(TEXTS)
def test_spans_lie_within_their_paragraphs_and_apart(texts):
    """Spans are in order, never overlap, and hold their inner part."""
    for text, spans in zip(texts, marks.find(texts), strict=True):
        position = 0
        for span in spans:
            assert position <= span.start <= span.inner_start <= span.inner_end <= span.end <= len(text)
            position = span.end
