"""The source format of labelled documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govfin_extract.bench import markup

HEAD = "doc: d\norganization: 甲局\nfiscal_year: 2022\ndoc_type: 部门决算\n---\n"


def parse(body: str) -> markup.Labelled:
    return markup.parse(HEAD + body, name="d")


def test_a_mark_becomes_text_and_a_fact_with_offsets() -> None:
    labelled = parse("收入⟦10万元|amount 100000 CNY|收入⟧，增长⟦3.50%|ratio 3.50 % m=growth p=2021|收入⟧。\n")
    assert labelled.text == "收入10万元，增长3.50%。\n"
    first, second = labelled.facts
    assert labelled.text[first["start"] : first["end"]] == first["text"] == "10万元"
    assert first["labels"] == [{"min": [0, 2], "max": [0, 2]}]
    assert (second["value"], second["measure"], second["period"], second["id"]) == ("3.5", "growth", "2021", "f2")
    assert labelled.meta == {"organization": "甲局", "fiscal_year": "2022", "doc_type": "部门决算"}


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("⟦优|grade 优|等级⟧", {"value": "优", "unit": ""}),
        ("⟦十至二十人|staffing 10..20 人|等级⟧", {"value": None, "low": "10", "high": "20"}),
        ("⟦9分|score 9 分 max=10|等级⟧", {"max_score": "10"}),
        ("⟦9人|event 9 人 opt table concept=x code=201|等级⟧", {"optional": True, "source": "table", "code": "201"}),
    ],
)
def test_values_and_attributes(mark: str, expected: dict[str, object]) -> None:
    assert parse(f"等级{mark}").facts[0].items() >= expected.items()


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("甲乙甲⟦1人|event 1 人|甲⟧", [([2, 3], [2, 3])]),
        ("甲乙甲⟦1人|event 1 人|^甲⟧", [([0, 1], [0, 1])]),
        ("甲⟦1人|event 1 人|>乙⟧乙", [([3, 4], [3, 4])]),
        ("大甲乙⟦1人|event 1 人|甲⊂大甲乙 / 乙⟧", [([1, 2], [0, 3]), ([2, 3], [2, 3])]),
    ],
)
def test_labels_are_looked_up_near_the_mark(body: str, labels: list[tuple[list[int], list[int]]]) -> None:
    assert parse(body).facts[0]["labels"] == [{"min": inner, "max": outer} for inner, outer in labels]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("⟦1人|event 1 人⟧", "needs surface"),
        ("甲⟦1人|people 1 人|甲⟧", "kind must be one of"),
        ("甲⟦1人|event 一 人|甲⟧", "not a plain decimal"),
        ("甲⟦1人|event 1|甲⟧", "a value and a unit"),
        ("甲⟦1元|amount 1 元|甲⟧", "unit CNY"),
        ("甲⟦1人|event 1 人 m=size|甲⟧", "m= must be one of"),
        ("甲⟦1人|event 1 人 so|甲⟧", "unknown attribute"),
        ("甲⟦1人|event 1 人 m=share|甲⟧", "is for ratios"),
        ("甲⟦1人|event 1 人|乙⟧", "not found before"),
        ("甲⟦1人|event 1 人|乙⊂甲⟧", "does not stand in"),
        ("甲⟦1人|event 1 人|⟧", "no label"),
        ("甲⟦优|grade|甲⟧", "needs its word"),
        ("甲⟦1人", "without its partner"),
    ],
)
def test_complaints_name_the_mark(body: str, complaint: str) -> None:
    with pytest.raises(markup.MarkupError, match=complaint):
        parse(body)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [("doc: d\n", "no line '---'"), ("doc d\n---\n", "without a colon"), ("doc: d\n---\n", "lacks")],
)
def test_heads_are_checked(source: str, complaint: str) -> None:
    with pytest.raises(markup.MarkupError, match=complaint):
        markup.parse(source)


def test_the_command_writes_text_and_gold_and_fails_for_a_bad_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "d.mark", tmp_path / "bad.mark"
    good.write_text(HEAD + "收入⟦10万元|amount 100000 CNY|收入⟧\r\n", "utf-8", newline="")
    bad.write_text(HEAD + "⟦", "utf-8")
    assert markup.main(["--out", str(tmp_path / "out"), "--show", str(good)]) == 0
    assert (tmp_path / "out/d.txt").read_bytes().decode() == "收入10万元\r\n"
    assert json.loads((tmp_path / "out/d.gold.json").read_text("utf-8"))["facts"][0]["value"] == "100000"
    assert "10万元 amount 100000 CNY" in capsys.readouterr().out
    assert markup.main([str(bad)]) == 1
    assert "without its partner" in capsys.readouterr().err


def test_a_planted_error_names_its_facts() -> None:
    head = HEAD.replace("---", "audit: sum | x1 f2 | 两项合计应为30\naudit: unit | x1 | 元应为万元\n---")
    labelled = markup.parse(head + "收入⟦10元|amount 10 CNY id=x1|收入⟧，支出⟦20元|amount 20 CNY|支出⟧。", name="d")
    assert labelled.audit == [
        {"what": "两项合计应为30", "facts": ["x1", "f2"], "type": "sum"},
        {"what": "元应为万元", "facts": ["x1"], "type": "unit"},
    ]
    assert labelled.gold()["audit"] == labelled.audit
    assert "audit" not in labelled.meta


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("sum | x9 | 不符", "no mark has the id x9"),
        ("total | f1 | 不符", "type must be one of"),
        ("sum | f1", "needs type"),
        ("sum |  | 不符", "needs type"),
    ],
)
def test_a_planted_error_is_checked(line: str, complaint: str) -> None:
    head = HEAD.replace("---", f"audit: {line}\n---")
    with pytest.raises(markup.MarkupError, match=complaint):
        markup.parse(head + "收入⟦10元|amount 10 CNY|收入⟧。", name="d")


def test_an_id_stands_once() -> None:
    with pytest.raises(markup.MarkupError, match="f2 stands on 2 marks"):
        parse("收入⟦1元|amount 1 CNY id=f2|收入⟧，支出⟦2元|amount 2 CNY|支出⟧。")
