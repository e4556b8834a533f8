"""A grid in bands: header rows and the body rows that they head, with each column's path of header cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from govfin_extract.stages.tables.cells import CODE_PARTS, Cell
from govfin_extract.stages.tables.columns import bare, says
from govfin_extract.stages.tables.grid import Grid, Row

_ABOVE = re.compile(
    r"单位：|部门：|公开\s?\d+\s?表|^(?:附?表|附件)\s?[\d一二三四五六七八九十-]+[：:]?$|^\d{4}年(?:度)?$"
)
_NUMBERING_WORDS = ("栏次", "行次", "栏目", "项次")
_LONGEST_HEAD = 60
_DEEPEST = 8  # levels of a header
_FARTHEST = 64  # columns that a header cell spans at the most


@dataclass(slots=True)
class Band:
    """Rows under one header.

    Attributes:
        paths: for every column the header cells above it, the top one first; empty without a header.
        body: numbers of the body rows in the grid.
        head: numbers of the header rows.
        roles: what the first columns are there for, where that is known without a look at them.
    """

    paths: list[tuple[Cell, ...]]
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    roles: tuple[str, ...] = ()


def find_bands(grid: Grid) -> tuple[list[Band], list[int]]:
    """The bands from the top, and the rows that stand above the table's header: its title, its unit.

    >>> from govfin_extract.stages.tables.grid import read_grid
    >>> text = "项目\\t决算数\\t\\n\\t小计\\t基本支出\\n合计\\t34.43\\t30"
    >>> bands, above = find_bands(read_grid(text, 0, len(text)))
    >>> [[cell.text for cell in path] for path in bands[0].paths], bands[0].body
    ([['项目'], ['决算数', '小计'], ['决算数', '基本支出']], [2])
    """
    above: list[int] = []
    bands: list[Band] = []
    head: list[int] = []
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(grid.rows):
        if not bands and not head and is_above(row):
            above.append(number)
        elif is_numbering(row):
            if head:
                bands.append(Band(_paths(grid, head), head))
                head = []
        elif head and (parts := _parts_of_code(row)):
            # 类 款 项 in the row of 合计: they head the columns below, the rest of the row is a row of its own
            bands.append(Band(_paths(grid, head, parts), head, [number]))
            grid.rows[number] = [None if part else cell for cell, part in zip(row, parts, strict=True)]
            head = []
        elif _goes_on(grid, head, row) or _opens(grid, number, seen, first=not bands and not head):
            head.append(number)
            seen.add(_words(row))
        else:
            if head or not bands:
                bands.append(Band(_paths(grid, head), head))
                head = []
            bands[-1].body.append(number)
    if head:
        bands.append(Band(_paths(grid, head), head))
    return bands, above


def _words(row: Row) -> tuple[str, ...]:
    return tuple(bare(cell.text) for cell in row if cell)


def is_above(row: Row) -> bool:
    """Whether a row at the top is a title or says the unit or the body: 单位：万元 on the right, nothing else."""
    cells = [cell for cell in row if cell]
    if len(cells) == 1:
        return cells[0].number is None and (len(row) > 1 or not says("head", "strong", cells[0].text))
    if sum(says("head", "strong", cell.text) for cell in cells) > 1 or any(cell.number for cell in cells):
        return False
    return any(_ABOVE.search(cell.text) for cell in cells)


def is_numbering(row: Row) -> bool:
    """Whether a row numbers the columns: 栏次 1 2 3, or 1 2 … 12 alone."""
    cells = [cell for cell in row if cell]
    if len(cells) < 2 and not (cells and bare(cells[0].text) in _NUMBERING_WORDS):
        return False
    if not all(says("head", "numbering", cell.text) for cell in cells):
        return False
    if any(bare(cell.text) in _NUMBERING_WORDS for cell in cells):
        return True
    counts = [int(cell.text) for cell in cells if cell.text.isdecimal()]
    return len(counts) >= 2 and all(after - before == 1 for before, after in pairwise(counts))


def _parts_of_code(row: Row) -> Row | None:
    """The cells 类, 款 and 项 of a row that holds figures or a total as well."""
    parts = [cell if cell and bare(cell.text) in CODE_PARTS else None for cell in row]
    others = [cell for cell, part in zip(row, parts, strict=True) if cell and not part]
    if sum(part is not None for part in parts) < 2 or not others:
        return None
    totals = any(cell.number or says("head", "total", cell.text) for cell in others)
    return parts if totals else None


def _opens(grid: Grid, number: int, seen: set[tuple[str, ...]], *, first: bool) -> bool:
    """Whether a row begins a header: at the top by most of its words, further down by words that only headers hold."""
    row = grid.rows[number]
    cells = [cell for cell in row if cell]
    if len(cells) < 2 or any(cell.is_value for cell in cells) or any(len(c.text) > _LONGEST_HEAD for c in cells):
        return False
    if says("head", "key", cells[0].text) and not _heads_columns(cells[1:]):
        return False
    if _words(row) in seen:
        return True
    strong = sum(says("head", "strong", cell.text) for cell in cells)
    if first:
        words = sum(says("head", "words", cell.text) for cell in cells)
        usual = words * 2 >= len(cells) and (strong > 0 or len(cells) > 2 or words == len(cells))
        return usual or _heads_numbers(grid, number) or _heads_words(grid, number)
    return strong >= 2 and (strong * 2 >= len(cells) or strong >= 4)


def _heads_columns(cells: list[Cell]) -> bool:
    """Whether what follows 单位名称 goes on with a header (编制数, 实有人数) rather than saying which it is."""
    keys = any(says("head", "key", cell.text) for cell in cells)
    return len(cells) > 1 and not keys and any(says("head", "strong", cell.text) for cell in cells)


def _heads_words(grid: Grid, number: int) -> bool:
    """Whether a row of words alone spans the one below it, which is a header's by its words."""
    if number + 1 >= len(grid.rows):
        return False
    row, below = grid.rows[number], [cell for cell in grid.rows[number + 1] if cell]
    words = sum(says("head", "words", cell.text) for cell in below)
    spans = any(cell and after is None for cell, after in pairwise(row))
    return spans and len(below) > 1 and words * 2 > len(below) and not any(cell.is_value for cell in below)


