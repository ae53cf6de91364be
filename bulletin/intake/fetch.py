"""Fetching an address that a stranger may have written: every dimension of it is bounded.

Size (also after decompression), total time, redirects and content kinds have limits. Only public addresses
are spoken to: the name is resolved once, the address checked, and the connection made to that very address,
so that a name can't point elsewhere between the check and the call. Every redirect is checked the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from bulletin import __version__
from bulletin.errors import SourceError, TemporarySourceError

PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown", ""})
TEMPORARY = {408, 425, 429, 500, 502, 503, 504}
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "gzip",
    "Accept-Language": "fr,en;q=0.8",
    "Connection": "close",
}
AGENT = f"Mozilla/5.0 (compatible; bulletin/{__version__}{{contact}})"
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 65_536
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """`size` in bytes after decompression (of files and stdin too), `seconds` for everything together."""

    size: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5
    kinds: frozenset[str] = PAGE_KINDS
    allow_private: bool = False
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version it sent: handed back, it need not send the same again."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: `url` after redirects, `kind` and `charset` as the server declares them.

    `unchanged` is the answer to validators that still hold; `data` is empty then.
    """

    data: bytes
    url: str
    kind: str
    charset: str | None
    validators: Validators = Validators()
    unchanged: bool = False


def fetch(url: str, limits: FetchLimits | None = None, known: Validators | None = None) -> Fetched:
    """Fetches `url`; raises SourceError with one clear line where it can't or may not.

    The work happens in a thread so that the time limit holds wherever it hangs, name resolution included.
    """
    chosen = limits or FetchLimits()
    answers: queue.Queue[Fetched | Exception] = queue.Queue()

    def work() -> None:
        try:
            answers.put(_follow(url, chosen, time.monotonic() + chosen.seconds, known or Validators()))
        except Exception as error:  # handed to the caller's thread, where it is raised
            answers.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=chosen.seconds)
    except queue.Empty:
        _too_slow(url, chosen)
    if isinstance(answer, Fetched):
        return answer
    if isinstance(answer, SourceError):
        raise answer
    if isinstance(answer, TimeoutError):
        _too_slow(url, chosen)
    raise TemporarySourceError(f"{url}: can't be fetched ({_reason(answer)})") from answer


def _follow(url: str, limits: FetchLimits, deadline: float, known: Validators) -> Fetched:
    current = url
    for _ in range(limits.redirects + 1):
        connection, response = _request(current, limits, deadline, known)
        try:
            if response.status in REDIRECTS and (target := response.getheader("Location")):
                current = urljoin(
                    current, _ascii(target.encode("latin-1", "replace").decode("utf-8", "replace"))
                )
                continue
            return _receive(response, url, current, limits, deadline)
        finally:
            response.close()
            connection.close()
    raise SourceError(f"{url}: redirects more than {limits.redirects} times")


def _request(
    url: str, limits: FetchLimits, deadline: float, known: Validators
) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    parts = _parts(url)
    host = _host(parts, url)
    port = _port(parts, url)
    address = _public_address(host, port, limits, url)
    connection = http.client.HTTPConnection(host, port)
    connection.sock = plain = socket.create_connection((address, port), timeout=_left(deadline, url, limits))
    try:
        if parts.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            connection.default_port = 443
        connection.request("GET", _target(parts), headers=_headers(limits, known))
        return connection, connection.getresponse()
    except BaseException:
        connection.close()
        raise


def _headers(limits: FetchLimits, known: Validators) -> dict[str, str]:
    """Who asks, how to reach them where a contact is given, and which version is known."""
    contact = _ascii(f"; {limits.contact}").replace("%20", " ") if limits.contact else ""
    return {"User-Agent": AGENT.format(contact=contact), **HEADERS, **known.headers()}


def _target(parts: SplitResult) -> str:
    return _ascii(parts.path or "/") + (f"?{_ascii(parts.query)}" if parts.query else "")


def _receive(
    response: http.client.HTTPResponse, url: str, final: str, limits: FetchLimits, deadline: float
) -> Fetched:
    validators = Validators(response.getheader("ETag"), response.getheader("Last-Modified"))
    if response.status == 304:
        return Fetched(b"", final, "", None, validators, unchanged=True)
    if response.status != 200:
        failure = TemporarySourceError if response.status in TEMPORARY else SourceError
        raise failure(f"{url}: the server answers {response.status} {response.reason}".rstrip())
    kind = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in limits.kinds:
        raise SourceError(f"{url}: is {kind or 'of no named kind'}, not a page")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", response.getheader("Content-Type") or "", re.I)
    data = _body(response, url, limits, deadline)
    return Fetched(data, final, kind, charset.group(1) if charset else None, validators)


def _body(response: http.client.HTTPResponse, url: str, limits: FetchLimits, deadline: float) -> bytes:
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise SourceError(f"{url}: is packed as {encoding}, which was not asked for")
    unpack = None if encoding == "identity" else zlib.decompressobj(wbits=47)
    parts: list[bytes] = []
    room = limits.size
    while chunk := response.read1(CHUNK):
        _left(deadline, url, limits)
        part = unpack.decompress(chunk, room + 1) if unpack else chunk
        room -= len(part)
        if room < 0:
            raise SourceError(f"{url}: is larger than {limits.size / 1e6:g} MB, too large for an article")
        parts.append(part)
    if response.length or (unpack and parts and not unpack.eof):  # http.client takes that for the end
        raise TemporarySourceError(f"{url}: the connection was cut off in the middle")
    return b"".join(parts)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise SourceError(f"{url}: is not a valid address") from None
    if parts.scheme not in {"http", "https"}:
        raise SourceError(f"{url}: only http and https addresses are fetched")
    return parts


def _host(parts: SplitResult, url: str) -> str:
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not host or parts.username is not None:
        raise SourceError(f"{url}: is not a valid address")
    return host


def _port(parts: SplitResult, url: str) -> int:
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise SourceError(f"{url}: is not a valid address") from None


def _public_address(host: str, port: int, limits: FetchLimits, url: str) -> str:
    """The first address of `host` that may be spoken to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise SourceError(f"{url}: the name {host} is not known (offline, or misspelt?)") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if limits.allow_private or is_public(address):
            return address
    raise SourceError(f"{url}: {host} is a private address; --allow-private permits it")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also behind IPv6 disguises of IPv4.

    >>> [is_public(a) for a in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254")]
    [True, False, False, False]
    """
    parsed = ipaddress.ip_address(address.split("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if parsed in NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast


def _left(deadline: float, url: str, limits: FetchLimits) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        _too_slow(url, limits)
    return left


def _too_slow(url: str, limits: FetchLimits) -> NoReturn:
    raise TemporarySourceError(f"{url}: took longer than {limits.seconds:g} seconds")


def _ascii(text: str) -> str:
    """Percent-encodes what an address may not hold; what is encoded already stays."""
    return quote(text, safe="/%:=&?~#+!$,;'@()*[]-._")


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:200]
