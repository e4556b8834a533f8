"""The lists of words in ``data/cues.toml``: each is used, and none says a word twice."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

PACKAGE = Path(str(files("govfin_extract")))
CUES = tomllib.loads((PACKAGE / "data/cues.toml").read_text("utf-8"))
LISTS = [f"{section}.{name}" for section, lists in CUES.items() for name in lists]
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_used(name: str) -> None:
    assert re.search(rf"[\"'{{]{re.escape(name)}[\"'}}]", SOURCE), f"no code reads {name}"


@pytest.mark.parametrize("name", LISTS)
def test_no_list_says_a_word_twice(name: str) -> None:
    section, _, key = name.partition(".")
    words = CUES[section][key]
    assert not sorted({word for word in words if words.count(word) > 1})


@pytest.mark.parametrize("module", ["text/cues.py", "stages/link/confidence.py"])
def test_tables_are_read_in_one_place(module: str) -> None:
    source = (PACKAGE / module).read_text("utf-8")
    assert "read_toml(" in source
    assert "tomllib" not in source
