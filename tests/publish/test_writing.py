"""Files as a player, a tagger and a second meter read them; all of them, or none."""

import gc
import os
import re
import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp3 import MP3, BitrateMode
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.wave import WAVE

from bulletin import publish
from bulletin.errors import OutputError, UsageError
from bulletin.mix.decoding import decode
from bulletin.publish.encoding import FORMATS, encode

CODECS = {
    ".mp3": "mp3float",
    ".m4a": "aac",
    ".m4b": "aac",
    ".opus": "opus",
    ".flac": "flac",
    ".wav": "pcm_s16le",
}


def opened(path):
    """What PyAV, which brings its own ffmpeg, finds in the file."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(stream)]
        return (
            stream.codec_context.name,
            stream.rate,
            stream.channels,
            np.concatenate(frames),
            dict(stream.metadata),
        )


def ebur128(path):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(path)]
    command += ["-vn", "-af", "ebur128=peak=true", "-f", "null", "-"]
    log = subprocess.run(command, capture_output=True, check=True).stderr.decode()
    return {
        key: float(re.search(rf"\b{key}:\s+(-?[\d.]+)", log[log.rindex("Summary:") :])[1])
        for key in ("I", "Peak")
    }


@pytest.fixture(scope="module", params=list(FORMATS))
def written(request, bulletin, tmp_path_factory):
    return publish.write(bulletin, tmp_path_factory.mktemp("out") / f"essai{request.param}")


def test_every_format_decodes_to_the_whole_programme(written, bulletin):
    codec, rate, channels, samples, _ = opened(written.files[0])
    assert codec.startswith(CODECS[written.files[0].suffix].removesuffix("float"))
    assert channels == 1
    assert samples.size / rate == pytest.approx(bulletin.samples.size / bulletin.rate, abs=0.12)
    assert written.seconds == pytest.approx(bulletin.samples.size / bulletin.rate, abs=0.06)


def test_what_the_encoder_lets_us_hear_is_what_a_player_decodes(bulletin, tmp_path):
    """To the last sample; only AAC's last frame may be cut where the file says that the sound ends."""
    for suffix in FORMATS:
        path = tmp_path / f"a{suffix}"
        heard = encode(bulletin.samples, bulletin.rate, path, bitrate=96)
        played = decode(path)
        assert abs(heard.samples.size - played.size) <= (1024 if suffix in {".m4a", ".m4b"} else 0)
        shorter = min(heard.samples.size, played.size)
        assert np.array_equal(heard.samples[:shorter], played[:shorter])


def test_every_file_is_at_its_loudness_by_two_meters(written):
    theirs = ebur128(written.files[0])
    assert written.loudness.integrated == pytest.approx(-16, abs=0.3)
    assert theirs["I"] == pytest.approx(-16, abs=0.3)
    assert written.loudness.true_peak <= -1.0
    assert theirs["Peak"] <= -0.9  # it prints one decimal


def test_tags_say_what_it_is_and_that_the_voices_are_synthetic(written, bulletin):
    path = written.files[0]
    if path.suffix in {".mp3", ".wav"}:
        tags = ID3(path) if path.suffix == ".mp3" else WAVE(path).tags
        assert tags.version == (2, 3, 0)
        assert tags["TXXX:AI-generated"].text == ["yes"]
        found = [str(tags[key]) for key in ("TIT2", "TPE1", "TALB", "TLAN")]
        comment, date = tags["COMM::fra"].text[0], str(tags["TDRC"])
    elif path.suffix in {".m4a", ".m4b"}:
        tags = MP4(path).tags
        found = [tags[key][0] for key in ("©nam", "©ART", "©alb")]
        found.append(bytes(tags["----:com.apple.iTunes:LANGUAGE"][0]).decode())
        assert bytes(tags["----:com.apple.iTunes:AI-generated"][0]) == b"yes"
        comment, date = tags["©cmt"][0], tags["©day"][0]
    else:
        tags = FLAC(path).tags if path.suffix == ".flac" else OggOpus(path).tags
        found = [tags[key][0] for key in ("title", "artist", "album", "language")]
        assert tags["ai-generated"] == ["yes"]
        comment, date = tags["comment"][0], tags["date"][0]
    assert found == [bulletin.title, bulletin.station, bulletin.station, "fra"]
    assert "synthétiques" in comment
    assert date == bulletin.date


def seconds(clock):
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def chapters_in(path):
    if path.suffix in {".mp3", ".wav"}:
        tags = ID3(path) if path.suffix == ".mp3" else WAVE(path).tags
        contents = tags["CTOC:toc"]
        assert str(contents.sub_frames["TIT2"])
        frames = [tags[f"CHAP:{name}"] for name in contents.child_element_ids]
        return [(frame.start_time / 1000, str(frame.sub_frames["TIT2"])) for frame in frames]
    if path.suffix in {".m4a", ".m4b"}:
        return [(chapter.start, chapter.title) for chapter in MP4(path).chapters]
    tags = FLAC(path).tags if path.suffix == ".flac" else OggOpus(path).tags
    names = [key for key, _ in sorted(tags) if re.fullmatch(r"(?i)chapter\d{3}", key)]
    return [(seconds(tags[name][0]), tags[f"{name}name"][0]) for name in names]


