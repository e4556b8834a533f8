"""How fast texts are read, how long the start takes and how much memory it needs, each in a process of its own.

As a script it reads ``{"texts": [...]}`` from standard input and writes what it measured as JSON.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_IMPORT = """
import time
start = time.perf_counter()
import govfin_extract
govfin_extract.extract
print(time.perf_counter() - start)
"""
_RUNS = 3


def seconds(work: Callable[[], object], runs: int = _RUNS) -> float:
    """The least processor time of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def peak() -> float:
    """The most memory that this process had, in MiB; Unix only, as the module ``resource`` is.

    Linux tells it in /proc: what ``getrusage`` says there begins with the memory of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"^VmHWM:\s+(\d+) kB", status.read_text("utf-8"), re.MULTILINE)):
        return int(found[1]) / 2**10
    import resource

    to_mib = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, others kibibytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / to_mib


def measure(texts: Sequence[str]) -> dict[str, float]:
    """Characters a second once warm, seconds of the import and of the first text, peak memory in MiB."""
    imported = min(float(_python(["-c", _IMPORT])) for _ in range(_RUNS))
    measured = json.loads(_python(["-m", __name__], json.dumps({"texts": list(texts)})))
    return {"import_seconds": round(imported, 3), **measured}


def _python(arguments: Sequence[str], given: str = "") -> str:
    """What this interpreter prints in a new process that finds modules where this one does."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, *arguments]
    options: dict[str, Any] = {"input": given, "capture_output": True, "encoding": "utf-8", "check": True}
    return str(subprocess.run(command, env=environment, **options).stdout)


def _warm(texts: Sequence[str]) -> dict[str, float]:
    from govfin_extract.api import extract

    started = time.perf_counter()
    extract(texts[0])
    first = time.perf_counter() - started
    best = seconds(lambda: [extract(text) for text in texts])
    return {
        "first_seconds": round(first, 3),
        "characters": sum(map(len, texts)),
        "characters_a_second": round(sum(map(len, texts)) / best),
        "peak_mib": round(peak(), 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_warm(json.load(sys.stdin)["texts"])))
