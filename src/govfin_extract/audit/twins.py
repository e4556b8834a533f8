"""Figures that must be one, told by more than their concept: digits swapped between prose and table, costs per head."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, equal, shown, unit_of
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.slips import is_swap

__all__ = ["per_head", "swapped"]

_LONGEST = 2000  # figures of a document in which costs per head are looked for
_DIGITS = 4
_DIGITS_OF_MONEY = 5
_NAME = 4
_EACH = re.compile(r"(?:平均每|每|人均|户均|车均|[亩公里]均)(?P<unit>[户人辆亩公里家名]?)")
_MONEY_LEAD = 24
_MOST = 60
_FEW = 12
_CLOSE = Decimal("0.01")
_UNIT = 4
_UNITS = {"人均": "人", "户均": "户", "车均": "辆"}


def swapped(scene: Scene) -> Iterator[Outcome]:
    """A figure of the prose that stands nowhere else, but in a table with two of its digits in another order."""
    tables: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    values: dict[tuple[object, ...], int] = defaultdict(int)
    for figure in scene.figures:
        if figure.is_level and figure.fact.kind != "score":
            values[figure.unit, figure.value] += 1
            if figure.table is not None:
                tables[(figure.unit, figure.basis, figure.period, _digits(figure))].append(figure)
    for figure in scene.prose:
        least = _DIGITS_OF_MONEY if figure.fact.kind == "amount" else _DIGITS
        if not figure.is_level or len(_digits(figure)) < least or values[figure.unit, figure.value] > 1:
            continue
        same = tables.get((figure.unit, figure.basis, figure.period, _digits(figure)), [])[:_MOST]
        twin = next((other for other in same if is_swap(figure, other) and _named(scene, figure, other)), None)
        if twin is not None:
            yield equal("text.table", figure, twin)


def _digits(figure: Figure) -> str:
    """The digits of a figure in order: those of a swapped one are the same."""
    return "".join(sorted(str(int(figure.value.copy_abs().normalize().scaleb(_DIGITS)))))


def _named(scene: Scene, figure: Figure, other: Figure) -> bool:
    """Whether the sentence of a figure names the row or the column of another; counts need not."""
    if figure.fact.kind != "amount":
        return True
    words = "".join(f.name for f in scene.by_sentence[figure.sentence])
    start = scene.text.rfind("。", 0, figure.start) + 1
    words += scene.text[max(start, figure.start - 80) : figure.start]
    names = [other.name, *other.path[-1:]]
    return any(len(name) >= _NAME and name in words for name in names)


def per_head(scene: Scene) -> Iterator[Outcome]:
    """A cost per head that is 10,000 times what amount and number of heads give: 元 and 万元 taken for each other."""
    amounts = [f for f in scene.figures if f.fact.kind == "amount" and f.is_level and f.value > 0][:_LONGEST]
    each = [(figure, unit) for figure in scene.prose[:_LONGEST] if (unit := _head_of(scene, figure)) is not None]
    for figure, unit in each[:_MOST]:
        lead = scene.text[max(0, figure.start - _MONEY_LEAD) : figure.start]
        related = [a for a in amounts if a is not figure and _shares(a, figure, lead)][:_FEW]
        heads = [f for f in scene.figures if f.unit == unit and f.is_level and f.value > 1][:_MOST]
        yield from _scaled(figure, related, heads)


def _head_of(scene: Scene, figure: Figure) -> str | None:
    """What an amount is said to be per: 户 in 平均每户; None where it is per nothing."""
    if figure.fact.kind != "amount" or not figure.is_level or not figure.value:
        return None
    lead = scene.text[max(0, figure.start - _MONEY_LEAD) : figure.start]
    matches = list(_EACH.finditer(lead))
    return _UNITS.get(matches[-1][0], matches[-1]["unit"]) if matches else None


def _shares(amount: Figure, figure: Figure, lead: str) -> bool:
    """Whether two amounts are of one thing by four letters of their names."""
    words = lead + figure.name
    return any(amount.name[at : at + _NAME] in words for at in range(len(amount.name) - _NAME + 1))


def _scaled(figure: Figure, amounts: Sequence[Figure], heads: Sequence[Figure]) -> Iterator[Outcome]:
    for amount in amounts:
        for count in heads:
            each = amount.value / count.value
            for scale in (_UNIT, -_UNIT):
                if abs(figure.value - each.scaleb(scale)) * 2 <= figure.own.step:
                    text = (
                        f"{shown(amount.value, amount)} {unit_of(amount)} / {count.words} = "
                        f"{each.quantize(_CLOSE)} 元; stated {shown(figure.value, figure)} {unit_of(figure)}"
                    )
                    difference = (figure.value - each).quantize(_CLOSE)
                    yield Outcome("unit.scale", "off", (figure, amount, count), text, difference, figure.step)
                    return
