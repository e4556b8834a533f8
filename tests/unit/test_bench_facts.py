"""Systems on labelled documents, the learning curve with a toy that learns, and what two runs differ in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from govfin_extract.bench import corpus, facts, results
from govfin_extract.bench.bootstrap import Counts
from govfin_extract.bench.corpus import Gold, Record
from govfin_extract.bench.systems import System, alone, deciding, extracting, systems, train
from govfin_extract.errors import SchemaError
from govfin_extract.learn.store import load_model
from govfin_extract.pipeline import Extractor

TEXT = "收入10万元，支出8万元。"


def fact(start: int, end: int, value: str, label: tuple[int, int], **changes: Any) -> dict[str, Any]:
    plain = {"id": f"f{start}", "start": start, "end": end, "text": TEXT[start:end], "kind": "amount", "value": value}
    rest = {"unit": "CNY", "measure": "level", "basis": "actual", "period": "2023", "source": "prose"}
    labels = [{"min": list(label), "max": list(label)}]
    found = {"start": label[0], "end": label[1], "text": TEXT[slice(*label)]}
    return {**plain, **rest, "labels": labels, "label": found, **changes}


INCOME, SPENDING = fact(2, 6, "100000", (0, 2)), fact(9, 12, "80000", (7, 9))


def document(name: str, genre: str = "部门决算", labelled: Sequence[Record] = (INCOME, SPENDING)) -> Gold:
    return Gold(name, TEXT, {"doc_type": genre}, tuple(labelled))


def only(*found: Record) -> System:
    return lambda _: found


def test_slices_of_a_run() -> None:
    done = facts.run(only(INCOME, {**SPENDING, "period": None}), [document("a"), document("b", "部门预算")])
    assert done.counts() == [Counts(1, 2, 2)] * 2
    assert done.counts("genre:部门预算") == [Counts(0, 0, 0), Counts(1, 2, 2)]
    assert done.counts("kind:amount") == done.counts("source:prose") == done.counts()


def test_systems_side_by_side_with_the_gain_over_the_first() -> None:
    documents = [document(name) for name in "abcd"]
    measured = facts.compare({"half": only(INCOME), "whole": only(INCOME, SPENDING)}, documents)
    half, whole = (measured["systems"][name]["table"]["all"] for name in ("half", "whole"))
    assert (half["gold"], half["pred"], half["right"], half["precision"], half["recall"]) == (8, 4, 4, 1.0, 0.5)
    assert half["f1"] == [0.6667] * 3
    assert whole["f1"] == [1.0] * 3
    assert whole["levels"] == {"detect": 1.0, "value": 1.0, "label": 1.0, "fact": 1.0}
    assert measured["gains"] == [{"of": "whole", "over": "half", "f1": [0.3333] * 3}]
    assert measured["systems"]["half"]["right"]["a"] == "2:6"
    assert measured["systems"]["whole"]["right"]["a"] == "2:6 9:12"
    assert (measured["documents"], measured["characters"]) == (4, 4 * len(TEXT))


def test_a_document_without_facts_counts_what_is_found_in_it() -> None:
    measured = facts.compare({"eager": only(INCOME)}, [document("a", labelled=())])
    row = measured["systems"]["eager"]["table"]["genre:部门决算"]
    assert (row["gold"], row["pred"], row["right"]) == (0, 1, 0)
    assert measured["systems"]["eager"]["spurious"] == {"a": 1}


def test_the_systems_are_the_rules_the_model_and_both() -> None:
    known = systems()
    assert list(known) == ["rules", "model only", "both"]
    text = "青禾县水利局2022年度部门决算\n2022年度收入合计3万元，支出合计2万元。"
    assert known["rules"](text) == extracting(Extractor(model=None))(text)
    assert known["both"](text) == extracting(Extractor(model="default"))(text)


def test_a_model_alone_takes_what_it_holds_for_likeliest(root: Path) -> None:
    model = load_model("default")
    (document, *_) = corpus.load(root / "corpora/src/dev")
    own, alone_ = deciding(model)(document.text), deciding(alone(model))(document.text)
    assert [found["value"] for found in own] == [
        found["value"] for found in extracting(Extractor(model="default"))(document.text)
    ]
    assert own != alone_, "with all trust in itself it overrules the rules more often"
    assert model.settings != alone(model).settings


def test_training_gives_a_system(root: Path) -> None:
    documents = corpus.load(root / "corpora/src/dev")[:2]
    system = train(documents)
    assert facts.run(system, documents[:1]).counts()[0].right > 0


def test_a_learning_curve_of_a_toy_that_needs_four_documents() -> None:
    seen: list[list[str]] = []

    def toy(documents: Sequence[Gold]) -> System:
        seen.append([document.name for document in documents])
        return only(INCOME, SPENDING) if len(documents) >= 4 else only(INCOME)

    documents = [document(f"train{number}") for number in range(8)]
    points = facts.learning_curve(toy, documents, {"dev": [document(name) for name in "xyz"]})
    assert [point["documents"] for point in points] == [1, 2, 4, 8]
    assert [point["facts"] for point in points] == [2, 4, 8, 16]
    assert [point["f1"]["dev"] for point in points] == [[0.6667] * 3, [0.6667] * 3, [1.0] * 3, [1.0] * 3]
    assert all(set(small) < set(large) for small, large in pairwise(seen))
    assert seen[-1] != sorted(seen[-1]), "a share is to be any documents, not the first by name"
    again = facts.learning_curve(toy, documents[::-1], {"dev": [document("x")]})
    assert seen[len(points) :] == seen[: len(again)], "the order of the files changes nothing"


def test_a_curve_of_one_document_has_one_point() -> None:
    points = facts.learning_curve(lambda *_: only(), [document("a")], {"dev": [document("x")]})
    assert points == [{"documents": 1, "facts": 2, "f1": {"dev": [0.0, None, None]}}]


def run_of(*found: Record, split: str = "dev") -> dict[str, Any]:
    return {**results.nothing(), "facts": {split: facts.compare({"rules": only(*found)}, [document("a")])}}


def test_differences_name_what_was_gained_and_lost_by_document() -> None:
    old, new = run_of(INCOME), run_of({**INCOME, "value": "1"}, SPENDING, {**SPENDING, "start": 0, "end": 1})
    assert list(results.differences(old, new, {"dev": [document("a")]})) == [
        "dev, rules: fact F1 0.6667 → 0.4000",
        "  a: 1 gained, 1 lost, +1 spurious",
        "    gained 9:12 收入10万元，支出[8万元]",
        "    lost 2:6 收入[10万元]",
    ]
    assert list(results.differences(new, new, {})) == ["dev, rules: fact F1 0.4000 → 0.4000"]


def test_documents_of_one_run_only_are_counted_and_not_listed() -> None:
    old, new = run_of(INCOME), run_of(INCOME)
    record = new["facts"]["dev"]["systems"]["rules"]
    record["right"] = {"b": record["right"]["a"], "c": ""}
    assert list(results.differences(old, new, {}))[1:] == [
        "  documents that are new: 2",
        "  documents that are gone: 1",
    ]


def test_of_the_test_split_only_counts_are_told() -> None:
    old, new = (run_of(*found, split="test") for found in ([INCOME], [SPENDING]))
    lines = list(results.differences(old, new, {"test": [document("a")]}))
    assert lines == ["test, rules: fact F1 0.6667 → 0.6667", "  a: 1 gained, 1 lost, +0 spurious"]


def test_what_the_last_run_did_not_have_is_said() -> None:
    assert list(results.differences(results.nothing(), run_of(INCOME), {})) == ["dev, rules: not in the last run"]


def test_a_record_comes_back_and_lists_stand_on_one_line(tmp_path: Path) -> None:
    path = results.place(tmp_path)
    written = {**run_of(INCOME), "curve": {}, "none": []}
    results.save(written, path)
    assert results.load(path) == json.loads(json.dumps(written))
    assert any(line.strip().startswith('"f1": [0.6667, null, null]') for line in path.read_text("utf-8").splitlines())


def test_another_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text('{"schema": "govfin-evaluation/1"}', "utf-8")
    with pytest.raises(SchemaError, match=r"results\.json has the schema 'govfin-evaluation/1'"):
        results.load(path)
