"""``govfin audit``: exit codes, formats, and what a report shows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import govfin_extract as gfe
from govfin_extract.cli import main

RIGHT = "青禾县水利局2022年度部门决算\n“三公”经费支出7.50万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费2.30万元，公务接待费5.20万元。\n"
WRONG = RIGHT.replace("7.50", "7.90")


def govfin(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="govfin", terminal_width=80)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("right.txt").write_text(RIGHT, "utf-8")
    Path("wrong.txt").write_text(WRONG, "utf-8")
    Path("bad.txt").write_bytes(b"\x89PNG\r\n")
    return tmp_path


@pytest.mark.parametrize(
    ("files", "code"),
    [(["right.txt"], 0), (["wrong.txt"], 3), (["right.txt", "wrong.txt"], 3), (["wrong.txt", "bad.txt"], 1)],
)
def test_exit_codes(folder: Path, files: list[str], code: int) -> None:
    assert govfin("audit", *files).exit_code == code
    assert sorted(path.name for path in folder.iterdir()) == ["bad.txt", "right.txt", "wrong.txt"]


@pytest.mark.usefixtures("folder")
def test_the_report_is_for_reading(snapshot: Callable[[str, str], None]) -> None:
    result = govfin("audit", "wrong.txt", "right.txt")
    assert "\x1b" not in result.stdout
    snapshot("audit_text", result.stdout)


@pytest.mark.usefixtures("folder")
def test_the_table_has_a_row_for_each_finding(snapshot: Callable[[str, str], None]) -> None:
    result = govfin("audit", "wrong.txt", "right.txt", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["document"], row["rule"], row["difference"]) for row in rows] == [
        ("wrong.txt", "sum.three_public", "4000")
    ]
    snapshot("audit_csv", result.stdout)


@pytest.mark.usefixtures("folder")
def test_json_is_the_document_with_its_findings() -> None:
    record = json.loads(govfin("audit", "wrong.txt", "--format", "json").stdout)
    document = gfe.read("wrong.txt")
    document.audit()
    assert record == document.to_dict()
    lines = govfin("audit", "wrong.txt", "right.txt", "--format", "json").stdout.splitlines()
    assert [bool(json.loads(line)["findings"]) for line in lines] == [True, False]


@pytest.mark.usefixtures("folder")
def test_a_page_for_the_browser_escapes_what_it_shows() -> None:
    Path("wrong.txt").write_text(WRONG.replace("“三公”", "<script>“三公”"), "utf-8")
    result = govfin("audit", "wrong.txt", "--format", "html", "-o", "page.html")
    assert result.exit_code == 3
    page = Path("page.html").read_text("utf-8")
    assert "<script>" not in page
    assert page.count("<section") == 1
    assert "<mark>7.90万元</mark>" in page


def test_a_cell_is_no_formula() -> None:
    from govfin_extract.writers.audit_files import _safe

    assert _safe("=cmd()") == "'=cmd()"
    assert _safe("-4000") == "-4000"
    assert _safe("-2+3") == "'-2+3"


@pytest.mark.usefixtures("folder")
def test_rules_of_ones_own() -> None:
    Path("mine.toml").write_text(
        '["mine"]\nkind = "bound"\ntotal = "three_public.reception"\nparts = ["three_public.vehicles"]\n', "utf-8"
    )
    assert govfin("audit", "right.txt", "--rules", "mine.toml").exit_code == 0
    Path("mine.toml").write_text(
        '["mine"]\nkind = "bound"\ntotal = "three_public.vehicles"\nparts = ["three_public.reception"]\n', "utf-8"
    )
    result = govfin("audit", "right.txt", "--rules", "mine.toml")
    assert result.exit_code == 3
    assert "✗ mine" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["audit"], "Missing argument"),
        (["audit", "right.txt", "--format", "xml"], "'xml' is not one of"),
        (["audit", "right.txt", "-o", "right.txt"], "overwrite its input"),
        (["audit", "right.txt", "-o", "right.txt/x"], "cannot be written"),
        (["audit", "right.txt", "--rules", "nothing.toml"], "GF003"),
        (["audit", "right.txt", "--rules", "right.txt"], "GF006"),
        (["audit", "right.txt", "--model", "nonsense"], "GF007"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_usage_errors_exit_with_2(arguments: list[str], complaint: str) -> None:
    result = govfin(*arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr
