"""The figures of a cell: a bare number, or quantities with their units, with the modifiers that touch them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.records import Quantity
from govfin_extract.stages.tables.cells import Cell

_BOUND = re.compile(
    r"(?P<mark>≥|>=|≤|<=|>|<|=|不低于|不少于|不小于|至少|大于等于|大于或等于|小于等于|小于或等于|"
    r"不高于|不超过|不大于|不多于|大于|超过|小于|低于|少于|约)\s?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<percent>%)?$"
)
_WORDS_OF_MODIFIERS = {
    "at_least": "≥ >= 不低于 不少于 不小于 至少 大于等于 大于或等于",
    "at_most": "≤ <= 小于等于 小于或等于 不高于 不超过 不大于 不多于",
    "over": "> 大于 超过",
    "under": "< 小于 低于 少于",
    "approx": "约",
    "exact": "=",
}
_MODIFIERS = {word: modifier for modifier, words in _WORDS_OF_MODIFIERS.items() for word in words.split()}
_GRADE = re.compile(
    r"(?:等级|等次|结论|评价结果|自评结果|评定)[^，。：:]{0,4}[：:]?\s?(?P<word>优秀|优良|优|良好|良|中等|中|差|合格|不合格)$"
)
GRADES = frozenset(("优秀", "优良", "优", "良好", "良", "中等", "中", "差", "合格", "不合格"))


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A figure of a cell before its column and row are asked.

    Attributes:
        kind: a quantity's kind; ``number`` for a bare number, whose unit the table must say; ``grade``.
        digits: of a bare number, as a plain decimal string.
    """

    start: int
    end: int
    kind: str
    value: Decimal | str | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    modifier: str = "exact"
    max_score: Decimal | None = None
    whole: bool = False


def modifier_of(sign: str) -> str | None:
    """The modifier that a cell's sign or word stands for.

    >>> modifier_of("≥"), modifier_of("定性")
    ('at_least', None)
    """
    return _MODIFIERS.get(sign)


class CellReader:
    """Reads cells in a text whose quantities are known."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self._quantities = quantities
        self._starts = [quantity.start for quantity in quantities]

    def bare(self, cell: Cell) -> CellFigure | None:
        """The cell's number, if it holds nothing else, with the bound that stands before it."""
        number = cell.number
        if number is not None:
            kind = "percent" if number.percent else "number"
            unit = "%" if number.percent else ""
            return CellFigure(number.start, number.end, kind, number.value, unit=unit, whole=number.whole)
        match = _BOUND.match(cell.text)
        if match is None:
            return None
        kind, unit = ("percent", "%") if match["percent"] else ("number", "")
        value = Decimal(match["digits"].replace(",", ""))
        start = cell.start + (match.start("digits") if match["mark"] == "=" else 0)
        whole = "." not in match["digits"] and not match["percent"]
        return CellFigure(start, cell.end, kind, value, unit=unit, modifier=_MODIFIERS[match["mark"]], whole=whole)

    def within(self, cell: Cell) -> Iterator[CellFigure]:
        """The quantities that stand wholly inside a cell."""
        at = bisect_left(self._starts, cell.start)
        while at < len(self._quantities) and self._quantities[at].start < cell.end:
            q = self._quantities[at]
            at += 1
            if q.end > cell.end or (q.value is None and q.low is None and q.high is None):
                continue
            low, high = (None, None) if q.value is not None else (q.low, q.high)
            yield CellFigure(q.start, q.end, q.kind, q.value, low, high, q.unit, q.modifier, q.max_score)

    def whole(self, cell: Cell) -> CellFigure | None:
        """The one quantity that fills the cell."""
        figures = list(self.within(cell))
        if len(figures) != 1:
            return None
        figure = figures[0]
        rest = cell.text[: figure.start - cell.start] + cell.text[figure.end - cell.start :]
        return figure if not rest.strip(" （）()=：:，") else None


def grade_in(cell: Cell) -> CellFigure | None:
    """The grade of a cell such as 等级：优.

    >>> grade_in(Cell(0, 4, "等级：优")).value
    '优'
    """
    match = _GRADE.search(cell.text)
    if match is None:
        return None
    start = cell.start + match.start("word")
    return CellFigure(start, start + len(match["word"]), "grade", match["word"])
