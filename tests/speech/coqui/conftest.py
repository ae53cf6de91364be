"""Models for the tests, built once; tests that need the extra are skipped where it isn't installed."""

import importlib.util
import os

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
# Small layers on several threads wait for one another, for minutes where the machine is busy.

REQUIRED = "BULLETIN_TEST_COQUI"
"""Set by `make test-coqui`: a missing extra is a failure then."""


def pytest_collection_modifyitems(items):
    if importlib.util.find_spec("TTS") is not None or os.environ.get(REQUIRED):
        return
    for item in items:
        if item.get_closest_marker("coqui"):
            item.add_marker(pytest.mark.skip(reason='needs pip install -e ".[coqui]"'))


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """A folder of models: `single`, `several` (anne, paul), `tongues` (en, fr-fr), `sounds`, `tacotron`,
    `imitating` (anne, paul, and who is in a recording), `mms`.
    """
    import coqui_models

    folder = tmp_path_factory.mktemp("models")
    coqui_models.vits(folder / "single")
    coqui_models.vits(folder / "several", speakers=("anne", "paul"))
    coqui_models.vits(folder / "tongues", languages=("en", "fr-fr"), size=coqui_models.PLAIN_VITS)
    coqui_models.sounding_vits(folder / "sounds")
    coqui_models.tacotron(folder / "tacotron")
    coqui_models.imitating_vits(folder / "imitating", rate=16000)
    coqui_models.fairseq(folder / "mms")
    return folder


@pytest.fixture(scope="session")
def xtts(tmp_path_factory):
    """A small XTTS with one built-in speaker."""
    import coqui_models

    return coqui_models.xtts(tmp_path_factory.mktemp("models") / "xtts")


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home, with Coqui's own folders in it."""
    for name, folder in {
        "HOME": "home",
        "TTS_HOME": "home/models",
        "HF_HOME": "home/hub",
        "BULLETIN_CACHE": "home/cache",
        "BULLETIN_CONFIG": "home/config",
    }.items():
        monkeypatch.setenv(name, str(tmp_path / folder))
    for name in ("COQUI_TOS_AGREED", "BULLETIN_DEVICE", "BULLETIN_SEED", "HF_HUB_CACHE", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def engine(home, shared_cache, monkeypatch):
    """An engine that finds what other tests exported."""
    monkeypatch.setenv("BULLETIN_CACHE", str(shared_cache))
    from bulletin.speech.coqui import CoquiEngine

    return CoquiEngine()


@pytest.fixture
def host():
    """A host of models on loopback."""
    import model_hosts

    with model_hosts.running() as server:
        yield server
