"""A voice from a recording: what the model makes of it is computed once and kept in the cache."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from bulletin.errors import OutputError, VoiceError
from bulletin.resources import cache_folder
from bulletin.speech.coqui import library
from bulletin.speech.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin.speech.coqui.places import Model

XTTS_SETTINGS = {"gpt_cond_len", "gpt_cond_chunk_len", "max_ref_len", "sound_norm_refs"}
SHORTEST = 1.0
"""Seconds of speech below which a recording tells nothing about a voice."""
LONGEST = 600.0
"""Seconds beyond which it is no recording for this purpose: models look at all of it at once."""
SILENT = 10 ** (-60 / 20)
"""A peak below which nobody speaks."""


def sample_key(sample: Path) -> str:
    """What is in the recording. `VoiceError` where it can't be read, or is none of a voice."""
    try:
        key = hashlib.sha256(sample.read_bytes()).hexdigest()[:32]
    except OSError as error:
        raise VoiceError(f"the recording {sample} can't be read: {error.strerror}") from error
    check(sample, key)
    return key


def speaker(network: Any, sample: Path, model: Model, synthesizer: Any) -> str:
    """The name under which the synthesizer finds the cloned voice."""
    if not can_clone(network, model):
        raise cannot(model.name)
    key = sample_key(sample)
    folder = cache_folder() / "coqui" / "clones" / model.fingerprint()[:32]
    if not (folder / f"{key}.pth").is_file():
        voice = computed(network, sample, model)
        try:
            write_whole(folder / f"{key}.pth", voice)
        except OSError as error:
            raise OutputError(f"the voice of {sample} can't be kept in {folder}: {error.strerror}") from error
    synthesizer.voice_dir = folder
    return key


def can_clone(network: Any, model: Model) -> bool:
    """XTTS can, and models that bring an encoder of speakers."""
    manager = getattr(network, "speaker_manager", None)
    return model.kind == "xtts" or getattr(manager, "encoder", None) is not None


def cannot(name: str) -> VoiceError:
    return VoiceError(f"coqui:{name} can't imitate a recording: use xtts_v2 or your_tts")


def computed(network: Any, sample: Path, model: Model) -> bytes:
    """The voice as Coqui keeps it in a file."""
    settings = {}
    if model.kind == "xtts":
        settings = {key: network.config[key] for key in XTTS_SETTINGS}
        settings["max_ref_length"] = settings.pop("max_ref_len")
    with library.quiet():
        voice = network.clone_voice(str(sample), **settings)
    file = io.BytesIO()
    library.torch().save(voice, file)
    return file.getvalue()


@lru_cache
def check(sample: Path, key: str) -> None:
    """`VoiceError` where the recording is no sound, damaged, too short, too long or silent."""
    library.require()
    import soundfile

    asked = "give 6 to 30 s of clear speech"
    try:
        seconds = soundfile.info(sample).duration
        if not SHORTEST <= seconds <= LONGEST:
            raise VoiceError(f"the recording {sample} lasts {seconds:.1f} s: {asked}")
        sound, _ = soundfile.read(sample, dtype="float32")
    except (RuntimeError, OSError) as error:
        raise VoiceError(f"the recording {sample} is no sound file that can be read (WAV, FLAC)") from error
    if not np.abs(sound).max(initial=0.0) > SILENT:
        raise VoiceError(f"nothing is heard in the recording {sample}: {asked}")
