"""What all tests share: where things are, snapshots, and the shared benchmark where it is present."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every run; `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def demo(root: Path) -> Path:
    """The report that the demo extracts."""
    return root / "examples" / "final-account-2023.txt"


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The project's shared folder (``GOVFIN_SHARED``, or beside the repository), with the benchmark in it."""
    folder = Path(os.environ.get("GOVFIN_SHARED", root.parent / "shared"))
    if not (folder / "benchmark" / "score.py").exists():
        pytest.skip(f"the shared benchmark is not at {folder}; set GOVFIN_SHARED")
    return folder


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with ``snapshots/<name>.txt`` beside the test; ``make snapshots`` writes it anew."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "snapshots" / f"{name}.txt"
        if os.environ.get("GOVFIN_UPDATE_SNAPSHOTS"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        expected = path.read_text("utf-8") if path.exists() else "(no snapshot yet)"
        assert text == expected, f"{path.name} changed; if that is meant, run make snapshots"

    return compare
