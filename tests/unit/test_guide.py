"""What the guide would not have in a document's labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from govfin_extract.bench import guide, markup

HEAD = "doc: d\norganization: 甲局\nfiscal_year: 2022\ndoc_type: 部门决算\n---\n"


def complaints(body: str) -> list[str]:
    return guide.complaints(markup.parse(HEAD + body, name="d"))


@pytest.mark.parametrize(
    "body",
    [
        "收入⟦3万元|amount 30000 CNY concept=revenue.total|收入⟧",
        "收入下降⟦3.5％|ratio -3.5 % m=growth|收入⟧",
        "预算⟦10至15万元|amount 100000..150000 CNY|预算⟧",
        "公务用车购置费：⟦无|amount 0 CNY|公务用车购置费⟧",
        "收入\t⟦3.00|amount 30000 CNY table|收入⟧",
        "设备⟦2台（套）|asset 2 台（套） code=30201|设备⟧",
        "支出⟦34.34\n\n万元|amount 343400 CNY|支出⟧",
    ],
)
def test_labels_by_the_guide_pass(body: str) -> None:
    assert complaints(body) == []


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("收入⟦3万元|amount 3000 CNY|收入⟧", "the words say 30000, the label says 3000"),
        ("收入⟦3%|ratio 3 人|收入⟧", "unit of ratio"),
        ("人数⟦3人|staffing 3 CNY|人数⟧", "has no unit"),
        ("收入⟦3万元|amount 30000 CNY p=21|收入⟧", "no year"),
        ("收入⟦3万元|amount 30000 CNY max=5|收入⟧", "full mark"),
        ("收入⟦3万元|amount 30000 CNY concept=no.such|收入⟧", "no id 'no.such'"),
        ("收入⟦3万元|amount 30000 CNY code=2013|收入⟧", "3, 5 or 7 digits"),
        ("购置费⟦无|amount 5 CNY|购置费⟧", "says nothing"),
        ("预算⟦10至15万元|amount 100000..160000 CNY|预算⟧", "100000..150000"),
    ],
)
def test_what_the_guide_forbids_is_named(body: str, wrong: str) -> None:
    (found,) = complaints(body)
    assert wrong in found


def test_a_label_does_not_hold_its_figure() -> None:
    document = markup.parse(HEAD + "收入⟦3万元|amount 30000 CNY|收入⟧", name="d")
    document.facts[0]["labels"][0]["min"] = [0, 4]
    assert "holds the figure itself" in guide.complaints(document)[0]


def test_the_command_fails_where_something_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.mark", tmp_path / "bad.mark"
    good.write_text(HEAD + "收入⟦3万元|amount 30000 CNY|收入⟧", "utf-8")
    bad.write_text(HEAD + "收入⟦3万元|amount 1 CNY|收入⟧", "utf-8")
    assert guide.main([str(good)]) == 0
    assert "1 documents follow the guide" in capsys.readouterr().out
    assert guide.main([str(good), str(bad)]) == 1
    assert "bad: f1" not in (printed := capsys.readouterr().out)
    assert "d: f1 '3万元'" in printed
