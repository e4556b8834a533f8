"""Self-evaluation forms that lost their grid: several headers in a row, targets in words, blanks left out.

A header is a run of header words (一级指标 … 得分). What follows up to the next header are rows: names, then figures,
the last name being the most specific. Where figures are missing, those that are there tell where they belong: two bare
numbers at the end are full mark and score, a percentage behind amounts is the execution rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govfin_extract.stages.tables.bands import Band
from govfin_extract.stages.tables.cells import Cell
from govfin_extract.stages.tables.columns import reading, says
from govfin_extract.stages.tables.grid import Row
from govfin_extract.stages.tables.measures import is_figure
from govfin_extract.stages.tables.model import is_total

_NAMED_FIGURE = re.compile(r"([^：]{2,20}：)(-?\d[\d,]*(?:\.\d+)?%?)$")
_BRACKETED = re.compile(r"([^（）]{2,8}（[^（）]{1,6}）)([^（）].*)$")
_LEAST = 3  # words of a header
_NO_VALUE = frozenset(("label", "code", "line_number", "remark", "rule", "attribute", "sign", "unit"))
_MARKS = ("full_mark", "score")


class _Header(NamedTuple):
    """A run of header words, and the cells that head columns of figures."""

    start: int
    end: int
    columns: list[Cell]
    roles: list[str]
    completion: int  # the column of execution rates, or -1
    ruled: bool  # a column says how points are given


class _Entry(NamedTuple):
    names: list[Cell]
    values: list[Cell]


def read_form(cells: Sequence[Cell]) -> tuple[list[Row], list[Band], list[Cell]] | None:
    """Rows of code, name and figures, the bands that head them, and the cells above; None for what is no such form."""
    cells = [part for cell in cells for part in _parts(cell)]
    headers = list(_headers(cells))
    if not any("score" in header.roles or "target" in header.roles for header in headers):
        return None
    width = max(len(header.columns) for header in headers)
    rows: list[Row] = []
    bands: list[Band] = []
    for header, behind in zip(headers, [*headers[1:], None], strict=True):
        body = cells[header.end : behind.start if behind else len(cells)]
        found = [[None, *row, *[None] * (width + 1 - len(row))] for row in _rows(body, header)]
        paths = [(), (), *((cell,) for cell in header.columns), *[()] * (width - len(header.columns))]
        bands.append(Band(paths, [], list(range(len(rows), len(rows) + len(found))), ("code", "label")))
        rows += found
    return (rows, bands, list(cells[: headers[0].start])) if rows else None


def _parts(cell: Cell) -> Iterator[Cell]:
    """A cell in two where the blank behind a colon or a bracket got lost: 年度资金总额：135.00, 执行率（%）得分."""
    match = _NAMED_FIGURE.match(cell.text) or _BRACKETED.match(cell.text)
    if match is None or (match.re is _BRACKETED and not (_is_head(match[1]) or match[1].endswith("分）"))):
        yield cell
        return
    at = cell.start + match.end(1)
    yield Cell(cell.start, at, match[1])
    yield Cell(at, cell.end, match[2])


def _headers(cells: Sequence[Cell]) -> Iterator[_Header]:
    start = 0
    while start < len(cells):
        end = start
        while end < len(cells) and _heads(cells[end]):
            end += 1
        end = start + _length(cells[start:end])
        if end - start >= _LEAST:
            head = list(cells[start:end])
            columns = [cell for cell in head if reading("role", (cell.text,)) not in _NO_VALUE]
            if columns:
                roles = [reading("role", (cell.text,)) or "value" for cell in columns]
                rates = [at for at, cell in enumerate(columns) if reading("measure", (cell.text,)) == "completion"]
                ruled = any(reading("role", (cell.text,)) == "rule" for cell in head)
                yield _Header(start, end, columns, roles, rates[0] if rates else -1, ruled)
        start = max(end, start + 1)


def _length(run: Sequence[Cell]) -> int:
    """How many cells of a run are its header: the last one heads scores, else targets, or the remarks behind them."""
    roles = [reading("role", (cell.text,)) for cell in run]
    for role in ("score", "full_mark", "target"):
        if role in roles:
            end = len(roles) - roles[::-1].index(role)
            while end < len(roles) and roles[end] == "remark":
                end += 1
            return end
    return len(run)


def _heads(cell: Cell) -> bool:
    return not is_figure(cell) and _is_head(cell.text)


def _is_head(words: str) -> bool:
    return says("head", "strong", words) or reading("role", (words,)) is not None


def _rows(cells: Sequence[Cell], header: _Header) -> Iterator[list[Cell | None]]:
    """A name and a figure or None for every column."""
    entries = list(_entries(cells))
    at = 0
    while at < len(entries):
        names, values = entries[at]
        at += 1
        marked = tuple(header.roles[-2:]) == _MARKS
        if marked and at < len(entries) and len(values) == 1 and len(header.roles) == 4:
            after = entries[at]
            if len(after.names) == 1 and len(after.values) == 2:  # ≥95% 较好 20 18: what was reached is said in words
                yield [names[-1] if names else None, values[0], None, *after.values]
                at += 1
                continue
        if marked and header.ruled and len(values) == 1 and at < len(entries) and len(entries[at].values) == 1:
            yield [names[-1] if names else None, *[None] * (len(header.roles) - 2), *values, *entries[at].values]
            at += 1
            continue
        if not names:
            continue
        if marked and len(values) == 2 < len(header.roles):
            told = len(names) > 2 and not is_total(names[-1].text)  # 制度建设 健全 较健全 10 8
            yield [names[-3] if told else names[-1], *[None] * (len(header.roles) - 2), *values]
        else:
            yield [names[-1], *_placed(values, header)]


def _entries(cells: Sequence[Cell]) -> Iterator[_Entry]:
    entry = _Entry([], [])
    for cell in cells:
        if is_figure(cell) or (cell.is_dash and entry.values):
            entry.values.append(cell)
            continue
        if entry.values:
            yield entry
            entry = _Entry([], [])
        entry.names.append(cell)
    if entry.values:
        yield entry


def _placed(values: Sequence[Cell], header: _Header) -> list[Cell | None]:
    """Figures from the left; those of the parts of a sum, which have no marks, in the columns that are none.

    A percentage that comes too early stands in the column of execution rates.
    """
    unmarked = [at for at, role in enumerate(header.roles) if role not in _MARKS]
    if header.completion >= 0 and len(values) == len(unmarked) < len(header.roles):
        given = dict(zip(unmarked, values, strict=True))
        return [given.get(at) for at in range(len(header.roles))]
    placed: list[Cell | None] = []
    for value in values:
        early = len(placed) < header.completion
        if early and value.text.endswith(("%", "％")):
            placed += [None] * (header.completion - len(placed))
        if len(placed) < len(header.columns):
            placed.append(value)
    return placed
