"""Several numbers with a mark between them: scores, ranges, fractions, ratios, phone numbers, versions."""

import re

from bulletin.normalize.fr.context import near
from bulletin.normalize.fr.numbers import NUMBER, cardinal, integer_words, number, ordinal, words
from bulletin.normalize.numerals import DASH, SPACE
from bulletin.normalize.tokens import Rule, Token

END = r"(?![^\W_])"
PHONE = re.compile(r"0[1-9](?:[ .\u00a0\u202f\u2009\-‑]?\d{2}){4}(?!\d)")
PHONE_ABROAD = re.compile(
    rf"(?:\+|00)(?P<country>33|32|41|1|44|352|377){SPACE}?(?:\(0\))?(?P<rest>\d(?:[ .\u00a0\u202f\-]?\d{{2}}){{4}})(?!\d)"
)
SHORT_PHONE = re.compile(
    rf"(?P<digits>0{SPACE}?80\d|08\d\d){SPACE}(?P<rest>\d{{3}}{SPACE}\d{{3}}|\d{{2}}{SPACE}\d{{2}}{SPACE}\d{{2}}){END}|(?P<four>3\d{SPACE}\d\d){END}"
)
CHAIN = re.compile(rf"\d{{1,4}}(?:[-‑]\d{{1,4}}){{2,9}}{END}")
DOTTED = re.compile(rf"\d{{1,5}}\.\d{{1,5}}(?:\.\d{{1,5}}){{0,4}}{END}(?!\.\d)")
RANGE = re.compile(rf"(?P<low>{NUMBER})(?P<dash>{SPACE}?{DASH}{SPACE}?)(?P<minus>[-−])?(?=\d)")
SLASH = re.compile(rf"(?P<top>{NUMBER})(?P<mark>{SPACE}?[/⁄∕]{SPACE}?)(?P<bottom>{NUMBER}){END}(?!/)")
COLON = re.compile(rf"(?P<left>\d{{1,3}}){SPACE}?:{SPACE}?(?P<right>\d{{1,3}}){END}")
TIMES = re.compile(rf"(?P<left>{NUMBER}){SPACE}?[x×X*]{SPACE}?(?=\d)")
ENUMERATION = re.compile(
    rf"\d{{1,4}}(?:,\d{{1,4}}){{1,30}}(?={SPACE}(?:et|ou){SPACE}\d)|\d{{1,4}}(?:,\d{{1,4}}){{2,30}}{END}(?!,)"
)

ENUMERATED = re.compile(
    r"\b(?:articles|numéros|n°s|nos|lignes|pages|chapitres|lots|chaînes|tomes|épisodes|questions|routes|alinéas|classes|"
    r"niveaux|catégories|groupes|étapes|places|secteurs|points|salles|portes|voies|annexes|figures|tableaux|années|jours)\s\Z",
    re.I,
)
NO_TO = re.compile(
    r"\b(?:saisons?|exercices?|année|scolaire|hiver|campagne|championnat|Boeing|Airbus|A3\d\d|loi|décret|arrêté|"
    r"ordonnance|règlement|directive|résolution|n°|article|art\.|dossier|référence|vol|millésime|"
    r"[LRD]\.?\s?|Ligue 1|Top 14|programme|budget|édition|code|ISO|numéro|formation|guerre)(?:\s\w+)?[\s.]{0,2}\Z",
    re.I,
)
SETS = re.compile(r"\d{1,2}-\d{1,2}(?:\s?\(\d+\))?(?:,?\s|\Z)|\bset", re.I)
TENNIS = re.compile(r"\bsets?\b|tennis|jeu décisif|tie-break|manche|Roland|Wimbledon|ATP|WTA|US Open", re.I)
DENOMINATORS = {2: "demi", 3: "tiers", 4: "quart"}
ASPECT_RATIOS = {("16", "9"), ("4", "3"), ("21", "9"), ("3", "2")}


def pairs(digits: str) -> str:
    """A phone number, two digits at a time: "zéro six", "douze"."""
    return ", ".join(integer_words(digits[at : at + 2]) for at in range(0, len(digits), 2))


