"""A news site on loopback whose feed and pages a test can change, break and slow down."""

import contextlib
import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LINES = (
    "Le conseil du port s'est réuni jeudi pour parler de l'avenir des quais de l'ouest.",
    "Les travaux commenceront au printemps et dureront deux ans, a précisé la mairie.",
    "Les pêcheurs garderont leurs places pendant tout le chantier, du matin au soir.",
)


def page(title, *, extra=""):
    """An article page, long enough to be taken for one."""
    body = "".join(f"<p>{title} : {line}</p>" for line in LINES)
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<html lang='fr'>{head}<body><article><h1>{title}</h1>{body}{extra}</article></body></html>"


def rss(entries):
    """A feed of (guid, title, link, summary)."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>{link}</link>"
        f"<description>{summary}</description><pubDate>Mon, 23 Nov 2026 0{n % 9}:00:00 GMT</pubDate></item>"
        for n, (guid, title, link, summary) in enumerate(entries)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Port</title>{items}</channel></rss>"


class Site:
    """Answers by path: a text, bytes, or a function that is given the handler."""

    def __init__(self, host="127.0.0.1"):
        self.answers = {}
        self.asked = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                answer = site.answers.get(self.path)
                if callable(answer):
                    answer(self)
                elif answer is None:
                    self.send_error(404)
                else:
                    self.reply(answer)

            def reply(self, content, status=200, **headers):
                data = content if isinstance(content, bytes) else content.encode()
                kind = "application/rss+xml" if "feed" in self.path else "text/html; charset=utf-8"
                self.send_response(status)
                for name, value in {"Content_Type": kind, "Content_Length": len(data), **headers}.items():
                    self.send_header(name.replace("_", "-"), str(value))
                self.end_headers()
                with contextlib.suppress(ConnectionError):  # whoever asked may be gone
                    self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://{host}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def paths(self):
        return [path for path, _ in self.asked]

    def publish(self, *names, feed="/feed.xml", summary="brève"):
        """A feed with a page for each name."""
        for name in names:
            self.answers.setdefault(f"/{name}", page(f"Nouvelle {name}"))
        entries = [(name, f"Nouvelle {name}", f"{self.url}/{name}", summary) for name in names]
        self.answers[feed] = rss(entries)


def slowly(seconds):
    def answer(handler):
        time.sleep(seconds)
        handler.reply(page("Trop tard"))

    return answer


def bomb(handler):
    """A hundred megabytes of nothing in a hundred kilobytes."""
    handler.reply(gzip.compress(b"<p>" + b" " * 100_000_000), Content_Encoding="gzip")
