"""How long a page takes to become an Article, after start-up. Takes pages, or measures the gate's."""

import statistics
import sys
import time
from pathlib import Path

from bulletin.intake import read

ROUNDS = 7


def seconds(page):
    started = time.perf_counter()
    read(page)
    return time.perf_counter() - started


def main():
    articles = Path(__file__).parent.parent / "gates" / "articles"
    pages = sys.argv[1:] or [str(page) for page in sorted(articles.glob("*/*.html"))]
    started = time.perf_counter()
    read(pages[0])
    print(f"first page, with imports: {time.perf_counter() - started:.3f} s")
    for page in pages:
        median = statistics.median(seconds(page) for _ in range(ROUNDS))
        print(f"{median:.3f} s  {Path(page).stat().st_size / 1000:7.0f} kB  {Path(page).name}")


if __name__ == "__main__":
    main()
