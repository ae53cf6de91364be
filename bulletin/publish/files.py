"""Files appear whole or not at all: written under a temporary name beside their place, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bulletin.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "it may not be written there",
    errno.EPERM: "it may not be written there",
    errno.EROFS: "the file system is read-only",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "its folder is not a folder",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Whatever the system says against writing `path` becomes one line."""
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise OutputError(f"{path} can't be written: {reason}") from error


def refuse(paths: tuple[Path, ...], *, force: bool) -> None:
    """OutputError where one of the files can't be put in its place; nothing is written or made."""
    for path in paths:
        if path.is_dir():
            raise OutputError(f"{path} can't be written: it is a folder")
        if path.exists() and not force:
            raise OutputError(f"{path} is there already: --force replaces it, or choose another name")
        folder = path.parent
        if not folder.is_dir():
            reason = "its folder is not a folder" if folder.exists() else "the folder does not exist"
            raise OutputError(f"{path} can't be written: {reason}")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OutputError(f"{path} can't be written: it may not be written there")


def _to_disk(path: Path, final: Path) -> None:
    """Waits until a file, or a folder's list of names, is where a power cut leaves it."""
    with explained(final):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Staging:
    """A set of files that appear together: staged under temporary names, renamed when all are whole.

    Whatever fails before the last rename leaves no file of the set that was not there before.
    """

    def __init__(self, *, durable: bool = False) -> None:
        """`durable`: after `commit`, a power cut doesn't take the files back."""
        self.durable = durable
        self._staged: list[tuple[Path, Path]] = []
        self._scratch: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def path(self, final: Path) -> Path:
        """Where to write what shall become `final`; the extension stays, for encoders that look at it."""
        number = f"{os.getpid()}.{len(self._staged)}"
        temporary = final.with_name(f".{final.stem[:40]}.{number}.part{final.suffix}")
        self._staged.append((temporary, final))
        return temporary

    def write(self, final: Path, content: bytes) -> None:
        with explained(final):
            self.path(final).write_bytes(content)

    def scratch(self, final: Path, suffix: str, content: bytes) -> Path:
        """A file that is needed while `final` is made, and goes with the temporary ones."""
        with explained(final):
            temporary = final.with_name(f".{final.stem[:40]}.{os.getpid()}.part{suffix}")
            self._scratch.append(temporary)
            temporary.write_bytes(content)
        return temporary

    def commit(self) -> tuple[Path, ...]:
        """Renames the last staged first: the audio, staged first, never stands alone."""
        made: list[Path] = []
        if self.durable:
            for temporary, final in self._staged:
                _to_disk(temporary, final)
        try:
            for temporary, final in reversed(self._staged):
                new = not final.exists()
                with explained(final):
                    temporary.replace(final)
                if new:
                    made.append(final)
        except OutputError:
            for final in made:
                final.unlink(missing_ok=True)
            raise
        if self.durable:
            for folder in {final.parent for _, final in self._staged}:
                _to_disk(folder, folder)
        return tuple(final for _, final in self._staged)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for temporary in (*self._scratch, *(staged for staged, _ in self._staged)):
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
