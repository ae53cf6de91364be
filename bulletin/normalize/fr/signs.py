"""Signs that stand for words: plus and minus, comparisons, slashes, powers."""

import re

from bulletin.normalize.electronic import Signs
from bulletin.normalize.fr import context, tables
from bulletin.normalize.fr.numbers import cardinal, integer_words
from bulletin.normalize.numerals import SPACE
from bulletin.normalize.tokens import Rule, Token

FACTS = tables.load("signs")
ADDRESS_SIGNS = Signs(words=FACTS["addresses"], digits=integer_words)

END_OF_AGE = r"(?=\s?(?:[.,;:)»]|\Z)|\s(?:et|sont|ont|peuvent|dans|qui|au|aux)\b)(?![.,]\d)"
COMPARISON = re.compile(rf"(?P<sign>{tables.any_of(FACTS['comparisons'])}){SPACE}?(?=\d)")
SIGNED = re.compile(rf"(?P<sign>[-−–+])(?=\d|[€$£])|(?P<either>±|\+/[-−]){SPACE}?(?=\d)|−{SPACE}?(?=\d)")
PARTED_SIGN = re.compile(
    rf"(?P<sign>[-−–+]){SPACE}(?=\d[\d{SPACE[1:-1]}.,]{{0,15}}(?:[%‰°€$£]|[kKM]€|Mds?{SPACE}?€|pts?\b|points?\b|degrés?\b|millions|milliards|{SPACE}?(?:à|et){SPACE}[-−–]{SPACE}?\d))"
)
OPERATION = re.compile(
    rf"(?P<space>{SPACE}?)(?P<sign>{tables.any_of(FACTS['operations'])}){SPACE}?(?=[-−]?[\d(])"
)
AGE = re.compile(rf"(?P<sign>[-−–+]){SPACE}?(?=\d{{1,2}}(?:{SPACE}?ans\b|{END_OF_AGE}))")
TO_UNIT = re.compile(rf"{SPACE}?[-–—]{SPACE}?(?=\d)")
MORE_OR_LESS = re.compile(rf"(?P<sign>[-−–+]){SPACE}?(?=d(?:e\b|['’]))")
OF_A_NUMBER = re.compile(rf"de{SPACE}\d")
APPROXIMATE = re.compile(rf"(?P<de>[Dd])e{SPACE}[≈≃~∼]{SPACE}?(?=\d)")
COUNTDOWN = re.compile(rf"{SPACE}?[-−–]{SPACE}?(?=\d)")
GRADE = re.compile(r"(?P<letters>AAA?|BBB?|CCC?)(?![^\W_])")
TIMES_LETTER = {2: "double", 3: "triple"}
NOT_GRADES = re.compile(r"(?:[\w.]|\b(?:[Pp]iles?|[Ll]es|[Dd]es|aux)\s|[\w.][-‑&]|(?<![ABC+–−-])/)\Z")
"""Before letters that are no credit rating: batteries, "les AA"."""
BETWEEN_GRADES = re.compile(r"/(?=[ABC]{1,3}[+−–-]?(?![^\W_]))")
RATING = re.compile(r"[-−–](?![^\W_])")
TIMES_MORE = re.compile(r"[x×](?![^\W_])")
MULTIPLIED = re.compile(rf"(?P<sign>[x×÷]){SPACE}?(?=\d)")
LAW_LETTER = re.compile(rf"(?P<letter>[LRDA])\.?{SPACE}?\*?(?=\d)")
WORD_SIGN = re.compile(rf"{tables.any_of(FACTS['words'])}")
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
SUBSCRIPT = re.compile(r"[₀-₉]{1,6}")
POWER = re.compile(r"(?P<base>\d{1,9})(?P<sign>[⁻])?(?P<power>[⁰¹²³⁴-⁹]{1,3})")
AND = re.compile(r"&(?!\w{1,10};)")

