"""A linear text taken apart again: paragraphs, tables, and which cells of a table's head would be merged in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from govfin_extract.bench.markup import Labelled

_TOTALS = re.compile(r"合计|总计|栏次")


class Cell(NamedTuple):
    """A cell's text and whether it is a labelled figure: files hold those as numbers, codes and 行次 otherwise."""

    text: str
    figure: bool = False


class Merge(NamedTuple):
    """A merged cell: its top left position and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Table:
    """The cells of a table, row by row; positions that a merged cell covers are empty."""

    rows: list[list[Cell]]

    @property
    def merges(self) -> list[Merge]:
        """The merged cells that its head would have in a Word file or on a web page.

        An empty position right of a text belongs to it where the row below holds a text; empty ones below a text do.

        >>> [tuple(merge) for merge in Table(cells("项目||本年支出|", "编码|名称|小计|基本支出", "合计||=5|=5")).merges]
        [(0, 0, 1, 2), (0, 2, 1, 2)]
        """
        wide = {
            (row, column): Merge(row, column, 1, columns)
            for row, column in self._head_texts()
            if (columns := self._columns(row, column)) > 1
        }
        covered = {(merge.row, merge.column + right) for merge in wide.values() for right in range(merge.columns)}
        high = {
            (row, column): Merge(row, column, rows, 1)
            for row, column in self._head_texts()
            if (row, column) not in covered and (rows := self._rows(row, column, covered)) > 1
        }
        return [merge for _, merge in sorted({**wide, **high}.items())]

    def _head_texts(self) -> Iterator[tuple[int, int]]:
        for row, line in enumerate(self.rows[: self.head_rows]):
            yield from ((row, column) for column, cell in enumerate(line) if cell.text)

    @property
    def head_rows(self) -> int:
        """How many rows stand above the first figure or total."""
        for number, row in enumerate(self.rows):
            if any(cell.figure for cell in row) or _TOTALS.fullmatch(row[0].text):
                return number
        return 1

    def _columns(self, row: int, column: int) -> int:
        below = self.rows[row + 1] if row + 1 < len(self.rows) else []
        width = 1
        for right in range(column + 1, len(below)):
            if self.rows[row][right].text or not below[right].text:
                break
            width += 1
        return width

    def _rows(self, row: int, column: int, covered: set[tuple[int, int]]) -> int:
        end = row + 1
        while end < self.head_rows and not self.rows[end][column].text and (end, column) not in covered:
            end += 1
        return end - row


def cells(*lines: str) -> list[list[Cell]]:
    """Rows from lines with bars; ``=`` marks a figure. For the examples and tests of this folder."""
    return [[Cell(text.removeprefix("="), text.startswith("=")) for text in line.split("|")] for line in lines]


def blocks(document: Labelled) -> Iterator[str | Table]:
    """The paragraphs and tables of a labelled document in their order."""
    starts = {fact["start"]: fact for fact in document.facts}
    rows: list[list[Cell]] = []
    at = 0
    for line in document.text.split("\n"):
        if "\t" in line:
            rows.append(list(_cells_of(line, at, starts)))
        else:
            if rows:
                yield Table(_even(rows))
                rows = []
            if line.strip():
                yield line
        at += len(line) + 1
    if rows:
        yield Table(_even(rows))


def _even(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows of one length, as a file has them: a text may leave out the blank cells at the end of a row."""
    widest = max(map(len, rows))
    return [row + [Cell("")] * (widest - len(row)) for row in rows]


def _cells_of(line: str, at: int, starts: dict[int, dict[str, Any]]) -> Iterator[Cell]:
    for text in line.split("\t"):
        fact = starts.get(at)
        yield Cell(text, fact is not None and fact["text"] == text)
        at += len(text) + 1
