"""The protocol of a number reader under test: JSON lines in, JSON lines out. Standard library only.

A request is ``{"id", "task", "text"}`` with one of the tasks

- ``sentence``: every number of a running text;
- ``expression``: a text that is one number with its unit;
- ``numeral``: a text that is one bare number;

or ``{"id", "task": "speed", "lines", "seconds"}``: go through the lines once, at most so many seconds. The first line
of the output says ``{"about": {"version"}}``. An answer is ``{"id", "numbers", "rewrite"}`` (a number has ``value``, or
``low`` and ``high``, as decimal strings in the base unit, and its ``text``), ``{"id", "characters", "seconds"}`` or
``{"id", "error"}``. What a library itself prints goes to standard error.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.metadata import version
from typing import Any, NamedTuple

Number = dict[str, Any]


class Answer(NamedTuple):
    """What a library says of a text: its numbers and, where it rewrites texts, the text that it makes of it."""

    numbers: list[Number]
    rewrite: str | None = None


Reader = Callable[[str], Answer]


def number(value: object, text: str | None = None) -> Number:
    """One value as a record."""
    return {"value": str(value), "text": text}


def numbers_between(low: object, high: object, text: str | None = None) -> Number:
    """A range as a record."""
    return {"value": None, "low": str(low), "high": str(high), "text": text}


def serve(package: str | None, load: Callable[[], dict[str, Reader]]) -> None:
    """Answer the requests of standard input; ``load`` imports the library and returns a reader for each task."""
    output = sys.stdout
    with redirect_stdout(sys.stderr):
        readers = load()
        readers["sentence"]("预算支出10万元")  # what is loaded at the first use is no part of the speed
        _put(output, {"about": {"version": version(package) if package else None}})
        for line in sys.stdin:
            request = json.loads(line)
            _put(output, {"id": request["id"], **_answer(readers, request)})


def _answer(readers: dict[str, Reader], request: dict[str, Any]) -> dict[str, Any]:
    try:
        if request["task"] == "speed":
            return _speed(readers["sentence"], request["lines"], request["seconds"])
        return readers.get(request["task"], readers["sentence"])(request["text"])._asdict()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _speed(read: Reader, lines: list[str], seconds: float) -> dict[str, Any]:
    """The characters that a library got through, and how long it took; a text that it refuses counts as read."""
    characters, started = 0, time.perf_counter()
    for line in lines:
        try:
            read(line)
        except Exception as error:
            sys.stderr.write(f"{error}\n")
        characters += len(line)
        if time.perf_counter() - started > seconds:
            break
    return {"characters": characters, "seconds": time.perf_counter() - started}


def _put(output: Any, record: dict[str, Any]) -> None:
    output.write(json.dumps(record, ensure_ascii=False) + "\n")
    output.flush()
