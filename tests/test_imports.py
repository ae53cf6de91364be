"""The rooms import one way only, and the text side never meets the sound side."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "bulletin"
GROUND = {"errors", "model", "resources", "config", "starting"}
TEXT = {"intake", "script", "normalize"}
SOUND = {"speech", "mix", "publish"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "model": set(),
    "resources": set(),
    "starting": set(),
    "config": {"errors", "model", "resources"},
    **{room: GROUND | {room, "french"} for room in TEXT},
    **{room: GROUND | {room} for room in SOUND},
    "publish": GROUND | {"mix", "publish"},  # what was encoded is measured, and limited again where it peaks
    "french": {"starting"},
    "beside": GROUND | {"script", "french"},
    "programme": GROUND,
    "pipeline": GROUND | TEXT | SOUND | {"programme"},
    "batch": GROUND | TEXT | SOUND | {"programme", "pipeline", "batch"},
    "report": GROUND | {"pipeline"},
    "watching": set(),
    "progress": GROUND | {"pipeline", "speech"},  # engines tell of their downloads
    "cli": {"report", "progress", "beside", "watching"}
    | GROUND
    | TEXT
    | SOUND
    | {"pipeline", "batch", "cli"},
}


def rooms_imported_by(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "bulletin" and len(parts) > 1 and parts[1] != "__version__":
                rooms.add(parts[1])
    return rooms


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_before_it(path):
    """Data flows one way through the house, so imports do too."""
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if room in {"__init__", "__main__", "voices"}:
        return
    assert rooms_imported_by(path) <= MAY_IMPORT[room]
