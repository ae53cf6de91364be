"""Where things lie: what ships with the program, and what it keeps for the user."""

import os
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).parent


def voices_folder() -> Path:
    """Casts, style packs and lexicons: inside an installed package, beside it in a checkout."""
    installed = PACKAGE / "voices"
    return installed if installed.is_dir() else PACKAGE.parent / "voices"


def cache_folder() -> Path:
    """Models and voiced sentences, all of which can be made again. `BULLETIN_CACHE` overrides."""
    return Path(os.environ.get("BULLETIN_CACHE") or platformdirs.user_cache_dir("bulletin"))


def config_folder() -> Path:
    """The user's own lexicons, casts and `bulletin.toml`. `BULLETIN_CONFIG` overrides."""
    return Path(os.environ.get("BULLETIN_CONFIG") or platformdirs.user_config_dir("bulletin"))
