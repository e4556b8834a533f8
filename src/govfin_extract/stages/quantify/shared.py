"""A unit that a list says once: 分别完成9.84、7.92、4.05亿元, 各占28.15、63.22万元."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from govfin_extract.records import Quantity

_NUMBER = r"(?:\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+"
_LIST = re.compile(
    rf"(?:分别|依次|顺次|先后|各自?|逐[年季月])[^，。；：、\d\n]{{0,12}}+(?P<bare>(?:{_NUMBER}(?:%|[万亿]?元)?(?:、|和|与|及|以及)){{1,15}}+)(?=\d)"
)
_EACH = re.compile(_NUMBER)
_ALIKE = frozenset(("amount", "percent", "percentage_point", "score", "count"))


def with_shared_units(found: list[Quantity], text: str, read: Callable[[str], list[Quantity]]) -> list[Quantity]:
    """The quantities with those whose unit stands behind the last of their list; ``read`` reads one expression."""
    by_start = {quantity.start: quantity for quantity in found}
    added: list[Quantity] = []
    for match in _LIST.finditer(text):
        last = by_start.get(match.end())
        number = _EACH.match(last.text) if last else None
        if last is None or number is None or last.kind not in _ALIKE or last.value is None:
            continue
        unit = last.text[number.end() :]
        for bare in _EACH.finditer(text, match.start("bare"), match.end("bare")):
            alone = read(bare[0] + unit)
            if len(alone) == 1 and alone[0].kind == last.kind and bare.start() not in by_start:
                added.append(replace(alone[0], start=bare.start(), end=bare.end(), text=bare[0]))
    return sorted([*found, *added], key=lambda quantity: quantity.start) if added else found
