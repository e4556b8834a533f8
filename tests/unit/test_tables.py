"""Tables of many forms and what each figure of them is: ``tests/data/tables.jsonl``, read and found right by hand.

A fact is written as ``text | label | kind | value and unit | what is not usual``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import govfin_extract as gfe
from govfin_extract.records import Fact

BATTERY = Path(__file__).parents[1] / "data/tables.jsonl"
ROWS = [json.loads(line) for line in BATTERY.read_text("utf-8").splitlines()]
USUAL = {"measure": "level", "basis": "actual", "modifier": "exact", "source": "table"}


def shown(fact: Fact) -> str:
    """A fact as the battery writes it."""
    said = {
        "measure": fact.measure,
        "basis": fact.basis,
        "period": fact.period,
        "max": fact.max_score,
        "code": fact.code,
        "modifier": fact.modifier,
        "source": fact.source,
    }
    head = [fact.text, fact.label.text if fact.label else "", fact.kind, f"{fact.value}{fact.unit}"]
    return " | ".join(head + [f"{key}={value}" for key, value in said.items() if value and value != USUAL.get(key)])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_battery(row: dict[str, Any]) -> None:
    document = gfe.extract(row["text"])
    assert [shown(fact) for fact in document.facts] == row["facts"]
    assert [table.kind for table in document.tables] == row["tables"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_facts_stand_where_they_say(row: dict[str, Any]) -> None:
    document = gfe.extract(row["text"])
    for fact in document.facts:
        assert document.text[fact.start : fact.end] == fact.text
        if fact.source == "table":
            assert fact.table is not None
            assert document.tables[fact.table].start <= fact.start < document.tables[fact.table].end


def test_a_broken_cell_is_one_label_and_one_number() -> None:
    text = "单位：万元\n项目\t预算数\t决算数\n基本支\n出\t1,234.\n50\t1,200.00\n合计\t1,234.50\t1,200.00\n项目支出\t1.00\t2.00\n"
    fact = gfe.extract(text).facts[0]
    assert (fact.text, str(fact.value), fact.label and fact.label.text) == ("1,234.\n50", "12345000", "基本支\n出")


@pytest.mark.parametrize("mark", ["\t", " | ", "    "])
def test_a_wide_or_long_table_costs_linear_time(mark: str) -> None:
    """Twice the rows take about twice the time: no row looks at all others."""
    import time

    def seconds(rows: int) -> float:
        lines = [mark.join(("项目", "预算数", "决算数"))]
        lines += [mark.join((f"支出{'甲乙丙丁'[n % 4]}项", f"{n}.50", f"{n}.25")) for n in range(rows)]
        text = "支出决算表\n单位：万元\n" + "\n".join(lines)
        started = time.perf_counter()
        gfe.extract(text)
        return time.perf_counter() - started

    seconds(50)
    assert min(seconds(4000), seconds(4000)) < 6 * min(seconds(1000), seconds(1000)) + 0.5
