"""Sentences and clauses by punctuation, brackets and quotations respected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govfin_extract.records import Span
from govfin_extract.text.blocks import Block

_SHORT = 60
# a short title, quotation or bracket is passed over whole: what stands in it ends no sentence
_SENTENCE_STOP = re.compile(
    rf"《[^《》\n]{{0,{_SHORT}}}》|“[^“”\n]{{0,{_SHORT}}}”|（[^（）\n]{{0,{_SHORT}}}）|(?P<stop>[。！？]+[”’）》】]*)|(?P<line>\n+)"
)
_CLAUSE_STOP = re.compile(
    rf"《[^《》\n]{{0,{_SHORT}}}》|“[^“”\n]{{0,{_SHORT}}}”"
    r"|(?P<stop>[，；。！？]+|(?<!\d)：|：(?!\d)|\n+)|(?P<open>（)|(?P<close>）)"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose inside a table, to be read as prose; ``aim`` where its column says what is planned."""

    start: int
    end: int
    aim: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two separators; ``depth`` counts the brackets around it."""

    start: int
    end: int
    depth: int


def split_sentences(text: str, blocks: Iterable[Block]) -> Iterator[Span]:
    """The sentences of prose and heading blocks, without the blanks around them.

    >>> from govfin_extract.text.blocks import find_blocks
    >>> text = "收入30万元（其中：拨款。）为主。支出2.5万元"
    >>> [text[s.start:s.end] for s in split_sentences(text, find_blocks(text))]
    ['收入30万元（其中：拨款。）为主。', '支出2.5万元']
    """
    for block in blocks:
        if block.kind in ("prose", "heading"):
            yield from sentences_in(text, block.start, block.end)


def sentences_in(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of ``text[start:end]``, without the blanks around them."""
    done = start
    for match in _SENTENCE_STOP.finditer(text, start, end):
        here = match.end()
        if match.lastgroup is None and not _quotation_ends(text, here, end):
            continue
        yield from _trimmed(text, done, here)
        done = here
    yield from _trimmed(text, done, end)


def _quotation_ends(text: str, here: int, end: int) -> bool:
    """Whether a quotation passed over closes the sentence: …件件有回复。”二是"""
    return text[here - 1] == "”" and text[here - 2] in "。！？" and (here == end or text[here] not in "，、；：。的")


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def split_clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """The clauses of ``text[start:end]`` in the order of their starts.

    A clause that holds a bracket spans it; the bracket's own clauses follow with a greater depth. Marks are left out.

    >>> text = "业务费7万元（办公费3万元；设备4万元），增长2%"
    >>> [(text[c.start:c.end], c.depth) for c in split_clauses(text, 0, len(text))]
    [('业务费7万元（办公费3万元；设备4万元）', 0), ('办公费3万元', 1), ('设备4万元', 1), ('增长2%', 0)]
    """
    found: list[Clause] = []
    starts = [start]
    for match in _CLAUSE_STOP.finditer(text, start, end):
        group = match.lastgroup
        if group == "stop":
            if match[0][0] in "。！？\n":  # a bracket that was never closed ends with its sentence
                _close_all(text, found, starts, match.start())
            _add(text, found, starts[-1], match.start(), len(starts) - 1)
            starts[-1] = match.end()
        elif group == "open":
            starts.append(match.end())
        elif group == "close" and len(starts) > 1:
            _add(text, found, starts.pop(), match.start(), len(starts))
    _close_all(text, found, starts, end)
    _add(text, found, starts[-1], end, 0)
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.depth)))


def _close_all(text: str, found: list[Clause], starts: list[int], end: int) -> None:
    while len(starts) > 1:
        _add(text, found, starts.pop(), end, len(starts))


def _add(text: str, found: list[Clause], start: int, end: int, depth: int) -> None:
    found.extend(Clause(span.start, span.end, depth) for span in _trimmed(text, start, end))
