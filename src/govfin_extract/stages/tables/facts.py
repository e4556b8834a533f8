"""From the cells of a band to facts: label from the row, basis, measure, year and unit from the column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from govfin_extract.records import Fact, Label
from govfin_extract.stages.tables.bands import Band
from govfin_extract.stages.tables.cells import Cell
from govfin_extract.stages.tables.columns import reading, says
from govfin_extract.stages.tables.confidence import confidence_of
from govfin_extract.stages.tables.context import Context
from govfin_extract.stages.tables.figures import GRADES, CellFigure, CellReader, grade_in, modifier_of
from govfin_extract.stages.tables.grid import Grid, Row, cell_at
from govfin_extract.stages.tables.model import Column, Columns, columns_of, is_total
from govfin_extract.stages.tables.rows import Head, RowHeads, head_of_column, trimmed
from govfin_extract.stages.tables.units import Sized, sized
from govfin_extract.text.factkinds import kind_of
from govfin_extract.text.sentences import Passage

_COMPLETION_LABEL = re.compile(r"(?:执行率|完成率|支出率|支付率|执行进度|支出进度|完成比例)(?:（[^）]*）)?$")
# 餐品留样执行率, 服务按期完成率 rate the work, not what was planned
_RATES_WORK = re.compile(
    r"(?:留样|制度|标准|政策|规范|方案|合同|协议|医嘱|(?<!项目)(?<!任务)(?<!工程)(?:按期|按时|及时))(?:落实|执行|完成)率"
)
_SHARE_LABEL = re.compile(r"(?:占比|比重)(?:（[^）]*）)?$")
# a number of its own, and no part of the budget on its left
_A_NUMBER = re.compile(r"[数额量](?:（[^）]*）)?$|^(?:本年|当年|上年)")
_GRADED = re.compile(r"等级|等次|评价结[果论]|自评结[果论]|评定")
_SUM = re.compile(r"(?:合计|总计|小计|共计)$")
_READS_TEXT = ("target", "value", "score")
_TELLING = 24
_PHRASE = 8
# 入藏新书2万册，接待读者30万人次
_LISTED = re.compile(r"[\u3400-\u9fff]{3}\d[\d,.]*[万亿%]?[\u3400-\u9fff]*(?=[，；。]|$)")
_HELD_UNITS = frozenset(("辆", "台（套）", "台、套", "台/套", "台", "套"))
_HELD = re.compile(r"车辆|用车|设备")
_BOUGHT = re.compile(r"购置|购买|采购|更新|报废|新增|处置|接待|维修")
_ROW_YEAR = re.compile(r"((?:19|20)\d{2})年(?:度|[初中末底])?")
_SIGNED = ("change", "growth")


@dataclass(slots=True)
class Setting:
    """What holds for a whole table.

    Attributes:
        power: of ten, from printed amounts to yuan; planned: amounts are budget unless a column says otherwise.
        year: what 本年 is; number: of the table in the document; form: how its cells were told apart.
    """

    context: Context
    power: int
    planned: bool
    year: str | None
    number: int
    form: str


@dataclass(slots=True)
class _Place:
    """A cell in its row and band."""

    row: Row
    at: int
    number: int
    columns: Columns
    head: Head | None

    @property
    def column(self) -> Column:
        return self.columns[self.at]

    @property
    def label(self) -> str:
        """The words of the row's label; "" without one."""
        return self.head.text if self.head else ""

    @property
    def label_words(self) -> str:
        """The whole cell of the row's label, its unit in brackets included."""
        return self.head.cell.text if self.head else ""


