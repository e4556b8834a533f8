"""From the cells of sheets to lines and tables: what stands alone is a line, what stands side by side a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear, LinearWriter, flat

_NAMELESS = re.compile(r"(?:sheet|工作表|表)\s?\d*$", re.IGNORECASE)
_UNIT = re.compile(r"单位\s?[：:]")
_TELLING = 40  # characters: a cell alone in its row that is as long tells something

# the columns and rows of a whole sheet
WIDEST = 16_384
LONGEST = 1_048_576

Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """A sheet as a person sees it.

    Attributes:
        cells: the shown text by row and column, without what a merged cell covers.
        merges: first row, first column, last row, last column of every merged cell.
        visible: False for a hidden sheet, which counts as a page and gives no text.
        hidden_rows, hidden_columns: nobody sees them; a merged cell that begins there shows in what is left of it.
    """

    title: str
    cells: dict[Place, str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    visible: bool = True
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def shown(self) -> tuple[dict[Place, str], list[tuple[int, int, int, int]]]:
        """The cells and merges that are seen."""
        cells, merges = dict(self.cells), []
        for top, left, bottom, right in self.merges:
            row = next((at for at in range(top, bottom + 1) if at not in self.hidden_rows), None)
            column = next((at for at in range(left, right + 1) if at not in self.hidden_columns), None)
            text = cells.pop((top, left), None)
            if row is not None and column is not None and text is not None:
                cells[row, column] = text
                merges.append((row, column, bottom, right))
        seen = {
            place: text
            for place, text in cells.items()
            if place[0] not in self.hidden_rows and place[1] not in self.hidden_columns
        }
        return seen, merges


def write_sheets(sheets: Iterable[Sheet], budget: Budget) -> Linear:
    """The text of a workbook; every sheet counts as a page, hidden ones too.

    >>> from govfin_extract.readers.limits import Limits
    >>> sheet = Sheet("收入", {(0, 0): "收入表", (1, 0): "项目", (1, 3): "决算数", (2, 0): "合计", (2, 3): "12.30"})
    >>> write_sheets([sheet], Budget(Limits(), "x.xlsx")).text
    '收入\\n收入表\\n\\n项目\\t决算数\\n合计\\t12.30\\n\\n'
    """
    writer = LinearWriter(budget)
    for sheet in sheets:
        writer.gap()
        writer.page()
        if sheet.visible and sheet.cells:
            _write(sheet, writer, budget)
    return writer.finish()


def _write(sheet: Sheet, writer: LinearWriter, budget: Budget) -> None:
    rows: dict[int, dict[int, str]] = {}
    cells, merges = sheet.shown()
    for (row, column), text in sorted(cells.items()):
        if text := flat(text):
            rows.setdefault(row, {})[column] = text
    if (
        sheet.title
        and rows
        and not _NAMELESS.match(sheet.title)
        and sheet.title not in next(iter(rows.values())).values()
    ):
        writer.line(sheet.title)
    for block in _blocks(rows, merges):
        _write_block(block, writer, budget)


def _blocks(rows: dict[int, dict[int, str]], merges: list[tuple[int, int, int, int]]) -> Iterator[list[dict[int, str]]]:
    """Runs of rows without an empty one between them; a row that a merged cell reaches into is not empty."""
    reach = {(top, left): bottom for top, left, bottom, _ in merges}
    block: list[dict[int, str]] = []
    last = -2
    for number, row in rows.items():
        if block and number > last + 1:
            yield block
            block = []
        block.append(row)
        last = max(last, number, *(reach.get((number, column), number) for column in row))
    if block:
        yield block


def _write_block(block: list[dict[int, str]], writer: LinearWriter, budget: Budget) -> None:
    first, end = 0, len(block)
    while first < end and _stands_alone(block[first]):
        first += 1
    while end > first and len(block[end - 1]) == 1:
        end -= 1
    for row in block[:first]:
        writer.line(" ".join(row.values()))
    table: list[dict[int, str]] = []
    # of the whole block: a row of words between its rows does not make its columns fewer
    columns = sorted({column for row in block[first:end] for column in row if not _tells(row)})
    for row in block[first:end]:
        if _tells(row):
            _write_table(table, columns, writer, budget)
            table = []
            writer.line(" ".join(row.values()))
        else:
            table.append(row)
    _write_table(table, columns, writer, budget)
    for row in block[end:]:
        writer.line(" ".join(row.values()))


def _stands_alone(row: dict[int, str]) -> bool:
    """Whether a row above a table is its title, or says its unit and the body: 编制单位：甲局 and 单位：万元."""
    return len(row) == 1 or (len(row) <= 3 and any(_UNIT.search(text) for text in row.values()))


def _tells(row: dict[int, str]) -> bool:
    return len(row) == 1 and len(next(iter(row.values()))) >= _TELLING


def _write_table(rows: list[dict[int, str]], columns: list[int], writer: LinearWriter, budget: Budget) -> None:
    budget.spend("cells", len(rows) * len(columns))
    if rows:
        writer.table([row.get(column, "") for column in columns] for row in rows)
