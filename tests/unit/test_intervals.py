"""Intervals of printed numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govfin_extract.audit.intervals import (
    Interval,
    around,
    growth,
    printed,
    quotient,
    soft_limit,
    total,
    truncates,
)

CENT = Decimal("0.01")


def test_a_print_stands_for_all_that_rounds_to_it() -> None:
    assert around(Decimal("34.34"), CENT) == Interval(Decimal("34.335"), Decimal("34.345"))
    assert around(Decimal(12), Decimal(0)) == Interval(Decimal(12), Decimal(12))


def test_ends_that_touch_meet_and_gaps_do_not() -> None:
    assert Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
    assert not Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal("2.001"), Decimal(3)))


def test_the_tolerance_of_a_sum_is_half_a_unit_for_each_term() -> None:
    parts = [around(Decimal("30.26"), CENT), around(Decimal("3.08"), CENT)]
    assert total(parts).meets(around(Decimal("33.355"), CENT))
    assert not total(parts).meets(around(Decimal("33.36"), CENT))


def test_a_negative_weight_swaps_the_ends() -> None:
    assert Interval(Decimal(1), Decimal(2)).scaled(-1) == Interval(Decimal(-2), Decimal(-1))


@pytest.mark.parametrize(
    ("part", "whole", "stated", "fits"),
    [("34.34", "30.85", "111.3", True), ("34.34", "30.85", "113.1", False), ("0", "30.85", "0", True)],
)
def test_a_quotient_holds_what_the_prints_allow(part: str, whole: str, stated: str, fits: bool) -> None:
    found = quotient(around(Decimal(part), CENT), around(Decimal(whole), CENT))
    assert found is not None
    assert found.meets(around(Decimal(stated), Decimal("0.1"))) is fits


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    assert quotient(around(Decimal(1), CENT), around(Decimal(0), CENT)) is None
    assert growth(around(Decimal(5), CENT), around(Decimal(5), CENT)) is None


def test_growth_is_change_over_what_was_before() -> None:
    found = growth(around(Decimal("-4.75"), CENT), around(Decimal("3.09"), CENT))
    assert found is not None
    assert found.holds(Decimal("-60.587"))
    assert not found.holds(Decimal("-61"))


def test_percentages_may_be_cut_off() -> None:
    assert truncates(Decimal("60.5"), Decimal("0.1"), Decimal("60.587"))
    assert truncates(Decimal("-60.5"), Decimal("0.1"), Decimal("-60.587"))
    assert not truncates(Decimal("60.4"), Decimal("0.1"), Decimal("60.587"))
    assert not truncates(Decimal("60.6"), Decimal("0.1"), Decimal("60.587"))
    assert not truncates(Decimal("60.5"), Decimal("0.1"), Decimal("-60.587"))


def test_two_terms_never_pass_the_soft_limit_within_the_worst_case() -> None:
    assert soft_limit(CENT, 2) == Decimal("0.015")
    assert soft_limit(CENT, 13) < 7 * CENT


def test_how_a_number_was_printed() -> None:
    assert printed("34.34", Decimal(343400)).step == 100
    assert printed("1,204.5", Decimal("1204.5")).step == Decimal("0.1")
    assert printed("0.00", Decimal(0), 4).step == 100
    assert printed("1", Decimal(10000)).power == 4
