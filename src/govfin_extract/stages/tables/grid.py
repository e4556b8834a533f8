"""Rows and columns of a table whose lines keep its cells apart: by TABs, by bars, or by blanks in aligned columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from govfin_extract.stages.tables.cells import Cell

Row = list[Cell | None]
_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"[\s|:：—+=-]+$")
_STARTS_WITH_FIGURE = re.compile(r"[=≥≤<>]{0,2}\s?\d")
WIDEST = 512  # columns; no table of accounts is wider, and the work of a row grows with their square
_STUMP = 3  # characters
_PART = 14  # characters of a part of a cell
_SIZES = 6  # of rows, the most frequent ones, that are tried as the size of all
_WIDEST_ROW = 24  # columns of a table whose cells stand one to a line
_GAP = re.compile(r" {2,}|\t")
_ANY_GAP = re.compile(r"[ \t]+")


@dataclass(slots=True)
class Grid:
    """The cells of a table; every row has the same number of places, a place without words is None.

    Attributes:
        rows: from the top; columns: how many places a row has.
        form: how the cells were told apart: ``tabs``, ``bars``, ``blanks``, ``stream``.
    """

    rows: list[Row]
    columns: int
    form: str

    def __repr__(self) -> str:
        return f"<Grid {len(self.rows)} × {self.columns} by {self.form}>"


def read_grid(text: str, start: int, end: int) -> Grid | None:
    """The grid of ``text[start:end]``, None where the lines do not keep cells apart.

    >>> read_grid("项目\\t决算数\\n合计\\t34.43", 0, 14)
    <Grid 2 × 2 by tabs>
    """
    lines = [match.span() for match in _LINE.finditer(text, start, end) if not match[0].isspace()]
    if not lines:
        return None
    written = text[start:end]
    if "\t" in written:
        return _even([_split(text, *line, "\t") for line in lines], "tabs")
    if "|" in written:
        return _barred(text, lines)
    if "  " in written and len(lines) > 1:
        return _aligned(text, lines)
    return None


def cell_at(text: str, start: int, end: int) -> Cell | None:
    """The cell between two separators, without the blanks at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Cell(start, end, text[start:end]) if start < end else None


def _split(text: str, start: int, end: int, mark: str) -> Row:
    row: Row = []
    while True:
        stop = text.find(mark, start, end)
        row.append(cell_at(text, start, end if stop < 0 else stop))
        if stop < 0:
            return row
        start = stop + 1


def _barred(text: str, lines: Sequence[tuple[int, int]]) -> Grid:
    """Cells between bars. Bars that begin every line, or end every one, are the table's frame and bound no cell."""
    shown = [text[start:end].strip() for start, end in lines]
    before, after = (all(edge) for edge in zip(*((line[0] == "|", line[-1] == "|") for line in shown), strict=True))
    if after and not before and sum(line.count("|") == 1 for line in shown) == len(shown):
        return _one_a_line([cell_at(text, start, text.rindex("|", start, end)) for start, end in lines])
    rows = []
    for (start, end), line in zip(lines, shown, strict=True):
        if not _RULE.match(line):
            row = _split(text, start, end, "|")
            rows.append(row[before : len(row) - (after and len(row) > 1)])
    return _even(rows, "bars")


