"""The taxonomy: rows by code and name, by year; rows of one's own."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import govfin_extract as gfe
from govfin_extract import taxonomy

BATTERY = Path(__file__).parents[1] / "data/taxonomy.jsonl"
ROWS = [json.loads(line) for line in BATTERY.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", [row for row in ROWS if "lookup" in row], ids=lambda row: str(row["lookup"]))
def test_lookup(row: dict[str, Any]) -> None:
    found = taxonomy.lookup(row["lookup"], year=row.get("year"), system=row.get("system"))
    assert (found and found.name) == row["name"]
    if found and "confirmed" in row:
        assert found.confirmed is row["confirmed"]


@pytest.mark.parametrize("row", [row for row in ROWS if "find" in row], ids=lambda row: row["find"])
def test_find(row: dict[str, Any]) -> None:
    found = taxonomy.find(row["find"], year=row.get("year"), system=row.get("system"))
    assert [item.code for item in found] == row["codes"]


def test_every_parent_and_link_is_there() -> None:
    rows = taxonomy.default()
    for row in rows:
        if row.system in ("functional", "department", "government") and row.parent:
            assert rows.lookup(row.parent, system=row.system) is not None, row
        for link in row.links:
            assert rows.lookup(link.partition(":")[2]) is not None, row


def test_marks_are_known() -> None:
    assert {row.mark for row in taxonomy.default()} <= {"S", "P", "SP", "H", "K"}


def test_children() -> None:
    assert {row.parent for row in taxonomy.default().children("221")} == {"221"}


def test_it_is_the_package_s_attribute() -> None:
    assert gfe.taxonomy is taxonomy
    assert "taxonomy" in gfe.__all__


def test_rows_go_to_json_and_back() -> None:
    row = taxonomy.lookup("30217")
    assert row is not None
    assert taxonomy.Row.from_dict(json.loads(json.dumps(row.to_dict()))) == row
    assert repr(row) == "<Row department 30217 '公务接待费' 2018– SP>"


def test_pickled() -> None:
    assert pickle.loads(pickle.dumps(taxonomy.default())).lookup("2013701") == taxonomy.lookup("2013701")


def test_loaded_rows_are_added_or_take_the_place(tmp_path: Path) -> None:
    path = tmp_path / "economic.tsv"
    path.write_text("\ufeffsystem\tcode\tname\tmark\ndept\t30217\t接待费\tP\ndept\t30298\t巡查费\tK\n", "utf-8")
    more = taxonomy.load(path)
    assert len(more) == len(taxonomy.default()) + 1
    assert [more.lookup(code).name for code in ("30217", "30298", "30201")] == ["接待费", "巡查费", "办公费"]  # type: ignore[union-attr]
    assert taxonomy.lookup("30298") is None
    only = taxonomy.load(path, replace=True)
    assert (only.lookup("30201"), only.lookup("50206")) == (None, taxonomy.lookup("50206"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\tb\n1\t2\n", "the header 'a\\\\tb' is of none of concepts"),
        ("code\tname\n201\n", "line 2 has no code or no name"),
        ("code\tname\n201\tx\ty\n", "line 2 has 3 cells, the header 2"),
        ("system\tcode\tname\nwrong\t301\tx\n", "line 2: system is 'wrong', expected dept or gov"),
        ("", "the header '' is of none"),
    ],
)
def test_files_that_are_none(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(content, "utf-8")
    with pytest.raises(gfe.SchemaError, match=message):
        taxonomy.load(path)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(gfe.ReadError, match="cannot read"):
        taxonomy.load(tmp_path / "none.tsv")
    (tmp_path / "gb.tsv").write_bytes("code\tname\n201\t支出\n".encode("gb18030"))
    with pytest.raises(gfe.ReadError, match="cannot read"):
        taxonomy.load(tmp_path / "gb.tsv")


def test_what_cannot_be_looked_up() -> None:
    with pytest.raises(gfe.SettingError, match="no system 'dept'"):
        taxonomy.lookup("301", system="dept")
    with pytest.raises(gfe.SettingError, match="year is a fiscal year"):
        taxonomy.find("办公费", year="去年")
    with pytest.raises(gfe.InputTypeError, match="looks up a str, not int"):
        taxonomy.lookup(30217)  # type: ignore[arg-type]
