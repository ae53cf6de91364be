"""Signs that stand for words, and signs that stand for none: "&", "×", "#1", bullets, brackets, emoji."""

import re
import unicodedata

from bulletin.normalize.en.patterns import NUMBER, SPACE, number
from bulletin.normalize.en.words import cardinal, quantity
from bulletin.normalize.tokens import Rule, Token

EMOJI = re.compile(
    r"\s*(?:[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff]"
    r"[\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff\U000e0020-\U000e007f]*)++"
)
LEADING_EMOJI = re.compile(EMOJI.pattern + r"\s*")
BULLET = re.compile(r"\s*(?:[•◦▪▫■□●○►▶‣⁃∙·»›→✓✔★☆*]|[-–—](?= ))\s*")
FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d{1,2})\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[†‡*]{1,3}")
ELLIPSIS = re.compile(rf"[\[(](?:…|\.\.\.|\. \. \.)[\])]{SPACE}?")
BRACKET = re.compile(r"[\[\]]")
SIGN = re.compile(r"[&=<>≤≥≠≈~×+±÷|§%@#$£€°^_\\/*•·~]")
NUMBERED = re.compile(rf"#{SPACE}?(?P<number>\d{{1,4}})(?![^\W_])")
COMPARED = re.compile(rf"(?P<sign>[<>≤≥≈~±]|<=|>=)(?={SPACE}?[$£€]?\d){SPACE}?")
TIMES = re.compile(rf"(?P<first>{NUMBER})(?:[-–](?P<last>{NUMBER}))?(?P<sign>[xX×])(?![^\W_])")
BY = re.compile(rf"(?P<first>{NUMBER}){SPACE}?(?P<sign>[xX×]){SPACE}?(?=\d)")
LONE_TIMES = re.compile(rf"[x×](?={SPACE}?\d)")
EITHER = re.compile(rf"\+/[-−–]{SPACE}?(?=\d)")
TIE_BREAK = re.compile(r"(?<=[67][-–][67])(?P<space>\s?)[(\[](?P<points>\d{1,2})[)\]]")
PLUS = re.compile(r"\+(?![\d\s]*\d)")
STAR = re.compile(r"(?<=[A-E])\*(?P<plural>s)?(?=[\s,.;:)A-E'’–-]|\Z)")
STARS = re.compile(r"(?P<number>[1-7])(?:\*|★|⭐)(?![*★⭐\d])")
SHARE = re.compile(r"%(?=\s[a-z])")
COUNTED_BEFORE = re.compile(
    r"(?:\d|[½¼¾⅓⅔)]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|zero|nil|few"
    r"|several|half an?|quarter of an?|third of an?|tenths? of an?|single|one))[\s-]?\Z",
    re.IGNORECASE,
)
SLASHED = re.compile(r"/(?=\S)")
COMPARISONS = {
    "<": "less than",
    ">": "more than",
    "≤": "at most",
    "≥": "at least",
    "<=": "at most",
    ">=": "at least",
    "≈": "about",
    "~": "about",
    "±": "plus or minus",
}
SAID = {
    "&": "and",
    "=": "equals",
    "×": "times",
    "+": "plus",
    "±": "plus or minus",
    "÷": "divided by",
    "§": "section",
    "%": "percent",
    "≈": "about",
    "@": "at",
    "°": "degrees",
    "^": "to the power of",
    "£": "pound",
    "$": "dollar",
    "€": "euro",
    "≠": "is not equal to",
}


def spaces_around(word: str, token: Token) -> str:
    """The word, parted from what it would otherwise run into."""
    left = "" if not token.before or token.before[-1].isspace() or token.before[-1] in "([“‘\"'-–—" else " "
    right = "" if not token.after or not token.after[0].isalnum() else " "
    return f"{left}{word}{right}"


def sign(token: Token) -> str | None:
    said = SAID.get(token.written)
    return spaces_around(said, token) if said else None


