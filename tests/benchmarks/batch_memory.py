"""How fast are many items made, and does memory grow with them?

    python tests/benchmarks/batch_memory.py [ITEMS] [WORKERS]

Makes ITEMS (1000) articles into bulletins with the tone engine, in a process of its own, and watches the
resident memory of that process and of its workers. Reported are items per second, the peak of all together,
and at each tenth of the items what every process holds; nothing is asserted.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = "le conseil du port étudie un projet de digue qui protégera la ville basse contre les marées"
PAUSE = 0.5  # seconds between two looks


def written(folder: Path, count: int) -> None:
    """Articles of about 90 words, no sentence twice."""
    draw = random.Random(7)
    for number in range(count):
        sentences = [" ".join(draw.choices(TEXT.split(), k=18)).capitalize() + "." for _ in range(5)]
        text = f"Nouvelle {number}\n\n" + "\n\n".join(sentences)
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")


def resident(process: int) -> float:
    """Megabytes; 0 of a process that is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(found[0]) / 1024 if found else 0.0


def children(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def watched(command: list[str], out: Path, items: int) -> tuple[list[str], float]:
    """A line for each tenth of the items: when it was reached, and what each process holds. And the peak."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    started, lines, peak = time.perf_counter(), [], 0.0
    while process.poll() is None:
        held = [resident(process.pid), *sorted(map(resident, children(process.pid)), reverse=True)]
        peak = max(peak, sum(held))
        made = len(list(out.glob("*.mp3")))
        if made >= (len(lines) + 1) * items / 10:
            seconds = time.perf_counter() - started
            lines.append(
                f"item {made:4} after {seconds:4.0f} s: " + ", ".join(f"{size:.0f} MB" for size in held)
            )
        time.sleep(PAUSE)
    if process.returncode:
        raise SystemExit(f"the batch ended with {process.returncode}")
    return lines, peak


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    workers = sys.argv[2] if len(sys.argv) > 2 else "2"
    with tempfile.TemporaryDirectory() as scratch:
        folder, out = Path(scratch) / "articles", Path(scratch) / "out"
        folder.mkdir()
        written(folder, items)
        command = [sys.executable, "-m", "bulletin", "batch", str(folder), "-o", str(out)]
        started = time.perf_counter()
        lines, peak = watched([*command, "--cast", "tone", "--workers", workers, "--feed"], out, items)
        seconds = time.perf_counter() - started
        made = len(list(out.glob("*.mp3")))
    print(f"{made} items in {seconds:.0f} s with {workers} workers: {made / seconds:.2f} items/s")
    print(f"all processes together held {peak:.0f} MB at most; the parent first, then the others:")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
