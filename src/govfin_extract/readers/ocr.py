"""Scanned pages: rendered with pypdfium2, read with rapidocr, whose models are in its wheel (extra ``ocr``)."""

from __future__ import annotations

from array import array
from contextlib import closing
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from govfin_extract.errors import MissingToolError
from govfin_extract.readers.pdf.glyphs import Glyph, Piece, lines_of

_SCALE = 2.0  # of 72 dots an inch: 144
_SURE = 0.5


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_page(document: Any, number: int, name: str) -> tuple[float, list[list[Piece]]]:
    """The height and the lines of one page of a PDF that pdfium has open, read from its picture.

    Raises:
        MissingToolError: the extra ``ocr`` is not installed.
    """
    if not is_installed():
        raise MissingToolError(
            f"{name} is a scan without text; to read it: pip install 'govfin-extract[ocr]', or give a PDF with text"
        )
    with closing(document[number]) as page:
        picture = page.render(scale=_SCALE).to_numpy()
        height = float(page.get_height())
    found = _engine()(picture)
    if found.boxes is None:
        return height, []
    glyphs = [
        _glyph(box, text)
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= _SURE
    ]
    return height, [[_piece(glyph) for glyph in line] for line in lines_of(glyphs)]


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()


def _glyph(box: Any, text: str) -> Glyph:
    """A stretch of text as one wide character in points."""
    xs, ys = [float(point[0]) / _SCALE for point in box], [float(point[1]) / _SCALE for point in box]
    return Glyph(text, min(xs), min(ys), max(xs), max(ys))


def _piece(glyph: Glyph) -> Piece:
    """The stretch's box shared out among its characters."""
    count = max(len(glyph.text), 1)
    step = (glyph.right - glyph.left) / count
    boxes: array[float] = array("f")
    for at in range(count):
        boxes.extend((glyph.left + at * step, glyph.top, glyph.left + (at + 1) * step, glyph.bottom))
    return Piece(glyph.text, boxes, glyph.left, glyph.top, glyph.right, glyph.bottom)
