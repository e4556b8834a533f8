"""Sections, blocks, sentences and clauses of a normalised text: ``segment(text) -> Layout``.

Numbering in these documents is doubled, skipped and reused, so a section's level comes from where its type of numbering
first appeared, not from a fixed order. All offsets are offsets of the text given (usually ``View.text``).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govfin_extract.records import Span
from govfin_extract.text.blocks import Block, find_blocks
from govfin_extract.text.headings import Heading, find_headings
from govfin_extract.text.sentences import Clause, split_clauses, split_sentences

__all__ = ["Block", "Clause", "Layout", "Section", "segment"]

_TOP = ("part", "attach", "title", "table")
# where nothing in the document says otherwise, a type ranks below those before it
_USUAL = {kind: rank for rank, kind in enumerate((*_TOP, "cn", "cnp", "num", "dotted", "dotted3", "nump", "circled"))}


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under a heading, sections below it included.

    Attributes:
        start, end: from the heading to the next section that is not below this one.
        heading, heading_span: the heading's text (numbering included) and place; of a list item its first clause.
        kind: ``heading`` (a line of its own), ``run_in`` (runs into text on its line), ``item`` (a numbered sentence).
        marker: the type of numbering: ``part``, ``attach``, ``cn`` 一、 ``cnp`` （一） ``num`` 1、 ``nump`` （1）
            ``circled`` ①; without a numbering ``title`` (of a report or chapter) or ``table``.
        level: 0 for the outermost.
        path: the headings from the outermost to this one; items are left out.
    """

    start: int
    end: int
    heading: str
    heading_span: Span
    kind: Literal["heading", "run_in", "item"]
    marker: str
    level: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Layout:
    """How a text is built.

    Attributes:
        text: the text that was segmented.
        sections: in the order of their starts.
        blocks: every non-blank line lies in exactly one; a block ends before its last line break.
        sentences: of all prose and heading blocks, in order.
    """

    text: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Span, ...]
    _section_starts: tuple[int, ...]

    def section_at(self, offset: int) -> Section | None:
        """The innermost section around an offset."""
        index = bisect_right(self._section_starts, offset) - 1
        return self.sections[index] if index >= 0 else None

    def path_at(self, offset: int) -> tuple[str, ...]:
        """The headings above an offset, outermost first."""
        section = self.section_at(offset)
        return section.path if section else ()

    def clauses(self, start: int, end: int) -> tuple[Clause, ...]:
        """The clauses of ``text[start:end]``; a bracket's content comes as clauses of its own, one deeper."""
        return split_clauses(self.text, start, end)

    def __repr__(self) -> str:
        return f"<Layout {len(self.sections)} sections, {len(self.blocks)} blocks, {len(self.sentences)} sentences>"


def segment(text: str) -> Layout:
    """Find the structure of a normalised text.

    >>> layout = segment("一、收入情况\\n本年收入30万元，增长2%。\\n（一）基本支出：10万元。")
    >>> layout.path_at(40)
    ('一、收入情况', '（一）基本支出')
    >>> [block.kind for block in layout.blocks]
    ['heading', 'prose', 'prose']
    """
    blocks = find_blocks(text)
    headings = find_headings(text, blocks)
    sections = _sections(headings, len(text))
    sentences = tuple(split_sentences(text, blocks))
    return Layout(
        text,
        sections,
        blocks,
        sentences,
        tuple(section.start for section in sections),
    )


class _Open(NamedTuple):
    """A section that has not ended yet."""

    place: int
    marker: str
    ordinal: int


# the number of the latest 一、 and what was open around it
_Latest = tuple[int, tuple[_Open, ...]] | None


def _resumed(stack: list[_Open], heading: Heading, latest: _Latest) -> int | None:
    """Where 八、 belongs when a table's title stood between it and 七、: beside 七、, not below the title."""
    if heading.marker != "cn" or latest is None or heading.ordinal != latest[0] + 1:
        return None
    around = latest[1]
    if any(section.marker == "cn" for section in stack) or tuple(stack[: len(around)]) != around:
        return None
    return len(around)


def _sections(headings: list[Heading], text_end: int) -> tuple[Section, ...]:
    stack: list[_Open] = []
    parents: dict[str, set[str]] = {}
    latest: _Latest = None
    ends = [text_end] * len(headings)
    levels: list[int] = []
    paths: list[tuple[str, ...]] = []
    for index, heading in enumerate(headings):
        depth = _resumed(stack, heading, latest)
        if depth is None:
            depth = _depth(stack, heading, parents)
        for closed in stack[depth:]:
            ends[closed.place] = heading.start
        del stack[depth:]
        above = paths[stack[-1].place] if stack else ()
        paths.append(above if heading.kind == "item" else (*above, heading.text))
        levels.append(len(stack))
        parents.setdefault(heading.marker, set()).add(stack[-1].marker if stack else "title")
        stack.append(_Open(index, heading.marker, heading.ordinal))
        if heading.marker == "cn":
            latest = (heading.ordinal, tuple(stack[:-1]))
    return tuple(
        Section(
            heading.start,
            end,
            heading.text,
            Span(heading.start, heading.end),
            heading.kind,
            heading.marker,
            level,
            path,
        )
        for heading, end, level, path in zip(headings, ends, levels, paths, strict=True)
    )


def _depth(stack: list[_Open], heading: Heading, parents: dict[str, set[str]]) -> int:
    """How many of the open sections stay open around a new heading."""
    marker, ordinal = heading.marker, heading.ordinal
    if marker in _TOP:
        return next(
            (depth for depth, section in enumerate(stack) if _USUAL[section.marker] >= _USUAL[marker]), len(stack)
        )
    same = [depth for depth, section in enumerate(stack) if section.marker == marker]
    if not same:
        return _depth_of_new(stack, marker, ordinal, parents)
    if marker != "cn" and ordinal == 1 and len(same) == 1 and same[-1] < len(stack) - 1:
        return len(stack)  # （一） 1. and again （一）: the numbering is used once more, below the open item
    follows = [depth for depth in same if stack[depth].ordinal + 1 == ordinal]
    return follows[-1] if follows else same[-1]


def _depth_of_new(stack: list[_Open], marker: str, ordinal: int, parents: dict[str, set[str]]) -> int:
    """A type that is not open: below a parent it had before in this document, else below what is open.

    A numbering that does not begin with 1, or that stood at the top before, goes where its type usually ranks.
    """
    known = parents.get(marker, set())
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].marker in known and stack[depth].marker not in _TOP:
            return depth + 1
    if ordinal != 1 or marker == "cn" or known & set(_TOP):
        return next(
            (depth for depth, section in enumerate(stack) if _USUAL[section.marker] > _USUAL[marker]), len(stack)
        )
    return len(stack)
