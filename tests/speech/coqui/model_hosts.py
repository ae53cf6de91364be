"""Hosts of models on loopback: good ones, and those that hang, trickle or never end."""

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

PIECE = 1 << 18
"""Bytes that a host sends between two pauses."""


class Handler(BaseHTTPRequestHandler):
    """Hands over `server.files`; `server.cut` bytes of each, where that is set. Also as a proxy."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path in self.server.leads:
            self.send_response(302)
            self.send_header("Location", self.server.leads[self.path])
            self.end_headers()
            return
        body = self.server.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for start in range(0, len(body[: self.server.cut]), PIECE):
            self.wfile.write(body[: self.server.cut][start : start + PIECE])
            time.sleep(self.server.pause)

    def log_message(self, *_):
        pass


@contextmanager
def running():
    """A host of models on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.files, server.leads, server.asked = {}, {}, []
    server.cut, server.pause = None, 0.0
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def hub(host, repository, files, checksums=None):
    """The files as the Hugging Face hub would list them and hand them over."""
    siblings = [{"rfilename": name, "size": len(content)} for name, content in files.items()]
    for item in siblings:
        content = files[item["rfilename"]]
        if item["rfilename"].endswith(".pth"):
            item["lfs"] = {
                "sha256": (checksums or {}).get(item["rfilename"], hashlib.sha256(content).hexdigest())
            }
    host.files[f"/api/models/{repository}?blobs=true"] = json.dumps({"siblings": siblings}).encode()
    for name, content in files.items():
        host.files[f"/{repository}/resolve/main/{name}"] = content


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


def opening(header, body, pause):
    """Answers at once, and then sends so much at a time."""

    def answer(connection):
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n" + header + b"\r\n")
            for _ in range(600):
                time.sleep(pause)
                connection.sendall(body)
        except OSError:
            pass

    return answer
