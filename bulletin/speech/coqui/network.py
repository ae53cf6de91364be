"""A model in torch, loaded by Coqui's own code and spoken through its own `synthesize`."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bulletin.errors import BulletinError, SpeechError, VoiceError
from bulletin.model import Clip
from bulletin.speech.coqui import cloning, library, settings
from bulletin.speech.coqui.speakers import chosen_language, chosen_speaker
from bulletin.speech.coqui.text import CLEANERS, ESPEAK, LOWER, Fitting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin.model import Samples
    from bulletin.speech.coqui.names import Asked
    from bulletin.speech.coqui.places import Model

FILES = {
    "audio.stats_path": ("scale_stats.npy",),
    "d_vector_file": ("speakers.json", "speakers.pth"),
    "speakers_file": ("speaker_ids.json", "speaker_ids.pth", "speakers.json", "speakers.pth"),
    "speaker_file": (),
    "language_ids_file": ("language_ids.json",),
    "speaker_encoder_model_path": ("model_se.pth", "model_se.pth.tar"),
    "speaker_encoder_config_path": ("config_se.json",),
    "tokenizer_file": ("vocab.json",),
}
"""Where a config.json names other files, and what these are usually called."""
LIMITS = {"tacotron": 200, "tacotron2": 200, "capacitron": 200, "neuralhmm_tts": 300, "overflow": 300}
"""Signs after which an architecture loses its way; XTTS has a limit for each language."""
USUAL_LIMIT = 500
XTTS_USUAL_LIMIT = 200
PHONEME_SYMBOLS = "TTS.tts.utils.text.characters.IPAPhonemes"


class Network:
    """A loaded model."""

    def __init__(self, model: Model) -> None:
        self.model, self.kind = model, model.kind
        self.torch = library.torch()
        self.device = library.device()
        try:
            with library.quiet():
                self.synthesizer = loaded(model)
                self.synthesizer.to(self.device)
        except BulletinError:
            raise
        except Exception as error:
            raise VoiceError(
                f"coqui:{model.name} does not load; its files are damaged or for another version "
                f"({library.brief(error)})"
            ) from error
        self.network = self.synthesizer.tts_model
        self.rate = int(self.synthesizer.output_sample_rate)
        self.fitting = self.fittings()
        self.usual_length_scale = getattr(self.network, "length_scale", None)

    def fittings(self) -> Fitting:
        """What the text must look like; from here on the model's own tokenizer only counts symbols."""
        tokenizer: Any = getattr(self.network, "tokenizer", None)
        if not hasattr(tokenizer, "text_cleaner"):
            return Fitting()
        fitting = fitting_of(self.model.settings(), set(tokenizer.characters.vocab))
        if tokenizer.phonemizer is not None:
            return Fitting()
        tokenizer.text_cleaner = None
        return fitting

    @property
    def speakers(self) -> list[str]:
        manager = getattr(self.network, "speaker_manager", None)
        return [str(name) for name in manager.name_to_id] if manager else []

    def limit(self, language: str) -> int:
        """How many signs the model says in one go."""
        limits = getattr(getattr(self.network, "tokenizer", None), "char_limits", None)
        if limits:
            return int(limits.get(language, XTTS_USUAL_LIMIT))
        return LIMITS.get(self.kind, USUAL_LIMIT)

    def say(self, text: str, asked: Asked, *, language: str, speed: float) -> Clip:
        """One sentence or part of one, within the limit."""
        words = self.fitting.fit(text)
        speaker = self.speaker(asked)
        arguments: dict[str, Any] = {"speaker": speaker, "language": self.language(language)}
        if self.kind == "xtts":
            arguments["speed"] = speed
        with library.quiet(), self.torch.inference_mode():
            self.torch.manual_seed(settings.seed())
            np.random.seed(settings.seed())
            with self.paced(speed) as leftover:
                samples = self.spoken(words, arguments)
        return Clip(stretched(samples, leftover), self.rate)

    def spoken(self, words: str, arguments: dict[str, Any]) -> Samples:
        """The model's samples, through its vocoder where it has one.

        Not the synthesizer's, which appends half a second of silence and ends at the first long pause.
        """
        vocoder = self.synthesizer.vocoder_model
        try:
            said = self.network.synthesize(
                words, voice_dir=self.synthesizer.voice_dir, use_griffin_lim=vocoder is None, **arguments
            )
            if vocoder is not None:
                mel = said["outputs"]["model_outputs"][0]
                sound = self.synthesizer._run_vocoder(mel, self.device).detach().cpu().numpy()
            else:
                sound = said["wav"]
        except Exception as error:
            raise SpeechError(
                f"coqui:{self.model.name} could not say {words!r} ({library.brief(error)})"
            ) from error
        samples = np.asarray(sound, dtype=np.float32).reshape(-1)
        if not np.isfinite(samples).all():
            raise SpeechError(f"coqui:{self.model.name} made noise of {words!r}")
        return np.clip(samples, -1.0, 1.0)

    @contextlib.contextmanager
    def paced(self, speed: float) -> Iterator[float]:
        """The model at that speed; yields what is left to be done to the sound."""
        if self.kind == "xtts" or speed == 1.0:
            yield 1.0
            return
        if self.usual_length_scale is None:
            yield speed
            return
        self.network.length_scale = self.usual_length_scale / speed
        try:
            yield 1.0
        finally:
            self.network.length_scale = self.usual_length_scale

    def speaker(self, asked: Asked) -> str | None:
        """The speaker's name as the model knows it. `VoiceError` where it knows none of that name."""
        if asked.sample:
            return cloning.speaker(self.network, asked.sample, self.model, self.synthesizer)
        if self.kind == "xtts" and not self.speakers:
            raise VoiceError(f"coqui:{asked.model} has no speakers: write coqui:{asked.model}@RECORDING.wav")
        return chosen_speaker(asked, self.speakers)

    def language(self, language: str) -> str | None:
        """The model's own name for the language; None for a model that has one language only."""
        names: Sequence[str] = self.network.language_manager.language_names
        if self.kind == "xtts":
            names = self.network.config.languages
        if len(names) <= 1:
            return None
        return chosen_language(self.model.name, language, names)


