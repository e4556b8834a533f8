"""WordprocessingML by local names, so that transitional and strict files are read alike."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


def name_of(element: Any) -> str:
    """An element's name without namespace; empty for comments and processing instructions."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, name: str) -> Any:
    """The first child of a name, or None."""
    for each in element:
        if _local(each.tag) == name:
            return each
    return None


def children(element: Any, name: str) -> list[Any]:
    """All children of a name."""
    return [each for each in element if name_of(each) == name]


def value(element: Any, attribute: str = "val") -> str:
    """An attribute by its local name; empty where it is missing."""
    for key, said in element.attrib.items():
        if key.rpartition("}")[2] == attribute:
            return str(said)
    return ""


def is_on(properties: Any, name: str) -> bool:
    """Whether a switch such as ``vanish`` is set."""
    mark = None if properties is None else child(properties, name)
    return mark is not None and value(mark) not in ("0", "false", "off")


def chosen(alternatives: Any) -> list[Any]:
    """What to read of an ``AlternateContent``, which says the same thing twice, for new and for old programs."""
    return [*children(alternatives, "Choice"), *children(alternatives, "Fallback")][:1]