def bare(written: str) -> str:
    return re.sub(r"\D", "", written)


def say_phone(token: Token) -> str:
    """ "06 12 34 56 78"."""
    return pairs(bare(token.written)).replace(",", "")


def say_phone_abroad(token: Token) -> str:
    """ "+33 6 12 34 56 78"."""
    digits = bare(token["rest"])
    return f"plus {integer_words(token['country'])} {integer_words(digits[0])} {pairs(digits[1:]).replace(',', '')}"


def say_short_phone(token: Token) -> str:
    """ "0 800 123 456" by threes, "36 35" by twos."""
    if token["four"]:
        return pairs(bare(token["four"])).replace(",", "")
    first = bare(token["digits"])
    rest = re.split(SPACE, token["rest"])
    head = f"zéro {cardinal(int(first[1:]))}" if first[1] != "0" else integer_words(first)
    return " ".join([head, *(integer_words(part) for part in rest)])


def is_short_phone(token: Token) -> bool:
    """ "36 35" needs a word that says it is dialled."""
    return not token["four"] or near(token, re.compile(r"appel|num[ée]ro|compos|joign|t[ée]l|au\s\Z", re.I))


def say_chain(token: Token) -> str:
    """ "4-4-2": one number after another."""
    return " ".join(integer_words(part) for part in re.split("[-‑]", token.written))


VERSION = re.compile(
    r"\b(?:iOS|Android|Windows|version|v|macOS|Python|Linux|GPT|Llama|Bluetooth|USB|HTML|Web|PHP|firmware|mise à jour|logiciel|update|Claude|Gemini)[\s-]?\Z",
    re.I,
)
DECIMAL_POINT = re.compile(r"magnitude|indice|taux|moyenne|note|environ|échelle|inflation", re.I)


def say_dotted(token: Token) -> str:
    """ "17.2" after the name of a program with "point"; "49.3", an article of law, without."""
    parts = token.written.split(".")
    spoken = [integer_words(part) for part in parts]
    if (
        len(parts) == 2
        and re.search(r"\b(?:articles?|art\.|le|du|au|un|de|alinéas?)\s(?:l')?\Z", token.before)
        and len(parts[0]) == 2
        and len(parts[1]) == 1
    ):
        return " ".join(spoken)
    if len(parts) == 2 and DECIMAL_POINT.search(token.before) and not VERSION.search(token.before):
        return words(number(token.written))
    return " point ".join(spoken)


def say_range(token: Token) -> str:
    """ "10-15 minutes" as "dix à" and the rest; a season, a law or a type says its numbers one by one."""
    low = token["low"]
    spoken = words(number(low))
    between = " " if NO_TO.search(token.before) or is_minute_or_model(token) else " à "
    return spoken + between + ("moins " if token["minus"] else "")


def is_minute_or_model(token: Token) -> bool:
    """Numbers that aren't the two ends of anything: "737-800"."""
    return bool(re.search(r"[A-Za-z]\Z", token.before))


def say_slash(token: Token) -> str | None:
    """A fraction ("deux tiers"), a season ("2022 2023"), a mark ("quatorze sur vingt"), "cinquante cinquante"."""
    top, bottom = number(token["top"]), number(token["bottom"])
    if not bottom.is_whole:
        return f"{words(top)} sur {words(bottom)}"
    if top.is_whole and top.whole == bottom.whole and top.whole in {50, 100}:
        return f"{words(top)} {words(bottom)}"
    if len(token["top"]) == 4 and len(token["bottom"]) in {2, 4} and token["top"][:2] in {"19", "20"}:
        return f"{words(top)} {words(bottom)}"
    if re.search(r"(?:tension|artérielle)[^.]{0,25}\Z", token.before, re.I):
        return f"{words(top)} {words(bottom)}"
    if is_fraction(token):
        return fraction(top.whole, bottom.whole)
    if (
        token["top"] + ":" + token["bottom"] == "16:9"
        or (near(token, re.compile(r"format|écran|image", re.I))
        and (token["top"], token["bottom"]) in ASPECT_RATIOS)
    ):
        return (
            f"{words(top)} {ordinal(bottom.whole)}s"
            if bottom.whole > 4
            else fraction(top.whole, bottom.whole)
        )
    return f"{words(top)} sur {words(bottom)}"


