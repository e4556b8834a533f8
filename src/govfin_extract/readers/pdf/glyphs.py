"""The characters of a page, in lines: digits set some points lower than the words beside them stay in their row."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from govfin_extract.text.places import Box

_TOLERANCE = 0.5  # of a character's height: how far middles may lie apart in one line
_WORD_GAP = 0.22  # of a character's size: a gap between Latin words or numbers
_COLUMN_GAP = 1.6  # a gap that parts columns


class Glyph(NamedTuple):
    """A character and its box, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)

    @property
    def box(self) -> Box:
        return (self.left, self.top, self.right, self.bottom)


class Piece(NamedTuple):
    """Characters of one line without a wide gap between them; ``boxes`` holds four numbers for each of ``text``."""

    text: str
    boxes: array[float]
    left: float
    top: float
    right: float
    bottom: float


def glyphs_of(page: Any) -> list[Glyph]:
    """The visible characters of a pdfplumber page; one drawn twice to look bold counts once."""
    left, top, right, bottom = page.bbox
    found: list[Glyph] = []
    seen: set[tuple[str, int, int]] = set()
    for char in page.chars:
        text = char["text"]
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if not (left <= x <= right and top <= y <= bottom):
            continue
        key = (text, round(char["x0"]), round(char["top"]))
        if text.strip():
            if key in seen:
                continue
            seen.add(key)
        found.append(Glyph(text, char["x0"], char["top"], char["x1"], char["bottom"]))
    return found


def is_unmapped(glyph: Glyph) -> bool:
    """Whether pdfminer knows the number of a character in its font, and not which character that is."""
    return glyph.text.startswith("(cid:")


def mapped_glyphs(document: Any, number: int) -> list[Glyph]:
    """The visible characters of a page as pdfium reads them, which knows more fonts."""
    import ctypes

    import pypdfium2.raw as raw

    page = document[number]
    height = page.get_height()
    text = page.get_textpage()
    found: list[Glyph] = []
    box = raw.FS_RECTF()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text.raw, at))
        if char.isprintable() and raw.FPDFText_GetLooseCharBox(text.raw, at, ctypes.byref(box)):
            found.append(Glyph(char, box.left, height - box.top, box.right, height - box.bottom))
    text.close()
    page.close()
    return found


def lines_of(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The characters line by line, from the top; each line from the left."""
    line: list[Glyph] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if line and glyph.middle - middle > _TOLERANCE * max(min(height, glyph.size), 0.6 * max(height, glyph.size)):
            yield sorted(line, key=lambda glyph: glyph.left)
            line = []
        line.append(glyph)
        middle = sum(other.middle for other in line[-8:]) / len(line[-8:])
        height = max(other.size for other in line[-8:])
    if line:
        yield sorted(line, key=lambda glyph: glyph.left)


def pieces_of(line: list[Glyph]) -> Iterator[Piece]:
    """The stretches of a line that wide gaps part; blanks that are printed count as part of the gap."""
    stretch: list[Glyph] = []
    last: Glyph | None = None
    for glyph in line:
        shown = bool(glyph.text.strip())
        if shown and last is not None and glyph.left - last.right > _COLUMN_GAP * max(glyph.size, last.size):
            yield piece_of([stretch])
            stretch, last = [], None
        if shown or last is not None:
            stretch.append(glyph)
        last = glyph if shown else last
    if last is not None:
        yield piece_of([stretch])


def piece_of(lines: list[list[Glyph]]) -> Piece:
    """Lines of characters as one text: nothing between Chinese characters or inside a number, a blank between words."""
    text: list[str] = []
    boxes: array[float] = array("f")
    before: Glyph | None = None
    for line in lines:
        first, spaced = True, False
        for glyph in line:
            if not glyph.text.strip():
                spaced = True
                continue
            printed = spaced and not first and before is not None and _is_narrow(before) and _is_narrow(glyph)
            if before is not None and (printed or _apart(before, glyph, wrapped=first)):
                text.append(" ")
                boxes.extend((0.0, 0.0, 0.0, 0.0))
            for char in glyph.text:  # a ligature is several characters
                text.append(char)
                boxes.extend(glyph.box)
            before, first, spaced = glyph, False, False
    shown = [glyph for line in lines for glyph in line if glyph.text.strip()]
    return Piece(
        "".join(text),
        boxes,
        min((glyph.left for glyph in shown), default=0.0),
        min((glyph.top for glyph in shown), default=0.0),
        max((glyph.right for glyph in shown), default=0.0),
        max((glyph.bottom for glyph in shown), default=0.0),
    )


def put_together(one: Piece | None, other: Piece | None) -> Piece | None:
    """Two pieces as one that holds the words of both."""
    if one is None or other is None:
        return one or other
    box = (
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
    return Piece(one.text + other.text, one.boxes + other.boxes, *box)


def _apart(before: Glyph, glyph: Glyph, *, wrapped: bool) -> bool:
    """Whether a blank belongs between two characters."""
    if wrapped:
        # a number goes on in the next line behind its comma or point, and a long one anywhere
        both_digits = before.text[-1] in "0123456789,." and glyph.text[0] in "0123456789,.%"
        return not both_digits and _is_narrow(before) and _is_narrow(glyph)
    if not (_is_narrow(before) or _is_narrow(glyph)):
        return False
    gap = glyph.left - before.right
    return gap > (_WORD_GAP if _is_narrow(before) and _is_narrow(glyph) else 0.8) * min(before.size, glyph.size)


def _is_narrow(glyph: Glyph) -> bool:
    return ord(glyph.text[0]) < 0x2E80
