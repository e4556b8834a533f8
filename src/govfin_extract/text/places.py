"""Where in a file each character of its text stands: the page, and the box on the page."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
NO_BOX: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, repr=False)
class Places:
    """Pages and boxes of a text, by offsets of the source text.

    Attributes:
        page_starts: the offset at which each page begins, from page 1 on; empty for a file without pages.
        boxes: left, top, right, bottom of every character, four numbers each in points from the page's upper left
            corner (all zero for what the file does not hold, such as a TAB between cells); empty where unknown.

    >>> places = Places((0, 5), array("f", [10, 20, 16, 30] * 8))
    >>> places.page_at(6), places.box_of(5, 7)
    (2, (10.0, 20.0, 16.0, 30.0))
    """

    page_starts: Sequence[int] = ()
    boxes: array[float] = field(default_factory=lambda: array("f"))

    def page_at(self, offset: int) -> int | None:
        """The number of the page, from 1, that holds an offset."""
        return max(1, bisect_right(self.page_starts, offset)) if self.page_starts else None

    def box_of(self, start: int, end: int) -> Box | None:
        """The box around a stretch: of its first page's characters where it runs over a page's end."""
        if not self.boxes:
            return None
        page = bisect_right(self.page_starts, start)
        if page < len(self.page_starts):
            end = min(end, self.page_starts[page])
        around = [box for at in range(start, end) if (box := tuple(self.boxes[4 * at : 4 * at + 4])) != NO_BOX]
        if not around:
            return None
        left, top, right, bottom = zip(*around, strict=True)
        return tuple(round(edge, 2) for edge in (min(left), min(top), max(right), max(bottom)))

    def __repr__(self) -> str:
        return f"<Places {len(self.page_starts)} pages, {len(self.boxes) // 4} boxes>"