def test_chapters_are_read_back(written, bulletin):
    found = chapters_in(written.files[0])
    assert [title for _, title in found] == [chapter.title for chapter in bulletin.chapters]
    assert [start for start, _ in found] == pytest.approx([c.start for c in bulletin.chapters], abs=0.002)


def test_the_same_programme_makes_the_same_bytes(written, bulletin, tmp_path):
    again = publish.write(bulletin, tmp_path / written.files[0].name)
    for first, second in zip(written.files, again.files, strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_the_sound_lies_where_its_cues_say(written, bulletin):
    """Codecs delay and pad; after decoding, each cue still meets its sound within 50 ms."""
    _, rate, _, samples, _ = opened(written.files[0])
    samples = samples / (32768 if samples.dtype == np.int16 else 2.0**31 if samples.dtype == np.int32 else 1)
    places = np.flatnonzero(np.abs(samples) > 0.01)
    cuts = np.flatnonzero(np.diff(places) > 0.05 * rate)
    starts = places[np.r_[0, cuts + 1]] / rate
    assert np.abs(starts - [cue.start for cue in bulletin.cues]).max() < 0.05


def test_bitrate_is_constant_unless_variable_is_asked_for(bulletin, tmp_path):
    constant = MP3(publish.write(bulletin, tmp_path / "a.mp3", bitrate=64).files[0])
    variable = MP3(publish.write(bulletin, tmp_path / "b.mp3", variable=True).files[0])
    assert (constant.info.bitrate, constant.info.bitrate_mode) == (64_000, BitrateMode.CBR)
    assert variable.info.bitrate_mode == BitrateMode.VBR


def test_a_high_bitrate_raises_the_rate_that_it_needs(bulletin, tmp_path):
    codec, rate, *_ = opened(publish.write(bulletin, tmp_path / "a.mp3", bitrate=192).files[0])
    assert (codec, rate) == ("mp3float", 32000)


@pytest.mark.parametrize("bitrate", [0, 7, 100, 999])
def test_a_bitrate_that_the_format_has_not_is_refused(bulletin, tmp_path, bitrate):
    with pytest.raises(UsageError, match="kbit/s"):
        publish.write(bulletin, tmp_path / "a.mp3", bitrate=bitrate)
    assert not list(tmp_path.iterdir())


def test_an_unknown_extension_is_refused(bulletin, tmp_path):
    with pytest.raises(UsageError, match=r"\.mp3"):
        publish.write(bulletin, tmp_path / "a.doc")


def test_what_is_there_is_kept_unless_force(bulletin, tmp_path):
    target = tmp_path / "a.mp3"
    (tmp_path / "a.vtt").write_text("mine")
    with pytest.raises(OutputError, match="--force"):
        publish.write(bulletin, target)
    assert [path.name for path in tmp_path.iterdir()] == ["a.vtt"]
    publish.write(bulletin, target, force=True)
    assert (tmp_path / "a.vtt").read_text().startswith("WEBVTT")


@pytest.mark.parametrize(
    ("place", "reason"),
    [("missing/a.mp3", "does not exist"), ("file/a.mp3", "not a folder"), ("folder.mp3", "is a folder")],
)
def test_a_place_that_can_not_be_written_is_one_line(bulletin, tmp_path, place, reason):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.mp3").mkdir()
    with pytest.raises(OutputError, match=reason) as caught:
        publish.write(bulletin, tmp_path / place, beside=())
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_one_line(bulletin, tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="may not be written"):
            publish.write(bulletin, tmp_path / "a.mp3")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("full", [".mp3", ".vtt"])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # pydub leaves files open
def test_a_full_disk_leaves_nothing_behind(bulletin, tmp_path, monkeypatch, full):
    """Writing to /dev/full fails as a full disk does."""
    from bulletin.publish.files import Staging

    plain = Staging.path

    def onto_full(self, final):
        path = plain(self, final)
        if final.suffix == full:
            path.symlink_to("/dev/full")
        return path

    monkeypatch.setattr(Staging, "path", onto_full)
    with pytest.raises(OutputError, match="the disk is full"):
        publish.write(bulletin, tmp_path / "a.mp3")
    assert not list(tmp_path.iterdir())


def test_a_rename_that_fails_takes_the_others_back(bulletin, tmp_path, monkeypatch):

    plain = Path.replace

    def failing(self, target):
        if Path(target).suffix == ".mp3":
            raise OSError(5, "Input/output error")
        return plain(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError, match="Input/output"):
        publish.write(bulletin, tmp_path / "a.mp3")
    assert not list(tmp_path.iterdir())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # pydub leaves files open
def test_an_encoder_that_fails_leaves_nothing_behind(bulletin, tmp_path, monkeypatch):
    monkeypatch.setattr("bulletin.publish.encoding.ffmpeg", lambda: "/bin/false")
    with pytest.raises(OutputError, match="encoded") as caught:
        publish.write(bulletin, tmp_path / "a.mp3")
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())
    del caught
    gc.collect()


def test_loading_pydub_says_nothing(capfd):
    program = "import warnings; warnings.simplefilter('always'); import bulletin.publish"
    import sys

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env={"PATH": ""})
    assert (done.stdout, b"pydub" in done.stderr, b"ffmpeg" in done.stderr) == (b"", False, False)
