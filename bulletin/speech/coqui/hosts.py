"""Talking to the hosts that have models: bounded in time and size, and led to no private address."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

FIRST_ANSWER = 8.0
"""Seconds in which a host has to answer, name look-up and all."""
STALLED = 20.0
"""Seconds without a byte after which a download is given up."""
SLOWEST = 5_000
"""Bytes a second, on average, below which it is given up too."""
CHUNK = 1 << 18
AGENT = {"User-Agent": "bulletin (https://pypi.org/project/bulletin)"}


class PublicRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a host to others on the internet. A mirror at a private address may name private ones."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if why_not := refused(urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)):
            fp.close()
            raise OSError(why_not)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def refused(before: SplitResult, after: SplitResult) -> str | None:
    """Why the one address may not lead to the other."""
    if (before.scheme, after.scheme) == ("https", "http"):
        return f"leads to {after.netloc} without encryption"
    if is_private(after.hostname) and not is_private(before.hostname):
        return f"leads to the private address {after.netloc}"
    return None


def is_private(host: str | None) -> bool:
    """Whether a host is on this machine or in the network around it. What nobody knows is not.

    >>> is_private("127.0.0.1"), is_private("::ffff:10.0.0.1"), is_private("93.184.215.14")
    (True, True, False)
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    return any(not (getattr(address, "ipv4_mapped", None) or address).is_global for address in addresses)


def opened(address: str) -> Any:
    """A host's answer. `TimeoutError` after `FIRST_ANSWER` seconds, whatever it is that hangs.

    The look-up of a name has no time limit of its own, and a host may send a byte now and then: hence a
    thread, which is left alone if it hangs.
    """
    answers: list[Any] = []
    given_up = threading.Event()

    def ask() -> None:
        try:
            request = urllib.request.Request(address, headers=AGENT)
            opener = urllib.request.build_opener(PublicRedirects)  # afresh, for the proxies of now
            answer = opener.open(request, timeout=STALLED)
            answer.close() if given_up.is_set() else answers.append(answer)
        except Exception as error:
            answers.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(FIRST_ANSWER)
    host = urllib.parse.urlsplit(address).netloc
    if not answers:
        given_up.set()
        raise TimeoutError(f"{host} does not answer within {FIRST_ANSWER:.0f} s")
    if isinstance(answers[0], urllib.error.HTTPError):
        answers[0].close()
        raise answers[0]
    if isinstance(answers[0], Exception):
        raise OSError(f"{host}: {trouble(answers[0])}")
    return answers[0]


def received(answer: Any, most: int) -> Iterator[bytes]:
    """What comes, as it comes. `TimeoutError` where that is too slow, `ValueError` beyond `most` bytes."""
    started, done = time.monotonic(), 0
    while chunk := answer.read1(CHUNK):
        done += len(chunk)
        if done > most:
            raise ValueError("the host sends more than there can be")
        seconds = time.monotonic() - started
        if seconds > STALLED and done < SLOWEST * seconds:
            raise TimeoutError("the host is too slow")
        yield chunk


def trouble(error: Exception) -> str:
    """What went wrong, without the library's ceremony."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(error, urllib.error.HTTPError):
        return f"the host says {error.code} {error.reason}"
    if isinstance(reason, http.client.IncompleteRead):
        return "the connection was cut off in the middle"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return " ".join(str(reason).split()) or type(error).__name__
