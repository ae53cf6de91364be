"""Addresses of the network: e-mail, URL, @handle, #hashtag, file names."""

import re

from bulletin.normalize.en.tables import WORDS
from bulletin.normalize.en.words import cardinal, spelled
from bulletin.normalize.tokens import Rule, Token

DOMAIN_ENDS = WORDS["domain_ends"]
FILE_ENDS = WORDS["file_ends"]
LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
EMAIL = re.compile(rf"[\w][\w.+%-]{{0,63}}@(?:{LABEL}\.){{1,5}}[^\W\d_]{{2,24}}(?![\w@])")
URL = re.compile(
    rf"(?:https?://|www\.)(?:{LABEL}\.){{0,6}}{LABEL}(?::\d{{2,5}})?(?:/[\w\-./~%+?=&#:@!]{{0,300}})?(?<![.,:!?])",
    re.IGNORECASE,
)
DOMAIN = re.compile(
    rf"(?:{LABEL}\.){{1,5}}(?:{'|'.join(DOMAIN_ENDS)})(?![\w@])(?:/[\w\-./~%+?=&#:@!]{{0,300}})?(?<![.,:!?])",
    re.IGNORECASE,
)
HANDLE = re.compile(r"@(?P<name>\w{1,50})(?:\.(?P<more>[a-z]{2,20})(?![^\W_]))?")
HASHTAG = re.compile(r"[#＃](?P<name>\w*[^\W\d_]\w*)")
FILE = re.compile(rf"[^\W_][\w-]{{0,60}}\.(?:{'|'.join(FILE_ENDS)})(?![\w])", re.IGNORECASE)
EXTENSION = re.compile(
    rf"\.(?P<end>{'|'.join((*FILE_ENDS, 'com', 'gov', 'org', 'net', 'edu', 'uk', 'eu'))})(?![\w])"
)
SIGNS = {
    ".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", "?": "question mark", "=": "equals",
    "&": "and", "#": "hash", "%": "percent", "+": "plus", "~": "tilde", ":": "colon", "!": "exclamation mark",
}  # fmt: skip
PARTS = re.compile(r"\d+|[^\W\d_]+|[^\s]")


def spoken(address: str) -> str:
    """
    >>> spoken("news.desk@example.org")
    'news dot desk at example dot org'
    """
    return " ".join(part_said(part) for part in PARTS.findall(address))


def part_said(part: str) -> str:
    if part.isdecimal():
        return number_said(part)
    if part == "www":
        return "w w w"
    return SIGNS.get(part, part)


def number_said(digits: str) -> str:
    return cardinal(int(digits)) if len(digits) < 3 and digits[0] != "0" else spelled(digits)


def address(token: Token) -> str:
    return spoken(token.written)


def url(token: Token) -> str:
    """Without "https://", which nobody says, and a slash at its end."""
    return spoken(re.sub(r"\Ahttps?://", "", token.written, flags=re.IGNORECASE).rstrip("/"))


def is_domain(token: Token) -> bool:
    """Whether dots part names rather than sentences: "Rovers.In" and "no.It" are faults of spacing."""
    end = re.split(r"/", token.written)[0].rpartition(".")[2]
    if not re.search(r"[^\W\d_]", token.written.rpartition(".")[0]) or token.before[-1:] in ("@", "."):
        return False
    return end.islower() and (
        end
        not in (
            "in",
            "it",
            "me",
            "no",
            "us",
            "at",
            "be",
            "de",
            "is",
            "live",
            "news",
            "co",
            "ac",
            "tv",
            "ai",
            "io",
            "co",
            "info",
            "app",
            "int",
            "mil",
        )
        or (token.written.islower() and len(token.written) > 5)
        or end in ("tv", "ai", "io", "co", "app", "info")
    )


def words_of(name: str) -> str:
    """The words that a name runs together.

    >>> words_of("SaveOurPier"), words_of("COP28"), words_of("bbc_news")
    ('Save Our Pier', 'COP twenty-eight', 'bbc underscore news')
    """
    parts = re.findall(r"[A-Z]+s?(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+|_|[^\W_]", name)
    return " ".join(
        "underscore" if part == "_" else year_or_number(part) if part.isdecimal() else part for part in parts
    )


def year_or_number(digits: str) -> str:
    from bulletin.normalize.en.words import year

    return year(int(digits)) if len(digits) == 4 and digits[:2] in ("19", "20") else number_said(digits)


def handle(token: Token) -> str:
    more = f" dot {token['more']}" if token["more"] else ""
    return f"at {words_of(token['name'])}{more}"


def hashtag(token: Token) -> str:
    return f"hashtag {words_of(token['name'])}"


def is_handle(token: Token) -> bool:
    return not token.before[-1:].isalnum()


RULES = (
    Rule("email", EMAIL, address, starts="dlu", needs="@"),
    Rule("url", URL, url, starts="lu", needs=":."),
    Rule("file", FILE, address, starts="dlu", needs="."),
    Rule("url", DOMAIN, url, starts="dlu", needs=".", when=is_domain),
    Rule("handle", HANDLE, handle, starts="m", needs="@", when=is_handle),
    Rule("hashtag", HASHTAG, hashtag, starts="m", needs="#＃", when=is_handle),
    Rule("file", EXTENSION, lambda token: f"dot {token['end']}", starts="m", needs=".", when=is_handle),
)
