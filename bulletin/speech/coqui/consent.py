"""Licences that have to be agreed to before a model may be used: XTTS and its CPML.

Nobody is ever asked: a program that waits for an answer at night has no bulletin in the morning. The user
agrees by an option, once, or by `COQUI_TOS_AGREED=1` as with Coqui's own programs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bulletin.errors import UsageError
from bulletin.resources import config_folder
from bulletin.speech.coqui.places import folders_of
from bulletin.speech.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin.speech.coqui.released import Released

COQUIS_FILE = "tos_agreed.txt"
VARIABLE = "COQUI_TOS_AGREED"


def kept_at(model: Released) -> Path:
    """The file that remembers the user's consent."""
    return config_folder() / "agreed" / f"{model.folder_name}.txt"


def agreed(model: Released) -> bool:
    """Whether the model may be used as far as its licence goes."""
    if model.terms is None or os.environ.get(VARIABLE) == "1" or kept_at(model).is_file():
        return True
    return any((folder / COQUIS_FILE).is_file() for folder in folders_of(model))


def require(model: Released) -> None:
    """`UsageError` with the licence's address where nobody agreed to it."""
    if not agreed(model):
        name = model.short or model.name
        raise UsageError(
            f"coqui:{name} is under the {model.licence}, which allows no commercial use ({model.terms}): "
            f"agree with `bulletin voices fetch coqui:{name} --accept-licence`, or {VARIABLE}=1"
        )


def remember(model: Released) -> None:
    """The user has agreed."""
    if model.terms:
        write_whole(kept_at(model), f"The user has agreed to {model.terms}\n".encode())
