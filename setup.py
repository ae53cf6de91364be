"""The one thing pyproject.toml can't say: the top-level folder `voices` is installed inside the package."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


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


setup(cmdclass={"build_py": BuildWithVoices})
