"""Excel workbooks (.xlsx, .xlsm) with openpyxl."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from typing import Any

from govfin_extract.readers.damage import reported_damage
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear
from govfin_extract.readers.package import Package
from govfin_extract.readers.sheets.guard import hidden_numbers, missing_results
from govfin_extract.readers.sheets.layout import Sheet, write_sheets
from govfin_extract.readers.sheets.numberformat import DAYS_TO_1904, REGIONAL, shown

_log = logging.getLogger(__name__)


def read_xlsx(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a workbook: numbers with the digits that their formats show, formulas by their last results.

    Hidden sheets, rows and columns are left out. A formula that was never computed gives an empty cell and a warning
    in the log.

    Raises:
        DamagedFileError: it is broken or encrypted.
        LimitError: it unpacks to too much, has too many cells, or takes too long.
    """
    missing = missing_results(Package(data, name, budget), budget)
    if missing:
        _log.warning("%d formulas were never computed and give empty cells: open the workbook and save it", missing)
    from openpyxl import load_workbook

    with reported_damage(f"{name} is a broken workbook", "open it and save it anew"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that it does not keep, such as drawings
            book = load_workbook(io.BytesIO(data), data_only=True)
        return write_sheets(_sheets(book, budget), budget)


def _sheets(book: Any, budget: Budget) -> Iterator[Sheet]:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    days = DAYS_TO_1904 if book.epoch == CALENDAR_MAC_1904 else 0
    for title in book.sheetnames:
        sheet = book[title]
        budget.check_time()
        if not hasattr(sheet, "_cells"):  # a chart on a sheet of its own: it has a page number and no text
            yield Sheet(title, visible=False)
            continue
        rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
        spans = [(column.min or 1, column.max or 1) for column in sheet.column_dimensions.values() if column.hidden]
        columns = hidden_numbers(spans)
        cells = {
            (cell.row, cell.column): _shown(cell, days)
            for cell in sheet._cells.values()  # the cells that the file holds: iter_rows makes the empty ones, too
            if cell.value is not None
        }
        merges = [(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges]
        yield Sheet(title, cells, merges, sheet.sheet_state == "visible", rows, columns)


def _shown(cell: Any, days: int) -> str:
    form, value = cell.number_format, cell.value
    if form == "General" and (regional := REGIONAL.get(cell._style.numFmtId)):
        form = regional  # openpyxl knows none of these, and leaves the date a number
        value = value + days if isinstance(value, (int, float)) and not isinstance(value, bool) else value
    return shown(value, form)
