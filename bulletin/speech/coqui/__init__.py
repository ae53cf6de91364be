"""Coqui TTS behind the seam: released models, models of one's own, and cloned voices.

names      what stands after "coqui:"                      released   the models Coqui and others released
places     where a model's files lie                       fetching   getting them there, whole or not at all
consent    licences that must be agreed to                 settings   device, seed, threads
text       spoken text fitted to a model's letters         phonemes   the same for models that read sounds
library    importing torch and TTS safely and quietly      network    a model in torch
graph      a VITS in ONNX Runtime, without torch           exporting  how it gets there
hosts      asking for files: in time, from public hosts    cloning    voices from recordings
engine     all of it as one engine
"""

from bulletin.speech.coqui.engine import CoquiEngine, fetch

__all__ = ["CoquiEngine", "fetch"]
