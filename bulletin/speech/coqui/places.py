"""Where a model's files lie: in Coqui's own folders, or where the user says."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from bulletin.errors import VoiceError
from bulletin.speech.coqui.released import HUB, Released

CHECKPOINTS = ("model_file.pth", "model_file.pth.tar", "model.pth", "checkpoint.pth", "best_model.pth")
NOT_CHECKPOINTS = re.compile(
    r"(speakers?|speaker_ids|language_ids|model_se|mel_stats|dvae|speakers_xtts)\.pth(\.tar)?"
)
SAMPLED = 1 << 20
"""Bytes of each end of a checkpoint that are looked at; a zip's table of checksums stands at the end."""


@dataclass(frozen=True, slots=True)
class Model:
    """The files of one model. `vocoder` is the model that turns its spectrograms into sound."""

    name: str
    checkpoint: Path
    config: Path
    vocoder: Model | None = None

    @property
    def folder(self) -> Path:
        return self.checkpoint.parent

    @property
    def weights(self) -> int:
        """Bytes of the model's own file and its vocoder's."""
        return self.checkpoint.stat().st_size + (self.vocoder.weights if self.vocoder else 0)

    def settings(self) -> dict[str, Any]:
        return read_config(self.config)

    @property
    def kind(self) -> str:
        """The architecture, as Coqui calls it: "vits", "tacotron2", "xtts", "fairseq"…"""
        settings = self.settings()
        if "model" not in settings and (self.folder / "vocab.txt").is_file():
            return "fairseq"
        return str(settings.get("model", "")).lower()

    def fingerprint(self) -> str:
        """Changes when the model would sound different. Does not read the whole of a large file."""
        digest = hashlib.sha256(self.config.read_bytes())
        with self.checkpoint.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            digest.update(str(size).encode())
            for start in (0, max(0, size - SAMPLED)):
                file.seek(start)
                digest.update(file.read(SAMPLED))
        if self.vocoder:
            digest.update(self.vocoder.fingerprint().encode())
        return digest.hexdigest()


def read_config(path: Path) -> dict[str, Any]:
    """A model's config.json; older ones hold // comments. `VoiceError` where it makes no sense."""
    try:
        text = path.read_text(encoding="utf-8")
        try:
            config = json.loads(text)
        except ValueError:
            config = json.loads(re.sub(r"(?m)(^|\s)//.*$", "", text))
    except (OSError, ValueError) as error:
        raise VoiceError(f"the model's {path} can't be understood: {error}") from error
    if not isinstance(config, dict) or not isinstance(config.get("model_args") or {}, dict):
        raise VoiceError(f"the model's {path} holds no settings")
    return config


def models_folder() -> Path:
    """Where Coqui's programs keep what they download, ours among them. `TTS_HOME` overrides."""
    home = os.environ.get("TTS_HOME") or os.environ.get("XDG_DATA_HOME")
    return (Path(home).expanduser() if home else Path(platformdirs.user_data_dir())) / "tts"


def hub_folder(repository: str) -> Path | None:
    """The newest snapshot of a repository in the Hugging Face cache, if any."""
    home = os.environ.get("HF_HOME") or Path(platformdirs.user_cache_dir()) / "huggingface"
    cache = Path(os.environ.get("HF_HUB_CACHE") or Path(home) / "hub")
    snapshots = cache / f"models--{repository.replace('/', '--')}" / "snapshots"
    found = sorted(snapshots.glob("*"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found else None


def folders_of(model: Released) -> list[Path]:
    """The folders in which a released model may lie."""
    source = model.sources[0]
    shared = hub_folder(source.removeprefix(HUB)) if source.startswith(HUB) else None
    return [folder for folder in (models_folder() / model.folder_name, shared) if folder and folder.is_dir()]


def present(model: Released, vocoder: Model | None = None) -> Model | None:
    """A released model's files, or None where it isn't here whole."""
    for folder in folders_of(model):
        checkpoint, config = checkpoint_in(folder), config_in(folder)
        if checkpoint and config:
            return Model(model.name, checkpoint, config, vocoder)
    return None


def checkpoint_in(folder: Path) -> Path | None:
    """The weights: under one of the usual names, else the only file that can be them."""
    usual = [folder / name for name in CHECKPOINTS if (folder / name).is_file()]
    others = [path for path in sorted(folder.glob("*.pth*")) if not NOT_CHECKPOINTS.fullmatch(path.name)]
    return usual[0] if usual else others[0] if len(others) == 1 else None


def config_in(folder: Path) -> Path | None:
    path = folder / "config.json"
    return path if path.is_file() else None


def local(path: Path) -> Model:
    """A model of the user's own: the file or its folder, config.json beside it, a vocoder in `vocoder/`."""
    path = path.expanduser()
    checkpoint = checkpoint_in(path) if path.is_dir() else path
    if checkpoint is None or not checkpoint.is_file():
        raise VoiceError(f"coqui:{path}: there is no model.pth")
    config = config_in(checkpoint.parent)
    if config is None:
        raise VoiceError(f"coqui:{path}: its config.json is missing; it belongs beside the model")
    folder = checkpoint.parent / "vocoder"
    vocoder = local(folder) if folder.is_dir() else None
    return Model(str(path), checkpoint.resolve(), config.resolve(), vocoder)
