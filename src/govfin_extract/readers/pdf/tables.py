"""Ruled tables of a page: cells from the lines drawn, characters put into them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Any, NamedTuple

from govfin_extract.readers.pdf.glyphs import Glyph, Piece, lines_of, piece_of
from govfin_extract.text.places import Box

_SLIVER = 2.5  # points: a column or row not wider lies between the two strokes of a double line
_EDGE = 1.0


class Ruled(NamedTuple):
    """A table: its box, and its rows with a piece or None in every place."""

    box: Box
    rows: list[list[Piece | None]]
    edges: list[float]


def ruled_tables(page: Any, glyphs: list[Glyph]) -> tuple[list[Ruled], list[Glyph]]:
    """The ruled tables of a pdfplumber page from the top, and the characters that stand in none."""
    found = []
    for table in page.find_tables():
        cells = [cell for cell in table.cells if cell[2] - cell[0] > _SLIVER and cell[3] - cell[1] > _SLIVER]
        ruled, rest = _fill(cells, glyphs)
        if ruled is not None:
            found.append(ruled)
            glyphs = rest
    return sorted(found, key=lambda ruled: ruled.box[1]), glyphs


def _fill(cells: list[Box], glyphs: list[Glyph]) -> tuple[Ruled | None, list[Glyph]]:
    """The table that cells make, None where it is a frame around text: one column, or a single cell."""
    columns = _edges([cell[0] for cell in cells])
    rows = _edges([cell[1] for cell in cells])
    if len(columns) < 2 or not rows:
        return None, glyphs
    held: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for cell in cells:
        across, down = _reach(columns, cell[0], cell[2]), _reach(rows, cell[1], cell[3])
        for row in down:
            for column in across:
                places.setdefault((row, column), (down[0], across[0]))
    left, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    rest = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.middle
        if left - _EDGE <= x <= right + _EDGE and top - _EDGE <= y <= bottom + _EDGE:
            place = (_place(rows, y), _place(columns, x))
            held[places.get(place, place)].append(glyph)
        else:
            rest.append(glyph)
    grid: list[list[Piece | None]] = [[None] * len(columns) for _ in rows]
    for (row, column), inside in held.items():
        piece = piece_of(list(lines_of(inside)))
        grid[row][column] = piece if piece.text else None
    if not any(piece for row in grid for piece in row):
        return None, glyphs
    return Ruled((left, top, right, bottom), grid, columns), rest


def _edges(starts: list[float]) -> list[float]:
    """Where columns or rows begin; edges nearer than a sliver are one."""
    edges: list[float] = []
    for start in sorted(starts):
        if not edges or start - edges[-1] > _SLIVER:
            edges.append(start)
    return edges


def _reach(edges: list[float], start: float, end: float) -> range:
    """The columns or rows that a cell covers: those that begin well before its end."""
    first = _place(edges, start)
    return range(first, max(first, _place(edges, end - 2 * _SLIVER)) + 1)


def _place(edges: list[float], at: float) -> int:
    return max(0, bisect_right(edges, at + _SLIVER) - 1)