PER = re.compile(rf"{SPACE}?/{SPACE}?(?P<per>{tables.any_of(tables.load('units')['per'])})(?![^\W_])")
AND_OR = re.compile(r"et/ou\b", re.IGNORECASE)
SLASH_NAME = re.compile(r"/(?=[A-Z])")
SLASH_NUMBERS = re.compile(rf"{SPACE}?/{SPACE}?(?=[-−+]?\d)")
SLASH_WORDS = re.compile(r"/(?=[^\W\d_]{2})")


def say_comparison(token: Token) -> str:
    """ "≈ 5" as "environ 5"; "< 5" as "inférieur à" after a singular noun, "moins de" elsewhere."""
    last = re.search(rf"([^\W\d_]+){SPACE}?\Z", token.before)
    word = last.group(1).lower() if last else ""
    singular = (
        word and (word in FACTS["singular"] or not word.endswith(("s", "x"))) and word not in FACTS["no_noun"]
    )
    spoken: str = FACTS["comparisons"][token["sign"]][0 if singular else 1]
    return spoken + " "


def say_signed(token: Token) -> str:
    """ "-5", "+3", "±2"."""
    if token["either"]:
        return "plus ou moins "
    return "plus " if token["sign"] == "+" else "moins "


def signed_may_stand(token: Token) -> bool:
    """A sign has no letter, digit or closing mark before it."""
    return not re.search(r"[\w)\]%€°.,’'\"]\Z", token.before)


def parted_sign_may_stand(token: Token) -> bool:
    """A sign apart from its number needs a mark or such a word before: "(- 3 %)", "de - 5 °C"."""
    if token["sign"] in "+−":
        return not re.search(r"[\d%€)]\s?\Z", token.before)
    if DEGREES.match(token.after):
        return not after_number(token)
    if ANOTHER_MINUS.match(token.after):
        return not after_number(token)
    if SIGNED_BESIDE.search(token.before) or SIGNED_BESIDE.search(token.after):
        return not after_number(token)
    return bool(re.search(r"[(\[:,;]\s?\Z", token.before)) or context.ends_with(token, "before_a_sign")


ANOTHER_MINUS = re.compile(rf"\d[\d,]{{0,6}}{SPACE}(?:à|et){SPACE}[-−–]{SPACE}?\d")
SIGNED_BESIDE = re.compile(rf"(?<![\w])\+{SPACE}?\d[\d,]{{0,6}}{SPACE}?(?:%|pts?\b|points?\b)")
"""Another change with its sign: the dash beside it is a minus."""
DEGREES = re.compile(rf"[\d,]{{1,5}}{SPACE}?°")


def say_operation(token: Token) -> str:
    """ "2 + 2 = 4"."""
    return f"{token['space'] and ' '}{FACTS['operations'][token['sign']]} "


def operation_may_stand(token: Token) -> bool:
    """Between two numbers, or after a name: "J+3"."""
    if token["sign"] == "+" and token["space"] and re.search(r"[^\W\d_]\Z", token.before):
        spaced = re.search(rf"\+{SPACE}\Z", token.written)
        plural = re.search(
            r"\b(?:les|des|aux|pour|de|à|est|gagne|cède|prend|perd)\Z", token.before, re.IGNORECASE
        )
        return bool(spaced) and not plural
    return bool(re.search(r"[\w)%€]\Z", token.before))


def more_or_less_may_stand(token: Token) -> bool:
    """ "les - de 25 ans", "des + de 65 ans"."""
    if OF_A_NUMBER.match(token.after) and token.before.endswith((" ", "\u00a0", "(")):
        return True
    return not token.start or bool(
        re.search(rf"\b(?:les|des|aux|de|en|pour|à|un|cent){SPACE}\Z", token.before, re.IGNORECASE)
    )


def age_may_stand(token: Token) -> bool:
    """ "les -18 ans", "(+ 65 ans)"."""
    if not re.match(r"\d+\s?ans", token.after):
        return re.search(r"\b(?:les|des|aux)\s\Z", token.before, re.IGNORECASE) is not None
    glued = token.written in "-−–+" and token.before.endswith((" ", "\u00a0", "("))
    return glued or token.before.endswith("(") or more_or_less_may_stand(token)


