"""Two numbers side by side: scores, votes, odds, sets, formations, ranges, ratios, fractions."""

import re

from bulletin.normalize.en.patterns import (
    NO_DIGIT_BEFORE,
    NUMBER,
    SPACE,
    SPACES,
    TO,
    follows_between,
    number,
    word_after,
    words_before,
)
from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import cardinal, ordinal, quantity
from bulletin.normalize.tokens import Rule, Token

SCORE_WORDS = WORDS["score_words"]
VOTE_WORDS = WORDS["vote_words"]
ODDS_WORDS = WORDS["odds_words"]
CRICKET_WORDS = WORDS["cricket_words"]
WICKET_WORDS = WORDS["wicket_words"]
AT_A_BREAK = re.compile(r"\s(?:at|before|by)\s(?:lunch|tea|stumps|(?:the\s)?close)\b")
RECORD_WORDS = WORDS["record_words"]
SPLIT_WORDS = WORDS["split_words"]
OF_YEARS = re.compile(r"\b(?:children|kids|pupils|boys|girls|teenagers|adults|juniors|seniors) \(\Z")
OVERS = re.compile(rf"{SPACE}\(\d{{1,2}}(?:\.\d)? ?(?:ovs?|overs)\b")
OTHER_PAIR = re.compile(rf"{SPACE}[A-Z][\w'’]*(?:{SPACE}[A-Z][\w'’]*)?{SPACE}\d{{1,2}}[-–]\d{{1,2}}(?![\d-])")
AFTER_SCORES = frozenset(("as", "loss", "was", "is", "thanks", "towards", "against"))
BOWLED = frozenset(("took", "figures", "claimed", "returned"))
NOT_SCORES = WORDS["not_scores"]
SETS = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>\d{{1,2}})[-–](?P<last>\d{{1,2}})"
    rf"(?={SPACES}[(\[]\d{{1,2}}(?:[-–]\d{{1,2}})?[)\]]|,?{SPACE}(?:and{SPACE})?\d{{1,2}}[-–]\d{{1,2}}(?![\d/%–-]))"
)
LAST_SET = re.compile(r"\d{1,2}[-–]\d{1,2}(?: ?[(\[]\d{1,2}(?:[-–]\d{1,2})?[)\]])?,? (?:and )?\Z")
PAIR = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>{NUMBER})(?P<dash>{TO})(?P<last>{NUMBER})(?![.,:/]?\d|%|s(?![^\W_]))"
)
TABLE = re.compile(
    rf"P{SPACES}(?P<played>\d{{1,2}}),?{SPACE}W{SPACES}(?P<won>\d{{1,2}}),?{SPACE}D{SPACES}(?P<drawn>\d{{1,2}}),?{SPACE}L{SPACES}(?P<lost>\d{{1,2}})"
    rf"(?:,?{SPACE}(?:Pts|P){SPACES}(?P<points>\d{{1,3}}))?(?![^\W_])"
)
AUSTRALIAN = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<goals>\d{{1,2}})\.(?P<behinds>\d{{1,2}}){SPACE}\((?P<total>\d{{1,3}})\)"
    rf"(?P<beat>{SPACE}(?:d|def|def\.|dr|lt){SPACE}(?=[A-Z]))?"
)
NOT_OUT = re.compile(r"(?P<runs>\d{1,3})\*(?![\w*])")
GAELIC = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<goals>\d)[-–](?P<points>\d{{1,2}}){SPACE}to{SPACE}(?P<fewer>\d)[-–](?P<less>\d{{1,2}})(?![\d–-])"
)
TRIPLE = re.compile(rf"{NO_DIGIT_BEFORE}(?P<numbers>\d{{1,2}}(?:[-–]\d{{1,2}}){{2,4}})(?![-–.,:/]?\d)")
SLASH = re.compile(
    rf"{NO_DIGIT_BEFORE}(?:(?P<whole>\d{{1,3}})(?:{SPACE}|[-‑](?=\d/\d)))?(?P<top>\d{{1,3}})[/⁄](?P<bottom>\d{{1,3}})(?P<th>ths?|rds?|nds?)?(?![/\d]|[.,]\d)"
)
MARK = re.compile(rf"{NO_DIGIT_BEFORE}(?P<top>\d\.\d)/(?P<bottom>5|10|100)(?![\d/]|\.\d)")
VULGAR = re.compile(rf"(?P<whole>\d{{1,4}})?(?P<space>{SPACES})(?P<sign>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")
ZERO = re.compile(r"0(?![\d%:/-]|[.,]\d|[^\W_])")
OTHER_SIDE = re.compile(r"[A-Z][\w'’]* \d{1,2}[,;]? (?:[A-Z][\w'’]* ){1,3}\Z")
RATIO = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>\d{{1,3}})(?P<link>{SPACES}:{SPACES})(?P<last>\d{{1,3}})(?![\d:]|[.,]\d)"
)
ORDINALS = re.compile(
    rf"{NO_DIGIT_BEFORE}(?P<first>\d{{1,4}})(?:st|nd|rd|th)?(?P<link>{TO}|/)(?P<last>\d{{1,4}})(?:st|nd|rd|th)(?![^\W_])"
)
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
ASPECTS = {("16", "9"), ("4", "3"), ("21", "9"), ("9", "16")}


