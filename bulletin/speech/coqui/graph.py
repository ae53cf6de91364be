"""A VITS in ONNX Runtime: faster than torch on a processor, and nothing of Coqui has to be imported."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bulletin.errors import SpeechError, VoiceError
from bulletin.model import Clip
from bulletin.speech.coqui import settings
from bulletin.speech.coqui.cloning import cannot
from bulletin.speech.coqui.exporting import FACTS, GRAPH, folder_of
from bulletin.speech.coqui.speakers import chosen_language, chosen_speaker
from bulletin.speech.coqui.text import Fitting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bulletin.speech.coqui.names import Asked
    from bulletin.speech.coqui.places import Model

LIMIT = 500
"""Signs said in one go; memory grows with them."""
FRAMES_PER_SYMBOL = 30
"""As much noise as hardly any sentence needs; where it does, it is given more."""
MOST_FRAMES = 200_000


class Graph:
    """A loaded export."""

    def __init__(self, model: Model) -> None:
        folder = folder_of(model)
        self.model, self.path = model, folder / GRAPH
        try:
            self.facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise VoiceError(f"the exported coqui:{model.name} in {folder} is damaged: delete it") from error
        self.fitting = Fitting(
            frozenset(self.facts["steps"]), frozenset(self.facts["symbols"]), self.facts["phonemes"]
        )
        self.rate = int(self.facts["rate"])

    @cached_property
    def session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = settings.threads()
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(str(self.path), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise VoiceError(f"the exported {self.path} does not load: delete its folder") from error

    def limit(self, language: str) -> int:
        return LIMIT

    def say(self, text: str, asked: Asked, *, language: str, speed: float) -> Clip:
        """One sentence or part of one, within the limit."""
        words = self.fitting.fit(text)
        numbers = self.numbers(words)
        if not numbers:
            raise SpeechError(f"coqui:{self.model.name} has no sounds for {text!r}")
        noise, length, duration_noise = self.facts["scales"]
        inputs = {
            "input": np.array([numbers], dtype=np.int64),
            "input_lengths": np.array([len(numbers)], dtype=np.int64),
            "scales": np.array([noise, length / speed, duration_noise], dtype=np.float32),
            **self.who(asked),
            **self.tongue(language),
        }
        return Clip(np.clip(self.run(inputs, len(numbers)), -1.0, 1.0), self.rate)

    def numbers(self, words: str) -> list[int]:
        """The symbols' numbers, with the model's blanks between them and its signs at the ends."""
        symbols, blank, ends = self.facts["symbols"], self.facts["blank"], self.facts["ends"]
        found = [symbols[word] for word in words if word in symbols]
        if not found:
            return []
        if blank is not None:
            spaced = [blank] * (2 * len(found) + 1)
            spaced[1::2] = found
            found = spaced
        return [ends[0], *found, ends[1]] if ends else found

    def who(self, asked: Asked) -> dict[str, NDArray[np.int64]]:
        if asked.sample:
            raise cannot(self.model.name)
        speakers: dict[str, int] = self.facts["speakers"]
        name = chosen_speaker(asked, list(speakers))
        return {"sid": np.array([speakers[name]], dtype=np.int64)} if name is not None else {}

    def tongue(self, language: str) -> dict[str, NDArray[np.int64]]:
        languages: dict[str, int] = self.facts["languages"]
        if not languages:
            return {}
        only = next(iter(languages)) if len(languages) == 1 else None
        name = only or chosen_language(self.model.name, language, list(languages))
        return {"langid": np.array([languages[name]], dtype=np.int64)}

    def run(self, inputs: dict[str, Any], symbols: int) -> NDArray[np.float32]:
        """Samples, shape (n,). The same seed gives the same noise, however much of it is needed."""
        frames = FRAMES_PER_SYMBOL * symbols
        while True:
            noises = {name: self.noise(name, max(frames, symbols)) for name in self.facts["noises"]}
            try:
                sound: NDArray[np.float32] = self.session.run(["output"], {**inputs, **noises})[0]
            except Exception as error:
                if frames < MOST_FRAMES:
                    frames *= 8
                    continue
                raise SpeechError(f"coqui:{self.model.name} could not say a sentence: {error}") from error
            return sound.reshape(-1)

    def noise(self, name: str, frames: int) -> NDArray[np.float32]:
        """Shape (1, channels, frames); a longer one begins like a shorter one."""
        channels = self.facts["channels"][name]
        drawn = np.random.default_rng(settings.seed()).standard_normal((frames, channels), dtype=np.float32)
        return np.ascontiguousarray(drawn.T)[None]
