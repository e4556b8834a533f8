"""PDF to text: pdfplumber finds the ruled tables and the characters, pypdfium2 what is encrypted, turned or scanned."""

from __future__ import annotations

import io
import logging
from contextlib import closing
from typing import Any

from govfin_extract.errors import DamagedFileError
from govfin_extract.readers.damage import reported_damage
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear
from govfin_extract.readers.pdf.aligned import aligned_rows, find_aligned
from govfin_extract.readers.pdf.flow import PageItems, PageTable, TextLine, write_pages
from govfin_extract.readers.pdf.glyphs import Glyph, Piece, glyphs_of, is_unmapped, lines_of, mapped_glyphs, pieces_of
from govfin_extract.readers.pdf.guard import prepared
from govfin_extract.readers.pdf.tables import Ruled, ruled_tables

_log = logging.getLogger(__name__)
# pdfminer warns of every odd colour and font of a page, which changes no text
logging.getLogger("pdfminer").setLevel(logging.ERROR)
_FEW = 8  # characters: a page with fewer and a picture over most of it is a scan
_COVERED = 0.5


def read_pdf(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a PDF with the page and box of every character.

    Scanned pages are read where the extra ``ocr`` is installed; without it a file of nothing else is refused, and
    scanned pages among others are left out with a warning in the log.

    Raises:
        DamagedFileError: it is broken, cut short, empty or needs a password.
        LimitError: it has too many pages or cells, unpacks to too much, or takes too long.
        MissingToolError: all its pages are scans and the extra ``ocr`` is not installed.
    """
    data = prepared(data, name, budget)
    import pdfplumber
    import pypdfium2 as pdfium

    with reported_damage(f"{name} is a broken PDF", "open it in a viewer and save it anew"):
        try:
            with pdfplumber.open(io.BytesIO(data)) as pdf, closing(pdfium.PdfDocument(data)) as drawn:
                if not pdf.pages:
                    raise DamagedFileError(f"{name} is a PDF without pages; get the file again")
                return _read(pdf, drawn, name, budget)
        except (MemoryError, RecursionError) as error:
            raise DamagedFileError(f"{name} is nested deeper than any real PDF; it cannot be read") from error


def _read(pdf: Any, drawn: Any, name: str, budget: Budget) -> Linear:
    """The text of a file that pdfplumber and, as ``drawn``, pdfium have open."""
    pages: list[PageItems] = []
    scans: list[int] = []
    for number, page in enumerate(pdf.pages):
        budget.spend("pages")
        glyphs = glyphs_of(page)
        if any(map(is_unmapped, glyphs)) and not page.rotation:
            glyphs = mapped_glyphs(drawn, number)
        if sum(bool(glyph.text.strip()) for glyph in glyphs) < _FEW and _is_covered(page):
            scans.append(number)
            pages.append(PageItems(float(page.height)))
        else:
            pages.append(_items(page, glyphs, budget))
        page.close()
    if scans:
        _read_scans(drawn, name, scans, pages, budget)
    return write_pages(pages, budget).finish()


def _is_covered(page: Any) -> bool:
    """Whether pictures cover most of a page."""
    pictures = ((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return float(sum(pictures)) > _COVERED * float(page.width * page.height)


def _items(page: Any, glyphs: list[Glyph], budget: Budget) -> PageItems:
    """The tables and lines of a page from the top."""
    tables, rest = ruled_tables(page, glyphs)
    for table in tables:
        budget.spend("cells", sum(map(len, table.rows)))
    return in_order(float(page.height), tables, [list(pieces_of(line)) for line in lines_of(rest)], budget)


def in_order(height: float, tables: list[Ruled], lines: list[list[Piece]], budget: Budget) -> PageItems:
    """Ruled tables, tables without rules and lines in the order in which they stand on the page."""
    lines = [line for line in lines if line]
    placed: list[tuple[float, TextLine | PageTable]] = [
        (table.box[1], PageTable(table.rows, table.edges, table.box[2])) for table in tables
    ]
    done = 0
    for first, behind in [*find_aligned(lines), (len(lines), len(lines))]:
        for line in lines[done:first]:
            placed.extend((line[0].top, TextLine(piece)) for piece in line)
        if first < behind:
            rows = aligned_rows(lines[first:behind], budget)
            edges = [float(column) for column in range(len(rows[0]))]
            placed.append((lines[first][0].top, PageTable(rows, edges)))
        done = behind
    placed.sort(key=lambda item: item[0])
    return PageItems(height, [item for _, item in placed])


def _read_scans(drawn: Any, name: str, scans: list[int], pages: list[PageItems], budget: Budget) -> None:
    from govfin_extract.readers import ocr

    if not ocr.is_installed() and len(scans) < len(pages):
        shown = ", ".join(str(number + 1) for number in scans[:10])
        _log.warning("scanned pages left out (%s): pip install 'govfin-extract[ocr]'", shown)
        return
    for number in scans:
        budget.check_time()
        height, lines = ocr.read_page(drawn, number, name)
        pages[number] = in_order(height, [], lines, budget)
