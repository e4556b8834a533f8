"""Install what the benchmark compares with, each environment of ``tools.toml`` in a folder of its own.

    python scripts/bench/install.py build/bench

Nothing of it comes into the library's own environment. A library that cannot be installed ends nothing: the reason is
written to ``<environment>/failed.json``, from where the benchmark reports it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Pip = Callable[[Path, Sequence[str]], str | None]
_PLACES = re.compile(r"(?:\w+://|file:|/)[^\s'\"]+")


def main(folder: Path, pip: Pip | None = None) -> int:
    tools = tomllib.loads(Path(__file__).with_name("tools.toml").read_text("utf-8"))["tool"]
    for name in dict.fromkeys(tool["environment"] for tool in tools if tool.get("packages")):
        wanted = [tool for tool in tools if tool["environment"] == name]
        failed = install(folder / name, wanted, pip or _pip)
        print(f"{name}: {len(wanted) - len(failed)} of {len(wanted)} libraries installed", *failed.values())
    return 0


def install(place: Path, tools: Sequence[Mapping[str, Any]], pip: Pip) -> dict[str, str]:
    """The reasons of the tools that could not be installed, by name; they are kept in the environment."""
    kept = place / "failed.json"
    packages = sorted(package for tool in tools for package in tool["packages"])
    if kept.exists():
        earlier: dict[str, Any] = json.loads(kept.read_text("utf-8"))
        if earlier["packages"] == packages and not earlier["failed"]:
            return {}
    failed = {}
    for tool in tools:
        reason = pip(place, tool["packages"])
        if reason:
            failed[tool["name"]] = without_places(reason)
    place.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"packages": packages, "failed": failed}, ensure_ascii=False, indent=1), "utf-8")
    return failed


def without_places(text: str) -> str:
    """A message without paths and addresses, which are those of one machine.

    >>> without_places("ERROR: no file /home/x/y at https://host/simple, sorry")
    'ERROR: no file … at … sorry'
    """
    return _PLACES.sub("…", text)


def _pip(place: Path, packages: Sequence[str]) -> str | None:
    """Install packages; what pip says last where it fails."""
    if not (place / "pyvenv.cfg").exists():
        venv.create(place, with_pip=True)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode == 0:
        return None
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")]
    return (errors or ["ERROR: pip failed"])[-1]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
