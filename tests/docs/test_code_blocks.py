"""Every code block of the documentation runs, and prints what it says it prints.

- ``python`` blocks of a page run in order in one namespace; those with ``>>>`` are doctests;
- ``console`` blocks: lines after ``$`` are commands, what follows is their output, ``...`` standing for any text;
- ``json`` and ``toml`` blocks parse; ``text`` blocks are shown only. Every block names its language.

They run in a folder that holds the repository's files. ``make`` is asked only whether it knows its targets, ``pip`` only
whether it would install. ``make snapshots`` writes outputs anew where they hold no ``...``.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "corpora/FORMAT.md",
    ROOT / "models/README.md",
]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINKED = ("Makefile", "corpora", "docs", "examples", "models", "pyproject.toml", "src", "README.md", "LICENSE")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Command(NamedTuple):
    line: str
    output: str


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write in, with the repository's files at hand."""
    for name in LINKED:
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page(page: Path, place: Path) -> None:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    source = page.read_text("utf-8")
    for match in BLOCK.finditer(source):
        language, body = match.groups()
        line = source[: match.start()].count("\n") + 2
        if language == "python":
            run_python(body, namespace, f"{page.name}:{line}")
        elif language == "console":
            run_console(page, body, place)
        elif language in ("json", "toml"):
            (json if language == "json" else tomllib).loads(body)
        else:
            assert language == "text" or page.parent.name in ("corpora", "models"), (
                f"{page.name}:{line} names no language"
            )


def run_python(body: str, namespace: dict[str, Any], where: str) -> None:
    if ">>>" not in body:
        exec(compile(body, where, "exec"), namespace)
        return
    test = doctest.DocTestParser().get_doctest(body, namespace, where, where, 0)
    test.globs = namespace
    report: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append, clear_globs=False)
    assert not report, "".join(report)


def commands(body: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        while line.endswith("\\"):
            more, _, output = output.partition("\n")
            line = line[:-1] + more
        yield Command(line, output)


def run_console(page: Path, body: str, place: Path) -> None:
    found = list(commands(body))
    assert found, f"{page.name}: a console block without a line that starts with $"
    for command in found:
        actual = run(command.line, place)
        if os.environ.get("GOVFIN_UPDATE_SNAPSHOTS") and command.output.strip() and "..." not in command.output:
            source = page.read_text("utf-8")
            page.write_text(
                source.replace(f"$ {command.line}\n{command.output}", f"$ {command.line}\n{actual}"), "utf-8"
            )
        elif command.output.strip():
            checker = doctest.OutputChecker()
            assert checker.check_output(command.output, actual, FLAGS), f"$ {command.line}\n{actual}"


def run(line: str, place: Path) -> str:
    """A command's standard output; it must succeed."""
    line = re.sub(r"^make\b", "make -n", line)
    line = re.sub(r"^pip install\b", "python -m pip install -q --dry-run --no-deps --no-build-isolation", line)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "PYTHONWARNINGS": ""}
    done = subprocess.run(
        ["bash", "-ec", line], cwd=place, env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, f"$ {line}\n{done.stdout}{done.stderr}"
    if line.startswith(("make ", "python -m pip")):
        return ""
    return "".join(f"{printed.rstrip()}\n" for printed in done.stdout.splitlines())


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"
