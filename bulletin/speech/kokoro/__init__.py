"""Kokoro-82M v1.0 on ONNX Runtime: the embedded voices.

`phonemes` turns text into the model's alphabet, `recipes` mixes voices from style packs, `model` holds the
network, and `engine` puts them together behind the seam.
"""

from bulletin.speech.kokoro.engine import KokoroEngine

__all__ = ["KokoroEngine"]
