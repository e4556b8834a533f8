"""How fast the extraction is, how its time grows, and what memory it takes; needs no network.

    python scripts/measure.py [FOLDER]

Reads the ``.txt`` files of a folder (``examples/`` unless given). Each time is the best of several runs.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import jieba

from govfin_extract.api import extract
from govfin_extract.bench.speed import peak, seconds

ROOT = Path(__file__).resolve().parents[1]
REPEATED = ("9", "一", "十", "万", ",", "，", "（", "）", "(", " ", "\u3000")
TIMES = 10_000
DOCUMENTS = 1_000
GROWTH_LENGTH = 2_000


def growth(text: str, small: int = 1, large: int = 10) -> float:
    """How many times as long ``large`` copies of a text take as ``small``."""
    return seconds(lambda: extract(text * large), 5) / seconds(lambda: extract(text * small), 5)


def repeated(character: str) -> float:
    """The seconds that one character takes, written 10,000 times."""
    return seconds(lambda: extract(character * TIMES), 1)


def speeds(texts: list[str]) -> tuple[float, float]:
    """Characters a second of the extraction and of jieba, both warmed up."""
    jieba.setLogLevel(logging.WARNING)
    jieba.lcut("预热")
    extract(texts[0])
    size = sum(map(len, texts))
    ours = seconds(lambda: [extract(text) for text in texts])
    return size / ours, size / seconds(lambda: [jieba.lcut(text) for text in texts])


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "examples"
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    if not any(texts):
        print(f"no .txt files in {folder}", file=sys.stderr)
        return 2
    ours, theirs = speeds(texts)
    print(f"extraction {ours:,.0f} characters/s, jieba.lcut {theirs:,.0f}: {theirs / ours:.2f} times as fast")
    piece = max(texts, key=len)[:GROWTH_LENGTH]
    print(f"growth 10x/1x: {growth(piece):.2f} (target 11)")
    slowest, character = max((repeated(character), character) for character in REPEATED)
    print(f"slowest of {TIMES:,} repeated characters: {character!r} {slowest:.3f} s (target 0.5 s)")
    before = peak()
    for number in range(DOCUMENTS):
        extract(texts[number % len(texts)][:GROWTH_LENGTH])
    print(f"peak memory over {DOCUMENTS:,} documents: {peak():.1f} MiB, before them {before:.1f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
