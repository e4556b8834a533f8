"""Whether confidence means what it says."""

from __future__ import annotations

import random

import pytest

from govfin_extract.bench import reliability
from govfin_extract.bench.score import Judgement, Level


def test_honest_confidence_has_no_error_and_boasting_has() -> None:
    draw = random.Random(0)
    honest = [(chance, draw.random() < chance) for chance in (draw.random() for _ in range(20_000))]
    assert reliability.expected_calibration_error(honest) < 0.02
    boasting = [(0.99, right) for _, right in honest]
    assert reliability.expected_calibration_error(boasting) == pytest.approx(0.49, abs=0.02)


def test_a_full_confidence_is_in_the_last_bin() -> None:
    assert reliability.bins([(1.0, True), (0.95, True)]) == [(2, pytest.approx(0.975), 1.0)]


def test_nothing_found_is_no_error() -> None:
    assert reliability.expected_calibration_error([]) == 0
    assert reliability.risk_coverage([]) == []


def test_risk_grows_where_the_surest_are_right() -> None:
    curve = reliability.risk_coverage([(0.9, True), (0.8, True), (0.2, False), (0.1, False)])
    assert curve == [(0.25, 0), (0.5, 0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]


def test_spurious_facts_are_wrong_and_missed_ones_are_not_counted() -> None:
    found = {"confidence": "0.7"}
    judgements = [
        Judgement("d", None, found, Level.MISSED),
        Judgement("d", {"kind": "amount"}, found, Level.FACT),
        Judgement("d", {"kind": "amount"}, None, Level.MISSED),
        Judgement("d", {"kind": "amount"}, {"kind": "amount"}, Level.FACT),
    ]
    assert reliability.outcomes(judgements) == [(0.7, False), (0.7, True)]
