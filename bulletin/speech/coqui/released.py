"""The released models: those in `released.toml`, and the rest of Coqui's own list where TTS is installed."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import VoiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin.model import Gender

HUB = "hub:"
FAIRSEQ = re.compile(r"tts_models/(?P<language>[a-z-]+)/fairseq/vits")
SPEAKING, VOCODERS = "tts_models", "vocoder_models"
NOT_OURS = {"bark", "tortoise-v2"}
"""They come in several files that Coqui gets by itself, without limits; bark's are programs, not weights."""
FAIRSEQ_ARCHIVE = "https://dl.fbaipublicfiles.com/mms/tts/{language}.tar.gz"


@dataclass(frozen=True, slots=True)
class Released:
    """One model. `sources` are archives or single files, or one `hub:owner/name`.

    `terms` is the address of a licence that has to be agreed to before the model may be used.
    """

    name: str
    languages: tuple[str, ...]
    licence: str
    sources: tuple[str, ...]
    gender: Gender = "unknown"
    short: str | None = None
    terms: str | None = None
    rate: int = 0
    architecture: str = ""
    vocoder: str | None = None
    ignore: tuple[str, ...] = ()
    description: str = ""
    speakers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def folder_name(self) -> str:
        """The folder that Coqui's own programs use too."""
        return self.name.replace("/", "--")


@cache
def table() -> dict[str, Released]:
    """The models of `released.toml` by name."""
    text = (Path(__file__).parent / "released.toml").read_text(encoding="utf-8")
    return {row["name"]: from_row(row) for row in tomllib.loads(text)["model"]}


def from_row(row: dict[str, Any]) -> Released:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    speakers = {gender: tuple(names) for gender, names in row.get("speakers", {}).items()}
    facts = {**row, **lists, "speakers": speakers, "sources": (row["source"],)}
    del facts["source"]
    return Released(**facts)


def named(name: str) -> Released:
    """A released model by its name or its short name; `VoiceError` where there is none."""
    for model in table().values():
        if name in (model.name, model.short):
            return model
    if found := FAIRSEQ.fullmatch(name):
        language = found["language"]
        return Released(name, (language,), "CC-BY-NC-4.0", (FAIRSEQ_ARCHIVE.format(language=language),))
    if name in (listed := coquis_own_list()):
        return listed[name]
    raise VoiceError(f"coqui has no model {name!r}: {instead()}")


def speaking(name: str) -> Released:
    """The same, for a model that is asked to say something."""
    model = named(name)
    if model.name.startswith(VOCODERS):
        raise VoiceError(f"coqui:{name} is the vocoder of other models and says nothing itself: {instead()}")
    return model


def instead() -> str:
    known = ", ".join(model.short or model.name for model in table().values() if model.languages)
    return f"there are {known}, or give the path of a model.pth"


@cache
def coquis_own_list() -> dict[str, Released]:
    """Every model that the installed TTS lists; empty where it isn't installed. TTS is not imported."""
    spec = importlib.util.find_spec("TTS")
    if spec is None or spec.origin is None:
        return {}
    listed = json.loads((Path(spec.origin).parent / ".models.json").read_text(encoding="utf-8"))
    return {
        f"{kind}/{language}/{dataset}/{model}": from_item(f"{kind}/{language}/{dataset}/{model}", item)
        for kind, languages in listed.items()
        for language, datasets in languages.items()
        for dataset, models in datasets.items()
        for model, item in models.items()
        if kind in (SPEAKING, VOCODERS) and model not in NOT_OURS
        if "github_rls_url" in item or "repo_id" in item
    }


def from_item(name: str, item: dict[str, Any]) -> Released:
    """A model as Coqui's list describes it."""
    address = item.get("github_rls_url") or HUB + item["repo_id"]
    return Released(
        name=name,
        languages=(name.split("/")[1],),
        licence=item.get("license") or "not stated",
        sources=(address,) if isinstance(address, str) else tuple(address),
        terms="https://tts-hub.github.io/cpml" if item.get("tos_required") else None,
        vocoder=item.get("default_vocoder"),
        ignore=tuple(item.get("ignore") or ()),
    )