def _one_a_line(cells: list[Cell | None]) -> Grid:
    """A cell to a line, blank ones kept: as many columns as give columns of one sort of content."""
    sizes = [width for width in range(2, min(_WIDEST_ROW, len(cells) // 2) + 1) if len(cells) % width == 0]
    width = max(sizes, key=lambda width: (_evenness(cells, width), width), default=max(len(cells), 1))
    return Grid([cells[at : at + width] for at in range(0, len(cells), width)], width, "bars")


def _evenness(cells: list[Cell | None], width: int) -> float:
    """How much the cells of each column are alike: the share of figures below figures and of words below words."""
    alike = pairs = 0
    for above, below in zip(cells, cells[width:], strict=False):
        if above and below:
            pairs += 1
            alike += _is_figure(above) == _is_figure(below)
    starts = cells[::width]
    named = sum(cell is None or not _is_figure(cell) for cell in starts) / max(len(starts), 1)
    return round(alike / pairs + named, 6) if pairs else 0.0


def _is_figure(cell: Cell) -> bool:
    return cell.number is not None or _STARTS_WITH_FIGURE.match(cell.text) is not None


def _even(rows: list[Row], form: str) -> Grid:
    columns = max(map(len, rows), default=0)
    if columns > WIDEST:
        return Grid([], columns, form)
    rows = _join_broken([row for row in rows if row])
    columns = max(map(len, rows), default=0)
    return Grid([row + [None] * (columns - len(row)) for row in rows], columns, form)


def _join_broken(rows: list[Row]) -> list[Row]:
    """Cells broken over lines: rows too short that together have just the number of cells of the whole ones.

    That number is the one of several rows' sizes with which most rows come out whole.
    """
    sizes = Counter(map(len, rows))
    if len(sizes) < 2:
        return rows
    tried = sorted((size for size, _ in sizes.most_common(_SIZES) if size > 1), reverse=True)
    results = [(size, _joined(rows, size)) for size in tried]
    return max(results, key=lambda result: sum(len(row) == result[0] for row in result[1]) / len(result[1]))[1]


def _joined(rows: list[Row], usual: int) -> list[Row]:
    joined: list[Row] = []
    at = 0
    while at < len(rows):
        row, taken = rows[at], at + 1
        while len(row) < usual and taken < len(rows) and _fits(row, rows[taken], usual):
            row = _glued(row, rows[taken])
            taken += 1
        broken = taken > at + 1
        if len(row) == usual and row[-1] and row[-1].number is None:
            while taken < len(rows) and _goes_on_alone(rows[taken], broken=broken):
                row = _glued(row, rows[taken])
                taken += 1
        whole = len(row) == usual and taken > at + 1
        joined.append(row if whole else rows[at])
        at = taken if whole else at + 1
    return joined


def _goes_on_alone(row: Row, *, broken: bool) -> bool:
    """Whether a line is only the rest of the last cell: a bracket, or a few words behind a row broken already."""
    if len(row) != 1 or row[0] is None or row[0].number is not None or len(row[0].text) > _PART:
        return False
    return broken or row[0].text.startswith("（")


def _fits(row: Row, rest: Row, usual: int) -> bool:
    """Whether a line may go on in the next: both are too short, and the cell that is cut reads on.

    Words alone before a whole row are a row of their own, unless that begins with the stump of a name.
    """
    left, right = row[-1], rest[0]
    if left is None or right is None or len(row) + len(rest) - 1 > usual:
        return False
    if len(rest) >= usual and len(right.text) > _STUMP:
        return False
    if left.text[-1] in ",.，" and left.text[:-1].replace(",", "").replace(".", "").lstrip("-").isdecimal():
        return right.text[0].isdecimal()
    return left.number is None and right.number is None


def _glued(row: Row, rest: Row) -> Row:
    """The last cell of one line goes on in the first of the next."""
    left, right = row[-1], rest[0]
    if left is None or right is None:
        return [*row[:-1], left or right, *rest[1:]]
    joined = Cell(left.start, right.end, left.text + right.text)
    return [*row[:-1], joined, *rest[1:]]


def _aligned(text: str, lines: Sequence[tuple[int, int]]) -> Grid:
    """Columns by the places at which cells stand, a Chinese character being two places wide."""
    rows = [_spaced(text, *line) for line in lines]
    full = max(map(len, rows))
    if full > WIDEST:
        return Grid([], full, "blanks")
    rows = [_full_by_blanks(text, line, row, full) for line, row in zip(lines, rows, strict=True)]
    spans = [[(place, place + _width(cell.text)) for place, cell in row] for row in rows]
    model = _columns([row for row in spans if len(row) >= max(2, full - 1)])
    grid: list[Row] = []
    for row, places in zip(rows, spans, strict=True):
        line: Row = [None] * len(model)
        if len(row) == len(model):
            line = [cell for _, cell in row]
        else:
            _fill(line, row, places, model)
        grid.append(line)
    return Grid(grid, len(model), "blanks")


def _full_by_blanks(text: str, line: tuple[int, int], row: list[tuple[int, Cell]], full: int) -> list[tuple[int, Cell]]:
    """A row that is short by cells that only one blank parts, taken apart at every blank if that makes it full."""
    if len(row) in (1, full):
        return row
    parts = _spaced(text, *line, gap=_ANY_GAP)
    return parts if len(parts) == full else row


def _fill(line: Row, row: list[tuple[int, Cell]], places: list[tuple[int, int]], model: list[tuple[int, int]]) -> None:
    """Each cell into the column that it overlaps most, or stands nearest to, behind the one filled before it."""
    nearest: Callable[[int, tuple[int, int]], tuple[int, int]] = lambda column, place: (  # noqa: E731
        min(place[1], model[column][1]) - max(place[0], model[column][0]),
        -abs(place[1] - model[column][1]),
    )
    low = 0
    for index, ((_, cell), place) in enumerate(zip(row, places, strict=True)):
        high = len(model) - (len(row) - index) + 1
        if low >= high:
            break
        best = max(range(low, high), key=lambda column: nearest(column, place))
        line[best] = cell
        low = best + 1


def _spaced(text: str, start: int, end: int, gap: re.Pattern[str] = _GAP) -> list[tuple[int, Cell]]:
    """The cells of a line with the place at which each begins."""
    found = []
    done = start
    place = 0
    for match in [*gap.finditer(text, start, end), None]:
        stop = match.start() if match else end
        cell = cell_at(text, done, stop)
        if cell:
            found.append((place + (cell.start - done), cell))
        place += _width(text[done : match.end() if match else end])
        done = match.end() if match else end
    return found


def _columns(rows: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The stretch of each column in the rows that have most cells."""
    most = max(map(len, rows), default=0)
    full = [row for row in rows if len(row) == most]
    return [(min(row[at][0] for row in full), max(row[at][1] for row in full)) for at in range(most)]


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
