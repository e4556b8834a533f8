"""The headings of a text: lines of their own, headings that run into text, and numbered items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from govfin_extract.text import lines as shape
from govfin_extract.text.blocks import Block

_STOP = re.compile(r"[，。；：！？]")
_LEADERS = re.compile(r"[ .…·_-]{3,}（?\d{0,4}）?$")
# the numbered notes below a table open no sections
_NOTE = re.compile("(?:备|附)?注[：1１]")
_NOTE_MARKS = ("num", "nump", "circled")
_RUN_IN_LENGTH = 30
_ITEM_LENGTH = 40


class Heading(NamedTuple):
    """A heading's place, text and numbering."""

    start: int
    end: int
    text: str
    kind: Literal["heading", "run_in", "item"]
    marker: str
    ordinal: int


def find_headings(text: str, blocks: Sequence[Block]) -> list[Heading]:
    """The headings among the blocks, in order.

    >>> from govfin_extract.text.blocks import find_blocks
    >>> text = "（一）基本支出情况：全年30万元。"
    >>> find_headings(text, find_blocks(text))[0].text
    '（一）基本支出情况'
    """
    found: list[Heading] = []
    in_note = False
    for block in blocks:
        heading = None
        if block.kind == "heading":
            heading = _whole_line(text, block)
        elif block.kind == "prose":
            heading = _run_in(text, block)
        in_note = _NOTE.match(text, block.start) is not None or (
            in_note and heading is not None and heading.marker in _NOTE_MARKS
        )
        if heading and not in_note:
            found.append(heading)
    return found


def _whole_line(text: str, block: Block) -> Heading:
    line = text[block.start : block.end]
    leaders = _LEADERS.search(line, max(0, len(line) - 80))
    end = block.start + (leaders.start() if leaders and leaders.start() else len(line))
    marker = shape.read_marker(line)
    if marker is None:
        marker_kind = "table" if text[end - 1] == "表" else "title"
        return Heading(block.start, end, text[block.start : end], "heading", marker_kind, 0)
    return Heading(block.start, end, text[block.start : end], "heading", marker.kind, marker.ordinal)


def _run_in(text: str, block: Block) -> Heading | None:
    """The head of a prose line that begins with a numbering."""
    marker = shape.read_marker(text[block.start : min(block.end, block.start + 20)])
    if marker is None:
        return None
    body = block.start + shape.body_start(text[block.start : min(block.end, block.start + 20)], marker)
    stop = _STOP.search(text, body, min(block.end, body + _ITEM_LENGTH))
    end = stop.start() if stop else min(block.end, body + _ITEM_LENGTH)
    gap = text.find(" ", body + 1, end)
    if gap > 0 and shape.ends_like_heading(text[body:gap]):  # a heading and its text, glued by a blank
        return Heading(block.start, gap, text[block.start : gap], "run_in", marker.kind, marker.ordinal)
    runs_in = (
        stop is not None and stop[0] in "：。" and end - body <= _RUN_IN_LENGTH and not _has_figure(text, body, end)
    )
    kind: Literal["run_in", "item"] = "run_in" if runs_in else "item"
    return Heading(block.start, end, text[block.start : end], kind, marker.kind, marker.ordinal)


_FIGURE = re.compile(r"\d ?(?:万|亿)?(?:元|%|人|个|辆|台|件|次|项)")


def _has_figure(text: str, start: int, end: int) -> bool:
    return _FIGURE.search(text, start, end) is not None
