"""The ``govfin`` command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import govfin_extract as gfe
from govfin_extract.cli import main
from govfin_extract.readers.detect import SUFFIXES

TEXT = "青禾县水利局2022年度部门决算\n本年收入合计1,204.35万元，比上年增长3.5%。\n"


def govfin(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], input=stdin, prog_name="govfin", terminal_width=80
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four documents, two of one stem, one in a folder below, one that is no text; and a file of another kind."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.txt", "in/a.text", "in/sub/b.txt", "in/bad.txt", "in/notes.md"):
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT.replace("1,204", str(len(name))), "utf-8")
    Path("in/bad.txt").write_bytes(b"\x89PNG\r\n")
    return tmp_path


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help(command: str, snapshot: Callable[[str, str], None]) -> None:
    result = govfin(*command.split(), "--help")
    assert result.exit_code == 0
    snapshot(f"help_{command or 'govfin'}", result.stdout)


def test_version() -> None:
    assert govfin("--version").stdout == f"govfin {gfe.__version__}\n"


def test_one_file_prints_one_object(folder: Path) -> None:
    result = govfin("extract", "in/a.txt")
    assert result.exit_code == 0
    assert result.stdout == gfe.read(folder / "in/a.txt").to_json() + "\n"
    assert result.stderr == ""


def test_standard_input() -> None:
    result = govfin("extract", "-", stdin=TEXT.encode("gb18030"))
    assert json.loads(result.stdout)["facts"][0]["text"] == "1,204.35万元"
    assert json.loads(result.stdout)["document"]["name"] is None


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_folder_is_mirrored_and_each_failure_named(folder: Path, workers: str) -> None:
    result = govfin("extract", "in", "-o", "out/", "--workers", workers)
    assert result.exit_code == 1
    written = sorted(path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*.json"))
    assert written == ["a.text.json", "a.txt.json", "sub/b.json"]
    assert (folder / "out/sub/b.json").read_text("utf-8") == gfe.read("in/sub/b.txt").to_json() + "\n"
    notes, failure = result.stderr.splitlines()
    assert notes == f"govfin: left out of folders: 1 .md (read: {', '.join(SUFFIXES)})"
    assert failure.startswith("govfin: in/bad.txt: [GF005] bad.txt is a picture")
    assert govfin("extract", "in", "-o", "out/", "--quiet").stderr == failure + "\n"


def test_one_file_goes_where_it_is_told(folder: Path) -> None:
    for output, written in (("x.json", "x.json"), ("new/", "new/a.json"), ("in/sub", "in/sub/a.json")):
        assert govfin("extract", "in/a.txt", "-o", output).exit_code == 0
        assert json.loads((folder / written).read_text("utf-8"))["document"]["name"] == "a.txt"


def test_json_lines_to_a_pipe_and_to_a_file(folder: Path) -> None:
    printed = govfin("extract", "in", "--format", "jsonl", "--quiet")
    assert printed.exit_code == 1
    names = [json.loads(line)["document"]["name"] for line in printed.stdout.splitlines()]
    assert names == ["a.text", "a.txt", "b.txt"]
    govfin("extract", "in", "--format", "jsonl", "-o", "all.jsonl")
    assert (folder / "all.jsonl").read_text("utf-8") == printed.stdout


@pytest.mark.usefixtures("folder")
def test_the_table_is_for_reading() -> None:
    result = govfin("extract", "in/a.txt", "--format", "table")
    assert "青禾县水利局2022年度部门决算" in result.stdout
    assert "2 facts   1 amount   1 ratio" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["extract"], "Missing argument"),
        (["extract", "in"], "need -o FOLDER/"),
        (["extract", "in", "--format", "jsonl", "-o", "in/"], "is a folder"),
        (["extract", "in/a.txt", "--format", "table", "-o", "x"], "for the terminal"),
        (["extract", "in/a.txt", "--format", "csv"], "'csv' is not one of"),
        (["extract", "in/a.txt", "-o", "in/a.txt"], "overwrite its input"),
        (["extract", "in/a.txt", "--model", "nonsense"], "GF007"),
        (["extract", "in/a.txt", "--workers", "0"], "not in the range"),
        (["extract", "empty"], ".htm, .mht or .mhtml files, only 1 .md"),
        (["evaluate"], "Missing argument"),
        (["nonsense"], "No such command"),
    ],
)
def test_usage_errors_exit_with_2_and_write_nothing(folder: Path, arguments: list[str], complaint: str) -> None:
    Path("empty").mkdir()
    Path("empty/x.md").touch()
    before = sorted(folder.rglob("*"))
    result = govfin(*arguments)
    assert result.exit_code == 2
    assert complaint in " ".join(result.stderr.split())
    assert sorted(folder.rglob("*")) == before


def test_a_missing_file_fails_and_the_rest_is_written(folder: Path) -> None:
    result = govfin("extract", "nowhere.txt", "in/a.txt", "-o", "out")
    assert result.exit_code == 1
    assert "nowhere.txt: [GF003] cannot read 'nowhere.txt': No such file" in result.stderr
    assert (folder / "out/a.json").exists()


@pytest.mark.parametrize("output", ["out/a.json", "out/", "/proc/x/"])
def test_an_output_that_cannot_be_is_named_before_any_work(folder: Path, output: str) -> None:
    if output.startswith("/proc") and not Path("/proc").is_dir():
        pytest.skip("needs /proc")
    (folder / "out").touch()
    result = govfin("extract", "in/a.txt", "-o", output)
    assert result.exit_code == 2
    assert "-o cannot be written: " in result.stderr
    assert output.rsplit("/", 1)[0].removesuffix("/x") in result.stderr
    assert "a.txt" not in result.stderr


@pytest.mark.usefixtures("folder")
def test_a_result_that_cannot_be_written_is_a_failure_of_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govfin_extract.writers.files.atomic", full)
    result = govfin("extract", "in/a.txt", "-o", "out.json")
    assert result.exit_code == 1
    assert result.stderr == "govfin: in/a.txt: cannot write out.json: No space left on device\n"


@pytest.mark.usefixtures("folder")
def test_a_bug_is_named_without_a_traceback_and_shown_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("govfin_extract.writers.jsonl.to_json", broken)
    result = govfin("extract", "in/a.txt")
    assert result.exit_code == 1
    assert result.stderr == "govfin: in/a.txt: a bug in govfin: ZeroDivisionError: oh; --verbose shows where\n"
    assert "Traceback" in govfin("extract", "in/a.txt", "--verbose").stderr


def test_quantities() -> None:
    result = govfin("quantities", "-3.2万元，增长百分之三")
    assert [(item["text"], item["value"]) for item in json.loads(result.stdout)] == [
        ("-3.2万元", "-32000"),
        ("百分之三", "3"),
    ]
    assert json.loads(govfin("quantities", "-", stdin="12人".encode()).stdout)[0]["unit"] == "人"
    assert json.loads(govfin("quantities", "").stdout) == []


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    head = "doc: {0}\norganization: 青禾县水利局\nfiscal_year: 2022\ndoc_type: 部门决算\n---\n青禾县水利局2022年度部门决算\n"
    for name in "ab":
        body = "本年收入合计⟦10万元|amount 100000 CNY|收入合计⊂本年收入合计⟧，比上年增长⟦3.5%|ratio 3.5 % m=growth|收入合计⊂本年收入合计⟧。\n"
        (tmp_path / f"{name}.mark").write_text(head.format(name) + body, "utf-8")
    return tmp_path


def test_evaluating_the_library(corpus: Path) -> None:
    result = govfin("evaluate", corpus)
    assert result.exit_code == 0
    assert [line.split()[:3] for line in result.stdout.splitlines()[:2]] == [
        ["slice", "gold", "pred"],
        ["all", "4", "4"],
    ]
    assert "organization 2/2, fiscal_year 2/2" in result.stdout
    assert govfin("evaluate", corpus, "--workers", "2").stdout == result.stdout


def test_evaluating_predictions_and_comparing(corpus: Path) -> None:
    govfin("extract", "-", "-o", corpus / "pred/b.json", stdin=b"")
    before = govfin("evaluate", corpus, "--predictions", corpus / "pred", "--json")
    assert json.loads(before.stdout)["levels"] == {"a": {"23:27": -1, "33:37": -1}, "b": {"23:27": -1, "33:37": -1}}
    (corpus / "old.json").write_text(before.stdout, "utf-8")
    after = govfin("evaluate", corpus, "--diff", corpus / "old.json")
    assert "gained 23:27 度部门决算⏎本年收入合计[10万元]: missed → " in after.stdout
    assert json.loads(govfin("evaluate", corpus, "--json", "--diff", corpus / "old.json").stdout)["differences"]
    assert (
        "missed\tgold: text=10万元"
        in govfin("evaluate", corpus, "--predictions", corpus / "pred", "--errors", "9").stdout
    )


def test_evaluation_errors_are_one_line(corpus: Path) -> None:
    (corpus / "old.json").write_text("[]", "utf-8")
    for arguments in ([corpus / "none"], [corpus, "--diff", corpus / "none"], [corpus, "--diff", corpus / "old.json"]):
        result = govfin("evaluate", *arguments)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1


def test_evaluating_malformed_files_names_them(corpus: Path) -> None:
    (corpus / "old.json").write_text('{"schema": "govfin-evaluation/1"}', "utf-8")
    (corpus / "a.json").write_text('{"facts": [{"a": 1}]}', "utf-8")
    for option, value, named in (
        ("--diff", corpus / "old.json", "[GF006] {}/old.json"),
        ("--predictions", corpus, "[GF006] {}/a.json"),
        ("--predictions", corpus / "nope", "[GF003] {}/nope is no folder"),
    ):
        result = govfin("evaluate", corpus, option, value)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: " + named.format(corpus))
        assert result.stderr.count("\n") == 1


def test_json_and_errors_are_not_combined(corpus: Path) -> None:
    result = govfin("evaluate", corpus, "--json", "--errors", "1")
    assert (result.exit_code, result.stdout) == (2, "")


def in_a_process(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from govfin_extract.cli import main; main(prog_name='govfin')", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **environment})


def test_output_is_utf8_wherever_it_runs() -> None:
    done = in_a_process("extract", "-", stdin=TEXT.encode(), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert json.loads(done.stdout.decode("utf-8"))["facts"][0]["text"] == "1,204.35万元"
    assert done.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "latin1", "gbk"])
def test_tables_and_errors_are_utf8_wherever_they_run(corpus: Path, encoding: str) -> None:
    locale: dict[str, Any] = {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0"}
    table = in_a_process("extract", "-", "--format", "table", stdin=TEXT.encode(), **locale)
    errors = in_a_process("evaluate", str(corpus), "--predictions", str(corpus), "--errors", "1", **locale)
    assert (table.returncode, errors.returncode) == (0, 0)
    assert "青禾县水利局" in table.stdout.decode("utf-8")
    assert "万元" in errors.stdout.decode("utf-8")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
@pytest.mark.usefixtures("folder")
def test_a_progress_bar_appears_on_a_terminal_only() -> None:
    leader, follower = os.openpty()
    command = [sys.executable, "-c", "from govfin_extract.cli import main; main()", "extract", "in", "-o", "out/"]
    subprocess.run(
        command, stderr=follower, stdout=subprocess.DEVNULL, check=False, env={**os.environ, "TERM": "xterm"}
    )
    os.close(follower)
    assert b"documents" in os.read(leader, 100_000)
    os.close(leader)
    assert click.unstyle(govfin("extract", "in", "-o", "out/").stderr).count("documents") == 0


@pytest.mark.usefixtures("folder")
def test_limits_are_set_by_name() -> None:
    assert (
        "[GF010] a.txt needs more than the limit bytes=10"
        in govfin("extract", "in/a.txt", "--limit", "bytes=10").stderr
    )
    assert govfin("extract", "in/a.txt", "--limit", "bytes=1000", "--limit", "seconds=9.5").exit_code == 0
    for wrong in ("bytes", "bytes=x", "nonsense=5", "bytes=0"):
        result = govfin("extract", "in/a.txt", "--limit", wrong)
        assert result.exit_code == 2
        assert "--limit" in result.stderr


@pytest.fixture
def small_checkout(tmp_path: Path) -> Path:
    for split in ("dev", "test"):
        path = tmp_path / "corpora/src" / split / f"{split}.mark"
        path.parent.mkdir(parents=True)
        head = f"doc: {split}\norganization: 甲局\nfiscal_year: 2022\ndoc_type: 部门决算\n---\n"
        path.write_text(head + "2022年度收入合计⟦10万元|amount 100000 CNY|收入合计⟧。\n", "utf-8")
    return tmp_path


def test_bench_writes_the_page_and_tells_what_changed(small_checkout: Path) -> None:
    pytest.importorskip("matplotlib")
    first = govfin("bench", small_checkout, "--part", "facts", "--part", "words", "--diff", "-q")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines()[:2] == ["dev, rules: not in the last run", "dev, model only: not in the last run"]
    record = small_checkout / "docs/benchmark/results.json"
    page = (small_checkout / "docs/benchmark.md").read_text("utf-8")
    assert "| test, rules | 1 | 1 | 1.000 | 1.000 | 1.000 |" in page
    # an earlier run that had a fact less, and one that is labelled no more
    earlier = record.read_text("utf-8").replace('"dev": "10:14"', '"dev": "1:2"')
    record.write_text(earlier, "utf-8")
    again = govfin("bench", small_checkout, "--part", "facts", "--diff", "-o", small_checkout / "other")
    assert again.stderr.splitlines() == ["govfin: facts of dev", "govfin: facts of test"]
    lines = again.stdout.splitlines()
    assert lines[:4] == [
        "dev, rules: fact F1 1.0000 → 1.0000",
        "  dev: 1 gained, 1 lost, +0 spurious",
        "    gained 10:14 2022年度收入合计[10万元]",
        "    lost 1:2 2[0]",
    ]
    assert "test, rules: fact F1 1.0000 → 1.0000" in lines
    assert record.read_text("utf-8") == earlier, "the checkout's own record is left as it is"
    assert "## Words" in (small_checkout / "other/benchmark.md").read_text("utf-8"), "what is not measured is kept"


def test_bench_elsewhere_names_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = govfin("bench", tmp_path)
    assert result.exit_code == 1
    assert "checkout" in result.stderr or "govfin-extract[bench]" in result.stderr
    monkeypatch.chdir(tmp_path)
    assert govfin("bench", "--part", "nothing").exit_code == 2
