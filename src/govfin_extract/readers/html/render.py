"""The lines and tables of a page in the order in which a browser shows them. No recursion: pages nest without end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from govfin_extract.readers.html.furniture import Furniture
from govfin_extract.readers.html.tables import DataTable, read_table
from govfin_extract.readers.html.words import BLOCKS, Words, shown_line
from govfin_extract.readers.limits import Budget

_OFTEN = 4096  # elements between two looks at the clock


class Renderer:
    """Gives what the elements of one page show."""

    def __init__(self, furniture: Furniture, budget: Budget) -> None:
        self._furniture = furniture
        self._budget = budget

    def items(self, root: Any) -> Iterator[str | DataTable]:
        """Lines and tables of a part of the page, without what is left out."""
        words = Words()
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: Any = None
        for number, (event, element) in enumerate(walk):
            if number % _OFTEN == 0:
                self._budget.check_time()
            if event == "start":
                if element is not root and self._furniture.leaves_out(element):
                    skipped = element
                    if not self._furniture.is_unseen(element) and element.tag in BLOCKS:
                        yield from words.lines()
                elif element.tag == "table" and (items := self._table(element)):
                    skipped = element
                    yield from words.lines()
                    yield from items
                else:
                    yield from _begun(element, words)
                if skipped is element:
                    walk.skip_subtree()
                continue
            if event == "end" and element is not skipped:
                yield from _ended(element, words)
            if element is not root:
                words.add(element.tail)
        yield from words.lines()

    def lines_of(self, cell: Any) -> list[str]:
        """What a table's cell shows. A table inside it is written cell by cell; nothing but the hidden is left out."""
        if not len(cell):
            line = shown_line(cell.text) if cell.text else ""
            return [line] if line else []
        words = Words()
        lines: list[str] = []
        walk = etree.iterwalk(cell, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if element is not cell and self._furniture.is_unseen(element):
                    walk.skip_subtree()
                else:
                    lines += _begun(element, words)
                continue
            if event == "end" and not self._furniture.is_unseen(element):
                lines += _ended(element, words)
            if element is not cell:
                words.add(element.tail)
        return lines + words.lines()

    def _table(self, table: Any) -> list[str | DataTable] | None:
        return read_table(table, self._furniture, self._budget, self.lines_of)


def _begun(element: Any, words: Words) -> list[str]:
    lines = words.lines() if element.tag in BLOCKS else []
    words.open(element)
    return lines


def _ended(element: Any, words: Words) -> list[str]:
    words.close(element)
    return words.lines() if element.tag in BLOCKS else []
