"""Words at token borders, speed, the page's tables, the plots, and the run from end to end on a small checkout."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from govfin_extract.bench import corpus, facts, page, plots, results, run, speed, words
from govfin_extract.bench.corpus import Gold
from govfin_extract.bench.systems import System
from govfin_extract.errors import MissingToolError, ReadError

MARK = """doc: {name}
organization: 甲局
fiscal_year: 2022
doc_type: {genre}
---
2022年度收入合计⟦10万元|amount 100000 CNY|收入合计⟧，支出合计⟦8万元|amount 80000 CNY|支出合计⟧。
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A checkout of few documents, without any other library installed."""
    place = tmp_path_factory.mktemp("checkout")
    for split, genre in (("train", "部门决算"), ("dev", "部门预算"), ("test", "部门决算")):
        for number in range(3):
            path = place / "corpora/src" / split / f"{split}{number}.mark"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(MARK.format(name=path.stem, genre=genre), "utf-8")
    (place / "tests/data").mkdir(parents=True)
    sentence = {"text": "共5人", "expected": [{"kind": "count", "value": "5", "low": None, "high": None}]}
    lines = [json.dumps(each) for each in (sentence, {"text": "一盘棋", "expected": []})]
    (place / "tests/data/quantities.jsonl").write_text("\n".join(lines), "utf-8")
    (place / "scripts").mkdir()
    shutil.copytree(root / "scripts/bench", place / "scripts/bench")
    conformance = place / "shared/conformance"
    conformance.mkdir(parents=True)
    rows = {"id": "r", "text": "三百", "expect": [], "rewrite": "300"}
    (conformance / "wetext_itn.jsonl").write_text(json.dumps(rows), "utf-8")
    return place


def half(_: str) -> list[dict[str, Any]]:
    """Finds the income."""
    label = {"start": 6, "end": 10, "text": "收入合计"}
    return [
        {
            "start": 10,
            "end": 14,
            "text": "10万元",
            "kind": "amount",
            "value": "100000",
            "unit": "CNY",
            "period": "2022",
            "label": label,
        }
    ]


def learned(documents: Any) -> System:
    return half if len(documents) > 1 else lambda _: []


def measure(checkout: Path, *parts: str) -> results.Results:
    place = run.checkout(checkout, checkout / "shared")
    systems: Mapping[str, System] = {"rules": half, "other": half}
    noted: list[str] = []
    measured = run.run(
        place, place.documents(), systems=systems, trainer=learned, parts=parts or run.PARTS, note=noted.append
    )
    assert noted
    return measured


@pytest.fixture(scope="module")
def whole(checkout: Path) -> results.Results:
    return measure(checkout)


def test_words_at_borders_and_whole() -> None:
    text = "公务接待费支出3万元"
    labels = [{"min": [0, 5], "max": [0, 7]}, {"min": [2, 4], "max": [2, 5]}, {"min": [5, 7], "max": [5, 7]}]
    labelled = {"start": 7, "end": 10, "kind": "amount", "labels": labels}
    document = Gold(
        "d", text, {}, (labelled, {**labelled, "optional": True, "labels": [{"min": [1, 2], "max": [1, 2]}]})
    )
    tokenizers = {
        "ours": lambda _: ["公务接待费", "支出", "3", "万元"],
        "characters": list,
        "long": lambda _: ["公务接待费支出", "3万元"],
    }
    measured = words.measure([document], tokenizers)
    assert (measured["labels"], measured["names"]) == (3, 1)
    ours, characters, long = measured["tokenizers"].values()
    assert (ours["labels_at_borders"], ours["labels_reached"], ours["labels_whole"]) == (0.6667, 0.6667, 0.6667)
    assert (characters["labels_at_borders"], characters["labels_whole"], characters["names_whole"]) == (1.0, 0.0, 0.0)
    assert (long["labels_at_borders"], long["labels_reached"]) == (0.0, 0.3333)
    assert (ours["names_at_borders"], ours["names_whole"], long["names_at_borders"]) == (1.0, 1.0, 0.0)
    assert (ours["characters_a_token"], characters["characters_a_token"]) == (2.5, 1.0)


def test_both_tokenizers_give_back_the_text() -> None:
    text = "2022年度“三公”经费支出34.34万元\n（一）收入"
    for name, tokenize in words.tokenizers().items():
        assert "".join(tokenize(text)) == text, name


def test_speed_is_measured_in_other_processes() -> None:
    held = b"x" * (400 * 2**20)  # what this process has is none of theirs
    measured = speed.measure(["收入合计10万元。" * 20, "支出"])
    assert measured["characters"] == 182
    assert measured["characters_a_second"] > 100
    assert 0 < measured["import_seconds"] < 60
    assert 10 < measured["peak_mib"] < 350
    assert speed.peak() > len(held) / 2**20


def test_every_part_is_measured(whole: results.Results) -> None:
    assert {*run.PARTS} <= whole.keys()
    test = whole["facts"]["test"]
    assert test["systems"]["rules"]["table"]["all"]["f1"] == [0.6667] * 3
    assert test["systems"]["rules"]["right"]["test0"] == "10:14"
    assert [point["f1"]["dev"][0] for point in whole["curve"]] == [0.0, 0.6667, 0.6667]
    ours, missing = whole["quantities"]["govfin_extract"], whole["quantities"]["JioNLP"]
    assert ours["sets"]["sentences"] == {"all": [1, 1], "count": [1, 1], "nothing to find": [1, 1]}
    assert ours["sets"]["expressions"]["all"] == [2, 2]
    assert missing["failure"].startswith("not installed")
    assert "sets" not in missing


def test_a_part_alone(checkout: Path) -> None:
    assert measure(checkout, "words").keys() == {"schema", "library", "machine", "words"}


def test_without_documents_to_learn_from_there_is_no_curve(checkout: Path) -> None:
    place = run.checkout(checkout, checkout)
    few = {split: documents for split, documents in place.documents().items() if split != "train"}
    measured = run.run(place, few, systems={}, trainer=learned, parts=["curve"], note=print)
    assert measured["curve"] == []


def test_a_folder_that_is_no_checkout(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="runs in a checkout"):
        run.checkout(tmp_path).documents()


def test_the_page_says_what_was_measured(whole: results.Results) -> None:
    text = page.render(whole, {"genres": "genres.svg"})
    for line in (
        "| test, rules | 3 | 6 | 1.000 | 0.500 | 0.667 | 0.667 to 0.667 | 0.667 | 0.667 | 0.667 |",
        "| test: other over rules | +0.000 | +0.000 to +0.000 |",
        "| 部门决算 (department final accounts) | 6 | 0.667 | 0.667 to 0.667 | 0.667 | 0.667 to 0.667 |",
        "| 3 | 6 | 0.667 | 0.667 to 0.667 | 0.667 | 0.667 to 0.667 |",
        "- JioNLP: not installed: run scripts/bench/install.py",
        "| govfin_extract | 100.0 | 1 | 1 |",
        "| library | WeTextProcessing: texts, their numbers (1) | characters a second |",
        "![F1 of whole facts by kind of document, with intervals](benchmark/genres.svg)",
    ):
        assert line in text.splitlines(), line
    assert "speed.svg" not in text, "a plot that was not drawn is not shown"
    assert not re.search(r"/(?:home|work|tmp|usr)/|https?://", text)


def test_a_library_that_is_meant_for_amounts_has_a_dash_elsewhere() -> None:
    about = {"version": "1", "failure": "", "licence": "MIT", "entry": "f", "meant_for": "money"}
    sets = {"sentences": {"all": [5, 9], "amount": [4, 5], "count": [1, 4]}}
    record = {**about, "kinds": ["amount"], "sets": sets}
    text = page.render(
        {"library": "1", "machine": dict.fromkeys(("python", "system", "processors")), "quantities": {"x": record}}, {}
    )
    assert "| x | 80.0 | 4 | – |" in text
    assert "| x | – |" in text, "no speed was measured"


def test_parts_that_were_not_measured_are_left_out(whole: results.Results) -> None:
    few = {key: whole[key] for key in ("library", "machine", "words")}
    heads = [line for line in page.render(few, {}).splitlines() if line.startswith("#")]
    assert heads == ["# Benchmark", "## Words"]


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert page.table(["a|b"], [["c|d"]], figures=False) == "| a\\|b |\n| --- |\n| c\\|d |"


def test_plots_are_the_same_bytes_and_go_where_nothing_is_measured(whole: results.Results, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    drawn = plots.draw(whole, tmp_path)
    assert list(drawn) == ["genres", "curve", "quantities", "speed"]
    first = {name: (tmp_path / file).read_bytes() for name, file in drawn.items()}
    plots.draw(whole, tmp_path)
    assert {name: (tmp_path / file).read_bytes() for name, file in drawn.items()} == first
    assert b"department final accounts (6)" in first["genres"]
    assert all(b"<dc:date>" not in content for content in first.values())
    assert all(content.isascii() for content in first.values()), "a label would need a Chinese font"
    assert plots.draw(results.nothing(), tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


def test_plots_name_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda _: None)
    with pytest.raises(MissingToolError, match=r"govfin-extract\[bench\]"):
        plots.require()


def test_every_kind_of_document_has_an_english_name(root: Path) -> None:
    documents = [each for folder in (root / "corpora/src").iterdir() for each in corpus.load(folder)]
    assert {document.meta["doc_type"] for document in documents} <= plots.english().keys()


def test_the_page_in_the_documentation_is_that_of_its_record(root: Path) -> None:
    measured = results.load(results.place(root / "docs"))
    pictures = {path.stem: path.name for path in (root / "docs/benchmark").glob("*.svg")}
    assert (root / "docs/benchmark.md").read_text("utf-8") == page.render(measured, pictures)
    assert not re.search(r"/(?:home|work|tmp|usr)/|https?://", results.place(root / "docs").read_text("utf-8"))


def test_the_run_on_a_real_document_finds_its_facts(root: Path) -> None:
    from govfin_extract.bench.systems import systems

    (document, *_) = corpus.load(root / "corpora/src/dev")
    assert facts.compare(systems(), [document])["systems"]["rules"]["table"]["all"]["f1"][0] > 0.5