def is_share(token: Token) -> bool:
    """Whether "%" stands for a noun: "the % of women", not "5 %" or "half a %"."""
    apart = not token.before or token.before[-1:] in " (\u00a0“‘"
    return apart and not COUNTED_BEFORE.search(token.before)


def slashed(token: Token) -> str | None:
    """A slash between two words parts them; inside anything else it is left."""
    return None if re.search(r"(?:^|[\s–—-])\Z", token.before) else " "


def is_footnote(token: Token) -> bool:
    """Whether a mark is glued to the end of a word, as notes are."""
    last = token.before[-1:]
    if token.written[0] == "[":
        return True
    if token.written[0] in "*†‡":
        return ((last.isalpha() or last in ".,)”’\"'") and not token.after[:1].isalnum()) or not last
    return (last.isalpha() and len(re.findall(r"[^\W\d_]+\Z", token.before)[0]) > 2) or last in ".,;”’)\"'"


def at_line_start(token: Token) -> bool:
    return not token.before.strip() and token.start < 80


def times(token: Token) -> str:
    last = f" to {quantity(number(token['last']))}" if token["last"] else ""
    return f"{quantity(number(token['first']))}{last} times"


def by(token: Token) -> str:
    return f"{quantity(number(token['first']))} by "


def numbered(token: Token) -> str:
    return f"number {cardinal(int(token['number']))}"


def star(token: Token) -> str:
    """The star of a grade: "A star", "two A stars", "A star A A"."""
    return f" star{token['plural']}" + (" " if token.after[:1].isalpha() else "")


def nothing(token: Token) -> str:
    return ""


def emoji(token: Token) -> str:
    """Nothing where a picture adds to a sentence; its name where it stands for a word of it."""
    if not re.search(r"\b(?:with|a|an|the|of|or|posted|tweeted|replied|sent|wrote|emoji)\s*\Z", token.before):
        return ""
    names = (unicodedata.name(character, "").lower() for character in token.written.strip())
    return " " + " ".join(name.removesuffix(" sign") for name in names if name and "selector" not in name)


def lone_times(token: Token) -> str | None:
    """ "x2": how often; the letter of a name otherwise."""
    if token.written == "x" and re.search(r"[^\W_]\Z|[^\W\d_]\s\Z", token.before):
        return "times " if token.before[-1].isspace() and token.after[:1].isdigit() else None
    return "times "


FIRST = (
    Rule("tie-break", TIE_BREAK, lambda token: f", {cardinal(int(token['points']))}", "ms", needs="[("),
    Rule("sign", EITHER, lambda token: "plus or minus ", "m", needs="+"),
    Rule("times", LONE_TIMES, lone_times, "lm", needs="x×"),
    Rule("bullet", BULLET, nothing, starts="s", when=at_line_start),
    Rule("emoji", LEADING_EMOJI, nothing, starts="s", when=at_line_start),
    Rule("emoji", EMOJI, emoji, starts="s"),
    Rule("ellipsis", ELLIPSIS, nothing, starts="m", needs="[("),
    Rule("grade", STAR, star, starts="m", needs="*"),
    Rule("stars", STARS, lambda token: f"{cardinal(int(token['number']))} star", needs="*★⭐"),
    Rule("footnote", FOOTNOTE, nothing, starts="m", needs="[¹²³⁴⁵⁶⁷⁸⁹⁰†‡*", when=is_footnote),
    Rule("number", NUMBERED, numbered, starts="m", needs="#"),
    Rule("by", BY, by, needs="xX×"),
    Rule("times", TIMES, times, needs="xX×"),
)
RULES = (
    Rule("comparison", COMPARED, lambda token: COMPARISONS[token["sign"]] + " ", starts="m", needs="<>≤≥≈~±"),
    Rule("bracket", BRACKET, nothing, starts="m", needs="[]"),
    Rule("sign", PLUS, sign, starts="m", needs="+"),
    Rule("slash", SLASHED, slashed, starts="m", needs="/"),
    Rule("percent", SHARE, lambda token: "percentage", starts="m", needs="%", when=is_share),
    Rule("sign", SIGN, sign, starts="m"),
)
