"""What pyproject.toml can't say: `voices` goes inside the package; the kernels are compiled if possible."""

import platform
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.build_py import build_py

KERNELS = "bulletin/speech/kernels"
SOURCES = f"{KERNELS}/source"
COMMON = ("library", "operator", "fused", "processor")
AVX512 = ("-mavx512f", "-mavx512bw", "-mavx512vl", "-mavx512dq", "-mavx512vnni", "-mfma")
BACKENDS = {
    "x86_64": {
        "backend_amx": (*AVX512, "-mamx-tile", "-mamx-int8"),
        "backend_avx512": AVX512,
        "backend_avxvnni": ("-mavx2", "-mfma", "-mavxvnni"),
        "backend_avx2": ("-mavx2", "-mfma"),
    },
    "aarch64": {"backend_neon": ("-march=armv8.2-a+dotprod",)},
}
MACHINES = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}
FLAGS = ("-std=c++17", "-O3", "-g0", "-fvisibility=hidden", "-Wno-maybe-uninitialized", "-Wno-uninitialized")


class BuildWithVoices(build_py):
    """Copies casts, style packs and lexicons beside the modules, so that an installed bulletin finds them."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "bulletin" / "voices"
        for source in sorted(Path("voices").rglob("*")):
            if source.is_file():
                destination = target / source.relative_to("voices")
                self.mkpath(str(destination.parent))
                self.copy_file(str(source), str(destination))


class BuildKernels(build_ext):
    """Compiles each backend for its own kind of processor, and the rest for any.

    The library has a plain C interface and is no Python module. Where it can't be built (no compiler, an
    old one, another platform), bulletin is installed without it and runs the published graph.
    """

    def build_extension(self, extension: Extension) -> None:
        backends = BACKENDS[MACHINES[platform.machine()]]
        objects = []
        for name in (*COMMON, *backends):
            objects += self.compiler.compile(
                [f"{SOURCES}/{name}.cpp"],
                output_dir=self.build_temp,
                include_dirs=extension.include_dirs,
                extra_postargs=[*FLAGS, *backends.get(name, ())],
                depends=extension.depends,
            )
        self.compiler.link_shared_object(
            objects, self.get_ext_fullpath(extension.name), target_lang="c++", build_temp=self.build_temp
        )

    def get_export_symbols(self, extension: Extension) -> list[str]:
        return []


def kernels() -> list[Extension]:
    """The one extension, on the platforms that it is written for."""
    if platform.system() not in ("Linux", "Darwin") or platform.machine() not in MACHINES:
        return []
    return [
        Extension(
            "bulletin.speech.kernels._fused",
            [f"{SOURCES}/library.cpp"],
            include_dirs=[f"{KERNELS}/third_party/onnxruntime"],
            depends=[str(path) for path in sorted(Path(SOURCES).glob("*.*"))],
            optional=True,
        )
    ]


setup(cmdclass={"build_py": BuildWithVoices, "build_ext": BuildKernels}, ext_modules=kernels())
