"""The rules between concepts: those that are shipped and those that a user adds, both TOML."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from govfin_extract.audit.families import Rule
from govfin_extract.errors import ReadError, SchemaError
from govfin_extract.text.datafiles import read_toml

__all__ = ["load_rules", "shipped_rules"]

_KINDS = ("sum", "bound")
_KEYS = {"kind", "total", "parts", "required", "complete", "where", "zh", "en"}


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules of ``data/audit/relations.toml``.

    >>> next(rule.total for rule in shipped_rules() if rule.id == "sum.three_public")
    'three_public.total'
    """
    return tuple(
        _rule(name, row, "data/audit/relations.toml") for name, row in read_toml("audit/relations.toml").items()
    )


def load_rules(path: str | os.PathLike[str]) -> tuple[Rule, ...]:
    """The rules of a user's TOML file, in the form of ``data/audit/relations.toml``.

    Raises:
        ReadError: the file does not exist or cannot be opened.
        SchemaError: it is no TOML, or a rule lacks a field or has one that is unknown.
    """
    try:
        content = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise ReadError(f"cannot read {os.fspath(path)}: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchemaError(f"{os.fspath(path)} is no TOML: {error}") from None
    return tuple(_rule(name, row, os.fspath(path)) for name, row in content.items())


def _rule(name: str, row: Any, path: str) -> Rule:
    def wrong(what: str) -> SchemaError:
        return SchemaError(f"{path}: rule {name!r}: {what}")

    if not isinstance(row, Mapping):
        raise wrong("a rule is a table with kind, total and parts")
    if unknown := sorted(set(row) - _KEYS):
        raise wrong(f"unknown fields {unknown}; known: {sorted(_KEYS)}")
    if row.get("kind", "sum") not in _KINDS:
        raise wrong(f"kind is {row['kind']!r}, expected one of {', '.join(_KINDS)}")
    if not isinstance(row.get("total"), str):
        raise wrong("total must be a concept's id")
    lists = {
        key: row.get(key, default) for key, default in (("parts", []), ("required", []), ("where", ["prose", "table"]))
    }
    for key, value in lists.items():
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise wrong(f"{key} must be a list of texts")
    if not lists["parts"]:
        raise wrong("parts must name at least one concept")
    title = {"zh": str(row.get("zh", name)), "en": str(row.get("en", name))}
    return Rule(
        name,
        row.get("kind", "sum"),
        row["total"],
        tuple(lists["parts"]),
        tuple(lists["required"]),
        row.get("complete") is True,
        tuple(lists["where"]),
        title,
    )