def fitting_of(config: dict[str, Any], symbols: set[str]) -> Fitting:
    """What a config.json says about text."""
    steps = CLEANERS.get(str(config.get("text_cleaner")), frozenset({LOWER}))
    sounds = config.get("use_phonemes") and config.get("phonemizer") in ESPEAK
    language = str(config.get("phoneme_language") or "en-us") if sounds else None
    return Fitting(steps, frozenset(symbols), language)


def loaded(model: Model) -> Any:
    """Coqui's synthesizer with the model in it, and its vocoder."""
    from TTS.utils.synthesizer import Synthesizer

    with tempfile.TemporaryDirectory(prefix="bulletin-") as scratch:
        if model.kind == "fairseq":
            return fairseq(model)
        vocoder = model.vocoder
        return Synthesizer(
            tts_checkpoint=model.folder if model.kind == "xtts" else model.checkpoint,
            tts_config_path=moved_config(model, Path(scratch) / "config.json"),
            vocoder_checkpoint=vocoder.checkpoint if vocoder else None,
            vocoder_config=moved_config(vocoder, Path(scratch) / "vocoder.json") if vocoder else None,
        )


def fairseq(model: Model) -> Any:
    """Meta's MMS voices, which Coqui recognises by a path that must hold the word."""
    from TTS.utils.synthesizer import Synthesizer

    class Fairseq(Synthesizer):  # type: ignore[misc]
        def _load_tts(self, checkpoint: Path, _: Path, *, use_cuda: bool) -> None:
            self._load_fairseq(checkpoint, use_cuda=use_cuda)

    return Fairseq(tts_checkpoint=model.checkpoint, tts_config_path=model.config)


def moved_config(model: Model, target: Path) -> Path:
    """The model's settings with the paths of the files that lie beside it now, written to `target`."""
    config = model.settings()
    for field, usual in FILES.items():
        for table, key in holders(config, field):
            if table.get(key):
                table[key] = found_beside(model.folder, table[key], usual)
    if config.get("use_phonemes") and config.get("phonemizer") in ESPEAK:
        config["use_phonemes"] = False
        characters = config.get("characters") or {}
        config["characters"] = {**characters, "characters_class": symbols_class(config, characters)}
    target.write_text(json.dumps(config), encoding="utf-8")
    return target


def symbols_class(config: dict[str, Any], characters: dict[str, Any]) -> str:
    """The class that Coqui would take for the model's phonemes."""
    if given := characters.get("characters_class"):
        return str(given)
    return "TTS.tts.models.vits.VitsCharacters" if config.get("model") == "vits" else PHONEME_SYMBOLS


def holders(config: dict[str, Any], field: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The tables of a config.json that may hold the field: itself, or one below; and the model's."""
    *above, key = field.split(".")
    for table in (config.get(above[0]) if above else config, config.get("model_args")):
        if isinstance(table, dict) and key in table:
            yield table, key


def found_beside(folder: Path, value: Any, usual: Sequence[str]) -> Any:
    """The path of the file of that name beside the model, else of a usual name; else as it was."""
    named = value[0] if isinstance(value, list) else value
    for name in (Path(str(named).replace("\\", "/")).name, *usual):
        if name and (folder / name).is_file():
            path = str(folder / name)
            return [path] if isinstance(value, list) else path
    return value


def stretched(samples: Samples, speed: float) -> Samples:
    """Faster or slower at the same pitch, for models that can't do it themselves."""
    if speed == 1.0:
        return samples
    import librosa

    changed: Samples = librosa.effects.time_stretch(samples, rate=speed).astype(np.float32)
    return changed
