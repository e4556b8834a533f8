"""Time grows with the length of a text, and memory stays flat. ``scripts/measure.py`` prints the figures themselves."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest

import govfin_extract as gfe
import measure

ROOT = Path(__file__).resolve().parents[2]
PIECE = (ROOT / "examples/final-account-2023.txt").read_text("utf-8")[:1_000]


def test_ten_times_the_text_takes_about_ten_times_as_long() -> None:
    """The target is 11; quadratic work would take up to 100.

    4 against 40 copies, so that fixed costs count little and hide no growth; processor time, each the best of five;
    a busy machine gets three tries and the slack up to 14.
    """
    assert min(measure.growth(PIECE, 4, 40) for _ in range(3)) < 14


@pytest.mark.parametrize("words", ["3万元", "甲、乙分别1万元、2万元，共计3万元，"])
def test_a_sentence_of_ten_times_the_figures_takes_about_ten_times_as_long(words: str) -> None:
    """No rule may look back over all figures before: a thousand and ten thousand of them in one sentence."""
    assert measure.growth(words * (1_000 // words.count("万元")), 1, 10) < 14


@pytest.mark.parametrize("character", measure.REPEATED)
def test_a_character_ten_thousand_times_over(character: str) -> None:
    """The target is 0.5 s; a busy machine gets four times that."""
    gfe.extract("预热10万元")
    assert measure.repeated(character) < 2


def test_memory_is_flat_over_many_extractions() -> None:
    for _ in range(5):
        gfe.extract(PIECE)
    gc.collect()
    tracemalloc.start()
    try:
        gfe.extract(PIECE)
        before = tracemalloc.get_traced_memory()[0]
        for number in range(60):
            gfe.extract(f"{PIECE}第{number}次{number * 7}万元")
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 1_000_000
