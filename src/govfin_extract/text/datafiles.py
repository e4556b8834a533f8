"""Reading the facts in ``data/``: TSV with a header row, TOML. Each file is read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_text(path: str) -> str:
    """The content of ``data/<path>``.

    >>> read_text("taxonomy/income.tsv").split("\\t", 1)[0]
    'id'
    """
    return files("govfin_extract").joinpath("data", *path.split("/")).read_text(encoding="utf-8")


def read_tsv(path: str) -> list[dict[str, str]]:
    """The rows of ``data/<path>`` as dictionaries keyed by the header.

    >>> read_tsv("taxonomy/economic.tsv")[0]["name"]
    '工资福利支出'
    """
    head, *lines = read_text(path).split("\n")
    keys = head.split("\t")
    return [dict(zip(keys, line.split("\t"), strict=True)) for line in lines if line]


@cache
def read_toml(path: str) -> dict[str, Any]:
    """The content of ``data/<path>`` as a dictionary; one for all callers, who only read it.

    >>> read_toml("normalise/lines.toml")["spaced_cells"][0]
    '类款项'
    """
    return tomllib.loads(read_text(path))
