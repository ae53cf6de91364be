"""Bytes to text: marks and declarations first, then UTF-8, then what makes sense in French and English."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARATION = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
# Browsers read these labels as windows-1252 (WHATWG Encoding Standard, section 4.2).
LATIN_LABELS = {"iso8859-1", "ascii", "latin-1", "iso-8859-1", "us-ascii", "latin1"}
WESTERN = ["cp1252", "mac_roman", "cp850", "iso8859_15"]
# What French and English print beyond ASCII, and how likely: the better it fits, the likelier the reading.
COMMON = set("éèàêçîôûâùœëï«»’“”–—…\u00a0\u202f")
POSSIBLE = set("ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸäæöüÿáíñóúãåøßÁÑÓ„‘‹›•€£§°·×½¼²³©®™ºª")
ALLOWED_CONTROLS = set("\t\n\r\f\x0b\x85\x1a")


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text of `data`, or None where it is no text. `declared` is a charset named by the server."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"))
    wide = _wide_encoding(data)
    if wide:
        return _checked(data.decode(wide, errors="replace"))
    if b"\0" in data[:4096]:
        return None
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if _nearly_utf8(data, error):
            return _checked(data.decode("utf-8", errors="replace"))
    return _checked(_western(data, declared))


def _western(data: bytes, declared: str | None) -> str:
    """The reading with the most French and English letters; a declaration that fits wins ties."""
    labels = [label for label in (declared, _declaration(data)) if label]
    candidates = [encoding for label in labels if (encoding := _known(label))] + WESTERN
    sample = bytes(byte for byte in data[:400_000] if byte >= 0x80)
    best = max(candidates, key=lambda encoding: _plausibility(sample, encoding))
    return data.decode(best, errors="replace")


def _plausibility(sample: bytes, encoding: str) -> float:
    """From 0 to 1: how much of the high bytes reads as letters or signs that French or English uses."""
    text = sample.decode(encoding, errors="replace")
    points = sum(1.0 if character in COMMON else 0.3 * (character in POSSIBLE) for character in text)
    return points / max(len(text), 1)


def _declaration(data: bytes) -> str | None:
    found = DECLARATION.search(data[:4096])
    return found.group(1).decode("ascii", errors="ignore") if found else None


def _known(label: str) -> str | None:
    """Python's name of a charset label, or None for one that is unknown or no text encoding."""
    try:
        name = codecs.lookup(label.strip()).name
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return "cp1252" if name in LATIN_LABELS or label.lower() in LATIN_LABELS else name


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a zero in every other byte of Latin text."""
    head = data[:2000]
    half = len(head) // 2
    if half < 4:
        return None
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """A long valid file with a damaged byte is still UTF-8: multi-byte signs outnumber the faults."""
    lenient = data.decode("utf-8", errors="replace")
    faults = lenient.count("\ufffd")
    good = sum(ord(character) > 0x7F for character in lenient) - faults
    return good > 10 * faults


def _checked(text: str) -> str | None:
    """None where control characters show that it was no text."""
    head = text[:20_000]
    controls = sum(ord(character) < 32 and character not in ALLOWED_CONTROLS for character in head)
    unreadable = head.count("\ufffd")
    if controls > max(2, len(head) // 200) or unreadable > max(2, len(head) // 20):
        return None
    return text