class TableReader:
    """Reads the facts of one table; offsets are those of the view."""

    def __init__(self, grid: Grid, setting: Setting, cells: CellReader) -> None:
        self._grid = grid
        self._setting = setting
        self._cells = cells
        self.passages: list[Passage] = []

    def facts(self, bands: list[Band]) -> Iterator[Fact]:
        """The facts of all bands, in the order of the text."""
        for band in bands:
            columns = columns_of(self._grid, band)
            heads = RowHeads(columns)
            for number in band.body:
                row = self._grid.rows[number]
                heads.begin(row)
                score = self._total_score(row, columns)
                for at, cell in enumerate(row):
                    if cell is None or cell.is_dash:
                        continue
                    head = heads.of(row, at)
                    if head is None or (is_total(head.text) and len(band.body) == 1 and columns[at].role == "value"):
                        head = head_of_column(columns[at]) or head
                    yield from self._cell(cell, _Place(row, at, number, columns, head), score)

    def _cell(self, cell: Cell, place: _Place, score: int | None) -> Iterator[Fact]:
        own = self._own_figure(cell, place) or self._moved_total(cell, place)
        if own is not None:
            yield own
        elif place.column.role == "rule":
            return  # how points are given reports nothing
        elif _is_prose(cell) or self._tells(cell, place):
            aim = place.column.role == "target" or place.column.basis == "target"
            self.passages.append(Passage(cell.start, cell.end, aim))
        elif (grade := self._grade(cell, place)) is not None:
            yield grade
        elif score == place.at:
            scored = self._score(cell)
            if scored is not None:
                yield self._made(scored, place)
        elif score is None and place.column.role in _READS_TEXT:
            for figure in self._figures(cell, place.column):
                yield self._made(figure, place)

    def _tells(self, cell: Cell, place: _Place) -> bool:
        """Whether a cell of a row without a name says in words what its figure is: 提供康复服务1,500人次."""
        if place.head is None or place.head.how != "column head" or place.column.role not in _READS_TEXT:
            return False
        if len(cell.text) < _PHRASE:
            return False
        return self._cells.bare(cell) is None and self._cells.whole(cell) is None

    def _own_figure(self, cell: Cell, place: _Place) -> Fact | None:
        """The fact of a cell that names its figure itself (其中：基本支出：798.52): its column is not asked."""
        mark = cell.text.rfind("：")
        if mark < 2 or place.column.role in ("score", "target"):
            return None
        tail = cell_at(cell.text, mark + 1, len(cell.text))
        if tail is None:
            return None
        tail = Cell(cell.start + tail.start, cell.start + tail.end, tail.text)
        figure = self._cells.bare(tail) or self._cells.whole(tail)
        if figure is None:
            return None
        head = trimmed(Cell(cell.start, cell.start + mark, cell.text[:mark]), "own cell")
        return self._alone(cell, figure, head, place)

    def _moved_total(self, cell: Cell, place: _Place) -> Fact | None:
        """The fact of a sum whose row lost the cells that its name spans: 人员经费合计 and its amount side by side."""
        number = cell.number
        if place.column.role not in ("label", "code") or number is None or not (number.decimals or number.grouped):
            return None
        before = next((other for other in reversed(place.row[: place.at]) if other), None)
        figure = self._cells.bare(cell)
        if figure is None or before is None or not _SUM.search(before.text):
            return None
        return self._alone(cell, figure, trimmed(before, "row head"), place)

    def _alone(self, cell: Cell, figure: CellFigure, head: Head, place: _Place) -> Fact:
        """The fact of a figure as if its cell made up the row: the columns of the table say nothing of it."""
        columns = Columns([Column((), "value")])
        return self._made(figure, _Place([cell], 0, place.number, columns, head))

    def _figures(self, cell: Cell, column: Column) -> list[CellFigure]:
        """The figures of a cell: all in it where the column holds values, the one that fills it elsewhere."""
        bare = self._cells.bare(cell)
        if bare is not None:
            return [bare]
        if column.role in ("target", "score") or column.basis or column.measure:
            return list(self._cells.within(cell))
        whole = self._cells.whole(cell)
        return [whole] if whole else []

    def _score(self, cell: Cell) -> CellFigure | None:
        figure = self._cells.bare(cell) or self._cells.whole(cell)
        if figure is None or figure.value is None:
            return None
        return CellFigure(figure.start, figure.end, "score", figure.value, unit="分", modifier=figure.modifier)

    def _total_score(self, row: Row, columns: Columns) -> int | None:
        """The column of the score in a row 总分 100 98, where the cells need not stand below their headers."""
        if not columns.full_marks or not columns.scored:
            return None
        full = columns.full_marks[0]
        words = [n for n, cell in enumerate(row) if cell and cell.number is None and is_total(cell.text)]
        numbers = [n for n, cell in enumerate(row) if cell and cell.number is not None]
        moved = len(numbers) == 2 and sum(cell is not None for cell in row) == 3  # 总分 100 97.5, cells left out
        if numbers and all(columns[n].role in ("full_mark", "score") for n in numbers) and len(numbers) > 2:
            return None  # every number stands below its header
        if not words or not numbers or words[0] > numbers[0] or (numbers[0] < full and not moved):
            return None
        scored = [n for n in numbers if columns[n].role == "score"]
        if len(numbers) > 2 and scored:
            return scored[-1]
        return numbers[1] if len(numbers) > 1 else (scored[0] if scored else -1)

    def _grade(self, cell: Cell, place: _Place) -> Fact | None:
        figure, head = grade_in(cell), place.head
        if figure is not None:
            words = cell.text[: figure.start - cell.start].rstrip("：: ")
            head = Head(cell.start, cell.start + len(words), words, "row head", cell)
        elif cell.text in GRADES and head is not None and place.column.role == "value" and not place.column.basis:
            head = head if _GRADED.search(head.text) else head_of_column(place.column)
            if head is None or not _GRADED.search(head.text):
                return None
            figure = CellFigure(cell.start, cell.end, "grade", cell.text)
        if figure is None:
            return None
        return self._made(figure, replace(place, head=head))

    def _made(self, figure: CellFigure, place: _Place) -> Fact:
        """The fact of a figure."""
        head, column, setting = place.head, place.column, self._setting
        size = self._sized(figure, place)
        header = " ".join(column.words)
        kind = self._kind(size, place, header)
        measure = _measure(column, kind, head)
        if kind == "ratio" and measure == "level" and setting.context.breakdown and not column.path:
            measure = "share"
        basis = self._basis(place, kind, measure)
        label = Label(head.start, head.end, head.text) if head else None
        how = head.how if head else "none"
        return Fact(
            id="",
            start=figure.start,
            end=figure.end,
            text="",
            kind=kind,
            value=figure.value if size is None else size.value,
            low=figure.low,
            high=figure.high,
            unit="" if size is None else size.unit,
            modifier=self._modifier(figure, place),
            measure=measure,
            basis=basis,
            period=self._period(column, measure, head),
            label=label,
            code=head.code if head else None,
            max_score=(figure.max_score or self._full_mark(place)) if kind == "score" else None,
            source="table",
            table=setting.number,
            row=place.number,
            column_path=tuple(dict.fromkeys(column.words)),
            alternatives=_alternatives(place),
            confidence=confidence_of(how, setting.form, kind, basis),
            evidence=f"table: {setting.context.kind} by {setting.form}; label: {how}",
        )

    def _modifier(self, figure: CellFigure, place: _Place) -> str:
        """The figure's own modifier; of a target without one the sign that stands in a column of its own."""
        if figure.modifier == "exact" and place.column.role == "target":
            signs = (place.row[at] for at in place.columns.signs)
            return next((found for cell in signs if cell and (found := modifier_of(cell.text))), "exact")
        return figure.modifier

    def _sized(self, figure: CellFigure, place: _Place) -> Sized | None:
        if isinstance(figure.value, str) or figure.value is None:
            return Sized(figure.kind, figure.value, figure.unit) if figure.kind != "grade" else None  # type: ignore[arg-type]
        if figure.kind != "number":
            unit = "%" if figure.kind == "ratio" else figure.unit
            value = figure.value * 100 if figure.kind == "ratio" else figure.value
            return Sized(figure.kind, value, unit)
        label = place.label_words
        return sized(
            figure, place.at, place.row, place.columns, label, self._setting.context, self._setting.power, self._cells
        )

    def _kind(self, size: Sized | None, place: _Place, header: str) -> str:
        if size is None:
            return "grade"
        label = place.label
        if size.kind == "count" and place.columns.aimed:
            return "event"  # what an indicator counts was done, whoever the people are
        if size.kind == "count" and size.unit in ("人", "名") and self._setting.context.kind == "staffing":
            return "staffing"
        if size.kind == "count" and size.unit in _HELD_UNITS and _HELD.search(label) and not _BOUGHT.search(label):
            return "asset"
        heading = self._setting.context.title
        clause = f"{label} {header}"
        kind = kind_of(size.kind, size.unit, label, clause, heading)
        if kind == "event" and place.column.path:
            kind = kind_of(size.kind, size.unit, place.column.path[-1].text, clause, heading)
        return kind

    def _basis(self, place: _Place, kind: str, measure: str) -> str:
        column = place.column
        if column.role == "target":
            return "target"
        if kind in ("score", "grade", "staffing", "asset", "institution") or measure == "completion":
            return "actual"
        past = column.year is not None and self._setting.year is not None and column.year < self._setting.year
        default = "budget" if self._setting.planned and not past else "actual"
        if measure in _SIGNED:
            return column.basis or self._compared_basis(place) or default
        if column.basis == "budget" and kind == "event" and column.path and column.path[-1].text.startswith("计划"):
            return "target"  # 计划里程 is to be reached, 计划资金 to be spent
        if column.basis is None and says("head", "role_only", place.label):
            return reading("basis", (place.label,)) or default  # a form: 预算数： 120.00
        part = measure == "level" and column.path and not _A_NUMBER.search(column.path[-1].text)
        return column.basis or (self._compared_basis(place) if part else None) or default

    def _compared_basis(self, place: _Place) -> str | None:
        """The version of what a change compares: that of the nearest level on its left."""
        before = place.columns[place.column.first : place.at]
        return next((column.basis for column in reversed(before) if column.basis and column.measure is None), None)

    def _period(self, column: Column, measure: str, head: Head | None) -> str | None:
        year = self._setting.year
        if measure in _SIGNED or measure == "completion":
            return year
        if column.year is not None:
            return column.year
        own = _ROW_YEAR.match(head.text) if head and not column.shift else None
        if own:
            return own[1]
        return str(int(year) + column.shift) if year else None

    def _full_mark(self, place: _Place) -> Decimal | None:
        """The full mark of a score: the number in the column of full marks, nearest on the left."""
        numbers = [number for number in place.columns.full_marks if number != place.at]
        ordered = [n for n in reversed(numbers) if n < place.at] + [n for n in numbers if n > place.at]
        if is_total(place.label) and not any(place.row[n] for n in ordered):
            ordered = [n for n in range(place.at) if (cell := place.row[n]) and cell.number is not None][-1:]
        for number in ordered:
            cell = place.row[number]
            figure = (self._cells.bare(cell) or self._cells.whole(cell)) if cell else None
            if figure is not None and isinstance(figure.value, Decimal):
                return figure.value
        return None


