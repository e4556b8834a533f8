"""The columns of a band: what each is there for, and which label columns its figures belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govfin_extract.stages.tables.bands import Band
from govfin_extract.stages.tables.cells import Cell
from govfin_extract.stages.tables.columns import reading, says
from govfin_extract.stages.tables.context import power_of_unit, year_in
from govfin_extract.stages.tables.grid import Grid
from govfin_extract.stages.tables.measures import is_figure, is_measure_word

_BRACKET = re.compile(r"[（(]\s?(?:单位[：:])?([^（）()\s]{1,6})\s?[）)](?=$|\s|[（(：:])")
_AFTER_MARK = re.compile(r"(?:单位[：:]|[/，])([^（）()\s/]{1,4})$")
_PERCENT = frozenset(("%", "％", "百分比"))
_FEW = 4


@dataclass(slots=True)
class Column:
    """A column of a band.

    Attributes:
        path: its header cells, the top one first; role: a key of ``[role]`` in ``columns.toml``, or ``value``.
        lane: the number of the stretch of label and value columns that it belongs to, first: where that begins.
        basis, measure: what the header says, None where it says nothing.
        unit: a unit that the header names: an amount's power of ten, or a measure word, or %.
    """

    path: tuple[Cell, ...]
    role: str
    first: int = 0
    basis: str | None = None
    measure: str | None = None
    year: str | None = None
    shift: int = 0
    power: int | None = None
    unit: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.path)


class Columns(list[Column]):
    """The columns of a band, and the numbers of those that the figures of a row look at.

    Attributes:
        full_marks: columns of full marks; units: of measure words; signs: of ≥ and ≤ alone.
        stated: of what an indicator shall be and is.
        scored: there is a column of scores; aimed: one of targets; budgeted: one of budgets.
    """

    def __init__(self, columns: Iterable[Column]) -> None:
        super().__init__(columns)
        self.full_marks = self._with_role("full_mark")
        self.units = self._with_role("unit")
        self.signs = self._with_role("sign")
        self.stated = self._with_role("target", "value")
        self.scored = bool(self._with_role("score"))
        self.aimed = bool(self._with_role("target"))
        self.budgeted = any(column.basis in ("budget", "adjusted_budget") for column in self)

    def _with_role(self, *roles: str) -> list[int]:
        return [number for number, column in enumerate(self) if column.role in roles]


def columns_of(grid: Grid, band: Band) -> Columns:
    """The columns of a band, by header first and by content where the header is silent."""
    columns = []
    for number in range(grid.columns):
        path = band.paths[number] if number < len(band.paths) else ()
        cells = [cell for row in band.body if (cell := grid.rows[row][number])]
        columns.append(_column(path, cells))
    for column, role in zip(columns, band.roles, strict=False):
        column.role = role
    if not any(column.role == "label" for column in columns):
        for column in columns:
            column.role = "label" if column.role == "attribute" else column.role
    _mark_counters(grid, band, columns)
    _set_lanes(columns)
    return Columns(columns)


def _column(path: tuple[Cell, ...], cells: Sequence[Cell]) -> Column:
    words = tuple(cell.text for cell in path)
    column = Column(path, _role(words, cells), basis=reading("basis", words), measure=reading("measure", words))
    for text in reversed(words):
        column.year = column.year or year_in(text)
        if column.power is None and not column.unit:
            column.power, column.unit = unit_of(text)
    if column.year is None:
        column.shift = {"last": -1, "next": 1}.get(reading("period", words) or "", 0)
    return column


def unit_of(words: str) -> tuple[int | None, str]:
    """The unit that a header or a label names in brackets or behind a stroke: a power of ten for money, else the word.

    >>> unit_of("项目总投资（万元）"), unit_of("车辆（辆）"), unit_of("因公出国（境）费"), unit_of("增长（%）")
    ((4, ''), (None, '辆'), (None, ''), (None, '%'))
    """
    for match in [*_BRACKET.finditer(words), *_AFTER_MARK.finditer(words)][::-1]:
        unit = match[1]
        power = power_of_unit(unit)
        if power is not None:
            return power, ""
        if unit in _PERCENT:
            return None, "%"
        if is_measure_word(unit):
            return None, unit
    return None, "%" if words.endswith(("%", "％")) else ""


def _role(words: tuple[str, ...], cells: Sequence[Cell]) -> str:
    role = reading("role", words[-1:]) or (reading("role", words[:1]) if len(words) > 1 else None)
    numbers = sum(cell.number is not None or is_figure(cell) for cell in cells)
    codes = sum(cell.is_code for cell in cells)
    texts = len(cells) - numbers - sum(cell.is_dash for cell in cells)
    if role == "label" and numbers > texts:
        role = "code" if codes * 2 > numbers else None
    if role == "code" and numbers and not _code_like(cells):
        role = None
    if role == "attribute" and numbers > texts:
        role = None  # 资金来源 above columns of amounts
    if role == "unit" and texts and sum(is_measure_word(cell.text) or "元" in cell.text for cell in cells) * 2 < texts:
        role = "label"  # 单位 is a body here, not a measure word
    if role not in (None, "label") or (role == "label" and texts):
        return role or ""
    says_value = reading("basis", words) or reading("measure", words)
    if says_value and (numbers >= texts or words[-1].endswith(("值", "数", "额", "情况"))):
        return "value"
    if cells and not words and texts == 0:
        lengths = {len(cell.text) for cell in cells}
        if _part_like(cells) or (codes == len(cells) and len(lengths) > 1 and codes >= _FEW):
            return "code"
    if role == "label":
        return "label"
    return "label" if texts > numbers else "value"


def _code_like(cells: Sequence[Cell]) -> bool:
    """Whether the numbers under a header of codes are codes, 类|款|项 in columns of their own included."""
    return all(number.whole for cell in cells if (number := cell.number))


def _part_like(cells: Sequence[Cell]) -> bool:
    """Whether every cell is a part of a code as 款 and 项 are printed: two digits, a zero before the small ones."""
    return all(len(cell.text) == 2 and cell.text.isdecimal() for cell in cells) and any(c.text[0] == "0" for c in cells)


def _mark_counters(grid: Grid, band: Band, columns: list[Column]) -> None:
    """A column that counts the lines 1, 2, 3 … whatever stands above it."""
    for number, column in enumerate(columns):
        if column.role != "value" or column.basis or column.measure:
            continue
        counts = [int(cell.text) for row in band.body if (cell := grid.rows[row][number]) and cell.text.isdecimal()]
        filled = sum(grid.rows[row][number] is not None for row in band.body)
        if len(counts) >= _FEW and len(counts) == filled and counts == list(range(counts[0], counts[0] + len(counts))):
            column.role = "line_number"


def _set_lanes(columns: list[Column]) -> None:
    """A label or code column behind a value column begins a lane of its own, if values follow it."""
    first = 0
    valued = False
    last_value = max((at for at, column in enumerate(columns) if column.role == "value"), default=-1)
    for number, column in enumerate(columns):
        if column.role in ("label", "code") and valued and number < last_value:
            first, valued = number, False
        elif column.role in ("value", "score", "target", "full_mark"):
            valued = True
        column.first = first


def is_total(words: str) -> bool:
    """Whether a row head is a sum: 合计, 总分."""
    return says("head", "total", words)
