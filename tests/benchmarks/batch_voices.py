"""How well does a batch with the embedded voices use the machine, and what is it against single runs?

    python tests/benchmarks/batch_voices.py [ITEMS] [WAY...]

Makes ITEMS (20) short articles of the test texts into bulletins, no sentence voiced before, by each WAY:

    batch      one `bulletin batch`
    single     a `bulletin make` for each article, one after the other
    local:N    one `bulletin batch --cluster local:N`, a Dask cluster of N worker processes

Reported are seconds, and of both cores' time, shares in percent: what the program used, what other programs
used, and what lay idle; over the whole run, and while it voiced (from the first sentence in the cache to the
last). Nothing is asserted. `batch` and `single` are what an unattended hour costs, and would cost without it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SPOKEN = Path(__file__).parents[1] / "script" / "spoken"
TICKS = os.sysconf("SC_CLK_TCK")
LOOK = 0.2  # seconds between two looks
PROGRAM = [sys.executable, "-m", "bulletin"]


@dataclass(frozen=True)
class Look:
    """A moment, and the processor seconds spent until then: by the session, by everybody, and idle."""

    moment: float
    ours: float
    busy: float
    idle: float


def written(folder: Path, count: int) -> list[Path]:
    """The test texts' articles, each a file; between braces stand annotations."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SPOKEN.glob("fr*.txt")))
    articles = re.split(r"^# ", re.sub(r"\{[^}]*\}", "", text), flags=re.MULTILINE)[1:]
    paths = [folder / f"{number:02}.txt" for number in range(count)]
    for path, article in zip(paths, articles, strict=False):
        path.write_text(article, encoding="utf-8")
    return paths


def spent_by(session: int) -> float:
    """Processor seconds of all processes of a session, and of those that ended in it and were waited for."""
    seconds = 0.0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            seconds += sum(map(int, fields[11:15])) / TICKS
    return seconds


def look(session: int) -> Look:
    user, nice, system, idle, waiting, *more = map(int, Path("/proc/stat").read_text().split()[1:9])
    busy = user + nice + system + sum(more)
    return Look(time.time(), spent_by(session), busy / TICKS, (idle + waiting) / TICKS)


def watched(commands: list[list[str]], cache: Path) -> list[Look]:
    """Runs the commands one after the other in one session and looks at it all the while."""
    script = f"import subprocess\nfor command in {commands!r}: subprocess.run(command, check=True)"
    environment = {**os.environ, "BULLETIN_CACHE": str(cache)}
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.DEVNULL, env=environment, start_new_session=True
    )
    looks = [look(process.pid)]
    ended = threading.Event()
    while process.poll() is None:
        ended.wait(LOOK)
        looks.append(look(process.pid))
    if process.returncode:
        raise SystemExit(f"ended with {process.returncode}")
    return looks[:-1]  # at the last one its processes are gone


def shares(looks: list[Look], first: float, last: float) -> str:
    """Who had the cores between two moments."""
    start = min(looks, key=lambda one: abs(one.moment - first))
    end = min(looks, key=lambda one: abs(one.moment - last))
    ours, idle = end.ours - start.ours, end.idle - start.idle
    whole = end.busy - start.busy + idle
    others = whole - ours - idle
    return (
        f"{end.moment - start.moment:6.1f} s, {100 * ours / whole:3.0f} % ours, "
        f"{100 * others / whole:3.0f} % others', {100 * idle / whole:3.0f} % idle"
    )


def commands_of(way: str, articles: list[Path], out: Path) -> list[list[str]]:
    if way == "single":
        return [[*PROGRAM, "make", str(path), "-o", str(out / f"{path.stem}.mp3")] for path in articles]
    cluster = ["--cluster", way] if way.startswith("local:") else []
    return [[*PROGRAM, "batch", str(articles[0].parent), "-o", str(out), *cluster]]


def measured(way: str, articles: list[Path], scratch: Path) -> None:
    """One way, with an empty store of sentences and an empty folder."""
    cache, out = scratch / "cache", scratch / f"out-{way.replace(':', '-')}"
    out.mkdir()
    shutil.rmtree(cache / "utterances", ignore_errors=True)
    looks = watched(commands_of(way, articles, out), cache)
    voiced = sorted(path.stat().st_mtime for path in (cache / "utterances").glob("*/*.npz"))
    made = len(list(out.glob("*.mp3")))
    print(f"{way}: {made} items, {len(voiced)} sentences; load average {os.getloadavg()[0]:.1f}")
    print(f"  whole run      {shares(looks, looks[0].moment, looks[-1].moment)}")
    print(f"  while voicing  {shares(looks, voiced[0], voiced[-1])}", flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (scratch / "articles").mkdir()
        articles = written(scratch / "articles", count)
        watched(  # assembles the model and tests the kernels, once for every machine
            commands_of("single", articles[:1], scratch), scratch / "cache"
        )
        for way in sys.argv[2:] or ["batch", "single"]:
            measured(way, articles, scratch)


if __name__ == "__main__":
    main()