def near(token: Token) -> frozenset[str]:
    """The words on both sides of the token that may tell what it is."""
    return frozenset(re.findall(r"[^\W\d_][\w-]*", f"{token.before[-70:]} {token.after[:50]}".lower()))


def fraction(top: int, bottom: int) -> str:
    """ "a half" is 1/2, "two thirds", "three quarters"."""
    names = {2: "half", 4: "quarter"}
    name = names.get(bottom) or ordinal(bottom)
    if top == 1:
        return f"{'a' if bottom in names else 'one'} {name}"
    plural = "halves" if bottom == 2 else f"{name}s"
    return f"{cardinal(top)} {plural}"


def vulgar(token: Token) -> str | None:
    top, bottom = FRACTIONS[token["sign"]]
    said = fraction(top, bottom)
    if token["whole"]:
        return f"{cardinal(int(token['whole']))} and {said}"
    if token["space"]:
        return None
    if re.match(rf"[-‑]?[^\W\d_]|\s(?:of|an?|the)\b|{SPACE}(?:tsp|tbsp|oz|lb|kg|km|pt|in)\b", token.after):
        said = said.removeprefix("a ")
    return said


def out_of(token: Token) -> str:
    """ "eight point five out of ten"."""
    return f"{quantity(number(token['top']))} out of {cardinal(int(token['bottom']))}"


def slash(token: Token) -> str | None:
    """A fraction, odds, or a mark out of so many."""
    top, bottom = int(token["top"]), int(token["bottom"])
    words = near(token)
    if token["whole"] and top < bottom and bottom in (2, 3, 4, 5, 6, 8, 10, 16):
        return f"{cardinal(int(token['whole']))} and {fraction(top, bottom)}"
    if token["whole"] or bottom == 0:
        return None
    if (top, bottom) == (24, 7) or top == bottom:
        return f"{cardinal(top)} {cardinal(bottom)}"
    of = re.match(
        r"(?:[-‑]|\s)(?:of|mile|inch|cup|pint|teaspoon|tablespoon|length|hour|majority)", token.after
    )
    if ODDS_WORDS & words and not of:
        return f"{cardinal(top)} to {cardinal(bottom)}"
    if top <= 10 < bottom and not of and not token["th"] and (WICKET_WORDS & words or tells_wickets(token)):
        return f"{cardinal(top)} for {cardinal(bottom)}"
    if bottom in (5, 10, 20, 100) and (top, bottom) != (1, 5) and not of and not token["th"] and top < bottom:
        return f"{cardinal(top)} out of {cardinal(bottom)}"
    if (1 < bottom <= 10 and top < bottom) or token["th"] or of:
        return fraction(top, bottom)
    if top + bottom == 100:
        return f"{cardinal(top)} {cardinal(bottom)}"
    if top > 10 >= bottom and (top > 60 or CRICKET_WORDS & words):
        return f"{cardinal(top)} for {cardinal(bottom)}"
    if top > bottom and bottom in NO_ODDS:
        return f"{cardinal(top)} {cardinal(bottom)}"
    link = "over" if bottom >= 40 and top > bottom else "to" if bottom < 12 and top < 101 else "out of"
    return f"{cardinal(top)} {link} {cardinal(bottom)}"


