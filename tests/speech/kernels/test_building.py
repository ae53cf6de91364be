"""The extension is optional: it is left out where it can't be compiled, and left alone where it can't run."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin.speech.kernels import library

ROOT = Path(__file__).parents[3]


def build(folder: Path, compiler: str) -> list[Path]:
    """Runs the installer's own step on a copy of what it needs; returns the libraries that it made."""
    pytest.importorskip("setuptools")
    copy, kernels = folder / "source", Path("bulletin", "speech", "kernels")
    shutil.copytree(ROOT / kernels, copy / kernels, ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    shutil.copy(ROOT / "setup.py", copy)
    command = [sys.executable, "setup.py", "build_ext", "--build-lib", str(folder / "made")]
    environment = os.environ | {"CC": compiler, "CXX": compiler}
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return list((folder / "made").rglob("_fused*"))


@pytest.mark.parametrize("compiler", ["/nowhere/c++", "false"])
def test_no_compiler_or_one_that_fails(tmp_path: Path, compiler: str) -> None:
    """No library, and no error: `choose` finds nothing and the published graph runs."""
    assert build(tmp_path, compiler) == []


@pytest.mark.parametrize(("processor", "backend"), [("Nehalem", None), ("Haswell", "avx2")])
def test_older_processor(processor: str, backend: str | None) -> None:
    """The real library, asked by a Python that an emulator runs on that processor."""
    emulator = shutil.which("qemu-x86_64-static") or shutil.which("qemu-x86_64")
    if emulator is None or library.library_path() is None or platform.machine() != "x86_64":
        pytest.skip("no emulator, or nothing compiled for x86")
    python = str(Path(sys.executable).resolve())
    code = "from bulletin.speech.kernels import choose; print(choose().backend)"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [emulator, "-cpu", processor, python, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == [str(backend)], done.stderr


def test_compiler_that_works(tmp_path: Path) -> None:
    if shutil.which("g++") is None:
        pytest.skip("g++ is not installed")
    assert len(build(tmp_path, "g++")) == 1
