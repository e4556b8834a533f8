"""Our scorer: each rule of the guide's section 6, and the same figures as the benchmark's own script."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from govfin_extract.bench import corpus, markup
from govfin_extract.bench.corpus import Gold
from govfin_extract.bench.score import Level, judge, levels, links, spurious, table

TEXT = "收入合计10万元，增长3.5%，得分9（10）分，等级优。"


def gold(**changes: Any) -> dict[str, Any]:
    plain = {"id": "f1", "start": 4, "end": 8, "text": "10万元", "kind": "amount", "value": "100000", "unit": "CNY"}
    rest = {"measure": "level", "basis": "actual", "period": "2023", "source": "prose"}
    return {**plain, **rest, "labels": [{"min": [2, 4], "max": [0, 4]}], **changes}


def found(**changes: Any) -> dict[str, Any]:
    return {**gold(), "label": {"start": 0, "end": 4, "text": "收入合计"}, **changes}


def levels_of(labelled: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> list[Level]:
    return [judgement.level for judgement in judge(Gold("d", TEXT, {}, tuple(labelled)), predicted)]


@pytest.mark.parametrize(
    ("labelled", "predicted", "level"),
    [
        ({}, {}, Level.FACT),
        ({}, {"start": 6, "end": 9}, Level.FACT),
        ({}, {"start": 8, "end": 9}, Level.MISSED),
        ({}, {"kind": "event"}, Level.OVERLAP),
        ({}, {"value": "10"}, Level.DETECT),
        ({}, {"value": "100000.0"}, Level.FACT),
        ({}, {"unit": "元"}, Level.DETECT),
        ({"unit": "㎡"}, {"unit": "m2"}, Level.FACT),
        ({"value": None, "low": "1", "high": "2"}, {"value": None, "low": "1", "high": "2.0"}, Level.FACT),
        ({"value": None, "low": "1", "high": "2"}, {"value": None, "low": "1", "high": "3"}, Level.DETECT),
        ({"value": "优"}, {"value": "优"}, Level.FACT),
        ({}, {"value": "sNaN"}, Level.DETECT),
        ({}, {"label": None}, Level.VALUE),
        ({}, {"label": {"start": 2, "end": 4, "text": "合计"}}, Level.FACT),
        ({}, {"label": {"start": 0, "end": 3, "text": "收入合"}}, Level.VALUE),
        ({}, {"label": {"start": 0, "end": 5, "text": "收入合计1"}}, Level.VALUE),
        ({}, {"label": {"text": "入合计"}}, Level.FACT),
        ({}, {"label": {"text": "等级"}}, Level.VALUE),
        ({}, {"measure": "change"}, Level.LABEL),
        ({}, {"measure": None, "basis": None}, Level.FACT),
        ({}, {"basis": "budget"}, Level.LABEL),
        ({}, {"period": None}, Level.LABEL),
        ({"max_score": "10"}, {"max_score": "10.0"}, Level.FACT),
        ({"max_score": "10"}, {}, Level.LABEL),
    ],
)
def test_levels(labelled: dict[str, Any], predicted: dict[str, Any], level: Level) -> None:
    assert levels_of([gold(**labelled)], [found(**predicted)])[0] == level


def test_the_greatest_overlap_wins_then_the_equal_span_then_the_equal_kind() -> None:
    judgements = judge(
        Gold("d", TEXT, {}, (gold(),)), [found(start=7, end=8), found(start=4, end=9), found(kind="event")]
    )
    assert judgements[0].predicted == found(kind="event")
    assert [judgement.why for judgement in judgements] == ["kind", "spurious", "spurious"]


def test_optional_facts_count_neither_way() -> None:
    assert levels_of([gold(optional=True)], [found()]) == []
    assert levels_of([gold(optional=True)], []) == []


def test_links_count_only_where_the_value_is_right() -> None:
    labelled = gold(concept="a", concept_alt=["b"], code="201")
    cases: list[tuple[dict[str, Any], tuple[int, int, int]]] = [
        ({"concept": "b", "code": "201"}, (1, 0, 1)),
        ({"concept": "c", "code": None}, (0, 1, 0)),
        ({"concept": None}, (0, 0, 0)),
    ]
    for predicted, (concepts, wrong, codes) in cases:
        count = links(judge(Gold("d", TEXT, {}, (labelled,)), [found(**predicted)]))
        assert (count["concepts_right"], count["links_wrong"], count["codes_right"]) == (concepts, wrong, codes)
        assert (count["concepts"], count["codes"]) == (1, 1)
    assert not links(judge(Gold("d", TEXT, {}, (labelled,)), [found(value="1")]))


def test_records_for_later_comparison() -> None:
    judgements = judge(Gold("d", TEXT, {}, (gold(), gold(id="f2", value="5"))), [found(), found(start=12, end=14)])
    assert levels(judgements) == {"d": {"4:8": 4, "4:8+": -1}}
    assert spurious(judgements) == {"d": ["12:14 amount 10万元"]}


def broken(facts: tuple[Any, ...], text: str, seed: int) -> list[dict[str, Any]]:
    """Predictions that are wrong in every way there is."""
    chance = random.Random(seed)
    out = []
    for fact in facts:
        entry = chance.choice(fact["labels"])
        start, end = entry[chance.choice(["min", "max"])]
        copy: dict[str, Any] = {**fact, "label": {"start": start, "end": end, "text": text[start:end]}}
        for key, value in chance.sample(
            [
                ("kind", "event"), ("value", "1"), ("unit", "人"), ("label", None), ("measure", "share"), ("period", None),
                ("start", fact["start"] - 1), ("end", fact["end"] + 3), ("label", {"text": text[start:end]}), ("source", "table"),
                ("concept", "x"), ("max_score", "5"),
            ],
            chance.choice([0, 0, 0, 1, 2]),
        ):  # fmt: skip
            copy[key] = value
        out += chance.choice([[], [copy], [copy], [copy], [copy, {**copy, "kind": "ratio"}]])
    chance.shuffle(out)
    return out


def theirs(shared: Path, gold_folder: Path, predicted: Path) -> Any:
    command = [sys.executable, str(shared / "benchmark/score.py"), str(gold_folder), str(predicted), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout)


@pytest.mark.parametrize("seed", range(3))
def test_the_benchmark_script_says_the_same(shared: Path, root: Path, tmp_path: Path, seed: int) -> None:
    built = tmp_path / "gold"
    for path in (root / "corpora/src").glob("*/*.mark"):
        markup.write(markup.parse(path.read_text("utf-8"), name=path.stem), built)
    for folder in (built, shared / "benchmark/docs"):
        predicted = tmp_path / f"predicted-{folder.name}"
        predicted.mkdir()
        documents = corpus.load(folder)
        for document in documents[seed % 2 :]:
            facts = broken(document.facts, document.text, seed)
            (predicted / f"{document.name}.json").write_text(json.dumps({"facts": facts}), "utf-8")
        facts_by_name = corpus.predictions(predicted, documents)
        judgements = [item for document in documents for item in judge(document, facts_by_name[document.name])]
        assert table(judgements) == theirs(shared, folder, predicted)