FRACTION_AFTER = re.compile(rf"{SPACE}(?:des?|du|de la|d['’]|finales?|d)\b|{SPACE}(?:de )?finale", re.I)


def is_fraction(token: Token) -> bool:
    """Halves, thirds and quarters, and any small fraction "of" something: "1/8 de finale"."""
    top, bottom = token["top"], token["bottom"]
    if not (top.isdigit() and bottom.isdigit()) or int(bottom) < 2 or len(bottom) > 4:
        return False
    if near_mark(token):
        return False
    small = int(bottom) in DENOMINATORS and int(top) <= 3 and int(top) != int(bottom)
    return small or (
        bool(FRACTION_AFTER.match(token.after)) and int(top) < int(bottom) and int(bottom) <= 1000
    )


def near_mark(token: Token) -> bool:
    """Whether the text before speaks of a mark or a rank: "noté 3/4"."""
    return bool(
        re.search(
            r"\b(?:note|notée?|score|série|épisode|partie|étape|page|volet|chapitre)s?\b[^.,;]{0,15}\Z",
            token.before,
            re.I,
        )
    )


def fraction(top: int, bottom: int) -> str:
    """ "un tiers", "trois quarts", "un demi", "cinq huitièmes"."""
    name = DENOMINATORS.get(bottom) or ordinal(bottom)
    plural = "s" if top > 1 and not name.endswith("s") else ""
    return f"{cardinal(top)} {name}{plural}"


def say_colon(token: Token) -> str:
    """ "16:9" as "seize neuvièmes"; a scale or odds: "un pour mille"."""
    left, right = token["left"], token["right"]
    if (left, right) in ASPECT_RATIOS:
        return (
            f"{cardinal(int(left))} {ordinal(int(right))}s"
            if int(right) > 4
            else fraction(int(left), int(right))
        )
    if token.written.count(" ") or near(token, SPORT):
        return f"{cardinal(int(left))} à {cardinal(int(right))}"
    return f"{cardinal(int(left))} contre {cardinal(int(right))}"


SPORT = re.compile(r"match|victoire|défaite|score|bat|s[’']impos|s[’']inclin|finale|set", re.I)


def say_times(token: Token) -> str:
    """ "4x4" as "quatre quatre", "4 × 100 m" as "quatre fois cent mètres"."""
    left = token["left"]
    if re.match(r"4[x×X]\Z", token.written) and re.match(r"4(?!\d|\s?[x×%])(?!\s?(?:m|km)\b)", token.after):
        return "quatre "
    return f"{words(number(left))} fois "


def say_enumeration(token: Token) -> str:
    """ "1,2,3 et 4"."""
    return ", ".join(integer_words(part) for part in token.written.split(","))


def is_enumeration(token: Token) -> bool:
    """Two commas that can't group thousands, or a plural noun of numbered things before."""
    if ENUMERATED.search(token.before):
        return True
    return token.written.count(",") > 1 and not re.fullmatch(r"\d{1,3}(?:,\d{3})+", token.written)


ENGLISH_GROUPS = re.compile(r"\d{1,3}(?:,\d{3}){2,5}(?![\d,])")

SEQUENCES = (
    Rule("phone", PHONE, say_phone),
    Rule("phone", PHONE_ABROAD, say_phone_abroad, "ds"),
    Rule("phone", SHORT_PHONE, say_short_phone, when=is_short_phone),
    Rule("enumeration", ENUMERATION, say_enumeration, when=is_enumeration, needs=","),
    Rule("cardinal", ENGLISH_GROUPS, lambda token: integer_words(bare(token.written)), needs=","),
    Rule("sequence", CHAIN, say_chain),
    Rule("ratio", COLON, say_colon, needs=":"),
    Rule("product", TIMES, say_times),
    Rule("fraction", SLASH, say_slash, needs="/⁄∕"),
    Rule("range", RANGE, say_range),
)
DOTTED_NUMBERS = (Rule("version", DOTTED, say_dotted, needs="."),)
