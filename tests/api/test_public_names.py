"""The public names: a snapshot, so that none goes away unnoticed."""

from __future__ import annotations

import importlib
import inspect
import json
import subprocess
import sys
from collections.abc import Callable

import pytest

import govfin_extract as gfe

HEAVY = ("click", "cn2an", "jieba", "numpy", "pandas", "regex", "rich", "scipy", "sklearn", "spacy")


def test_names_and_signatures(snapshot: Callable[[str, str], None]) -> None:
    lines = []
    for name in sorted(gfe.__all__):
        value = getattr(gfe, name)
        if isinstance(value, type) and issubclass(value, gfe.GovfinError):
            about = f" {value.code}"
        else:
            about = str(inspect.signature(value)) if callable(value) else ""
        lines.append(f"{name}{about}\n")
    snapshot("public_names", "".join(lines))


def test_every_name_is_loaded_from_where_it_is_defined() -> None:
    assert set(gfe.__all__) <= set(dir(gfe))
    for name in gfe.__all__:
        assert name in vars(gfe) or getattr(gfe, name) is getattr(gfe, name)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = gfe.nonsense


def test_verbs_are_not_hidden_by_modules_of_their_name() -> None:
    importlib.import_module("govfin_extract.api")
    importlib.import_module("govfin_extract.cli")
    for name in ("extract", "read", "extract_many", "find_quantities", "parse_quantity", "tokenize"):
        assert inspect.isfunction(getattr(gfe, name)), name


def in_a_new_process(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, json, govfin_extract; print(json.dumps([name.partition('.')[0] for name in sys.modules]))"
    assert not set(json.loads(in_a_new_process(code))) & set(HEAVY)


def test_importing_takes_no_time() -> None:
    """At best of five: a busy machine slows some runs, and an import that is slow by itself slows them all."""
    code = "import time; start = time.perf_counter(); import govfin_extract; print(time.perf_counter() - start)"
    assert min(float(in_a_new_process(code)) for _ in range(5)) < 0.15


def test_help_of_the_command_loads_nothing_heavy() -> None:
    code = (
        "import sys, json\nfrom govfin_extract.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(json.dumps([name.partition('.')[0] for name in sys.modules]))"
    )
    loaded = set(json.loads(in_a_new_process(code).splitlines()[-1]))
    assert not loaded & (set(HEAVY) - {"click"})


def test_the_library_is_silent_unless_asked() -> None:
    code = "import logging, govfin_extract; logging.getLogger('govfin_extract').error('a document failed')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")
