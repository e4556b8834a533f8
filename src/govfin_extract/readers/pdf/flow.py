"""From the lines and tables of pages to one text: running heads left out, paragraphs joined, tables gone on with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import LinearWriter
from govfin_extract.readers.pdf.glyphs import Piece, put_together
from govfin_extract.text import lines as shape
from govfin_extract.text.normalise import fold
from govfin_extract.text.places import NO_BOX, Box

_MARGIN = 0.12  # of a page's height: where running heads and page numbers stand
_REPEATED = 3  # pages on which a running head stands at least
_DIGITS = re.compile(r"\d+")
_BARE_NUMBER = re.compile(r"[-—–·~\s]*\d{1,4}[-—–·~\s]*$")
_FULL = 2.2  # characters: a line that ends nearer to the margin is full
_INDENT = 1.2  # characters: a line that begins farther in opens a paragraph
_HANGING = 0.3  # characters: what tells an indented line from one at the margin
_RAGGED = 0.25  # of the text's width: how short a line may be that was broken before a word
_SAME_EDGE = 6.0  # points


@dataclass(slots=True)
class TextLine:
    """A line outside tables: its piece, and its characters' size."""

    piece: Piece

    @property
    def size(self) -> float:
        """The height of most of its characters: digits may be set larger than the words between them."""
        boxes = self.piece.boxes
        heights = sorted(bottom - top for top, bottom in zip(boxes[1::4], boxes[3::4], strict=True))
        return max(heights[len(heights) // 2], 1.0)


@dataclass(slots=True)
class PageTable:
    """A table's rows, where its columns begin and, for one with rules, where the last ends."""

    rows: list[list[Piece | None]]
    edges: list[float]
    right: float | None = None


@dataclass(slots=True)
class PageItems:
    """What a page holds, from the top."""

    height: float
    items: list[TextLine | PageTable] = field(default_factory=list)


def write_pages(pages: list[PageItems], budget: Budget) -> LinearWriter:
    """The text of the pages."""
    _drop_furniture(pages)
    for before, after in pairwise(pages):
        _join_broken_row(before, after)
    flow = _Flow(budget)
    for page in pages:
        flow.page(page)
    flow.close()
    return flow.writer


def _drop_furniture(pages: list[PageItems]) -> None:
    """Leave out what stands at the same height of many pages, and page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_mark(line, page) for line in _at_margin(page)})
    for page in pages:
        gone = {
            id(line)
            for line in _at_margin(page)
            if seen[_mark(line, page)] >= max(_REPEATED, len(pages) // 4) or _is_page_number(line)
        }
        page.items = [item for item in page.items if id(item) not in gone]


def _join_broken_row(before: PageItems, after: PageItems) -> None:
    """Put the rest of a row that a page's end cuts back to where the row began.

    The rest is words alone, below cells whose words fill their width: a full line goes on.
    """
    if not (before.items and after.items):
        return
    table, rest = before.items[-1], after.items[0]
    if not (isinstance(table, PageTable) and isinstance(rest, PageTable) and _same_columns(table, rest)):
        return
    if table.right is None or len(rest.rows) < 2:
        return
    ends = [*table.edges[1:], table.right]
    for cut, piece, end in zip(table.rows[-1], rest.rows[0], ends, strict=True):
        if piece is None:
            continue
        if cut is None or piece.text[:1].isdecimal() or end - cut.right > _FULL * (cut.boxes[-1] - cut.boxes[-3]):
            return
        if shape.starts_afresh(fold(piece.text)):
            return
    if any(rest.rows[0]):
        whole = zip(table.rows[-1], rest.rows[0], strict=True)
        table.rows[-1] = [put_together(cut, piece) for cut, piece in whole]
        del rest.rows[0]


def _same_columns(one: PageTable, other: PageTable) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) < _SAME_EDGE for a, b in zip(one.edges, other.edges, strict=True)
    )


def _at_margin(page: PageItems) -> Iterator[TextLine]:
    for item in page.items:
        if isinstance(item, TextLine):
            middle = (item.piece.top + item.piece.bottom) / 2
            if not _MARGIN * page.height < middle < (1 - _MARGIN) * page.height:
                yield item


def _mark(line: TextLine, page: PageItems) -> tuple[str, int]:
    return _DIGITS.sub("0", line.piece.text), round(line.piece.top / page.height * 50)


def _is_page_number(line: TextLine) -> bool:
    text = line.piece.text
    return shape.is_page_form(fold(text)) or _BARE_NUMBER.match(text) is not None


class _Flow:
    """Writes items in order and keeps a paragraph open as long as its lines go on."""

    def __init__(self, budget: Budget) -> None:
        self.writer = LinearWriter(budget)
        self._open: list[TextLine] = []
        self._starts: list[int] = []  # of lines in _open that begin a page
        self._table: PageTable | None = None  # the item before, if it is a table
        self._left = self._right = 0.0

    def page(self, page: PageItems) -> None:
        lines = [item for item in page.items if isinstance(item, TextLine)]
        if len(lines) >= 3:
            self._left = _margin([line.piece.left for line in lines])
            self._right = max(line.piece.right for line in lines)
        goes_on = bool(self._open and page.items and isinstance(page.items[0], TextLine))
        if goes_on and self._continues(page.items[0]):  # type: ignore[arg-type]
            self._starts.append(len(self._open))
        else:
            self._flush()
            self.writer.page()
        for item in page.items:
            if isinstance(item, PageTable):
                self._flush()
                self._write_table(item)
            else:
                if self._open and not self._continues(item):
                    self._flush()
                self._end_table()
                self._open.append(item)

    def _end_table(self) -> None:
        if self._table is not None:
            self.writer.gap()
            self._table = None

    def _continues(self, line: TextLine) -> bool:
        """Whether a line goes on with the paragraph: the line before is full, and this one is not set in."""
        before = self._open[-1]
        if abs(before.size - line.size) > 0.35 * max(before.size, line.size):
            return False
        gap = self._right - before.piece.right
        if gap > _FULL * before.size and not (gap < _RAGGED * (self._right - self._left) and self._hangs(line)):
            return False
        if line.piece.left - self._left > _INDENT * line.size:
            return False
        folded = fold(line.piece.text)
        return not (shape.ends_sentence(fold(before.piece.text)) and shape.starts_afresh(folded)) and not (
            len(self._open) == 1 and shape.ends_like_title(fold(before.piece.text))
        )

    def _hangs(self, line: TextLine) -> bool:
        """Whether a line goes back to the margin from an indented one that ended in the middle of a sentence."""
        first, last = self._open[0].piece, self._open[-1].piece
        indent, back = first.left - self._left, line.piece.left - self._left
        return indent > _HANGING * line.size > back and not shape.ends_sentence(fold(last.text))

    def _flush(self) -> None:
        if not self._open:
            return
        text: list[str] = []
        boxes: list[Box] = []
        for number, line in enumerate(self._open):
            if number in self._starts:
                self.writer.part("".join(text), boxes)
                text, boxes = [], []
                self.writer.page()
            piece = line.piece
            if (text or number) and _blank_between(self._open[number - 1].piece.text, piece.text):
                text.append(" ")
                boxes.append(NO_BOX)
            text.append(piece.text)
            boxes.extend(_boxes(piece))
        self.writer.line("".join(text), boxes)
        self._open, self._starts = [], []

    def close(self) -> None:
        self._flush()
        self._end_table()

    def _write_table(self, table: PageTable) -> None:
        before = self._table
        goes_on = before is not None and _same_columns(before, table)
        if not goes_on:
            self.writer.gap()
        for row in table.rows:
            if not any(row):
                continue
            text: list[str] = []
            boxes: list[Box] = []
            for number, piece in enumerate(row):
                if number:
                    text.append("\t")
                    boxes.append(NO_BOX)
                if piece is not None:
                    text.append(piece.text)
                    boxes.extend(_boxes(piece))
            self.writer.line("".join(text), boxes)
        self._table = table


def _boxes(piece: Piece) -> list[Box]:
    flat = piece.boxes
    return [(flat[at], flat[at + 1], flat[at + 2], flat[at + 3]) for at in range(0, len(flat), 4)]


def _blank_between(before: str, after: str) -> bool:
    """Whether two lines of Latin text part two words."""
    return before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()


def _margin(values: list[float]) -> float:
    """Where lines begin that are not indented: the left edge, to the point, that several lines share."""
    counts = Counter(round(value) for value in values)
    shared = [edge for edge, count in counts.items() if count >= max(2, len(values) / 10)]
    return float(min(shared, default=min(counts)))
