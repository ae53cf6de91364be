"""Getting released models: bounded in time, checked, and whole or not at all.

Coqui's own downloads wait for ever on a host that never answers, and leave half of a model behind.
"""

from __future__ import annotations

import fnmatch
import hashlib
import http.client
import json
import os
import shutil
import tarfile
import tempfile
import urllib.parse
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bulletin.errors import VoiceError
from bulletin.resources import cache_folder
from bulletin.speech.coqui.hosts import CHUNK, opened, received, trouble
from bulletin.speech.coqui.places import Model, checkpoint_in, config_in, models_folder, present, read_config
from bulletin.speech.coqui.released import HUB, Released, named
from bulletin.speech.engine import silent
from bulletin.speech.files import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin.speech.engine import Progress

MOST_BYTES = 20 * 1000**3
"""No model's file is as large as this."""
MOST_LISTED = 4_000_000
"""Bytes of a hub's list of files."""
TROUBLE = (OSError, http.client.HTTPException, zipfile.BadZipFile, tarfile.TarError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class Download:
    """One file to get. `path` is where it goes in the model's folder; an archive is unpacked there."""

    address: str
    path: str
    size: int = 0
    sha256: str | None = None


def fetch(model: Released, progress: Progress = silent) -> Model:
    """The model's files and its vocoder's, downloaded if need be. `VoiceError` says what to put where."""
    vocoder = fetch(named(model.vocoder), progress) if model.vocoder else None
    with one_at_a_time(cache_folder() / "locks" / model.folder_name):
        return present(model, vocoder) or downloaded(model, vocoder, progress)


def downloaded(model: Released, vocoder: Model | None, progress: Progress) -> Model:
    target = models_folder() / model.folder_name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".part-") as scratch:
            part = Path(scratch) / model.folder_name
            part.mkdir()
            for download in downloads(model):
                get(download, part, progress)
            check(part)
            put(part, target)
    except TROUBLE as error:
        raise VoiceError(
            f"coqui:{model.short or model.name} can't be fetched ({trouble(error)}): get {page(model)} "
            f"and put its files into {target}, or try again"
        ) from error
    found = present(model, vocoder)
    if found is None:
        raise VoiceError(f"coqui:{model.name} was fetched, and {target} holds no model")
    return found


def page(model: Released) -> str:
    """Where a person finds the files."""
    source = model.sources[0]
    return f"{hub()}/{source.removeprefix(HUB)}" if source.startswith(HUB) else source


def hub() -> str:
    """The Hugging Face hub, or the mirror of it that `HF_ENDPOINT` names."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def downloads(model: Released) -> Iterator[Download]:
    for source in model.sources:
        if source.startswith(HUB):
            yield from hub_files(source.removeprefix(HUB), model.ignore)
        else:
            yield Download(source, urllib.parse.urlsplit(source).path.rpartition("/")[2])


def hub_files(repository: str, ignore: tuple[str, ...]) -> Iterator[Download]:
    """The files of a repository with the sizes and checksums that the hub gives."""
    with opened(f"{hub()}/api/models/{repository}?blobs=true") as answer:
        listed = json.loads(b"".join(received(answer, MOST_LISTED)))["siblings"]
    for item in listed:
        name = str(item["rfilename"])
        if name.startswith(".") or any(fnmatch.fnmatch(name, pattern) for pattern in ignore):
            continue
        large = item.get("lfs") or {}
        address = f"{hub()}/{repository}/resolve/main/{urllib.parse.quote(name)}"
        yield Download(address, name, int(item.get("size") or 0), large.get("sha256"))


def get(download: Download, folder: Path, progress: Progress) -> None:
    """One file into the folder, its length and checksum checked, an archive unpacked."""
    path = inside(folder, download.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    done = 0
    with opened(download.address) as answer, path.open("wb") as file:
        size = download.size or int(answer.headers.get("Content-Length") or 0)
        for chunk in received(answer, MOST_BYTES):
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            progress(download.path, done, size)
    if size and done != size:
        raise EOFError(f"{download.path} ended after {done} of {size} bytes")
    if download.sha256 and digest.hexdigest() != download.sha256:
        raise ValueError(f"{download.path} is damaged: its checksum is wrong")
    unpack(path, folder)


def inside(folder: Path, name: str) -> Path:
    """A file of the folder; names from outside never lead out of it."""
    path = (folder / name).resolve()
    if not name or not path.is_relative_to(folder.resolve()):
        raise ValueError(f"the host names a file {name!r}")
    return path


def unpack(path: Path, folder: Path) -> None:
    """An archive's files into the folder, without the folders that they lie in; other files stay."""
    if path.name.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for item in archive.infolist():
                if not item.is_dir():
                    pour(archive.open(item), item.filename, folder)
    elif path.name.endswith((".tar.gz", ".tgz")):
        with tarfile.open(path) as archive_of_tapes:
            for member in archive_of_tapes:
                if member.isfile() and (file := archive_of_tapes.extractfile(member)):
                    pour(file, member.name, folder)
    else:
        return
    path.unlink()


def pour(source: IO[bytes], name: str, folder: Path) -> None:
    bare = name.replace("\\", "/").rpartition("/")[2]
    if bare and not bare.startswith("."):
        with source, (folder / bare).open("wb") as target:
            shutil.copyfileobj(source, target, CHUNK)


def check(folder: Path) -> None:
    """Whether it is a model. `ValueError` where it isn't, `VoiceError` where its settings make no sense."""
    config = config_in(folder)
    if checkpoint_in(folder) is None or config is None:
        raise ValueError("the download holds no model")
    read_config(config)


def put(part: Path, target: Path) -> None:
    """The folder under its own name, at once. What an older, broken attempt left there is kept beside."""
    if target.is_dir():
        for leftover in target.iterdir():
            if not (part / leftover.name).exists():
                leftover.rename(part / leftover.name)
        shutil.rmtree(target)
    part.rename(target)
