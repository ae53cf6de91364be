"""Models from real hosts on loopback: whole or not at all, and never a wait without end."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from model_hosts import hub, listener, opening, silence, taped, trickle, zipped

from bulletin.errors import VoiceError
from bulletin.speech.coqui import fetching, hosts
from bulletin.speech.coqui.released import Released

CONFIG = json.dumps({"model": "vits"}).encode()
WEIGHTS = b"weights" * 1000
NAME = "tts_models/fr/essai/vits"


def model(*sources, **more):
    return Released(NAME, ("fr",), "MPL-2.0", sources, **more)


def left_behind(home):
    """What lies in the folder of models."""
    folder = home / "models" / "tts"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize(("ending", "packed"), [("zip", zipped), ("tar.gz", taped)])
def test_an_archive_becomes_a_model(home, host, ending, packed):
    host.files[f"/m.{ending}"] = packed({"essai/config.json": CONFIG, "essai/model_file.pth": WEIGHTS})
    told = []
    got = fetching.fetch(model(f"{host.address}/m.{ending}"), lambda *progress: told.append(progress))
    assert got.checkpoint.read_bytes() == WEIGHTS
    assert got.folder == home / "models" / "tts" / "tts_models--fr--essai--vits"
    assert told[-1] == (f"m.{ending}", len(host.files[f"/m.{ending}"]), len(host.files[f"/m.{ending}"]))
    assert left_behind(home) == ["tts_models--fr--essai--vits"]
    host.files.clear()
    assert fetching.fetch(model(f"{host.address}/m.{ending}")) == got


def test_a_vocoder_comes_with_its_model(home, host, monkeypatch):
    host.files["/m.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    vocoder = Released("vocoder_models/fr/essai/gan", (), "MPL-2.0", (f"{host.address}/m.zip",))
    monkeypatch.setattr(fetching, "named", lambda name: vocoder)
    got = fetching.fetch(model(f"{host.address}/m.zip", vocoder=vocoder.name))
    assert got.vocoder is not None
    assert got.vocoder.name == vocoder.name


def test_a_repository_of_the_hub_becomes_a_model(home, host, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", host.address)
    hub(
        host,
        "jemand/essai",
        {"config.json": CONFIG, "model.pth": WEIGHTS, ".gitattributes": b"", "samples/a.wav": b"RIFF"},
    )
    got = fetching.fetch(model("hub:jemand/essai", ignore=("samples/*",)))
    assert sorted(path.name for path in got.folder.iterdir()) == ["config.json", "model.pth"]


def test_a_wrong_checksum_leaves_nothing(home, host, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", host.address)
    hub(host, "jemand/essai", {"config.json": CONFIG, "model.pth": WEIGHTS}, {"model.pth": "0" * 64})
    with pytest.raises(VoiceError, match="its checksum is wrong"):
        fetching.fetch(model("hub:jemand/essai"))
    assert left_behind(home) == []


def test_names_from_outside_stay_inside(home, host, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", host.address)
    hub(host, "jemand/essai", {"config.json": CONFIG, "model.pth": WEIGHTS})
    listed = host.files["/api/models/jemand/essai?blobs=true"].replace(
        b"model.pth", b"samples/../../../evil.pth"
    )
    host.files["/api/models/jemand/essai?blobs=true"] = listed
    with pytest.raises(VoiceError, match="the host names a file"):
        fetching.fetch(model("hub:jemand/essai"))
    host.files["/m.zip"] = zipped({"../../config.json": CONFIG, "/etc/model.pth": WEIGHTS})
    got = fetching.fetch(model(f"{host.address}/m.zip"))
    assert {path.parent for path in got.folder.iterdir()} == {got.folder}


def test_a_download_that_ends_early_leaves_nothing(home, host):
    host.files["/m.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    host.cut = 500
    with pytest.raises(
        VoiceError, match=r"can't be fetched .*: get http.*m\.zip and put its files into .*essai"
    ):
        fetching.fetch(model(f"{host.address}/m.zip"))
    assert left_behind(home) == []


def test_a_damaged_archive_leaves_nothing(home, host):
    data = bytearray(zipped({"config.json": CONFIG, "model.pth": WEIGHTS}))
    data[150:160] = b"0123456789"
    host.files["/m.zip"] = bytes(data)
    with pytest.raises(VoiceError, match="can't be fetched"):
        fetching.fetch(model(f"{host.address}/m.zip"))
    assert left_behind(home) == []


def test_an_archive_without_a_model_is_none(home, host):
    host.files["/m.zip"] = zipped({"readme.txt": b"nothing here"})
    with pytest.raises(VoiceError, match="holds no model"):
        fetching.fetch(model(f"{host.address}/m.zip"))
    assert left_behind(home) == []


def test_what_the_host_refuses_is_said(home, host):
    with pytest.raises(VoiceError, match="the host says 404"):
        fetching.fetch(model(f"{host.address}/nothing.zip"))


def test_half_a_model_of_somebody_else_is_made_whole(home, host):
    """Coqui's own program leaves a folder behind when its download fails."""
    folder = home / "models" / "tts" / "tts_models--fr--essai--vits"
    folder.mkdir(parents=True)
    (folder / "tos_agreed.txt").write_text("yes")
    host.files["/m.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    got = fetching.fetch(model(f"{host.address}/m.zip"))
    assert got.folder == folder
    assert (folder / "tos_agreed.txt").read_text() == "yes"


@pytest.mark.parametrize("answer", [silence, trickle])
def test_a_host_that_never_answers_is_given_up(home, answer):
    with listener(answer) as address:
        start = time.monotonic()
        with pytest.raises(VoiceError, match=r"127\.0\.0\.1:\d+ does not answer within 8 s"):
            fetching.fetch(model(f"http://{address}/m.zip"))
        assert time.monotonic() - start < 10
    assert left_behind(home) == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (opening(b"Content-Length: 9000000\r\n", b"", 60), "timed out"),
        (opening(b"Content-Length: 9000000\r\n", b"x", 0.1), "the host is too slow"),
        (opening(b"", b"x" * 100_000, 0), "sends more than there can be"),
    ],
    ids=["hangs", "trickles", "never ends"],
)
def test_a_download_that_does_not_come_is_given_up(home, monkeypatch, answer, why):
    monkeypatch.setattr(hosts, "STALLED", 1.0)
    monkeypatch.setattr(fetching, "MOST_BYTES", 5_000_000)
    with listener(answer) as address:
        start = time.monotonic()
        with pytest.raises(VoiceError, match=why):
            fetching.fetch(model(f"http://{address}/m.zip"))
        assert time.monotonic() - start < 8
    assert left_behind(home) == []


