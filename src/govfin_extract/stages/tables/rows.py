"""The head of a row: which cell names what a figure measures, and the classification code beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govfin_extract.stages.tables.cells import CODE_PARTS, Cell
from govfin_extract.stages.tables.columns import bare, says
from govfin_extract.stages.tables.grid import Row
from govfin_extract.stages.tables.model import Column, is_total

_LEAD = re.compile(
    r"(?:[（(]?\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?[）)]\s?[、.．]?|\d{1,2}[.．](?=(?:19|20)\d{2}年)|"
    r"(?:[一二三四五六七八九十]{1,4}|\d{1,2})\s?(?:、|[.．](?!\d))|"
    r"[①-⑳⑴-⒇]、?|第[一二三四五六七八九十][，、]|[-—•●▪◆■·*★—]+\s?|其中\s?[:：，]?\s?|(?:其\s?中)\s?[:：]?\s?|[加减][：:]\s?|"
    r"(?:\d{3,7}\s?[-—_]?\s?)(?=[\u4e00-\u9fff“])(?!\d|年|人|个|万|元))\s*"
)
_TAIL = re.compile(
    r"\s*(?:（\s?(?:单位[：:])?(?:[万亿千百]?元|%|‰|人|人次|个|辆|台|套|台/套|台（套）|次|批次|平方米|㎡|件|家|户|条|期|项|天|份|篇|场)\s?）|[：:])$"
)
_FARTHEST = 64  # columns between a figure and its name; keeps a row of ten thousand cells linear


@dataclass(frozen=True, slots=True)
class Head:
    """What names a figure: the label's place and words, how it was found, its whole cell, and the code beside it."""

    start: int
    end: int
    text: str
    how: str
    cell: Cell
    code: str | None = None
    code_cell: Cell | None = None


def trimmed(cell: Cell, how: str, code: str | None = None, code_cell: Cell | None = None) -> Head:
    """A cell as a label: without item number, 其中 and the unit in brackets behind it."""
    start, text = 0, cell.text
    while start < len(text) and (match := _LEAD.match(text, start)) and match.end() < len(text):
        start = match.end()
    tail = _TAIL.search(text, start)
    end = tail.start() if tail and tail.start() > start else len(text)
    # counted from the cell's end: a cell that is broken over lines is longer than its text
    return Head(cell.start + start, cell.end - (len(text) - end), text[start:end], how, cell, code, code_cell)


class RowHeads:
    """Finds the heads of the rows of one band, from the top down: codes in parts are carried on."""

    def __init__(self, columns: list[Column]) -> None:
        self._columns = columns
        self._parts: dict[int, str] = {}

    def begin(self, row: Row) -> None:
        """Take in the code parts of a row: a 类 clears the 款 and 项 of the rows above."""
        for number, column in enumerate(self._columns):
            cell = row[number]
            if column.role == "code" and column.words and bare(column.words[-1]) in CODE_PARTS and cell and cell.number:
                self._parts[number] = cell.text
                for deeper in [
                    place for place in self._parts if place > number and self._columns[place].first == column.first
                ]:
                    if row[deeper] is None:
                        del self._parts[deeper]

    def of(self, row: Row, at: int) -> Head | None:
        """The head of the figure in column ``at``: the nearest label cell on its left within its lane."""
        first = max(self._columns[at].first, at - _FARTHEST)
        label = next((row[n] for n in range(at - 1, first - 1, -1) if self._is_label(row[n], n)), None)
        if label is None:
            label = self._text_before(row, at)
        code, cell = self._code(row, first, at)
        if label is not None:
            return trimmed(label, "row head", code, cell)
        return trimmed(cell, "code", code, cell) if cell else None

    def _is_label(self, cell: Cell | None, number: int) -> bool:
        if cell is None or cell.is_dash or cell.number is not None or not _names(cell):
            return False
        column = self._columns[number]
        return column.role in ("label", "code") or (column.role in ("value", "line_number") and is_total(cell.text))

    def _text_before(self, row: Row, at: int) -> Cell | None:
        """A form without a header, or a total whose cell spans: the nearest words on the left that are no figure."""
        for number in range(at - 1, max(-1, at - _FARTHEST), -1):
            cell = row[number]
            if cell is None or cell.is_dash or cell.is_code:
                continue
            if cell.number is not None:
                if self._columns[number].role in ("line_number", "code", "full_mark", "score", "value", "target"):
                    continue
                return None
            if self._columns[number].role in (
                "target",
                "remark",
                "rule",
                "attribute",
                "sign",
                "unit",
                "score",
                "full_mark",
            ):
                continue
            if self._columns[number].role == "value" and (self._columns[number].basis or self._columns[number].measure):
                continue
            if _names(cell):
                return cell
        return None

    def _code(self, row: Row, first: int, at: int) -> tuple[str | None, Cell | None]:
        """The classification code of a row: printed whole, or in columns of 类, 款 and 项."""
        cells = [(n, row[n]) for n in range(first, at) if self._columns[n].role == "code"]
        parts = [n for n, _ in cells if self._columns[n].words and bare(self._columns[n].words[-1]) in CODE_PARTS]
        if len(parts) > 1:
            shown = [cell for n, cell in cells if n in parts and cell and cell.number]
            if not shown:
                return None, None
            joined = _joined([self._parts[n] for n in parts if n in self._parts])
            return joined, shown[-1]
        for _, cell in reversed(cells):
            if cell and cell.is_code:
                return re.sub(r"\D", "", cell.text), cell
        return None, None


def _joined(parts: list[str]) -> str:
    """201 | 37 | 01 and 201 | 20137 | 2013701 are the same code."""
    code = ""
    for part in parts:
        code = part if part.startswith(code) and len(part) > len(code) else code + part
    return code


def _names(cell: Cell) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in cell.text)


def head_of_column(column: Column) -> Head | None:
    """The item that a column's header names, where the row has no head: not 预算数 or 小计 but what is above them."""
    path = column.path
    named = [cell for cell in path if not says("head", "role_only", cell.text)]
    totals = [cell for cell in path if is_total(cell.text)]
    cell = next((cells[-1] for cells in (named, totals, path) if cells), None)
    return trimmed(cell, "column head") if cell else None