def after_measure(token: Token) -> bool:
    """ "10 % - 15 %", "5 km-10 km"."""
    return bool(AFTER_MEASURE.search(token.before))


AFTER_MEASURE = re.compile(r"\d\s?(?:[%€$£‰]|°C?|k?m|[kc]?g|km/h|mois|ans|jours|semaines)\Z")


def after_letter(token: Token) -> bool:
    """A letter stands right before."""
    return bool(re.search(r"[^\W\d_]\Z", token.before))


def after_digit(token: Token) -> bool:
    """A digit stands right before."""
    return bool(re.search(r"\d\Z", token.before))


def after_number(token: Token) -> bool:
    """A digit stands before, with a space or without."""
    return bool(re.search(rf"\d{SPACE}?\Z", token.before))


def after_amount(token: Token) -> bool:
    """ "9h-12h / 14h-18h", "8 €/5 €", "5e/12"."""
    return bool(re.search(r"[\d%€$£°²³a-zA-Z]\s?\Z", token.before))


def say_slash_numbers(token: Token) -> str:
    """A pause; a rank is "over" how many there were."""
    ranked = re.search(r"\d(?:e|er|ème)\Z", token.before) and re.match(r"\d+(?![^\W_])", token.after)
    share = re.search(rf"\d{SPACE}[^\W\d_]{{3,}}\Z", token.before) and re.match(r"10{0,3}(?!\d)", token.after)
    return " sur " if ranked or share else ", "


PER_HUNDRED = re.compile(rf"{SPACE}?/{SPACE}?100(?![^\W_]|{SPACE}?km)")
COMPASS = re.compile(r"[NSEOW](?![^\W_'’])")
POINTS = {"N": "nord", "S": "sud", "E": "est", "O": "ouest", "W": "ouest"}


def after_litres(token: Token) -> bool:
    """ "4,5 l/100"."""
    return bool(re.search(r"\d\s?(?:[lL]|litres)\Z", token.before))


def after_degrees(token: Token) -> bool:
    """ "45° N", "48°51' N"."""
    return bool(re.search(r"\d\s?[°'’′\"″]\s?\Z", token.before))


def per_may_stand(token: Token) -> bool:
    """A lone letter is a unit only under an amount: not in "élu/e/s"."""
    return len(token["per"]) > 1 or bool(
        re.search(r"[\d€$£%²³]\s?\Z|\d\s?[^\W\d_]{1,4}\Z|\d\s[a-zà-ÿ]+\Z", token.before)
    )


def is_countdown(token: Token) -> bool:
    """ "J-1", "H-2"."""
    return bool(re.search(r"\b(?:[JH]|(?:année|exercice|saison|mois)\s[nN])\Z", token.before))


def rating_may_stand(token: Token) -> bool:
    """ "la note AA-"."""
    return bool(re.search(r"\b[ABC]{1,3}\Z", token.before)) and context.near(token, "rating")


def say_grade(token: Token) -> str:
    """ "AAA" as "triple A"."""
    return f"{TIMES_LETTER[len(token['letters'])]} {token['letters'][0]}"


def is_grade(token: Token) -> bool:
    """A credit rating where one is told of: "la note BBB+", not "piles AAA"."""
    return not NOT_GRADES.search(token.before) and context.near(token, "rating")


def between_words(token: Token) -> bool:
    """A slash between two ordinary words, of which none is all in capitals ("AC/DC")."""
    left = re.search(r"[^\W\d_]{2,}\Z", token.before)
    right = re.match(r"[^\W\d_]{2,}", token.after)
    return bool(left and right and not left.group().isupper() and not re.search(r"/\S*\Z", token.before))


def say_slash_words(token: Token) -> str:
    """ "le rapport qualité/prix"; "le ratio dette/PIB" is one over the other."""
    return " sur " if context.before(token, "ratio_words", 20) and token.after.startswith("PIB") else " "