def test_a_host_on_the_internet_leads_to_no_private_address(home, host, monkeypatch):
    """The internet is played by a proxy, as it is in many a company's network."""
    monkeypatch.setenv("http_proxy", host.address)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    host.leads = {
        "http://93.184.215.14/m.zip": f"{host.address}/m.zip",
        "http://93.184.215.14/n.zip": "http://169.254.169.254/latest/meta-data",
        "http://93.184.215.14/f.zip": "file:///etc/passwd",
        "http://93.184.215.14/round.zip": "http://93.184.215.14/round.zip",
    }
    for name, why in {
        "m": r"leads to the private address 127\.0\.0\.1",
        "n": r"leads to the private address 169\.254\.169\.254",
        "f": "the host says 302",
        "round": "the host says 302",
    }.items():
        with pytest.raises(VoiceError, match=why):
            fetching.fetch(model(f"http://93.184.215.14/{name}.zip"))
    assert all(path.startswith("http://93.184.215.14/") for path in host.asked)
    assert left_behind(home) == []


def test_a_mirror_at_home_may_lead_to_its_neighbours(home, host):
    host.files["/there.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    host.leads["/m.zip"] = f"{host.address}/there.zip"
    assert fetching.fetch(model(f"{host.address}/m.zip")).checkpoint.is_file()


def test_no_step_down_from_encryption():
    secure, plain = (urlsplit(f"{scheme}://93.184.215.14/m.zip") for scheme in ("https", "http"))
    assert hosts.refused(secure, plain) == "leads to 93.184.215.14 without encryption"
    assert hosts.refused(plain, secure) is None


def test_several_processes_fetch_a_model_once(home, host):
    """They wait for the first of them; locks count for threads as they do for processes."""
    host.files["/m.zip"] = zipped({"config.json": CONFIG, "model.pth": WEIGHTS})
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(fetching.fetch, [model(f"{host.address}/m.zip")] * 4))
    assert host.asked == ["/m.zip"]
    assert len(set(got)) == 1


def test_a_host_that_is_not_there_is_given_up_at_once(home):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = time.monotonic()
    with pytest.raises(VoiceError, match="refused"):
        fetching.fetch(model(f"http://127.0.0.1:{port}/m.zip"))
    assert time.monotonic() - start < 5
