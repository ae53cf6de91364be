"""Mastering: the target is met by one gain, and no peak passes the ceiling."""

import re
import subprocess
from itertools import pairwise

import imageio_ffmpeg
import numpy as np
import pytest
from sound_makers import voiced

from bulletin.errors import OutputError
from bulletin.mix import limit, master, measure
from bulletin.mix.filters import recursive
from bulletin.mix.limiting import Peaks, held_under, peaks
from bulletin.mix.loudness import (
    TOLERANCE,
    _integrated,
    integrated,
    k_weighting,
)

RATE = 24000


def speech(seconds=12.0, spike=1.0):
    sound = np.concatenate(
        [voiced(seconds / 8, RATE, pitch, 0.05 * spike**0.1) for pitch in (110, 200, 150, 90) * 2]
    )
    places = np.random.default_rng(3).integers(RATE, sound.size - RATE, 40)
    sound[places] *= spike
    return sound


def ffmpeg_meter(samples, rate):
    """The second opinion: ffmpeg's ebur128, which shares no code with ours."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-hide_banner",
        "-nostats",
        "-f",
        "f32le",
        "-ar",
        str(rate),
        "-ac",
        "1",
    ]
    command += ["-i", "-", "-filter_complex", "ebur128=peak=true", "-f", "null", "-"]
    log = subprocess.run(
        command, input=samples.astype("<f4").tobytes(), capture_output=True, check=True
    ).stderr.decode()
    summary = log[log.rindex("Summary:") :]
    return {key: float(re.search(rf"\b{key}:\s+(-?[\d.]+)", summary)[1]) for key in ("I", "LRA", "Peak")}


@pytest.mark.parametrize("target", [-16.0, -23.0, -14.0])
@pytest.mark.parametrize("spike", [1.0, 8.0])
def test_the_target_is_met_under_the_ceiling(target, spike):
    mastered, known = master(speech(spike=spike), RATE, target_lufs=target, peak=-1.0)
    loudness = measure(mastered, RATE)
    assert loudness.integrated == pytest.approx(target, abs=0.1)
    assert loudness.integrated == pytest.approx(known.loudness, abs=0.01)
    assert loudness.true_peak <= -0.99


def test_the_target_is_met_where_the_limiter_takes_much():
    """Every decibel of gain is half eaten up here; adding what is missing would creep towards the target."""
    sound = speech(24.0)
    swelling = sound * (1 + 0.9 * np.sin(np.arange(sound.size) * 2 * np.pi * 0.7 / RATE)).astype(np.float32)
    mastered, known = master(swelling, RATE, target_lufs=-13.0)
    assert known.loudness == pytest.approx(-13.0, abs=TOLERANCE)
    assert known.loudness == pytest.approx(integrated(mastered, RATE), abs=0.001)


def test_a_second_meter_agrees():
    mastered, _ = master(speech(30.0), RATE)
    ours, theirs = measure(mastered, RATE), ffmpeg_meter(mastered, RATE)
    assert ours.integrated == pytest.approx(theirs["I"], abs=0.15)
    assert ours.true_peak == pytest.approx(theirs["Peak"], abs=0.3)
    assert ours.range == pytest.approx(theirs["LRA"], abs=0.5)


def test_the_range_of_two_levels_is_their_distance():
    """EBU Tech 3342, minimum requirements, case 1: 20 s at -20 and 20 s at -30 LUFS make 10 LU."""
    tone = np.sin(2 * np.pi * 1000 * np.arange(20 * 48000) / 48000)
    samples = np.concatenate([tone * 10 ** (-20 / 20), tone * 10 ** (-30 / 20)]).astype(np.float32)
    assert measure(samples, 48000).range == pytest.approx(10, abs=1)


def test_a_peak_between_the_samples_is_seen():
    """A quarter-rate sine sampled off its crests peaks 3 dB above its samples."""
    samples = np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4).astype(np.float32)
    assert measure(samples[100:-100], RATE).true_peak == pytest.approx(0.0, abs=0.4)
    assert measure(samples / np.sqrt(2), RATE).true_peak == pytest.approx(-3.0, abs=0.4)


def test_the_filters_are_those_of_the_standard():
    """ITU-R BS.1770-4, tables 1 and 2, at 48 kHz."""
    shelf, high_pass = k_weighting(48000)
    assert shelf[0] == pytest.approx((1.53512485958697, -2.69169618940638, 1.19839281085285), abs=1e-6)
    assert shelf[1] == pytest.approx((1.0, -1.69065929318241, 0.73248077421585), abs=1e-6)
    assert high_pass[0] == pytest.approx((1.0, -2.0, 1.0), abs=1e-5)
    assert high_pass[1] == pytest.approx((1.0, -1.99004745483398, 0.99007225036621), abs=1e-6)


@pytest.mark.parametrize("length", [1, 63, 64, 65, 5000])
def test_chunks_are_filtered_as_sample_after_sample(length):
    sound = np.random.default_rng(length).normal(0, 0.3, length).astype(np.float32)
    expected = sound.astype(np.float64)
    for (b0, b1, b2), (_, a1, a2) in k_weighting(RATE):
        first, second, answers = 0.0, 0.0, []
        for sample in expected:
            answer = b0 * sample + first
            first, second = second + b1 * sample - a1 * answer, b2 * sample - a2 * answer
            answers.append(answer)
        expected = np.array(answers)
    assert np.allclose(recursive(sound, k_weighting(RATE)), expected, atol=2e-5)


@pytest.mark.parametrize("seconds", [0.2, 0.45, 7.03])
def test_loudness_is_the_same_however_many_processors_measure(monkeypatch, seconds):
    sound = voiced(seconds, RATE)
    monkeypatch.setattr("bulletin.mix.loudness.cores", lambda: 1)
    alone = integrated(sound, RATE)
    monkeypatch.setattr("bulletin.mix.loudness.cores", lambda: 64)
    assert integrated(sound, RATE) == pytest.approx(alone, abs=1e-4)


@pytest.mark.parametrize("rate", [11025, 24000, 44100])
@pytest.mark.parametrize("seconds", [0.3, 9.99, 10.0, 20.002, 31.4])
def test_a_programme_that_comes_in_stretches_is_measured_as_a_whole(rate, seconds):
    """No step and no peak is lost or found twice where one ends: here there is a peak at every end."""
    sound = voiced(seconds, rate)
    for place in range(-1, sound.size, 10 * rate):
        sound[max(0, place - 3) : place] *= 4
    known = peaks(np.pad(sound, (0, max(0, round(0.4 * rate) + 1 - sound.size))))
    loudness = measure(sound, rate)
    assert loudness.true_peak == pytest.approx(20 * np.log10(known.max()), abs=0.001)
    assert loudness.integrated == pytest.approx(integrated(sound, rate), abs=1e-6)
    whole = recursive(np.pad(sound, (0, max(0, round(0.4 * rate) + 1 - sound.size))), k_weighting(rate))
    edges = np.round(np.arange(0, whole.size / rate / 0.1 + 1e-6) * 0.1 * rate).astype(int)
    energies = [np.mean(np.square(whole[a:b], dtype=float)) for a, b in pairwise(edges)]
    assert loudness.integrated == pytest.approx(_integrated(np.array(energies)), abs=0.01)


def test_peaks_are_looked_for_once_and_where_they_matter():
    """At a higher level fewer samples are above, and a lower one asked later finds what was passed over."""
    sound = np.concatenate([speech(), speech() * np.float32(0.1)])
    known, all_of_them = Peaks(sound), peaks(sound)
    for level in (0.3, 0.02, 0.3):
        assert np.array_equal(known.above(level), np.flatnonzero(all_of_them > level * (1 + 1e-4)))


def test_many_peaks_are_held_as_each_alone():
    sound = speech() * np.float32(0.5)
    places = RATE + 4000 * np.arange(20)
    every = sound.copy()
    every[places] = 1.6
    together = limit(every, RATE, -1.0)
    for place in places:
        alone = sound.copy()
        alone[place] = 1.6
        around = slice(place - 1000, place + 1000)
        assert np.allclose(limit(alone, RATE, -1.0)[around], together[around], atol=1e-6)


@pytest.mark.parametrize("highest", [0.1, 0.3, 0.45])
def test_peaks_between_samples_are_where_an_ideal_filter_has_them(highest):
    """Against the whole sound's spectrum made four times as long, at the seams of chunks as elsewhere."""
    rng = np.random.default_rng(7)
    bins = np.zeros(2001, dtype=complex)
    bins[1 : int(4000 * highest)] = rng.normal(size=int(4000 * highest) - 1) + 1j * rng.normal()
    sound = np.fft.irfft(bins)
    finer = np.abs(np.fft.irfft(np.pad(bins, (0, 6000))) * 4).reshape(-1, 4).max(axis=1)
    found = peaks((sound / np.abs(sound).max()).astype(np.float32)) * np.abs(sound).max()
    assert np.allclose(found[100:-100], finer[100:-100], atol=0.005 * finer.max())


