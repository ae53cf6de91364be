"""Models from real hosts on loopback: whole or not at all, and never a wait without end."""

import hashlib
import io
import json
import socket
import tarfile
import threading
import time
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bulletin.errors import VoiceError
from bulletin.speech.coqui import fetching
from bulletin.speech.coqui.released import Released

CONFIG = json.dumps({"model": "vits"}).encode()
WEIGHTS = b"weights" * 1000
NAME = "tts_models/fr/essai/vits"


class Handler(BaseHTTPRequestHandler):
    """Hands over `server.files`; `server.cut` bytes of each, where that is set."""

    def do_GET(self):
        body = self.server.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: self.server.cut])

    def log_message(self, *_):
        pass


@pytest.fixture
def host():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.files, server.cut = {}, None
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@contextmanager
def listener(answer):
    """A host that takes connections and does nothing with them but `answer`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = []

        def take():
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                taken.append(connection)
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

        threading.Thread(target=take, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        for connection in taken:
            connection.close()


def silence(connection):
    """Never says anything."""


def trickle(connection):
    """A byte of a header line now and then: each is in time, and the answer never comes."""
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Wait: ")
        for _ in range(60):
            time.sleep(0.5)
            connection.sendall(b".")
    except OSError:
        pass


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def taped(files):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            item = tarfile.TarInfo(name)
            item.size = len(content)
            archive.addfile(item, io.BytesIO(content))
    return data.getvalue()


def model(*sources, **more):
    return Released(NAME, ("fr",), "MPL-2.0", sources, **more)


def left_behind(home):
    """What lies in the folder of models."""
    folder = home / "models" / "tts"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize(("ending", "packed"), [("zip", zipped), ("tar.gz", taped)])
def test_an_archive_becomes_a_model(home, host, ending, packed):
    host.files[f"/m.{ending}"] = packed({"essai/config.json": CONFIG, "essai/model_file.pth": WEIGHTS})
    told = []
    got = fetching.fetch(model(f"{host.address}/m.{ending}"), lambda *progress: told.append(progress))
    assert got.checkpoint.read_bytes() == WEIGHTS
    assert got.folder == home / "models" / "tts" / "tts_models--fr--essai--vits"
    assert told[-1] == (f"m.{ending}", len(host.files[f"/m.{ending}"]), len(host.files[f"/m.{ending}"]))
    assert left_behind(home) == ["tts_models--fr--essai--vits"]
    host.files.clear()
    assert fetching.fetch(model(f"{host.address}/m.{ending}")) == got


def test_a_vocoder_comes_with_its_model(home, host, monkeypatch):
    host.files["/m.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    vocoder = Released("vocoder_models/fr/essai/gan", (), "MPL-2.0", (f"{host.address}/m.zip",))
    monkeypatch.setattr(fetching, "named", lambda name: vocoder)
    got = fetching.fetch(model(f"{host.address}/m.zip", vocoder=vocoder.name))
    assert got.vocoder is not None
    assert got.vocoder.name == vocoder.name


def hub(host, files, checksums=None):
    """The files as the Hugging Face hub would list them and hand them over."""
    siblings = [{"rfilename": name, "size": len(content)} for name, content in files.items()]
    for item in siblings:
        content = files[item["rfilename"]]
        if item["rfilename"].endswith(".pth"):
            item["lfs"] = {
                "sha256": (checksums or {}).get(item["rfilename"], hashlib.sha256(content).hexdigest())
            }
    host.files["/api/models/jemand/essai?blobs=true"] = json.dumps({"siblings": siblings}).encode()
    for name, content in files.items():
        host.files[f"/jemand/essai/resolve/main/{name}"] = content


def test_a_repository_of_the_hub_becomes_a_model(home, host, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", host.address)
    hub(host, {"config.json": CONFIG, "model.pth": WEIGHTS, ".gitattributes": b"", "samples/a.wav": b"RIFF"})
    got = fetching.fetch(model("hub:jemand/essai", ignore=("samples/*",)))
    assert sorted(path.name for path in got.folder.iterdir()) == ["config.json", "model.pth"]


def test_a_wrong_checksum_leaves_nothing(home, host, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", host.address)
    hub(host, {"config.json": CONFIG, "model.pth": WEIGHTS}, {"model.pth": "0" * 64})
    with pytest.raises(VoiceError, match="its checksum is wrong"):
        fetching.fetch(model("hub:jemand/essai"))
    assert left_behind(home) == []


def test_names_from_outside_stay_inside(home, host, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", host.address)
    hub(host, {"config.json": CONFIG, "model.pth": WEIGHTS})
    listed = host.files["/api/models/jemand/essai?blobs=true"].replace(
        b"model.pth", b"samples/../../../evil.pth"
    )
    host.files["/api/models/jemand/essai?blobs=true"] = listed
    with pytest.raises(VoiceError, match="the host names a file"):
        fetching.fetch(model("hub:jemand/essai"))
    host.files["/m.zip"] = zipped({"../../config.json": CONFIG, "/etc/model.pth": WEIGHTS})
    got = fetching.fetch(model(f"{host.address}/m.zip"))
    assert {path.parent for path in got.folder.iterdir()} == {got.folder}


def test_a_download_that_ends_early_leaves_nothing(home, host):
    host.files["/m.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    host.cut = 500
    with pytest.raises(
        VoiceError, match=r"can't be fetched .*: get http.*m\.zip and put its files into .*essai"
    ):
        fetching.fetch(model(f"{host.address}/m.zip"))
    assert left_behind(home) == []


def test_a_damaged_archive_leaves_nothing(home, host):
    data = bytearray(zipped({"config.json": CONFIG, "model.pth": WEIGHTS}))
    data[150:160] = b"0123456789"
    host.files["/m.zip"] = bytes(data)
    with pytest.raises(VoiceError, match="can't be fetched"):
        fetching.fetch(model(f"{host.address}/m.zip"))
    assert left_behind(home) == []


def test_an_archive_without_a_model_is_none(home, host):
    host.files["/m.zip"] = zipped({"readme.txt": b"nothing here"})
    with pytest.raises(VoiceError, match="holds no model"):
        fetching.fetch(model(f"{host.address}/m.zip"))
    assert left_behind(home) == []


def test_what_the_host_refuses_is_said(home, host):
    with pytest.raises(VoiceError, match="the host says 404"):
        fetching.fetch(model(f"{host.address}/nothing.zip"))


def test_half_a_model_of_somebody_else_is_made_whole(home, host):
    """Coqui's own program leaves a folder behind when its download fails."""
    folder = home / "models" / "tts" / "tts_models--fr--essai--vits"
    folder.mkdir(parents=True)
    (folder / "tos_agreed.txt").write_text("yes")
    host.files["/m.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    got = fetching.fetch(model(f"{host.address}/m.zip"))
    assert got.folder == folder
    assert (folder / "tos_agreed.txt").read_text() == "yes"


@pytest.mark.parametrize("answer", [silence, trickle])
def test_a_host_that_never_answers_is_given_up(home, answer):
    with listener(answer) as address:
        start = time.monotonic()
        with pytest.raises(VoiceError, match=r"127\.0\.0\.1:\d+ does not answer within 8 s"):
            fetching.fetch(model(f"http://{address}/m.zip"))
        assert time.monotonic() - start < 10
    assert left_behind(home) == []


def test_a_host_that_is_not_there_is_given_up_at_once(home):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = time.monotonic()
    with pytest.raises(VoiceError, match="refused"):
        fetching.fetch(model(f"http://127.0.0.1:{port}/m.zip"))
    assert time.monotonic() - start < 5
