"""The one text that every format is read to: paragraphs as lines, table rows as lines of TAB-separated cells."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govfin_extract.readers.limits import Budget
from govfin_extract.text.lines import CJK
from govfin_extract.text.places import NO_BOX, Box, Places

_BLANKS = re.compile(r"[\s\x00-\x1f]+")
_BETWEEN_CJK = re.compile(rf"(?<=[{CJK}，。、；：（）《》“”]) (?=[{CJK}，。、；：（）《》“”])")


class Linear(NamedTuple):
    """A file's text and where its characters stand."""

    text: str
    places: Places


class LinearWriter:
    """Builds a text line by line, within a budget for its characters where one is given.

    Cells that a merged cell covers are given empty; an empty row is left out.

    >>> writer = LinearWriter()
    >>> writer.line("收入决算表")
    >>> writer.table([["项目", "决算数"], ["合计", "34.43"]])
    >>> writer.finish().text
    '收入决算表\\n\\n项目\\t决算数\\n合计\\t34.43\\n\\n'
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget
        self._parts: list[str] = []
        self._length = 0
        self._page_starts: list[int] = []
        self._boxes: array[float] = array("f")

    def page(self) -> None:
        """A page begins here."""
        self._page_starts.append(self._length)

    def line(self, text: str, boxes: Sequence[Box] = ()) -> None:
        """A paragraph; with ``boxes`` one for each of its characters. An empty one is a blank line."""
        self._put(text, boxes)
        self._put("\n")

    def part(self, text: str, boxes: Sequence[Box] = ()) -> None:
        """The beginning of a paragraph that goes on, on the next page perhaps."""
        self._put(text, boxes)

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """A table whose cells have no boxes, a blank line before and after it."""
        self.gap()
        for row in rows:
            cells = [flat(cell) for cell in row]
            if any(cells):
                self.line("\t".join(cells))
        self.gap()

    def gap(self) -> None:
        """One blank line, unless there is one already or nothing stands before it."""
        if self._parts and self._parts[-1] == "\n" and self._length > 1 and self._parts[-2:] != ["\n", "\n"]:
            self._put("\n")

    def _put(self, text: str, boxes: Sequence[Box] = ()) -> None:
        if not text:
            return
        if self._budget:  # a few bytes of a file may say the same long text again and again
            self._budget.spend("unpacked_bytes", len(text))
        self._parts.append(text)
        self._length += len(text)
        if boxes or self._boxes:
            missing = self._length - len(text) - len(self._boxes) // 4
            self._boxes.extend(NO_BOX * missing)
            for box in boxes or [NO_BOX] * len(text):
                self._boxes.extend(box)

    def finish(self) -> Linear:
        """The text with its places."""
        if self._boxes:
            self._boxes.extend(NO_BOX * (self._length - len(self._boxes) // 4))
        return Linear("".join(self._parts), Places(tuple(self._page_starts), self._boxes))


def flat(cell: str) -> str:
    """A cell's text on one line: line breaks inside Chinese words vanish, elsewhere they become a blank.

    >>> flat("公务用车\\n购置费"), flat("3 辆\\n12")
    ('公务用车购置费', '3 辆 12')
    """
    return _BETWEEN_CJK.sub("", _BLANKS.sub(" ", cell)).strip()
