"""Every test has a cache, a configuration and a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Nothing a test does is seen by another, nor by the user; only the cache with its model is shared."""
    monkeypatch.setenv("BULLETIN_CONFIG", str(tmp_path_factory.mktemp("config")))
    monkeypatch.setenv("NO_COLOR", "1")
