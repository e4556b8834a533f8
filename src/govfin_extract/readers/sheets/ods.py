"""OpenDocument workbooks (.ods): the shown text of every cell stands in the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govfin_extract.errors import DamagedFileError
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear
from govfin_extract.readers.package import Package
from govfin_extract.readers.sheets.layout import LONGEST, WIDEST, Sheet, write_sheets

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_GROUPS = frozenset(f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows"))
_HIDDEN = frozenset(("collapse", "filter"))


def read_ods(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a workbook. Hidden sheets, rows and columns are left out, notes on cells too.

    Raises:
        DamagedFileError: it is broken or encrypted.
        LimitError: it unpacks to too much, has too many cells, or takes too long.
    """
    package = Package(data, name, budget)
    manifest = package.bytes("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise DamagedFileError(f"{name} is encrypted; save it without a password")
    root = package.xml("content.xml")
    if root is None:
        raise DamagedFileError(f"{name} is a workbook without content; open it and save it anew")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(part.get(f"{_TABLE}display") == "false" for part in style.iter(f"{_STYLE}table-properties"))
    }
    sheets = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    return write_sheets((_sheet(table, hidden, budget) for table in sheets), budget)


def _sheet(table: Any, hidden: set[str | None], budget: Budget) -> Sheet:
    sheet = Sheet(table.get(f"{_TABLE}name") or "", visible=table.get(f"{_TABLE}style-name") not in hidden)
    sheet.hidden_columns = _hidden_columns(table)
    number = 0
    for row in _rows(table):
        times = _times(row, "number-rows-repeated", LONGEST)
        cells = list(_cells(row))
        budget.spend("cells", 1 + len(cells) * (times if cells else 1))
        if cells:
            if row.get(f"{_TABLE}visibility") in _HIDDEN:
                sheet.hidden_rows.update(range(number, number + times))
            for at in range(number, number + times):
                for column, text, high, wide in cells:
                    sheet.cells[at, column] = text
                    if high > 1 or wide > 1:
                        sheet.merges.append((at, column, at + high - 1, column + wide - 1))
        number += times
    return sheet


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == f"{_TABLE}table-row":
            yield element
        elif element.tag in _GROUPS:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[tuple[int, str, int, int]]:
    """Column, text, rows and columns of the cells that hold something; blank ones repeated to the edge cost nothing."""
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = _times(cell, "number-columns-repeated", WIDEST)
        text = "" if cell.tag.endswith("covered-table-cell") else _text(cell)
        if text:
            high, wide = _times(cell, "number-rows-spanned", LONGEST), _times(cell, "number-columns-spanned", WIDEST)
            for at in range(column, min(column + times, WIDEST)):
                yield at, text, high, wide
        column += times


def _text(cell: Any) -> str:
    """A cell's paragraphs, one a line."""
    return "\n".join(_words(part) for part in cell if part.tag == f"{_TEXT}p")


def _words(element: Any) -> str:
    words = [element.text or ""]
    for part in element:
        if part.tag == f"{_TEXT}s":
            words.append(" " * _times(part, f"{_TEXT}c", 100, own=True))
        elif part.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            words.append(" " if part.tag.endswith("tab") else "\n")
        elif part.tag != f"{_OFFICE}annotation" and isinstance(part.tag, str):
            words.append(_words(part))
        words.append(part.tail or "")
    return "".join(words)


def _hidden_columns(table: Any) -> set[int]:
    hidden: set[int] = set()
    number = 0
    for column in table.iter(f"{_TABLE}table-column"):
        times = _times(column, "number-columns-repeated", WIDEST)
        if column.get(f"{_TABLE}visibility") in _HIDDEN:
            hidden.update(range(number, min(number + times, WIDEST)))
        number += times
    return hidden


def _times(element: Any, attribute: str, most: int, *, own: bool = False) -> int:
    said = element.get(attribute if own else f"{_TABLE}{attribute}") or "1"
    return min(int(said), most) if said.isdecimal() and len(said) < 12 else 1
