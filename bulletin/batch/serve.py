"""A folder over HTTP, with range requests, so that players can seek: tornado's file handler."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import OutputError, UsageError
from bulletin.publish.feed import AUDIO

if TYPE_CHECKING:
    from collections.abc import Callable


def serve(folder: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serves until interrupted. `ready` is told the address."""
    if not folder.is_dir():
        raise OutputError(f"{folder}: is no folder")
    try:
        asyncio.run(_serve(folder, host, port, ready))
    except OSError as error:
        raise UsageError(f"{host}:{port} can't be listened at: {error.strerror}") from error


async def _serve(folder: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    from tornado.web import Application, StaticFileHandler

    class Files(StaticFileHandler):
        """Everything but hidden files, and nothing outside the folder."""

        def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
            checked = super().validate_absolute_path(root, absolute_path)
            if "/." in (checked or "").removeprefix(root):
                self.send_error(404)
                return None
            return checked

        def get_content_type(self) -> str:
            """A machine without a list of types knows neither M4B nor FLAC."""
            return AUDIO.get(Path(self.absolute_path or "").suffix) or super().get_content_type()

    options = {"path": str(folder.resolve()), "default_filename": "index.html"}
    server = Application([(r"/(.*)", Files, options)]).listen(port, host)
    bound = next(iter(server._sockets.values())).getsockname()[1]
    ready(f"http://{host}:{bound}/")
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
    server.stop()
