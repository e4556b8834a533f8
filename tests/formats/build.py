"""Files of every format from one labelled document: what a body would have published of the same report.

Each writer takes the document and whether the cells of table heads are merged, and gives the file's bytes. The formats
that only LibreOffice or Chromium write are made from these files, many in one call.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

from tests.formats.layout import Cell, Merge, Table, blocks

from govfin_extract.bench.markup import Labelled

Writer = Callable[[Labelled, bool], bytes]

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_SECONDS = 80
_STYLE = """
@page { size: A4 landscape; margin: 12mm }
body { font: 10pt "WenQuanYi Micro Hei", sans-serif }
table { border-collapse: collapse; font-size: 7.5pt; margin: 4pt 0 }
td { border: 1px solid black; padding: 1pt 3pt }
.figure { text-align: right }
"""


def html(document: Labelled, merged: bool) -> bytes:
    """A web page with a navigation bar and a foot, which are no part of the report."""
    parts = [f"<title>{escape(document.meta['organization'])}</title><style>{_STYLE}</style></head><body>"]
    parts.append('<nav><a href="/">首页</a> <a href="/zwgk">政务公开</a></nav><div class="content">')
    for block in blocks(document):
        parts.append(f"<p>{escape(block)}</p>" if isinstance(block, str) else _html_table(block, merged))
    parts.append("</div><footer>主办单位版权所有</footer></body></html>")
    return ('<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">' + "\n".join(parts)).encode()


def _html_table(table: Table, merged: bool) -> str:
    merges = {(merge.row, merge.column): merge for merge in table.merges} if merged else {}
    covered = _covered(merges.values())
    lines = []
    for row, line in enumerate(table.rows):
        cells = []
        for column, cell in enumerate(line):
            if (row, column) in covered:
                continue
            merge = merges.get((row, column))
            spans = f' rowspan="{merge.rows}" colspan="{merge.columns}"' if merge else ""
            kind = ' class="figure"' if cell.figure else ""
            cells.append(f"<td{kind}{spans}>{escape(cell.text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def _covered(merges: Iterable[Merge]) -> set[tuple[int, int]]:
    """The positions that merged cells cover, without their own."""
    return {
        (merge.row + down, merge.column + right)
        for merge in merges
        for down in range(merge.rows)
        for right in range(merge.columns)
        if down or right
    }


def docx_unruled(document: Labelled, merged: bool) -> bytes:
    """The same Word file, its tables without rules."""
    return docx(document, merged, rules=False)


def docx(document: Labelled, merged: bool, rules: bool = True) -> bytes:
    """A Word file with real tables on wide pages."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    file = Document()
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    file.styles["Normal"].font.size = Pt(8)
    for block in blocks(document):
        if isinstance(block, str):
            file.add_paragraph(block)
        else:
            _docx_table(file, block, merged, rules)
    file.add_paragraph()  # a file that ends with a table is not valid: LibreOffice loses that table
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _docx_table(file: Any, table: Table, merged: bool, rules: bool) -> None:
    style = "Table Grid" if rules else None
    grid = file.add_table(rows=len(table.rows), cols=len(table.rows[0]), style=style)
    # A row's cells are looked up once: one by one they cost the square of the table's size.
    places = [row.cells for row in grid.rows]
    for line, row in zip(table.rows, places, strict=True):
        for cell, place in zip(line, row, strict=True):
            if cell.text:
                place.paragraphs[0].add_run(cell.text)
    for merge in table.merges if merged else ():
        first = places[merge.row][merge.column]
        last = places[merge.row + merge.rows - 1][merge.column + merge.columns - 1]
        _drop_empty_paragraphs(first.merge(last))


def _drop_empty_paragraphs(cell: Any) -> None:
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def xlsx(document: Labelled, merged: bool) -> bytes:
    """A workbook of one sheet: paragraphs as rows of one cell, figures as numbers that show the printed digits."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    row = 1
    for block in blocks(document):
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            row += 1
            continue
        row += 1
        for down, line in enumerate(block.rows):
            for column, cell in enumerate(line, 1):
                _put(sheet, row + down, column, cell)
        for merge in block.merges if merged else ():
            top, left = row + merge.row, 1 + merge.column
            sheet.merge_cells(None, top, left, top + merge.rows - 1, left + merge.columns - 1)
        row += len(block.rows) + 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if not cell.text:
        return
    place = sheet.cell(row, column)
    if cell.figure and _NUMBER.fullmatch(cell.text):
        place.value, place.number_format = stored(cell.text)
    elif re.fullmatch(r"[1-9]\d?", cell.text):
        place.value = int(cell.text)
    else:
        place.value = cell.text
        place.data_type = "s"  # a text that begins with = is no formula


def stored(text: str) -> tuple[float, str]:
    """The number that a spreadsheet holds for a printed figure, and the format that shows it so again.

    >>> stored("1,204.50"), stored("97.1%"), stored("-3")
    ((1204.5, '#,##0.00'), (0.971, '0.0%'), (-3, '0'))
    """
    digits = text.rstrip("%").replace(",", "")
    decimals = len(digits.partition(".")[2])
    shown = ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "")
    if text.endswith("%"):
        return round(float(digits) / 100, decimals + 2), shown + "%"
    return (float(digits) if decimals else int(digits)), shown


def find(program: str) -> str | None:
    """Where a program is installed, under any of its names."""
    names = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "soffice": ("soffice", "libreoffice")}
    return next((path for name in names[program] if (path := shutil.which(name))), None)


def require(program: str) -> str:
    """The same, and an error where it is not installed."""
    path = find(program)
    if path is None:
        raise FileNotFoundError(f"{program} is not installed")
    return path


def convert(files: Iterable[Path], target: str, folder: Path) -> None:
    """LibreOffice's conversion of many files to one format, in one call."""
    program = require("soffice")
    # A profile of its own lets several run at once.
    profile = (folder / "profile").absolute().as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
    _run([*command, "--outdir", str(folder), *map(str, files)])


def print_pdf(pages: Iterable[Path], folder: Path) -> None:
    """Chromium's print of web pages, one PDF for each."""
    program = require("chromium")
    profile = f"--user-data-dir={folder / 'profile'}"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer"]
    for page in pages:
        target = folder / f"{page.stem}.pdf"
        _run([program, *options, profile, f"--print-to-pdf={target}", page.absolute().as_uri()])


def _run(command: list[str]) -> None:
    """Run a program of the formats' makers, which say little of what went wrong but on their error stream."""
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode('utf-8', 'replace')[-800:]}")
