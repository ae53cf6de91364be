"""Addresses of the network, in any language that gives its words for the signs in them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.normalize.tokens import Rule, Token

TOP_LEVEL = (
    "fr|com|org|net|eu|info|gouv|io|be|ch|ca|uk|us|de|es|it|lu|tv|fm|ai|co|gov|edu|int|bzh|paris|alsace|corsica|re|"
    "nc|pf|mc|ma|dz|tn|sn|ci|ml|ru|ua|pl|pt|nl|se|no|dk|fi|at|cz|gr|ie|jp|cn|in|br|mx|ar|au|nz|za|app|dev|blog|news|"
    "media|radio|museum|shop|online|site|xyz|biz|me|cat|asso|press|live|social|club"
)
LABEL = r"[a-z0-9À-ÿ](?:[a-z0-9À-ÿ_-]{0,62}[a-z0-9À-ÿ])?"
HOST = rf"(?:{LABEL}\.){{1,6}}(?:{TOP_LEVEL})(?![\w-]|\.\w)"
PATH = r"(?:[/?#](?:[\w\-.~:/?#@!$&*+;=%]{0,200}[\w/=])?)?"
WORD_END = r"(?![\w@])"

EMAIL = re.compile(
    rf"(?:mailto:)?(?P<local>[\w.+%-]{{1,64}})@(?P<host>(?:{LABEL}\.){{1,6}}[a-z]{{2,15}})(?!\w)", re.I
)
URL = re.compile(
    rf"(?P<scheme>https?://)(?P<host>[\w.-]{{1,200}}\w)(?::(?P<port>\d+))?(?P<path>{PATH})", re.I
)
DOMAIN = re.compile(rf"(?P<host>{HOST})(?P<path>{PATH})", re.I)
HANDLE = re.compile(r"@(?P<name>[^\W²³¹⁰-₟¼-¾]{1,50})(?!\w)")
HASHTAG = re.compile(r"#(?P<name>[^\W²³¹⁰-₟¼-¾]{1,100})")
FILE = re.compile(
    r"(?P<stem>[\w-]{1,80}(?:\.[\w-]{1,40}){0,3})\.(?P<extension>pdf|docx?|xlsx?|pptx?|txt|csv|zip|jpe?g|png|gif|mp[34]|avi|mov|"
    r"exe|html?|xml|json|odt|ods|md|py|js|wav|epub|apk|iso|tar|gz)(?![\w])",
    re.I,
)
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])|(?<=[A-ZÀ-Ý])(?=[A-ZÀ-Ý][a-zà-ÿ])")


@dataclass(frozen=True)
class Signs:
    """How a language reads addresses: its words for the signs, how it says digits, what it says before
    a hashtag's name, and the letters that are named one by one ("www")."""

    words: Mapping[str, str]
    digits: Callable[[str], str]
    hashtag: str = "hashtag"
    spelled: frozenset[str] = frozenset({"www"})


def rules(signs: Signs) -> tuple[Rule, ...]:
    """The rules for addresses, with the words of a language."""

    def said(part: Callable[[Token], str]) -> Callable[[Token], str]:
        return lambda token: read_out(part(token), signs)

    return (
        Rule("email", EMAIL, said(lambda token: f"{token['local']}@{token['host']}"), "dlu", needs="@"),
        Rule("url", URL, said(host_and_path), "lu", needs=":"),
        Rule("url", DOMAIN, said(host_and_path), "dlu", needs=".", when=is_domain),
        Rule("file", FILE, said(lambda token: token.written), "dlu", needs="."),
        Rule("handle", HANDLE, said(lambda token: token.written), "m", needs="@", when=stands_free),
        Rule("hashtag", HASHTAG, lambda token: hashtag(token, signs), "m", needs="#", when=stands_free),
    )


def host_and_path(token: Token) -> str:
    """What is read of an address: no scheme, no query, no last slash."""
    path = re.split(r"[?#]", token["path"])[0].rstrip("/")
    return token["host"] + path


def is_domain(token: Token) -> bool:
    """ "lemonde.fr", not "M.Co" or the end of one sentence glued to the next."""
    host = token["host"]
    top = host.rpartition(".")[2]
    return (
        top.islower()
        and not re.search(r"[@\w]\Z", token.before)
        and not (host[0].isupper() and top in {"me", "no", "re", "in", "de", "es", "at"})
    )


def stands_free(token: Token) -> bool:
    """No word before it."""
    return not re.search(r"[\w&]\Z", token.before)


def read_out(address: str, signs: Signs) -> str:
    """An address with its signs as words: "contact arobase exemple point fr"."""
    spoken = []
    for part in re.findall(r"[^\W_]+|[\W_]", address):
        if part in signs.words:
            spoken.append(signs.words[part])
        elif part.lower() in signs.spelled:
            spoken.append(" ".join(part))
        else:
            spoken.append(digits_apart(part, signs))
    return " ".join(spoken)


def digits_apart(word: str, signs: Signs) -> str:
    """Digits inside an address, in words."""
    return re.sub(r"[0-9]+", lambda match: f" {signs.digits(match.group())} ", word).strip()


def hashtag(token: Token, signs: Signs) -> str:
    """ "#MeToo" as "hashtag MeToo"."""
    name = token["name"].replace("_", " ")
    name = digits_apart(name, signs)
    return f"{signs.hashtag} {name}".strip()