NO_ODDS = frozenset((7, 9, 11))
"""What no odds against are counted by: "26/11" is a day."""


def tells_wickets(token: Token) -> bool:
    """Whether wickets come before runs, as Australians write: "4/312 at tea", "took 5/43"."""
    bowled = BOWLED & set(words_before(token.before, 2)) and int(token["bottom"]) not in (20, 100)
    return bool(AT_A_BREAK.match(token.after) or bowled)


def nil(value: int, zero: str) -> str:
    return zero if value == 0 else cardinal(value)


def table(token: Token) -> str:
    """A side's place: "P38 W21 D9 L8, Pts 72"."""
    said = [f"{name} {cardinal(int(token[name]))}" for name in ("played", "won", "drawn", "lost")]
    return " ".join([*said, *([f"points {cardinal(int(token['points']))}"] if token["points"] else [])])


BEATEN = {"d": "defeated", "def": "defeated", "def.": "defeated", "lt": "lost to", "dr": "drew with"}


def australian(token: Token) -> str | None:
    """Goals, behinds and points, which add up: "14.9 (93)"."""
    goals, behinds, total = (int(token[name]) for name in ("goals", "behinds", "total"))
    if 6 * goals + behinds != total:
        return None
    beat = token["beat"].strip()
    return f"{cardinal(goals)} {cardinal(behinds)} {cardinal(total)}" + (f" {BEATEN[beat]} " if beat else "")


def not_out(token: Token) -> str | None:
    batted = CRICKET_WORDS & near(token) or re.match(r"\s(?:off|from)\s\d", token.after)
    if not batted and not re.search(r"\d(?: ov\w*)?\)?,? [A-Z]\w+ \Z", token.before):
        return None
    return f"{cardinal(int(token['runs']))} not out"


def gaelic(token: Token) -> str:
    """Goals and points of two sides: "one seventeen to nought fifteen"."""
    numbers = [int(token[name]) for name in ("goals", "points", "fewer", "less")]
    goals, points, fewer, less = (nil(value, "nought") for value in numbers)
    return f"{goals} {points} to {fewer} {less}"


def sets(token: Token) -> str:
    """ "six four", in tennis and its like."""
    first, last = int(token["first"]), int(token["last"])
    zero = "love" if max(first, last) == 6 else "nil"
    return f"{nil(first, zero)} {nil(last, zero)}"


def last_set(token: Token) -> str | None:
    if (
        not LAST_SET.search(token.before)
        or not token["first"].isdigit()
        or max(int(token["first"]), len(token["last"])) > 30
    ):
        return None
    return sets(token) if token["last"].isdigit() else None


def pair(token: Token) -> str:
    """Two numbers and a dash: a score, a vote, odds, or a range."""
    first, last = number(token["first"]), number(token["last"])
    words = near(token)
    if follows_between(token.before):
        return f"{quantity(first)} and {quantity(last)}"
    said = f"{quantity(first)} to {quantity(last)}"
    if not (first.is_whole and last.is_whole) or len(token["dash"]) > 1:
        return said
    return score(first.whole, last.whole, words, token) or said


