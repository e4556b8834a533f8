"""How far two labellings of the same document agree."""

from __future__ import annotations

from typing import Any

import pytest

import agreement
from govfin_extract.bench.corpus import Gold


def fact(**changes: Any) -> dict[str, Any]:
    same = {
        "start": 2,
        "end": 5,
        "text": "3万元",
        "kind": "amount",
        "value": "30000",
        "unit": "CNY",
        "measure": "level",
    }
    return {**same, "basis": "actual", "period": "2022", "labels": [{"min": [0, 2], "max": [0, 2]}], **changes}


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, 4),
        ({"labels": [{"min": [0, 1], "max": [0, 2]}]}, 4),
        ({"basis": "budget"}, 3),
        ({"labels": [{"min": [5, 6], "max": [5, 6]}]}, 2),
        ({"value": "3"}, 1),
        ({"kind": "event"}, 0),
    ],
)
def test_levels_are_reached_in_their_order(changes: dict[str, Any], level: int) -> None:
    assert agreement.level(fact(), fact(**changes)) == level


def test_facts_of_one_side_alone_count_against_both() -> None:
    text = "收入3万元，支出4万元"
    more = fact(start=8, end=11, text="4万元", value="40000", labels=[{"min": [6, 8], "max": [6, 8]}])
    count, differ = agreement.compare(Gold("d", text, {}, (fact(),)), Gold("d", text, {}, (fact(), more)))
    assert agreement.agreement(count, "label") == pytest.approx(2 / 3)
    assert differ == ["d: only the second has '4万元'"]


def test_optional_facts_count_neither_way() -> None:
    count, differ = agreement.compare(Gold("d", "", {}, (fact(optional=True),)), Gold("d", "", {}, (fact(),)))
    assert (count["first"], count["second"], differ) == (0, 0, [])


def test_ten_documents_were_labelled_twice() -> None:
    total = [count for _, count, _ in agreement.compared()]
    assert len(total) >= 10
    everything = sum(total[1:], total[0])
    assert agreement.agreement(everything, "label") > 0.97
    assert agreement.agreement(everything, agreement.LEVELS[-1]) > 0.95
