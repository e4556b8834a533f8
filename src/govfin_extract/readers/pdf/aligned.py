"""Tables without rules: lines whose pieces stand one below the other in columns, with numbers among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govfin_extract.readers.limits import Budget
from govfin_extract.readers.pdf.glyphs import Piece

_NUMBER = re.compile(r"[-+(（]?[\d,.]*\d[\d,.]*[%％)）]?$|[-—]$")
_LEAST_ROWS = 3
_REACH = 1.0

Line = Sequence[Piece]
Rows = list[list[Piece | None]]


def find_aligned(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The runs of lines, as first and behind the last, that make a table without rules."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        if end - at >= _LEAST_ROWS and sum(_has_number(line) for line in lines[at:end]) * 2 >= end - at:
            runs.append((at, end))
        at = max(end, at + 1)
    return runs


def aligned_rows(lines: Sequence[Line], budget: Budget) -> Rows:
    """The pieces of a run's lines in columns: pieces that overlap from side to side share one."""
    columns = _columns(lines, budget)
    budget.spend("cells", len(columns) * len(lines))
    rows: Rows = []
    for line in lines:
        budget.check_time()
        row: list[Piece | None] = [None] * len(columns)
        for piece in line:
            at = max(range(len(columns)), key=lambda column: _overlap(columns[column], piece))
            row[at] = piece if row[at] is None else row[at]
        rows.append(row)
    return rows


def _is_row(line: Line) -> bool:
    return len(line) >= 2


def _has_number(line: Line) -> bool:
    return any(_NUMBER.match(piece.text) for piece in line)


def _columns(lines: Sequence[Line], budget: Budget) -> list[tuple[float, float]]:
    """Stretches that pieces cover: the fullest lines first, so that a title over two columns joins none."""
    columns: list[tuple[float, float]] = []
    for line in sorted(lines, key=len, reverse=True):
        budget.check_time()
        for piece in line:
            touched = [column for column in columns if _overlap(column, piece) > 0]
            if len(touched) > 1:
                continue
            joined = touched[0] if touched else (piece.left, piece.right)
            columns = [column for column in columns if column not in touched]
            columns.append((min(joined[0], piece.left), max(joined[1], piece.right)))
    return sorted(columns)


def _overlap(column: tuple[float, float], piece: Piece) -> float:
    """How far a piece reaches into a column; negative, the distance, where it stands beside it."""
    return min(column[1], piece.right) - max(column[0], piece.left) + _REACH
