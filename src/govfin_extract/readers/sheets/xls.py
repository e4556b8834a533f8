"""Old Excel workbooks (.xls) with xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from govfin_extract.errors import DamagedFileError, GovfinError
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear
from govfin_extract.readers.sheets.layout import Sheet, write_sheets
from govfin_extract.readers.sheets.numberformat import DAYS_TO_1904, REGIONAL, Value, shown


def read_xls(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of an old workbook, by the rules of :func:`govfin_extract.readers.sheets.xlsx.read_xlsx`.

    Raises:
        DamagedFileError: it is broken or encrypted.
        LimitError: it has too many cells or takes too long.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
        return write_sheets(_sheets(book, budget), budget)
    except GovfinError:
        raise
    except Exception as error:  # xlrd raises whatever a broken record leads it to
        why = "is encrypted; save it without a password" if "encrypt" in str(error) else "is broken; save it as .xlsx"
        raise DamagedFileError(f"{name} is an old workbook that {why} ({type(error).__name__})") from error


def _sheets(book: Any, budget: Budget) -> Iterator[Sheet]:
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
        cells = {}
        for row in range(sheet.nrows):
            budget.spend("cells", sheet.row_len(row))
            for column, cell in enumerate(sheet.row(row)):
                if text := _shown(book, cell):
                    cells[row, column] = text
        merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
        budget.spend(
            "cells",
            sum(min((bottom - top + 1) * (right - left + 1), len(cells)) for top, left, bottom, right in merges),
        )
        yield Sheet(sheet.name, _uncovered(cells, merges), merges, sheet.visibility == 0, rows, columns)
        book.unload_sheet(number)


def _shown(book: Any, cell: Any) -> str:
    import xlrd

    value: Value = cell.value
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(cell.value)
    elif cell.ctype == xlrd.XL_CELL_DATE and book.datemode:
        value = cell.value + DAYS_TO_1904
    key = book.xf_list[cell.xf_index].format_key
    form = book.format_map.get(key)
    # xlrd has an entry without a text for the formats that Excel knows by number only
    return shown(value, (form and form.format_str) or REGIONAL.get(key, "General"))


def _uncovered(
    cells: dict[tuple[int, int], str], merges: list[tuple[int, int, int, int]]
) -> dict[tuple[int, int], str]:
    """The cells without those that a merged cell covers, which an old file may still hold."""
    for top, left, bottom, right in merges:
        if (bottom - top + 1) * (right - left + 1) <= len(cells):
            covered = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        else:
            covered = (place for place in list(cells) if top <= place[0] <= bottom and left <= place[1] <= right)
        for place in covered:
            if place != (top, left):
                cells.pop(place, None)
    return cells
