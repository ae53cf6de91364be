"""A VITS model out of torch, once: Coqui's own ONNX export, made repeatable, with all that speaking needs.

ONNX Runtime draws its random numbers in the order of what it was asked before, so that the same sentence
would sound different every time. The graph's two random nodes are replaced by inputs, cut to the length
that the graph finds out while it runs.
"""

from __future__ import annotations

import contextlib
import json
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.resources import cache_folder
from bulletin.speech.coqui import library
from bulletin.speech.coqui.text import ESPEAK
from bulletin.speech.files import one_at_a_time

if TYPE_CHECKING:
    from bulletin.speech.coqui.network import Network
    from bulletin.speech.coqui.places import Model

log = logging.getLogger(__name__)

GRAPH, FACTS = "model.onnx", "model.json"
FORMAT = 1
"""Changes when exported models are to be made again."""
KINDS = ("vits", "fairseq")
NOISES = {"/duration_predictor/": "duration_noise", "": "sound_noise"}
"""Where a random node stands, and what its input is called; the first that fits."""


def folder_of(model: Model) -> Path:
    """Where the export of exactly this model lies."""
    return cache_folder() / "coqui" / "onnx" / f"{model.fingerprint()[:32]}.{FORMAT}"


def is_exported(model: Model) -> bool:
    return (folder_of(model) / FACTS).is_file()


def is_tried(model: Model) -> bool:
    """Whether it was exported, or can't be."""
    return folder_of(model).is_dir() or not can_be_exported(model)


def export(model: Model) -> bool:
    """Export the model unless that was tried before; False where it can't be: then it speaks in torch.

    Nothing half-written: the folder appears whole, and empty where the export failed.
    """
    folder = folder_of(model)
    with one_at_a_time(cache_folder() / "locks" / folder.name), contextlib.suppress(OSError):
        if not is_tried(model):
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".part-") as scratch:
                part = Path(scratch) / "whole"
                part.mkdir()
                exported_into(part, model)
                part.rename(folder)
    return is_exported(model)


def can_be_exported(model: Model) -> bool:
    """Whether all that tells the model's speakers apart is a number, which is what the export can carry."""
    settings = model.settings()
    arguments = {**settings, **(settings.get("model_args") or {})}
    vectors = arguments.get("use_d_vector_file") or arguments.get("speaker_encoder_model_path")
    readable = not settings.get("use_phonemes") or settings.get("phonemizer") in ESPEAK
    return model.kind in KINDS and readable and not vectors


def exported_into(folder: Path, model: Model) -> None:
    from bulletin.speech.coqui.network import Network

    network = Network(model)
    try:
        with library.quiet():
            network.network.cpu().export_onnx(str(folder / GRAPH), verbose=False)
            noises = with_noise_inputs(folder / GRAPH)
    except OSError:  # no room: another time perhaps
        raise
    except Exception as error:  # whatever torch's exporter and onnx raise: the model speaks in torch then
        log.info("coqui:%s can't be exported: %s", model.name, error)
        (folder / GRAPH).unlink(missing_ok=True)
        return
    facts = {**facts_of(network), "noises": noises}
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def facts_of(network: Network) -> dict[str, Any]:
    """All that speaking needs beside the graph."""
    model, tokenizer = network.network, network.network.tokenizer
    characters, languages = tokenizer.characters, model.language_manager
    several = languages.num_languages > 0 and model.embedded_language_dim > 0
    return {
        "symbols": {symbol: characters.char_to_id(symbol) for symbol in characters.vocab},
        "blank": tokenizer.blank_id if tokenizer.add_blank else None,
        "ends": [characters.bos_id, characters.eos_id] if tokenizer.use_eos_bos else None,
        "steps": sorted(network.fitting.steps),
        "phonemes": network.fitting.phonemes,
        "speakers": dict(model.speaker_manager.name_to_id) if model.speaker_manager else {},
        "languages": dict(languages.name_to_id) if several else {},
        "channels": {"duration_noise": 2, "sound_noise": int(model.args.hidden_channels)},
        "scales": [
            float(model.inference_noise_scale),
            float(model.length_scale),
            float(model.inference_noise_scale_dp),
        ],
        "rate": network.rate,
    }


def with_noise_inputs(path: Path) -> list[str]:
    """Rewrites the graph's random nodes; the names of the inputs that it has now in their place."""
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(str(path))
    graph = model.graph
    names = []
    graph.initializer.append(helper.make_tensor("bulletin_zeros", TensorProto.INT64, [3], [0, 0, 0]))
    for place, node in [(i, node) for i, node in enumerate(graph.node) if node.op_type == "RandomNormalLike"]:
        name = next(name for part, name in NOISES.items() if part in node.name)
        names.append(name)
        graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, None, None]))
        shape = helper.make_node("Shape", [node.input[0]], [f"{name}_shape"])
        cut = helper.make_node("Slice", [name, "bulletin_zeros", f"{name}_shape"], list(node.output))
        graph.node.remove(node)
        graph.node.insert(place, cut)
        graph.node.insert(place, shape)
        assert len(set(names)) == len(names), "each random node has an input of its own"
    onnx.save(model, str(path))
    return names
