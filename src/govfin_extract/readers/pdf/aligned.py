"""Tables without rules: lines whose pieces stand one below the other in columns, with numbers among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govfin_extract.readers.limits import Budget
from govfin_extract.readers.pdf.glyphs import Piece, put_together

_NUMBER = re.compile(r"[-+(（]?[\d,.]*\d[\d,.]*[%％)）]?$|[-—]$")
# a name and the number of the next column, which stand too near to each other for a gap
_NAME_AND_NUMBER = re.compile(r"(.*[\u3400-\u9fff）])( ?)(-?[\d,]*\d\.\d+)$")
_LEAST_ROWS = 3
_REACH = 1.0
_LOOK_BACK = 4  # lines
_HALF = 0.5  # of a table's width
_STUMP = 3  # characters: what a header's word leaves for a line of its own
_LINE_GAP = 2.2  # of a line's height: between lines of one table

Line = Sequence[Piece]
Row = list[Piece | None]
Rows = list[Row]


def find_aligned(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The runs of lines, as first and behind the last, that make a table without rules.

    A line of one piece belongs to a run where it stands below a piece of it and is no wider: a cell goes on.
    """
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (_is_row(lines[end]) or (end > at and _is_inside(lines, at, end))):
            end += 1
        rows = [line for line in lines[at:end] if _is_row(line)]
        usual = len(rows) >= _LEAST_ROWS and sum(map(_has_number, rows)) * 2 >= len(rows)
        # the page's edge may leave a row or two of a table that stands on the other page
        at_edge = (at <= 1 or end >= len(lines) - 1) and any(map(_is_of_figures, rows))
        if usual or at_edge:
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
        row: Row = [None] * len(columns)
        for piece in (part for whole in line for part in _parts(whole, columns)):
            at = _column_of(piece, columns)
            row[at] = put_together(row[at], piece)
        if rows and _goes_on(rows[-1], row):
            rows[-1] = [put_together(above, piece) for above, piece in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
    return rows


def _is_row(line: Line) -> bool:
    return len(line) >= 2


def _has_number(line: Line) -> bool:
    return any(_NUMBER.match(piece.text) for piece in line)


def _is_of_figures(line: Line) -> bool:
    """Whether a line is a name with two figures at least."""
    return len(line) > 2 and sum(_NUMBER.match(piece.text) is not None for piece in line) > 1


def _is_inside(lines: Sequence[Line], first: int, number: int) -> bool:
    """Whether a line of one piece stands below a piece of the lines before it, and no farther than lines do."""
    line = lines[number]
    if len(line) != 1 or not lines[number - 1]:
        return False
    piece, before = line[0], lines[number - 1][0]
    if piece.top - before.bottom > (_LINE_GAP - 1) * (before.bottom - before.top):
        return False
    above = [other for row in lines[max(first, number - _LOOK_BACK) : number] if _is_row(row) for other in row]
    if any(other.left - _REACH <= piece.left and piece.right <= other.right + _REACH for other in above):
        return True
    # words of several cells of a header, between two of its lines
    width = max((other.right for other in above), default=0.0) - min((other.left for other in above), default=0.0)
    return number + 1 < len(lines) and _is_row(lines[number + 1]) and piece.right - piece.left < _HALF * width


def _goes_on(above: Row, row: Row) -> bool:
    """Whether a line only goes on with words of the row above: fewer pieces, no number, and each below words."""
    pieces = [(piece, other) for piece, other in zip(row, above, strict=True) if piece is not None]
    if not pieces or len(pieces) >= sum(other is not None for other in above):
        return False
    if any(other is None or _NUMBER.match(piece.text) or _NUMBER.match(other.text) for piece, other in pieces):
        return False
    body = any(other is not None and _NUMBER.match(other.text) for other in above)
    return body or (len(pieces) == 1 and len(pieces[0][0].text) <= _STUMP)


def _parts(piece: Piece, columns: Sequence[tuple[float, float]]) -> Iterator[Piece]:
    """A piece, or its name and its number where these lie in two columns."""
    match = _NAME_AND_NUMBER.match(piece.text)
    if match is not None:
        name, number = _slice(piece, 0, match.end(1)), _slice(piece, match.start(3), len(piece.text))
        if _column_of(name, columns) != _column_of(number, columns):
            yield name
            yield number
            return
    yield piece


def _slice(piece: Piece, start: int, end: int) -> Piece:
    boxes = piece.boxes[4 * start : 4 * end]
    shown = [boxes[at : at + 4] for at in range(0, len(boxes), 4) if any(boxes[at : at + 4])]
    left, top, right, bottom = zip(*shown, strict=True)
    return Piece(piece.text[start:end], boxes, min(left), min(top), max(right), max(bottom))


def _column_of(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    return max(range(len(columns)), key=lambda column: _overlap(columns[column], piece))


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
