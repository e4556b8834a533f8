"""Excel workbooks (.xlsx, .xlsm) with openpyxl."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator
from typing import Any

from govfin_extract.errors import DamagedFileError, GovfinError
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear
from govfin_extract.readers.package import Package
from govfin_extract.readers.sheets.layout import Sheet, write_sheets
from govfin_extract.readers.sheets.numberformat import shown

_log = logging.getLogger(__name__)
_SHEET = re.compile(r".*\.xml$", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']"
)
_WIDEST = 16_384
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)


def read_xlsx(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a workbook: numbers with the digits that their formats show, formulas by their last results.

    Hidden sheets, rows and columns are left out. A formula that was never computed gives an empty cell and a warning
    in the log.

    Raises:
        DamagedFileError: it is broken or encrypted.
        LimitError: it unpacks to too much, has too many cells, or takes too long.
    """
    _check(Package(data, name, budget), budget)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that it does not keep, such as drawings
            book = load_workbook(io.BytesIO(data), data_only=True)
        return write_sheets(_sheets(book, budget), budget)
    except GovfinError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part leads it to
        raise DamagedFileError(
            f"{name} is a broken workbook ({type(error).__name__}); open it and save it anew"
        ) from error


def _check(package: Package, budget: Budget) -> None:
    """Count cells before openpyxl makes an object of each: a merged cell of a whole sheet would be billions."""
    missing = 0
    for part in package.names:
        data = package.bytes(part) if _SHEET.match(part) else None
        if data is None:
            continue
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = data.decode("utf-16", "replace").encode("utf-8", "replace")
        budget.spend("cells", sum(1 for _ in _CELL.finditer(data)))
        for left, top, right, bottom in _MERGE.findall(data):
            budget.spend("cells", (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1))
        missing += sum(1 for _ in _NO_RESULT.finditer(data))
    if missing:
        _log.warning("%d formulas were never computed and give empty cells: open the workbook and save it", missing)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheets(book: Any, budget: Budget) -> Iterator[Sheet]:
    for sheet in book.worksheets:
        budget.check_time()
        rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
        spans = [(column.min, column.max) for column in sheet.column_dimensions.values() if column.hidden]
        columns = {n for first, last in spans for n in range(first or 1, min(last or first or 1, _WIDEST) + 1)}
        cells = {
            (cell.row, cell.column): shown(cell.value, cell.number_format)
            for cell in sheet._cells.values()  # the cells that the file holds: iter_rows makes the empty ones, too
            if cell.value is not None and cell.row not in rows and cell.column not in columns
        }
        merges = [(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges]
        yield Sheet(sheet.title, cells, merges, sheet.sheet_state == "visible")
