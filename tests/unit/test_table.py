"""The table for the terminal."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from govfin_extract.document import Document
from govfin_extract.records import Fact, Label, Metadata
from govfin_extract.writers.table import show, value_text

FACTS = (
    Fact(
        "f1",
        2,
        6,
        "10万元",
        "amount",
        Decimal(100000),
        unit="CNY",
        label=Label(0, 2, "收\n入"),
        section=("一、收入",),
        period="2023",
    ),
    Fact(
        "f2", 8, 9, "9%", "ratio", Decimal("-9.50"), unit="%", measure="growth", basis="budget", section=("一、收入",)
    ),
    Fact(
        "f3", 9, 12, "9分", "score", Decimal(9), unit="分", max_score=Decimal(10), section=("二、[绩效]", "（一）得分")
    ),
)


def shown(document: Document) -> list[str]:
    file = io.StringIO()
    show(document, file)
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_rows_stand_below_their_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "130")
    lines = shown(
        Document("…", metadata=Metadata(title="甲局决算", organization="甲局", fiscal_year="2023"), facts=FACTS)
    )
    assert lines[:2] == ["甲局决算", "甲局 · 2023"]
    assert lines[3].split() == ["what", "value", "kind", "period", "measure", "as", "written", "conf."]
    assert lines[4:6] == ["", "一、收入"]
    assert lines[6].split() == ["收", "入", "100,000", "CNY", "amount", "2023", "10万元", "1.00"]
    assert lines[7].split() == ["(no", "label)", "-9.5", "%", "ratio", "growth,", "budget", "9%", "1.00"]
    assert lines[8:11] == ["", "二、[绩效]", "  （一）得分"]
    assert lines[11].split()[2:5] == ["9", "/", "10"]
    assert lines[-1] == "3 facts   1 amount   1 ratio   1 score"


def test_a_narrow_terminal_drops_columns_and_never_wraps_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = shown(Document("…", metadata=Metadata(), facts=FACTS, name="x.txt"))
    assert lines[0] == "x.txt"
    assert all(len(line) <= 60 for line in lines)
    assert any("100,000 CNY  amount" in line for line in lines)


def test_no_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert shown(Document("", metadata=Metadata(), facts=()))[-1] == "0 facts"


def test_values() -> None:
    assert value_text(Fact("f", 0, 1, "", "grade", "优")) == "优"
    ends = Fact("f", 0, 1, "", "event", None, low=Decimal(1000), high=Decimal("2000.5"), unit="人")
    assert value_text(ends) == "1,000 to 2,000.5 人"