def say_power(token: Token) -> str | None:
    """ "10³" as "dix puissance trois"; a note mark after a number is not said."""
    if token["base"] != "10":
        return None
    power = cardinal(int(token["power"].translate(SUPERSCRIPT)))
    return f"{cardinal(int(token['base']))} puissance {'moins ' if token['sign'] else ''}{power}"


def say_and(token: Token) -> str:
    """ "&" as "et"."""
    left = " " if after_letter(token) else ""
    return f"{left}et" + (" " if token.after[:1].isalnum() else "")


def law_letter_may_stand(token: Token) -> bool:
    """ "L. 121-3", "L121-3"; a letter glued to digits without a point is one only in an article's number."""
    return "." in token.written or bool(re.match(r"\d{3,4}-\d", token.after))


POWERS = (Rule("power", POWER, say_power),)
SIGNS = (
    Rule("sign", APPROXIMATE, lambda token: f"{token['de']}'environ ", "lu", needs="≈≃~∼"),
    Rule(
        "sign",
        MORE_OR_LESS,
        lambda token: "plus " if token["sign"] == "+" else "moins ",
        "m",
        when=more_or_less_may_stand,
    ),
    Rule(
        "sign",
        AGE,
        lambda token: "plus de " if token["sign"] == "+" else "moins de ",
        "m",
        when=age_may_stand,
    ),
    Rule("range", TO_UNIT, lambda token: " à ", "s", when=after_measure),
    Rule("sign", COMPARISON, say_comparison, "m"),
    Rule("sign", SIGNED, say_signed, "m", when=signed_may_stand),
    Rule("sign", PARTED_SIGN, say_signed, "m", when=parted_sign_may_stand),
    Rule("sign", OPERATION, say_operation, "s", when=operation_may_stand),
    Rule("sign", COUNTDOWN, lambda token: " moins ", "s", when=is_countdown),
    Rule("rating", GRADE, say_grade, "u", when=is_grade, needs="ABC"),
    Rule(
        "rating",
        BETWEEN_GRADES,
        lambda token: ", ",
        "m",
        needs="/",
        when=lambda token: bool(
            re.search(r"\b[ABC]{1,3}[+−–-]?\Z", token.before) and context.near(token, "rating")
        ),
    ),
    Rule("sign", RATING, lambda token: " moins", "m", when=rating_may_stand),
    Rule(
        "sign", TIMES_MORE, lambda token: " fois" if after_digit(token) else "fois", "lum", when=after_number
    ),
    Rule(
        "sign",
        MULTIPLIED,
        lambda token: "divisé par " if token["sign"] == "÷" else "fois ",
        "lm",
        needs="x×÷",
        when=lambda token: not re.search(r"[^\W_]\Z", token.before),
    ),
    Rule("law", LAW_LETTER, lambda token: token["letter"] + " ", "u", when=law_letter_may_stand),
    Rule("rate", PER_HUNDRED, lambda token: " aux cent", "s", needs="/", when=after_litres),
    Rule(
        "rate",
        PER,
        lambda token: f" par {tables.load('units')['per'][token['per']]}",
        "s",
        needs="/",
        when=per_may_stand,
    ),
    Rule("place", COMPASS, lambda token: POINTS[token.written], "u", when=after_degrees),
    Rule("link", SLASH_NAME, lambda token: " ", "m", needs="/", when=after_digit),
    Rule("link", SLASH_NUMBERS, say_slash_numbers, "s", needs="/", when=after_amount),
    Rule("and", AND_OR, lambda token: "et ou", "lu", needs="/"),
    Rule("link", SLASH_WORDS, say_slash_words, "m", needs="/", when=between_words),
    Rule("subscript", SUBSCRIPT, lambda token: integer_words(token.written.translate(SUPERSCRIPT)), "m"),
    Rule("and", AND, say_and, "m", needs="&"),
)
WORD_SIGNS = (Rule("sign", WORD_SIGN, lambda token: FACTS["words"][token.written], "m"),)
