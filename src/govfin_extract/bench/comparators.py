"""Number readers under test, each a process that reads and writes JSON lines (``scripts/bench/serve.py``)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from govfin_extract.errors import SchemaError

SECONDS = 600
_PLACES = re.compile(r"(?:\w+://|file:|/)[^\s'\"]+")
_OWN = "own"  # the environment that this library runs in

Request = Mapping[str, Any]
Answer = Mapping[str, Any]


class Tool(NamedTuple):
    """A library to compare with: the command that serves it, and what ``tools.toml`` says of it.

    Attributes:
        missing: why it cannot be run; empty where it can.
    """

    name: str
    command: Sequence[str]
    about: Mapping[str, Any]
    missing: str = ""


class Served(NamedTuple):
    """The answers of a tool by the requests' ids; ``failure`` says why there are none, or no more."""

    version: str | None
    answers: Mapping[str, Answer]
    failure: str = ""


def tools(scripts: Path, environments: Path) -> list[Tool]:
    """The tools of ``tools.toml`` in a folder of scripts, with the environments that ``install.py`` made.

    Raises:
        SchemaError: the folder has no ``tools.toml``.
    """
    listed = scripts / "tools.toml"
    if not listed.is_file():
        raise SchemaError(f"{listed} is missing: the benchmark runs in a checkout of the project")
    return [_tool(about, scripts, environments) for about in tomllib.loads(listed.read_text("utf-8"))["tool"]]


def _tool(about: Mapping[str, Any], scripts: Path, environments: Path) -> Tool:
    script = str(scripts / about["script"])
    if about["environment"] == _OWN:
        return Tool(about["name"], (sys.executable, script), about)
    place = environments / about["environment"]
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    failed = place / "failed.json"
    reasons = json.loads(failed.read_text("utf-8"))["failed"] if failed.exists() else {}
    missing = reasons.get(about["name"]) or ("" if python.exists() else "not installed: run scripts/bench/install.py")
    return Tool(about["name"], (str(python), script), about, missing)


def serve(tool: Tool, requests: Iterable[Request], *, seconds: float = SECONDS) -> Served:
    """Have a tool answer requests. Whatever goes wrong becomes a reason to report, never an error of the benchmark."""
    if tool.missing:
        return Served(None, {}, tool.missing)
    lines = "".join(json.dumps(request, ensure_ascii=False) + "\n" for request in requests)
    options: dict[str, Any] = {"capture_output": True, "encoding": "utf-8", "errors": "replace", "check": False}
    try:
        done = subprocess.run(list(tool.command), input=lines, timeout=seconds, env=_environment(tool), **options)
    except subprocess.TimeoutExpired:
        return Served(None, {}, f"no end after {seconds:g} s")
    except OSError as error:
        return Served(None, {}, f"does not start: {error.strerror}")
    return _served(done.stdout, _reason(done.stderr, done.returncode))


def _environment(tool: Tool) -> dict[str, str]:
    """The variables of a tool's process: this library's search path for its own scripts, none for those of others."""
    path = os.pathsep.join(filter(None, sys.path)) if tool.about["environment"] == _OWN else ""
    return {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path}


def _served(output: str, reason: str) -> Served:
    version, answers = None, {}
    for line in output.splitlines():
        try:
            record = json.loads(line)
            if "about" in record:
                version = record["about"]["version"]
            else:
                answers[record["id"]] = record
        except (ValueError, KeyError, TypeError):
            return Served(version, answers, f"wrote what is no answer: {line[:60]!r}")
    return Served(version, answers, reason)


def _reason(errors: str, code: int) -> str:
    """What a process said last, without the machine's paths; nothing where it ended well."""
    if code == 0:
        return ""
    said = [line for line in errors.splitlines() if line.strip()]
    return _PLACES.sub("…", said[-1]) if said else f"ended with code {code}"
