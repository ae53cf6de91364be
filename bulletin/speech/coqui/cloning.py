"""A voice from a recording: what the model makes of it is computed once and kept in the cache."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from bulletin.errors import VoiceError
from bulletin.resources import cache_folder
from bulletin.speech.coqui import library
from bulletin.speech.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin.speech.coqui.places import Model

XTTS_SETTINGS = {"gpt_cond_len", "gpt_cond_chunk_len", "max_ref_len", "sound_norm_refs"}
SHORTEST = 1.0
"""Seconds of speech below which a recording tells nothing about a voice."""


def sample_key(sample: Path) -> str:
    """What is in the recording. `VoiceError` where it can't be read."""
    try:
        return hashlib.sha256(sample.read_bytes()).hexdigest()[:32]
    except OSError as error:
        raise VoiceError(f"the recording {sample} can't be read: {error.strerror}") from error


def speaker(network: Any, sample: Path, model: Model, synthesizer: Any) -> str:
    """The name under which the synthesizer finds the cloned voice."""
    if not can_clone(network, model):
        raise cannot(model.name)
    key = sample_key(sample)
    folder = cache_folder() / "coqui" / "clones" / model.fingerprint()[:32]
    if not (folder / f"{key}.pth").is_file():
        write_whole(folder / f"{key}.pth", computed(network, sample, model))
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
    check(sample)
    settings = {}
    if model.kind == "xtts":
        settings = {key: network.config[key] for key in XTTS_SETTINGS}
        settings["max_ref_length"] = settings.pop("max_ref_len")
    with library.quiet():
        voice = network.clone_voice(str(sample), **settings)
    file = io.BytesIO()
    library.torch().save(voice, file)
    return file.getvalue()


def check(sample: Path) -> None:
    """`VoiceError` where the recording is no sound, or too short."""
    import soundfile

    try:
        seconds = soundfile.info(str(sample)).duration
    except (RuntimeError, OSError) as error:
        raise VoiceError(f"the recording {sample} is no sound file that can be read (WAV, FLAC)") from error
    if seconds < SHORTEST:
        raise VoiceError(f"the recording {sample} lasts {seconds:.1f} s: give at least 6 s of clear speech")
