"""Fetching from a real server on loopback: what is bounded, and what is refused."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bulletin.errors import SourceError
from bulletin.intake import FetchLimits, read
from bulletin.intake.fetch import fetch, is_public

PAGE = """
<html lang=fr><head><title>Le bac de Lormont</title></head><body><h1>Le bac de Lormont reprend du service</h1>
<p>Après deux ans d'arrêt, le bac de Lormont a repris mardi ses traversées entre les deux rives.</p>
<p>« Les habitants l'attendaient », a déclaré la maire, qui a fait le premier passage avec des écoliers.</p>
</body></html>
"""
LIMITS = FetchLimits(allow_private=True, seconds=2, size=100_000)


class Handler(BaseHTTPRequestHandler):
    """Answers by path; every answer is real HTTP."""

    def log_message(self, *_):
        pass

    def answer(self, body, kind="text/html; charset=utf-8", status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        getattr(self, "path_" + self.path.strip("/").split("/")[0].replace("-", "_"))()

    def path_page(self):
        self.answer(PAGE.encode())

    def path_gzip(self):
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def path_latin(self):
        self.answer(PAGE.encode("latin-1"), kind="text/html; charset=iso-8859-1")

    def path_wrong_charset(self):
        self.answer(PAGE.encode("utf-8"), kind="text/html; charset=iso-8859-1")

    def path_redirect(self):
        self.answer(b"", status=302, Location="/page")

    def path_loop(self):
        self.answer(b"", status=302, Location="/loop")

    def path_to_file(self):
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def path_missing(self):
        self.answer(b"", status=404)

    def path_picture(self):
        self.answer(b"\x89PNG", kind="image/png")

    def path_huge(self):
        self.answer(b"<p>" + b"a " * 400_000)

    def path_bomb(self):
        self.answer(gzip.compress(b"<p>" + b"a " * 5_000_000), Content_Encoding="gzip")

    def path_packed(self):
        self.answer(b"x", Content_Encoding="br")

    def path_broken(self):
        self.answer(b"this is not gzip", Content_Encoding="gzip")

    def path_slow(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"<p>a ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def path_silent(self):
        time.sleep(4)


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize("path", ["page", "gzip", "latin", "wrong-charset", "redirect"])
def test_a_page_is_read_however_it_is_sent(server, path):
    article = read(f"{server}/{path}", fetch=LIMITS)
    assert article.title == "Le bac de Lormont reprend du service"
    assert article.paragraphs[0].text.startswith("Après deux ans d'arrêt")
    assert article.url == f"{server}/page" if path == "redirect" else f"{server}/{path}"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("loop", "redirects more than 5 times"),
        ("to-file", "only http and https"),
        ("missing", "404"),
        ("picture", "image/png"),
        ("huge", "larger than"),
        ("bomb", "larger than"),
        ("packed", "packed as br"),
        ("broken", "can't be fetched"),
        ("slow", "longer than 2 seconds"),
        ("silent", "longer than 2 seconds"),
    ],
)
def test_what_can_not_be_fetched_is_said_in_one_line_and_in_time(server, path, words):
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        read(f"{server}/{path}", fetch=LIMITS)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 3


def test_private_addresses_are_refused_unless_permitted(server):
    with pytest.raises(SourceError, match="private address"):
        read(f"{server}/page")
    with pytest.raises(SourceError, match="private address"):
        fetch(server.replace("127.0.0.1", "localhost") + "/page")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1",
     "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"],
)  # fmt: skip
def test_addresses_off_the_open_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_open_internet(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["http://", "http://user:secret@example.org/", "http://exa mple.org/", "http://[::1", "http://a:99999/"],
)
def test_addresses_that_make_no_sense(url):
    with pytest.raises(SourceError) as caught:
        read(url, fetch=LIMITS)
    assert "\n" not in str(caught.value)
