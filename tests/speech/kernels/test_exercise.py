"""The operator without ONNX Runtime: under sanitizers, and for ARM on an emulator."""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from bulletin.speech.kernels import library
from tests.speech.kernels.conftest import EPSILON, LEAKY, NONE, OPTIONAL, SNAKE, Case
from tests.speech.kernels.reference import moments_of, one_step, reference
from tests.speech.kernels.test_operator import dressed, plain

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SOURCES = ROOT / "bulletin" / "speech" / "kernels" / "source"
AVX512 = ["-mavx512f", "-mavx512bw", "-mavx512vl", "-mavx512dq", "-mavx512vnni", "-mfma"]
FLAGS = {
    "backend_amx": [*AVX512, "-mamx-tile", "-mamx-int8"],
    "backend_avx512": AVX512,
    "backend_avxvnni": ["-mavx2", "-mfma", "-mavxvnni"],
    "backend_avx2": ["-mavx2", "-mfma"],
}
X86 = ("amx", "avx512-vnni", "avx-vnni", "avx2")
SANITIZED = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


COMMON = ("fused", "processor", "exercise")


def compiled(
    compiler: str,
    folder: Path,
    backends: dict[str, list[str]],
    flags: list[str],
    common: tuple[str, ...] = COMMON,
) -> Path:
    """The driver with the backends, each compiled for its own processor."""
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    objects = []
    for name in (*common, *backends):
        source = HERE / "exercise.cpp" if name == "exercise" else SOURCES / f"{name}.cpp"
        target = folder / f"{name}.o"
        command = [compiler, "-std=c++17", *flags, *backends.get(name, []), f"-I{SOURCES}", "-c"]
        subprocess.run([*command, str(source), "-o", str(target)], check=True, capture_output=True)
        objects.append(str(target))
    program = folder / "exercise"
    subprocess.run([compiler, *flags, *objects, "-o", str(program)], check=True, capture_output=True)
    return program


def packed(case: Case) -> bytes:
    """As the driver reads it."""
    outputs, channels, taps = case.weights.shape
    there = sum(1 << place for place, name in enumerate(OPTIONAL) if name in case.optional)
    sizes = [
        channels,
        outputs,
        taps,
        case.dilation,
        case.padding,
        case.phases,
        case.crop,
        case.activation,
        case.input.shape[2],
        there,
    ]
    arrays = [case.input, case.weights, case.scales]
    arrays += [case.optional[name].astype(np.float32) for name in OPTIONAL if name in case.optional]
    head = np.array(sizes, np.int64).tobytes() + np.array([case.leak, EPSILON], np.float32).tobytes()
    return head + b"".join(array.tobytes() for array in arrays)


def cases(number: int) -> list[Case]:
    """Shapes around the edges of tiles, every activation, all inputs there or not."""
    rng = np.random.default_rng(11)
    made = []
    for each in range(number):
        channels, outputs = (int(size) for size in rng.choice([1, 3, 4, 15, 32, 33, 64, 70], 2))
        taps, dilation = int(rng.choice([1, 3, 7])), int(rng.integers(1, 6))
        time = int(rng.choice([1, 7, 16, 31, 32, 47, 48, 49, 96, 200])) + dilation * (taps - 1)
        case = plain(rng, (channels, outputs, taps, dilation, time))
        case.padding = int(rng.integers(0, 30))
        case.input = rng.standard_normal(case.input.shape).astype(np.float32)
        case.scales = rng.uniform(1e-3, 1e-2, outputs).astype(np.float32)
        dressed(rng, case, (NONE, LEAKY, SNAKE)[each % 3], normalized=each % 2 == 1 and time > 8)
        if each % 4 > 1:
            case.optional["bias"] = rng.standard_normal(outputs).astype(np.float32)
        if each % 5 == 4:
            case.phases, case.crop = next(number for number in (5, 4, 3, 2, 1) if outputs % number == 0), 1
        elif each % 4 > 1:
            case.optional["residual"] = rng.standard_normal(reference(case).shape).astype(np.float32)
        if each % 4 == 3 and case.phases == 1:
            case.optional["addend"] = rng.standard_normal(reference(case).shape).astype(np.float32)
            case.optional["moments"] = moments_of(case.input)
        made.append(case)
    return made


def check(command: list[str], number: int) -> None:
    for case in cases(number):
        done = subprocess.run(command, input=packed(case), capture_output=True, timeout=120)
        if done.returncode == 3:
            pytest.skip("not on this processor")
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        expected = reference(case)
        found = np.frombuffer(done.stdout, np.float32).reshape(expected.shape)
        assert (np.abs(found - expected) <= one_step(case) * 1.01 + 1e-4).all()


@pytest.fixture(scope="module")
def sanitized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("these backends are for x86")
    return compiled("g++", tmp_path_factory.mktemp("sanitized"), FLAGS, SANITIZED)


@pytest.mark.parametrize("name", X86)
def test_clean_under_the_address_and_undefined_behaviour_sanitizers(sanitized: Path, name: str) -> None:
    check([str(sanitized), name], 24)


def test_amx_in_plain_code(tmp_path: Path) -> None:
    """Its instructions are played by functions, on any processor with AVX-512 VNNI."""
    library_file = library.library_path()
    if library_file is None or library.ask(library_file, "avx512-vnni") is None:
        pytest.skip("not on this processor")
    library.ask(library_file, "")
    flags = ["-DONLY=amx", "-include", str(HERE / "amx_emulation.h"), *SANITIZED]
    backends = {"backend_amx": AVX512}
    check([str(compiled("g++", tmp_path, backends, flags, ("fused", "exercise"))), "amx"], 24)


@pytest.fixture(scope="module")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    emulator = shutil.which("qemu-aarch64") or shutil.which("qemu-aarch64-static")
    if emulator is None:
        pytest.skip("qemu-user is not installed")
    folder = tmp_path_factory.mktemp("neon")
    flags = {"backend_neon": ["-march=armv8.2-a+dotprod"]}
    program = compiled("aarch64-linux-gnu-g++", folder, flags, ["-O2", "-static"])
    return [emulator, str(program)]


def test_neon_on_an_emulator(emulated: list[str]) -> None:
    check([*emulated, "neon-dot"], 24)


def test_old_arm_processor_is_told_apart(emulated: list[str]) -> None:
    """A Cortex-A53 has no dot product."""
    command = [emulated[0], "-cpu", "cortex-a53", emulated[1], "neon-dot"]
    assert subprocess.run(command, input=b"", capture_output=True, timeout=60).returncode == 3
