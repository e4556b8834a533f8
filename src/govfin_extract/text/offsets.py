"""From offsets of a normalised text back to offsets of its source, by an edit log.

Normalisation only replaces one character by one character and deletes stretches, so the log is a list of breakpoints:
where a piece of the view starts, and where that piece starts in the source. Looking up is a bisection.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from govfin_extract.records import Span


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """A normalised text with the way back to its source.

    Attributes:
        source: the text as it was given, never changed.
        text: the normalised text.
        view_starts, source_starts: the breakpoints, both strictly increasing; the first of each is where the first kept
            character stands (0 in the view).

    >>> view = View("a  b", "ab", (0, 1), (0, 3))
    >>> view.span(0, 2), view.to_source(1), view.to_view(3)
    (Span(start=0, end=4), 3, 1)
    """

    source: str
    text: str
    view_starts: tuple[int, ...]
    source_starts: tuple[int, ...]

    def to_source(self, offset: int) -> int:
        """The source offset of the view character at ``offset``; the end of the view is the end of the source."""
        if offset >= len(self.text):
            return len(self.source)
        piece = bisect_right(self.view_starts, offset) - 1
        return self.source_starts[piece] + offset - self.view_starts[piece]

    def to_view(self, source_offset: int) -> int:
        """The view offset of a source character; a deleted one counts as the next that was kept."""
        piece = bisect_right(self.source_starts, source_offset) - 1
        if piece < 0:
            return 0
        ends = self.view_starts[piece + 1] if piece + 1 < len(self.view_starts) else len(self.text)
        return min(self.view_starts[piece] + source_offset - self.source_starts[piece], ends)

    def span(self, start: int, end: int) -> Span:
        """The source stretch from the first to the last character of ``text[start:end]``.

        What was deleted between them is included; an empty stretch stays empty.
        """
        if start >= end:
            here = self.to_source(start)
            return Span(here, here)
        return Span(self.to_source(start), self.to_source(end - 1) + 1)

    def __repr__(self) -> str:
        return f"<View {len(self.source)} → {len(self.text)} characters, {len(self.view_starts)} pieces>"


class Editor:
    """A text under normalisation: substitutions of equal length, and cuts that are logged.

    >>> editor = Editor("基 本  支出")
    >>> editor.cut([(1, 2), (3, 5)])
    >>> editor.text, editor.view().span(1, 3)
    ('基本支出', Span(start=2, end=6))
    """

    __slots__ = ("_source", "_source_starts", "_view_starts", "text")

    def __init__(self, source: str) -> None:
        self._source = source
        self.text = source
        self._view_starts = [0]
        self._source_starts = [0]

    def replace(self, text: str) -> None:
        """Take ``text``, which has a character for every character of the present text."""
        if len(text) != len(self.text):
            raise ValueError(f"a substitution must keep the length: {len(self.text)} became {len(text)}")
        self.text = text

    def cut(self, cuts: Sequence[tuple[int, int]]) -> None:
        """Delete stretches of the present text, given in order; touching and overlapping ones are merged."""
        if not cuts:
            return
        kept: list[str] = []
        log = _Log(self._view_starts, self._source_starts)
        done = 0
        for start, end in cuts:
            if start > done:
                kept.append(self.text[done:start])
                log.keep(done, start)
            done = max(done, end)
        if done < len(self.text):
            kept.append(self.text[done:])
            log.keep(done, len(self.text))
        self.text = "".join(kept)
        self._view_starts, self._source_starts = log.view_starts or [0], log.source_starts or [len(self._source)]

    def view(self) -> View:
        return View(self._source, self.text, tuple(self._view_starts), tuple(self._source_starts))


class _Log:
    """The breakpoints after a round of cuts, from those before it, in one forward walk."""

    __slots__ = ("_new", "_old_source", "_old_view", "_piece", "source_starts", "view_starts")

    def __init__(self, old_view: list[int], old_source: list[int]) -> None:
        self._old_view, self._old_source = old_view, old_source
        self._piece = 0
        self._new = 0
        self.view_starts: list[int] = []
        self.source_starts: list[int] = []

    def keep(self, start: int, end: int) -> None:
        old_view, old_source, piece = self._old_view, self._old_source, self._piece
        count = len(old_view)
        while piece + 1 < count and old_view[piece + 1] <= start:
            piece += 1
        self._add(self._new, old_source[piece] + start - old_view[piece])
        while piece + 1 < count and old_view[piece + 1] < end:
            piece += 1
            self._add(self._new + old_view[piece] - start, old_source[piece])
        self._piece = piece
        self._new += end - start

    def _add(self, view_start: int, source_start: int) -> None:
        starts = self.source_starts
        # touching pieces are one piece: the log holds only real breaks
        if starts and source_start - starts[-1] == view_start - self.view_starts[-1]:
            return
        self.view_starts.append(view_start)
        starts.append(source_start)
