"""An evaluation as lines and as a difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govfin_extract.bench.corpus import Gold
from govfin_extract.bench.report import Evaluation, differences, earlier
from govfin_extract.bench.score import judge
from govfin_extract.errors import SchemaError

TEXT = "收入10万元，支出8万元。"
LABELLED = [
    {"id": "f1", "start": 2, "end": 6, "text": "10万元", "kind": "amount", "value": "100000", "unit": "CNY",
     "period": "2023", "labels": [{"min": [0, 2], "max": [0, 2]}], "source": "prose", "concept": "a"},
    {"id": "f2", "start": 9, "end": 12, "text": "8万元", "kind": "amount", "value": "80000", "unit": "CNY",
     "period": "2023", "labels": [{"min": [7, 9], "max": [7, 9]}], "source": "prose"},
]  # fmt: skip
RIGHT = [
    {**LABELLED[0], "label": {"start": 0, "end": 2, "text": "收入"}},
    {**LABELLED[1], "label": {"start": 7, "end": 9, "text": "支出"}},
]


def evaluation(predicted: list[dict[str, object]]) -> Evaluation:
    judgements = judge(Gold("d", TEXT, {}, tuple(LABELLED)), predicted)
    return Evaluation(judgements, {"d": {"organization": True, "fiscal_year": False}}, {"d": TEXT})


def test_lines_show_errors_the_table_links_and_fields() -> None:
    lines = list(
        evaluation([RIGHT[0], {**RIGHT[1], "label": None}, {**RIGHT[1], "start": 0, "end": 1}]).lines(errors=9)
    )
    assert lines[0].startswith("d\tlabel\tgold: text=8万元 kind=amount value=80000")
    assert "label=支出\tfound: text=8万元" in lines[0]
    assert lines[1].startswith("d\tspurious\tgold: nothing\tfound: ")
    assert any(line.startswith("all ") and line.split()[1:3] == ["2", "3"] for line in lines)
    assert lines[-2].startswith("of the right values: concepts right 1/1")
    assert lines[-1] == "of the documents' own fields: organization 1/1, fiscal_year 0/1"


def test_differences_name_gains_and_losses_by_document() -> None:
    old = evaluation([RIGHT[0], {**RIGHT[1], "start": 0, "end": 1}]).to_dict()
    new = evaluation([{**RIGHT[0], "period": None}, RIGHT[1]])
    assert list(differences(old, new)) == [
        "fact F1 0.5000 → 0.5000",
        "d:",
        "  lost 2:6 收入[10万元]: fact → label",
        "  gained 9:12 收入10万元，支出[8万元]: missed → fact",
        "  gained: no more spurious 0:1 amount 8万元",
    ]
    assert list(differences(new.to_dict(), new)) == ["fact F1 0.5000 → 0.5000"]


def test_another_json_is_refused() -> None:
    with pytest.raises(SchemaError, match="govfin-extract/1"):
        list(differences({"schema": "govfin-extract/1"}, evaluation([])))


@pytest.mark.parametrize(
    "change",
    [{"table": None}, {"table": {"all": {"fact": [1]}}}, {"levels": {"d": {"0:1": 9}}}, {"spurious": {"d": 1}}],
)
def test_an_earlier_evaluation_that_is_not_whole_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "old.json"
    whole = evaluation(RIGHT).to_dict()
    path.write_text(json.dumps(whole), "utf-8")
    assert earlier(path) == json.loads(json.dumps(whole))
    path.write_text(json.dumps({**whole, **change}), "utf-8")
    with pytest.raises(SchemaError, match=rf"old\.json has no whole '{next(iter(change))}'"):
        earlier(path)
