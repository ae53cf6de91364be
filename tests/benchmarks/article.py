"""An article to its finished MP3, the whole program each time: cold, warm, and with one sentence changed.

    python tests/benchmarks/article.py ARTICLE.txt [ROUNDS]

Every run is a process of its own, but for the watched rows: there `bulletin make --watch` stands ready, and
time runs from the saving of the article until the program names the new file. The kinds alternate, and
medians are shown with the length of the sound. Cold has no voiced sentence in its cache (the voice model
lies assembled). Python keeps what it compiled, as it does for an installed program. Peak memory is that of
the program and its largest worker.
"""

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = {"a usual sentence changed": 0.5, "the longest changed": 1.0}
ROWS = ("tone, cold", "cold", "all voiced before", *SENTENCES, *(f"{name}, watched" for name in SENTENCES))
ROWS += ("--help",)


def run(article, folder, cast):
    """Seconds of wall time, and the program's own report."""
    command = [sys.executable, "-m", "bulletin", "make", str(article), "--force", "--json"]
    command += ["-o", str(folder / "out.mp3"), *(["--cast", cast] if cast else [])]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, json.loads(done.stdout)


class Watched:
    """`bulletin make --watch` on an article of its own."""

    def __init__(self, article, folder):
        self.article = folder / "watched.txt"
        shutil.copy(article, self.article)
        command = [sys.executable, "-m", "bulletin", "make", str(self.article), "--force", "--watch"]
        self.process = subprocess.Popen(
            [*command, "-o", str(folder / "watched.mp3")], stdout=subprocess.PIPE, text=True
        )

    def __enter__(self):
        self.process.stdout.readline()
        time.sleep(1)
        return self

    def __exit__(self, *_):
        time.sleep(0.5)
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def saved(self, path):
        """Seconds until the bulletin of what is saved now is there."""
        start = time.perf_counter()
        shutil.copy(path, self.article)
        self.process.stdout.readline()
        return time.perf_counter() - start


def processor():
    """Its name, where the system tells it."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return "a processor without a name"


def forget(folder):
    """No sentence is voiced any more; the assembled model stays."""
    shutil.rmtree(folder / "utterances", ignore_errors=True)


def last_sentences(paragraphs):
    """The places of the paragraphs that end with a full stop, by the length of their last sentence."""
    ends = [index for index, text in enumerate(paragraphs) if text.rstrip().endswith(".")]
    return sorted(ends, key=lambda index: len(re.split(r"(?<=[.!?]) ", paragraphs[index].rstrip())[-1]))


def changed(article, folder, round_number, share):
    """The article with a few words more in one sentence, others each round: `share` 1 is the longest of those
    that end a paragraph, 0.5 the one in the middle by length."""
    paragraphs = article.read_text(encoding="utf-8").rstrip().split("\n")
    places = last_sentences(paragraphs)
    place = places[round(share * (len(places) - 1))]
    paragraphs[place] = f"{paragraphs[place].rstrip().removesuffix('.')}, {round_number + 2} fois."
    path = folder / "changed.txt"
    path.write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
    return path


def main():
    article, rounds = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 5
    folder = Path(tempfile.mkdtemp(prefix="bulletin-benchmark-"))
    os.environ["BULLETIN_CACHE"] = str(folder)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    spent = {name: [] for name in ROWS}
    run(article, folder, None)  # assembles the model and tests the kernels, once for every machine
    for number in range(rounds):
        forget(folder)
        spent["tone, cold"].append(run(article, folder, "tone"))
        forget(folder)
        spent["cold"].append(run(article, folder, None))
        spent["all voiced before"].append(run(article, folder, None))
        for name, share in SENTENCES.items():
            spent[name].append(run(changed(article, folder, number, share), folder, None))
        with Watched(article, folder) as watched:
            for name, share in SENTENCES.items():
                path = changed(article, folder, number + rounds, share)
                spent[f"{name}, watched"].append((watched.saved(path), {}))
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bulletin", "--help"], capture_output=True, check=True)
        spent["--help"].append((time.perf_counter() - start, {}))
    print(f"{processor()}, {os.cpu_count()} cores; medians of {rounds} rounds")
    for name, runs in spent.items():
        seconds, report = statistics.median(wall for wall, _ in runs), runs[-1][1]
        length = f"{seconds / report['seconds']:.3f} of {report['seconds']:.0f} s" if report else ""
        voiced = f"{report['utterances']['voiced']} sentences voiced" if report else ""
        print(f"{name:36} {seconds:6.2f} s  {length:18} {voiced}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {peak:.0f} MB; load average {os.getloadavg()[0]:.1f}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
