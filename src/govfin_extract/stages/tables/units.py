"""The unit of a bare number: what its column, its row or the table says, in this order."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from govfin_extract.records import decimal_text
from govfin_extract.stages.tables.cells import Cell
from govfin_extract.stages.tables.columns import bare
from govfin_extract.stages.tables.context import Context, power_of_unit
from govfin_extract.stages.tables.figures import CellFigure, CellReader
from govfin_extract.stages.tables.grid import Row
from govfin_extract.stages.tables.model import Column, Columns, unit_of
from govfin_extract.text.numerals import scaled

RATE = re.compile(r"(?:率|占比|比重|满意度|比例|百分比)(?:（[^）]*）)?$")
_COUNTED_PEOPLE = re.compile(r"(?:人数|编制数?|人员数|实有数|在职数|退休数|离休数|人员总数|人员编制)(?:（[^）]*）)?$")
_PEOPLE = re.compile(r"编制|实有|在职|在编|离休|退休|人员|职工|聘用|行政|事业|参公|工勤|合计|小计")
_VEHICLES = re.compile(r"(?:车辆|用车)(?:数量?|保有量|编制数?|购置数量?)?(?:合计)?(?:（[^）]*）)?$")
_EQUIPMENT = re.compile(r"单[价位价值]{1,3}.{2,14}设备(?:（[^）]*）)?$")
_MONEY_HEADER = re.compile(r"原值|净值|折旧|价值|金额|单价|总价|资金|经费")
_PAID = re.compile(r"预算|决算|支出|收入|拨款")
_INDICATORS = frozenset(("self_evaluation", "self_evaluation_overall", "performance_target"))


class Sized(NamedTuple):
    """A number with its unit: ``kind`` is a quantity's kind."""

    kind: str
    value: Decimal
    unit: str


def sized(
    figure: CellFigure,
    at: int,
    row: Row,
    columns: Columns,
    label: str,
    context: Context,
    power: int,
    cells: CellReader,
) -> Sized:
    """What a bare number counts."""
    assert isinstance(figure.value, Decimal)
    value, column = figure.value, columns[at]
    if column.role == "score":
        return Sized("score", value, "分")
    if column.unit == "%" or (column.measure in ("growth", "share", "completion", "ratio") and column.power is None):
        return Sized("percent", value, "%")
    if column.power is not None:
        return _money(value, column.power)
    unit = column.unit
    if not unit and not _is_of_money(column):
        paid = any(_PAID.search(bare(cell.text)) for cell in column.path)
        unit = ("" if paid else _unit_beside(row, columns)) or _unit_of_label(label)
    if unit:
        return _in_unit(value, unit)
    if _of_indicators(columns, context):
        return _of_indicator(value, at, row, columns, label, cells)
    return _of_table(figure, column, label, context, power)


def _money(value: Decimal, power: int) -> Sized:
    return Sized("amount", scaled_decimal(value, power), "CNY")


def scaled_decimal(value: Decimal, power: int) -> Decimal:
    """A number times a power of ten, exactly.

    >>> scaled_decimal(Decimal("-3.20"), 4)
    Decimal('-32000')
    """
    digits = decimal_text(value.copy_abs()) or "0"
    moved = scaled(digits, power)
    return moved.copy_negate() if value.is_signed() and value else moved


def _in_unit(value: Decimal, unit: str) -> Sized:
    power = power_of_unit(unit)
    if power is not None:
        return _money(value, power)
    if unit in ("%", "％", "百分比"):
        return Sized("percent", value, "%")
    multiplied = re.match(r"([十百千万亿]{1,2})(.+)", unit)
    if multiplied and (found := power_of_unit(multiplied[1] + "元")) is not None:
        return Sized("count", scaled_decimal(value, found), multiplied[2])
    return Sized("score" if unit == "分" else "count", value, unit)


def _unit_beside(row: Row, columns: Columns) -> str:
    """The unit that a column of units gives the row."""
    cell = next((row[n] for n in columns.units if row[n]), None)
    return bare(cell.text) if cell and len(cell.text) <= 6 and cell.number is None else ""


def _is_of_money(column: Column) -> bool:
    """Whether a column holds amounts whatever the row's measure word is: of 房屋（㎡） 账面原值 is in 万元."""
    return any(_MONEY_HEADER.search(bare(cell.text)) for cell in column.path)


def _unit_of_label(label: str) -> str:
    power, unit = unit_of(label)
    if power is not None:
        return next((words for words in ("元", "千元", "万元", "百万元", "亿元") if power_of_unit(words) == power), "")
    return unit


def _of_indicators(columns: Columns, context: Context) -> bool:
    scored = columns.scored or bool(columns.full_marks)
    return columns.aimed or (context.kind in _INDICATORS and scored and not columns.budgeted)


def _of_indicator(value: Decimal, at: int, row: Row, columns: Columns, label: str, cells: CellReader) -> Sized:
    """A figure of an indicator has the unit of the other cell of its row: 指标值 12期, 完成值 12."""
    for number in columns.stated:
        other: Cell | None = row[number]
        if number == at or other is None:
            continue
        found = cells.whole(other) or next(cells.within(other), None)
        if found is not None and found.kind != "score":
            if found.kind == "amount":
                return _money(value, next((p for p in (8, 4) if {8: "亿", 4: "万"}[p] in other.text), 0))
            return Sized(found.kind, value, found.unit)
    return Sized("percent", value, "%") if RATE.search(bare(label)) else Sized("count", value, "")


def _of_table(figure: CellFigure, column: Column, label: str, context: Context, power: int) -> Sized:
    assert isinstance(figure.value, Decimal)
    header = bare(column.path[-1].text) if column.path else ""
    words = (header, bare(label))
    if figure.whole and not _is_of_money(column):
        if _EQUIPMENT.search(words[1]):
            return Sized("count", figure.value, "台（套）")
        if any(_VEHICLES.search(each) for each in words):
            return Sized("count", figure.value, "辆")
        if any(_COUNTED_PEOPLE.search(each) for each in words):
            return Sized("count", figure.value, "人")
        in_people = context.kind == "staffing" or "人" in context.counted
        if in_people and context.power is None and any(_PEOPLE.search(each) for each in words):
            return Sized("count", figure.value, "人")
        if context.counted and context.power is None:
            return Sized("count", figure.value, context.counted[0])
    if RATE.search(header) or (RATE.search(bare(label)) and not column.basis):
        return Sized("percent", figure.value, "%")
    return _money(figure.value, power)
