"""What stands after "coqui:" in a voice: a model, and a speaker of it or a recording to imitate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import VoiceError

FORM = re.compile(r"(?P<model>[^#@]+)(?:#(?P<speaker>.+)|@(?P<sample>.+))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """`model` is a released model's name or a path; `sample` is the recording of a voice to clone."""

    model: str
    speaker: str | None = None
    sample: Path | None = None


def parse(voice: str) -> Asked:
    """
    >>> parse("xtts_v2#Ana Florence").speaker
    'Ana Florence'
    >>> parse("xtts_v2@voices/me.wav").sample
    PosixPath('voices/me.wav')
    """
    found = FORM.fullmatch(voice)
    if not found:
        raise VoiceError(
            f"coqui:{voice} names no voice: write coqui:MODEL, coqui:MODEL#SPEAKER or coqui:MODEL@RECORDING"
        )
    sample = Path(found["sample"]).expanduser() if found["sample"] else None
    return Asked(found["model"], found["speaker"], sample)


def looks_like_a_path(model: str) -> bool:
    """Whether the user means a file or folder of their own.

    >>> looks_like_a_path("voices/me/model.pth"), looks_like_a_path("tts_models/fr/css10/vits")
    (True, False)
    """
    return (
        model.endswith((".pth", ".pt", ".tar")) or model.startswith((".", "/", "~")) or Path(model).exists()
    )
