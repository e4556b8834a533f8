"""Intervals over documents: known data, pairs, the same figures on every run."""

from __future__ import annotations

import pytest

from govfin_extract.bench import bootstrap
from govfin_extract.bench.bootstrap import Counts, Estimate


def test_f1_is_that_of_all_facts_together() -> None:
    assert bootstrap.f1([Counts(1, 1, 1), Counts(0, 9, 9), Counts(0, 0, 0)] * 3).value == 0.1


def test_equal_documents_leave_no_doubt_and_unequal_ones_do() -> None:
    assert bootstrap.f1([Counts(3, 4, 6)] * 9) == Estimate(0.6, 0.6, 0.6)
    value, low, high = bootstrap.f1([Counts(0, 10, 10), Counts(10, 10, 10)] * 5)
    assert value == 0.5
    assert 0.15 < (low or 0) < 0.3
    assert 0.7 < (high or 0) < 0.85


def test_the_interval_is_that_of_the_binomial() -> None:
    # 100 documents of one fact each, 80 right: the share right of 100 draws, whose middle 95 % are 72 to 87 or 88.
    value, low, high = bootstrap.f1([Counts(1, 1, 1)] * 80 + [Counts(0, 1, 1)] * 20)
    assert value == 0.8
    assert low == pytest.approx(0.72, abs=0.01)
    assert high == pytest.approx(0.875, abs=0.015)


def test_more_documents_narrow_it() -> None:
    few, many = (bootstrap.f1([Counts(0, 10, 10), Counts(10, 10, 10)] * times) for times in (3, 60))
    assert None not in (*few, *many)
    assert (many.high or 0) - (many.low or 0) < ((few.high or 0) - (few.low or 0)) / 2


def test_documents_without_the_slice_count_neither_way() -> None:
    documents = [Counts(3, 4, 6), Counts(1, 4, 4), Counts(5, 5, 5)]
    assert bootstrap.f1([*documents, *[Counts(0, 0, 0)] * 50]) == bootstrap.f1(documents)


@pytest.mark.parametrize("documents", [[], [Counts(1, 2, 2)], [Counts(1, 2, 2), Counts(0, 0, 0), Counts(0, 0, 0)]])
def test_few_documents_have_no_interval(documents: list[Counts]) -> None:
    assert bootstrap.f1(documents) == Estimate(0.5 if documents else 0.0, None, None)


def test_a_gain_is_paired() -> None:
    hard, easy = Counts(1, 10, 10), Counts(8, 10, 10)
    better = [Counts(right + 1, *rest) for right, *rest in (hard, easy)]
    # what documents are drawn changes both F1s by far more than the gain, and the gain not at all
    assert bootstrap.gain([hard, easy] * 5, better * 5) == Estimate(0.1, 0.1, 0.1)
    assert bootstrap.gain(better * 5, [hard, easy] * 5) == Estimate(-0.1, -0.1, -0.1)
    value, low, high = bootstrap.gain([hard, easy] * 5, [easy, hard] * 5)
    assert value == 0
    assert (low or 0) < 0 < (high or 0)


def test_every_run_says_the_same() -> None:
    documents = [Counts(number, 10, 10) for number in range(10)]
    assert bootstrap.f1(documents) == bootstrap.f1(documents)


def test_other_documents_are_no_pair() -> None:
    with pytest.raises(ValueError, match="1 and 2 documents"):
        bootstrap.gain([Counts(1, 1, 1)], [Counts(1, 1, 1)] * 2)