def score(first: int, last: int, words: frozenset[str], token: Token) -> str | None:
    """The words of a pair that isn't said with "to"; None for one that is."""
    if first + last == 100 and (first == last or (words & SPLIT_WORDS and first % 5 == 0)):
        return f"{cardinal(first)} {cardinal(last)}"
    if (first, last) == (24, 7):
        return "twenty-four seven"
    declared = re.match(r"\s?\(?dec\b|\sdecl", token.after)
    if first > 15 and last <= 10 and (words & CRICKET_WORDS or declared):
        return f"{cardinal(first)} for {cardinal(last)}"
    if first <= 10 < last and BOWLED & set(words_before(token.before, 2)):
        return f"{cardinal(first)} for {cardinal(last)}"
    played = (words & SCORE_WORDS and is_score(token)) or between_names(token)
    if 0 in (first, last) and played:
        return f"{nil(first, 'nil')} {nil(last, 'nil')}"
    if OF_YEARS.search(token.before):
        return None
    if OVERS.match(token.after) and last <= 10:
        return f"{cardinal(first)} for {cardinal(last)}"
    if OTHER_PAIR.match(token.after) and re.search(r"[A-Z][\w'’]*\s\Z", token.before):
        return f"{nil(first, 'nought')} {nil(last, 'nought')}"
    if max(first, last) > 15 or (last == 1 and first > 10) or words & VOTE_WORDS:
        return None
    if words & RECORD_WORDS:
        return f"{cardinal(first)} and {cardinal(last)}"
    if played:
        return f"{cardinal(first)} all" if first == last else f"{cardinal(first)} {cardinal(last)}"
    return None


def is_score(token: Token) -> bool:
    """Whether nothing beside a pair says that it counts something: "aged 5-11", "7-10 days"."""
    if NOT_SCORES & set(words_before(token.before, 1)):
        return False
    following = word_after(token.after)
    return not following.endswith("s") or following in AFTER_SCORES


def between_names(token: Token) -> bool:
    """Whether names stand on both sides: "Leeds 0-3 Hull"; or a bracket holds nothing else."""
    if NOT_SCORES & set(words_before(token.before, 1)):
        return False
    names = re.search(r"[A-Z][\w'’]*\s\Z", token.before) and re.match(r"\s[A-Z]|\Z", token.after)
    return bool(names) or (token.before[-1:] == "(" and token.after[:1] == ")")


def triple(token: Token) -> str:
    """A formation, or a record of wins, losses and draws: "four three three"."""
    return " ".join(cardinal(int(part)) for part in re.split(r"[-–]", token["numbers"]))


DEGREE = re.compile(r"\s(?:degree|in [A-Z]|from|or)|[.,;]|\Z")


def ratio(token: Token) -> str | None:
    first, last = token["first"], token["last"]
    a_degree = re.search(r"\ba\s\Z", token.before) and DEGREE.match(token.after)
    if (first, last) in {("2", "1"), ("2", "2")} and a_degree:
        return f"two {cardinal(int(last))}"
    if len(last) == 2 and last[0] == "0":
        return None
    if token["link"] == ":" and ((first, last) in ASPECTS or first == last or int(first) + int(last) == 100):
        return f"{cardinal(int(first))} {cardinal(int(last))}"
    return f"{cardinal(int(first))} to {cardinal(int(last))}"


def ordinals(token: Token) -> str:
    return f"{ordinal(int(token['first']))} to {ordinal(int(token['last']))}"


def cricket(token: Token) -> str | None:
    return None


RULES = (
    Rule(
        "score",
        ZERO,
        lambda token: "nil",
        needs="0",
        when=lambda token: OTHER_SIDE.search(token.before) is not None,
    ),
    Rule("table", TABLE, table, starts="u", needs="P"),
    Rule("score", AUSTRALIAN, australian, needs="("),
    Rule("score", NOT_OUT, not_out, needs="*"),
    Rule("score", GAELIC, gaelic, needs="-–"),
    Rule("mark", MARK, out_of, needs="/"),
    Rule("fraction", SLASH, slash, needs="/⁄"),
    Rule("fraction", VULGAR, vulgar, starts="dm", needs="".join(FRACTIONS)),
    Rule("ordinals", ORDINALS, ordinals),
    Rule("sets", SETS, sets, needs="-–"),
    Rule("formation", TRIPLE, triple, needs="-–"),
    Rule("sets", PAIR, last_set, needs="-–"),
    Rule("pair", PAIR, pair),
    Rule("ratio", RATIO, ratio, needs=":"),
)
