"""What RSS 2.0, Apple's podcast tags and the podcast namespace ask of a feed, as a table, and its faults.

Sources: the RSS 2.0 specification; Apple's "A podcaster's guide to RSS"; the tags' pages of the podcast
namespace (podcastindex.org/namespace/1.0) and its JSON chapters, version 1.2.0; RFC 2822 for dates, RFC 5646
for languages. An element that the table doesn't know is a fault.
"""

import json
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

import webvtt
from lxml import etree

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
ANY = r"(?s).*\S.*"
ADDRESS = r"https?://[!-~]+"
DATE = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s]+"
MEDIA = "podcast|music|video|film|audiobook|newsletter|blog|publisher|course|mixed"
MANY = 1_000_000


@dataclass(frozen=True)
class Rule:
    """How often an element may stand in its parent, and what its text and attributes look like.

    An attribute with a question mark at its name may be left out; others that are not named are faults.
    """

    least: int = 1
    most: int = 1
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


RULES = {
    "channel": {
        "title": Rule(text=ANY),
        "link": Rule(text=ADDRESS),
        "description": Rule(text=r"(?s).{1,4000}"),
        "language": Rule(text=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
        "generator": Rule(0, text=ANY),
        "pubDate": Rule(0, text=DATE),
        "item": Rule(0, MANY, text=r"\s*"),
        f"{ATOM}link": Rule(0, MANY, attributes={"href": ADDRESS, "rel": "self", "type": r"\w+/[\w+.-]+"}),
        f"{ITUNES}author": Rule(text=ANY),
        f"{ITUNES}explicit": Rule(text="true|false"),
        f"{ITUNES}type": Rule(0, text="episodic|serial"),
        f"{ITUNES}category": Rule(1, MANY, attributes={"text": r"[A-Z][\w &;,'-]+"}),
        f"{ITUNES}image": Rule(attributes={"href": rf"{ADDRESS}\.(png|jpg|jpeg)"}),
        f"{ITUNES}owner": Rule(0, text=r"\s*"),
        f"{PODCAST}guid": Rule(text=UUID),
        f"{PODCAST}locked": Rule(0, text="yes|no", attributes={"owner?": EMAIL}),
        f"{PODCAST}medium": Rule(0, text=f"({MEDIA})L?"),
        f"{PODCAST}txt": Rule(0, MANY, text=r"(?s).{1,4000}", attributes={"purpose?": r".{1,128}"}),
    },
    f"{ITUNES}owner": {f"{ITUNES}name": Rule(0, text=ANY), f"{ITUNES}email": Rule(text=EMAIL)},
    "item": {
        "title": Rule(text=ANY),
        "link": Rule(0, text=ADDRESS),
        "description": Rule(text=r"(?s).{1,4000}"),
        "pubDate": Rule(text=DATE),
        "guid": Rule(text=ANY, attributes={"isPermaLink?": "true|false"}),
        "enclosure": Rule(attributes={"url": ADDRESS, "length": r"[1-9]\d*", "type": r"audio/[\w.+-]+"}),
        f"{ITUNES}duration": Rule(0, text=r"\d+"),
        f"{ITUNES}explicit": Rule(0, text="true|false"),
        f"{PODCAST}transcript": Rule(
            0,
            MANY,
            attributes={
                "url": ADDRESS,
                "type": "text/plain|text/html|text/vtt|application/json|application/x-subrip",
                "language?": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
                "rel?": "captions",
            },
        ),
        f"{PODCAST}chapters": Rule(0, attributes={"url": ADDRESS, "type": r"application/json\+chapters"}),
    },
}


def faults(content, read):
    """Everything that is wrong with a feed. `read` gives the bytes behind an address, or None."""
    root = etree.fromstring(content)
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        return ["it is no RSS 2.0 with one channel"]
    channel = root[0]
    found = [fault for parent in RULES for element in root.iter(parent) for fault in of_children(element)]
    guids = [item.findtext("guid") for item in channel.iter("item")]
    if len(set(guids)) < len(guids):
        found.append("two episodes have the same guid")
    found += [f"{date.text}: another weekday" for date in root.iter("pubDate") if not is_right_day(date.text)]
    found += [fault for item in channel.iter("item") for fault in of_files(item, read)]
    disclosed = [
        txt.text for txt in channel.findall(f"{PODCAST}txt") if txt.get("purpose") == "ai-disclosure"
    ]
    for item in channel.iter("item"):
        if not any(text and text in (item.findtext("description") or "") for text in disclosed):
            found.append(f"{item.findtext('title')}: says nowhere that its voices are synthetic")
    return found


def of_children(element):
    """Of one element: what it holds against the table."""
    rules = RULES[element.tag]
    tags = [child.tag for child in element]
    yield from (f"{tag} in {element.tag} is not known" for tag in set(tags) - set(rules))
    for tag, rule in rules.items():
        if not rule.least <= tags.count(tag) <= rule.most:
            yield f"{element.tag} has {tags.count(tag)} {tag}"
        for child in element.findall(tag):
            if not re.fullmatch(rule.text, child.text or ""):
                yield f"{tag} can't be {child.text!r}"
            yield from of_attributes(child, rule)


def of_attributes(element, rule):
    known = {name.rstrip("?"): (pattern, name.endswith("?")) for name, pattern in rule.attributes.items()}
    yield from (f"{element.tag} has an unknown {name}" for name in set(element.keys()) - set(known))
    for name, (pattern, optional) in known.items():
        value = element.get(name)
        if not (value is None and optional) and not re.fullmatch(pattern, value or ""):
            yield f"{element.tag} has {name}={value!r}"


def is_right_day(text):
    """RFC 2822: the name of the day, if there is one, is that of the date."""
    try:
        return parsedate_to_datetime(text).strftime("%a") == text[:3]
    except ValueError:
        return False


def of_files(item, read):
    """The files that an episode names: there, as long as it says, and of the kind that it says."""
    audio = item.find("enclosure")
    content = read(audio.get("url", "")) if audio is not None else b""
    if content is None or (audio is not None and str(len(content)) != audio.get("length")):
        yield f"{audio.get('url')}: its length is another"
    told = item.findtext(f"{ITUNES}duration") or ""
    seconds = int(told) if told.isdecimal() else 0
    for linked in (*item.findall(f"{PODCAST}transcript"), *item.findall(f"{PODCAST}chapters")):
        content, kind = read(linked.get("url", "")), linked.get("type")
        if content is None or kind not in READERS or not READERS[kind](content, seconds):
            yield f"{linked.get('url')}: is no {kind}"


def is_vtt(content, seconds):
    try:
        return len(webvtt.from_string(content.decode())) > 0 and content.startswith(b"WEBVTT")
    except (webvtt.errors.MalformedFileError, UnicodeDecodeError):
        return False


def is_html(content, seconds):
    return content.lower().startswith(b"<!doctype html>")


def is_chapters(content, seconds):
    """Version 1.2.0: chapters in order, inside the sound, each with a start and a title."""
    try:
        told = json.loads(content)
        starts = [chapter["startTime"] for chapter in told["chapters"]]
        ends = [chapter.get("endTime", 0) for chapter in told["chapters"]]
        titled = all(chapter["title"].strip() for chapter in told["chapters"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    inside = bool(starts) and starts[0] >= 0 and max(*starts, *ends) <= seconds + 1
    return told.get("version") == "1.2.0" and titled and inside and starts == sorted(set(starts))


READERS = {"text/vtt": is_vtt, "text/html": is_html, "application/json+chapters": is_chapters}


def reader_of(folder, base):
    """Reads the files of a folder that is reached under `base`, and nothing else."""

    def read(url):
        path = folder / unquote(url.removeprefix(base))
        return path.read_bytes() if url.startswith(base) and path.is_file() else None

    return read