def _heads_numbers(grid: Grid, number: int) -> bool:
    """Whether most words of a row behind its first stand above numbers of the row below."""
    if number + 1 >= len(grid.rows):
        return False
    below = grid.rows[number + 1]
    named = [column for column, cell in enumerate(grid.rows[number]) if cell and column]
    numbers = sum((cell := below[column]) is not None and cell.number is not None for column in named)
    return bool(named) and numbers * 2 > len(named)


def _goes_on(grid: Grid, head: list[int], row: Row) -> bool:
    """Whether a row is the next level of the header above it: no figures, and cells below something it divides."""
    if not 0 < len(head) < _DEEPEST:
        return False
    cells = [(column, cell) for column, cell in enumerate(row) if cell]
    if not cells or any(cell.is_value or len(cell.text) > _LONGEST_HEAD for _, cell in cells):
        return False
    words = sum(says("head", "words", cell.text) for _, cell in cells)
    if words * 2 < len(cells):
        return False
    last = grid.rows[head[-1]]
    below_blank = sum(last[column] is None for column, _ in cells)
    spans = any(cell and column + 1 < grid.columns and last[column + 1] is None for column, cell in enumerate(last))
    if len(cells) == 1 and cells[0][0] == 0:
        return says("head", "strong", cells[0][1].text)
    return below_blank > 0 or (spans and len(cells) > 1)


def _paths(grid: Grid, head: list[int], lowest: Row | None = None) -> list[tuple[Cell, ...]]:
    """Every column's header cells; a blank belongs to the cell on its left if that spans, else to the one above."""
    paths: list[list[Cell]] = [[] for _ in range(grid.columns)]
    rows = [grid.rows[number] for number in head] + ([lowest] if lowest else [])
    for level, row in enumerate(rows):
        above = [path[-1] if path else None for path in paths]
        deeper = rows[level + 1 :]
        for column in range(grid.columns):
            cell = row[column]
            if cell is None:
                cell = _spanning(row, column, above, deeper)
            if cell is not None:
                paths[column].append(cell)
    return [tuple(path) for path in paths]


def _spanning(row: Row, column: int, above: list[Cell | None], deeper: list[Row]) -> Cell | None:
    """The cell on the left that reaches over this place: something stands below it, and no other cell lies above."""
    if deeper and not any(lower[column] for lower in deeper):
        return None
    if not deeper and above[column] is not None:
        return None  # a blank in the lowest row: the cell above reaches down
    for left in range(column - 1, max(-1, column - _FARTHEST), -1):
        if above[left] is not above[column]:
            return None
        if row[left] is not None:
            return row[left]
    return None