def _is_prose(cell: Cell) -> bool:
    """Whether a cell tells something in sentences rather than naming or counting."""
    if len(_LISTED.findall(cell.text)) > 1:
        return True
    if len(cell.text) < _TELLING or not any(char.isdecimal() for char in cell.text):
        return False
    return any(mark in cell.text for mark in "。；") or (len(cell.text) >= 2 * _TELLING and "，" in cell.text)


def _measure(column: Column, kind: str, head: Head | None) -> str:
    measure = column.measure if column.measure not in (None, "ratio") else "level"
    if kind == "ratio":
        if measure == "change":
            measure = "growth"
        if (
            measure == "level"
            and head is not None
            and _COMPLETION_LABEL.search(head.text)
            and not _RATES_WORK.search(head.text)
        ):
            return "completion"
        if measure == "level" and head is not None and _SHARE_LABEL.search(head.text):
            return "share"
        return str(measure)
    if measure in ("growth", "change"):
        return "change" if kind in ("amount", "staffing", "event", "asset") else "level"
    return "level"


def _alternatives(place: _Place) -> tuple[Label, ...]:
    """The code beside the row's name, and the item that the column's header names."""
    found = []
    head, path = place.head, place.column.path
    if head is not None and head.code_cell is not None and head.how != "code":
        found.append(Label(head.code_cell.start, head.code_cell.end, head.code_cell.text))
    if path and head is not None and head.how != "column head" and not says("head", "role_only", path[-1].text):
        cell = trimmed(path[-1], "")
        found.append(Label(cell.start, cell.end, cell.text))
    return tuple(found)