def test_quiet_stretches_may_be_passed_over_and_the_peak_is_the_same():
    sound = speech(spike=8.0)
    assert measure(sound, RATE).true_peak == pytest.approx(20 * np.log10(peaks(sound).max()), abs=1e-6)


def test_the_limiter_leaves_alone_what_needs_no_limit():
    sound = speech() * np.float32(0.5)
    assert measure(sound, RATE).true_peak < -1
    assert limit(sound, RATE, -1.0) is sound


def test_the_limiter_dips_around_a_peak_only():
    sound = speech() * np.float32(0.5)
    sound[RATE * 3] = 1.6
    limited = limit(sound, RATE, -1.0)
    gain = limited[np.abs(sound) > 0.01] / sound[np.abs(sound) > 0.01]
    assert measure(limited, RATE).true_peak <= -0.99
    assert np.mean(np.abs(gain - 1) > 1e-3) < 0.01
    assert gain.max() <= 1.0001


@pytest.mark.parametrize("target", [-23.0, -18.0, -16.0])
def test_one_run_of_the_limiter_is_enough_for_speech(monkeypatch, target):
    """The forecast of what it takes away is right, though without one it would miss by a tenth of a LU."""
    sound, rng = speech(), np.random.default_rng(4)
    levels = rng.lognormal(0, 0.7, sound.size // 4800 + 2)  # of syllables, some of which stick out
    sound *= np.interp(np.arange(sound.size), 4800 * np.arange(levels.size), levels).astype(np.float32)
    runs = []

    def counted(*arguments):
        runs.append(arguments[3].size)
        return held_under(*arguments)

    monkeypatch.setattr("bulletin.mix.loudness.held_under", counted)
    mastered, told = master(sound, RATE, target_lufs=target)
    assert len(runs) == 1 and (runs[0] > 0) == (target > -20)
    assert integrated(mastered, RATE) == pytest.approx(target, abs=0.03) == told.loudness
    if target > -20:
        unforeseen = limit(sound * np.float32(10 ** ((target - integrated(sound, RATE)) / 20)), RATE, -3.0)
        assert integrated(unforeseen, RATE) < target - 0.1


def test_silence_cannot_be_mastered():
    with pytest.raises(OutputError, match="silent"):
        master(np.zeros(RATE * 3, np.float32), RATE)


def test_nothing_at_all_is_silence():
    assert (
        integrated(np.zeros(0, np.float32), RATE)
        == measure(np.zeros(0, np.float32), RATE).integrated
        == -np.inf
    )


def test_a_programme_shorter_than_the_meters_block_is_measured():
    loudness = measure(voiced(0.2, RATE), RATE)
    assert np.isfinite(loudness.integrated)
