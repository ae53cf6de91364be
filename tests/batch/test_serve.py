"""`bulletin serve`: a folder on loopback, for players that seek."""

import http.client
import signal
from urllib.parse import urlsplit

import pytest

CONTENT = bytes(range(256)) * 40
TYPES = {
    "b.m4b": "audio/x-m4b",
    "b.flac": "audio/flac",
    "b.vtt": "text/vtt",
    "b.page.html": "text/html",
    "b.chapters.json": "application/json",
}


@pytest.fixture
def connection(program):
    program.out.mkdir()
    (program.out / "a.mp3").write_bytes(CONTENT)
    (program.out / "index.html").write_text("<p>Bonjour</p>")
    for name in TYPES:
        (program.out / name).write_bytes(b"x")
    (program.out / ".bulletin.lock").write_text("x")
    (program.folder / "secret.txt").write_text("x")
    process = program.start("serve", program.out, "--port", "0")
    made = http.client.HTTPConnection(urlsplit(process.stdout.readline().strip()).netloc, timeout=30)
    yield made
    made.close()
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=30)[0] == ""
    assert process.returncode == 0


def asked(connection, path, **headers):
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def test_ranges_files_and_what_is_not_shown(connection):
    """Whole files, parts, the last bytes, a range beyond the end; nothing hidden, nothing outside."""
    status, body, headers = asked(connection, "/a.mp3")
    assert (status, body, headers["Accept-Ranges"]) == (200, CONTENT, "bytes")
    assert headers["Content-Type"] == "audio/mpeg"
    status, body, headers = asked(connection, "/a.mp3", Range="bytes=100-199")
    assert (status, body) == (206, CONTENT[100:200])
    assert headers["Content-Range"] == f"bytes 100-199/{len(CONTENT)}"
    assert asked(connection, "/a.mp3", Range="bytes=-16")[1] == CONTENT[-16:]
    assert asked(connection, "/a.mp3", Range=f"bytes={len(CONTENT)}-")[0] == 416
    assert b"Bonjour" in asked(connection, "/")[1]
    for name, kind in TYPES.items():
        assert asked(connection, f"/{name}")[2]["Content-Type"] == kind
    for path in ("/.bulletin.lock", "/../secret.txt", "/%2e%2e/secret.txt", "/none.mp3"):
        assert asked(connection, path)[0] in {403, 404}, path
