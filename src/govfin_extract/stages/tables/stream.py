"""Tables that lost their grid: a cell a line, cells parted by single blanks, a whole table in one line.

What is left is the order of the cells. A row is a name with the numbers behind it (a classification code may stand
before the name); what stands before the first row is the header. Where the header names just as many columns as the
fullest row has numbers, the n-th number belongs to the n-th name; else the figures keep their row's name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from govfin_extract.stages.tables.bands import Band
from govfin_extract.stages.tables.cells import CODE_PARTS, Cell
from govfin_extract.stages.tables.columns import reading, says
from govfin_extract.stages.tables.forms import read_form
from govfin_extract.stages.tables.grid import Grid, Row
from govfin_extract.stages.tables.measures import is_measure_word

_LINE = re.compile(r"[^\n]+")
_PIECE = re.compile(r"[^\s|]+(?:\s(?=[（(][^（()）\d]{1,8}[）)]))?")
# a number glued to the name behind it: 12,345.67一、社会保障; not one with its unit
_GLUED = re.compile(
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,4}%?)(?=[\u3400-\u9fff（])(?!万|亿|元|人|个|倍|公|平方|亩|分|吨|年|月|千|百|台|辆|户|件)"
)
_GLUED_LAST = re.compile(r"(?<=[\u3400-\u9fff）])(?P<number>-?(?:\d{1,3}(?:,\d{3})++|\d++)\.\d{2,4}%?)$")
# a header cell with its unit, and the name behind it whose blank got lost: 增长（%）一、税收收入
_UNIT_END = re.compile(r"[^（）]{1,16}（(?:%|‰|[万亿千百]?元|人|辆|个)）(?=[\u3400-\u9fff])")
# a functional or an economic code of the finest levels, as tables print it behind the name
_CODE_BEHIND = re.compile(r"2\d{6}|2\d{4}|(?:30|31|39|50|51)\d(?:\d{2})?")
_FEWEST_CODES = 2
_NUMBERS_COLUMNS = ("栏次", "栏目", "项次")
_MOST_NUMBERING = 40


@dataclass(slots=True)
class _Group:
    """A name with its numbers."""

    code: list[Cell] = field(default_factory=list)
    name: Cell | None = None
    unit: Cell | None = None
    values: list[Cell] = field(default_factory=list)


class Stream(NamedTuple):
    """A grid, its band, and the cells before its first row."""

    grid: Grid
    bands: list[Band]
    head: list[Cell]


def read_stream(text: str, start: int, end: int) -> Stream | None:
    """The grid that the order of the cells in ``text[start:end]`` allows; None where no row has a name and a number.

    >>> text = "项目\\n预算数\\n决算数\\n基本支出\\n30.00\\n29.50\\n项目支出\\n4.00\\n4.93"
    >>> grid, bands, _ = read_stream(text, 0, len(text))
    >>> [[cell.text for cell in path] for path in bands[0].paths[3:]], [row[1].text for row in grid.rows]
    ([['预算数'], ['决算数']], ['基本支出', '项目支出'])
    """
    cells = list(_pieces(text, start, end))
    form = read_form(cells)
    if form is not None:
        rows, bands, above = form
        return Stream(Grid(rows, len(rows[0]), "stream"), bands, above)
    head, rest = _header(cells)
    coded = any(says("role", "code", cell.text) for cell in head) or _has_codes(rest)
    counted = any(says("role", "line_number", cell.text) for cell in head)
    parts = sum(cell.text in CODE_PARTS for cell in head) > 1
    groups = [group for group in _groups(rest, coded=coded, parts=parts) if group.name and group.values]
    if not groups:
        return None
    _take_codes_behind(groups)
    groups = [group for group in groups if group.values]
    if counted:
        groups = [group for group in map(_without_line_number, groups) if group.values]
    width = max((len(group.values) for group in groups), default=0)
    if not width:
        return None
    rows = [_row(group, width) for group in groups]
    band = Band(_paths(head, width), [], list(range(len(rows))), ("code", "label", "unit"))
    return Stream(Grid(rows, width + 3, "stream"), [band], head)


def _pieces(text: str, start: int, end: int) -> Iterator[Cell]:
    for line in _LINE.finditer(text, start, end):
        for match in _PIECE.finditer(text, line.start(), line.end()):
            words = match[0].rstrip()
            unit = _UNIT_END.match(words)
            cut = unit.end() if unit else 0
            if cut:
                yield Cell(match.start(), match.start() + cut, words[:cut])
            yield from _unglued(match.start() + cut, words[cut:])


def _unglued(at: int, words: str) -> Iterator[Cell]:
    done = 0
    last = _GLUED_LAST.search(words)
    for match in [*_GLUED.finditer(words, 0, last.start() if last else len(words)), *([last] if last else [])]:
        if match.start() > done and words[done : match.start()].strip():
            yield Cell(at + done, at + match.start(), words[done : match.start()])
        yield Cell(at + match.start(), at + match.end(), match[0])
        done = match.end()
    if done < len(words):
        yield Cell(at + done, at + len(words), words[done:])


def _header(cells: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The cells before the first row, and the rest; the row that numbers the columns goes with the header."""
    coded = False
    first = len(cells)
    for at, cell in enumerate(cells):
        coded = coded or says("role", "code", cell.text)
        if cell.is_value and not (coded and _is_code_here(cells, at)):
            first = at
            break
    first = next((at for at in range(first) if cells[at].text in _NUMBERS_COLUMNS), first)
    end = _past_numbering(cells, first)
    if end > first:
        return cells[:first], cells[end:]
    # the name of the first row, and a code before it, stand right before its first number
    name = first - 1
    if name > 0 and cells[name - 1].is_code:
        name -= 1
    name = max(name, 0)
    return cells[:name], cells[name:]


def _past_numbering(cells: list[Cell], at: int) -> int:
    """Where 栏次 1 2 3 … ends; ``at`` where no such row begins there."""
    expected, counted, here = 1, 0, at
    while here < len(cells) and here - at < _MOST_NUMBERING:
        words = cells[here].text
        if words.isdecimal() and int(words) == expected:
            expected, counted = expected + 1, counted + 1
        elif not says("head", "numbering", words) or words.isdecimal():
            break
        here += 1
    return here if counted >= 2 else at


def _has_codes(cells: list[Cell]) -> bool:
    """Whether names have codes before them: 201, 20137 and 2013701 one within the other."""
    codes = [cell.text for cell, after in pairwise(cells) if cell.is_code and after.number is None]
    nested = sum(longer.startswith(code) and longer != code for code, longer in pairwise(codes))
    return nested >= 2


def _groups(cells: list[Cell], *, coded: bool, parts: bool = False) -> Iterator[_Group]:
    group = _Group()
    for at, cell in enumerate(cells):
        code = coded and (_is_code_here(cells, at) or (parts and _is_part_here(cells, at)))
        if cell.number is not None and not code:
            group.values.append(cell)
            continue
        if group.values:
            yield group
            group = _Group()
        if cell.number is not None:
            group.code.append(cell)
        elif group.name is not None and is_measure_word(cell.text):
            group.unit = cell
        elif not cell.is_dash:
            group.name, group.unit = cell, None
    yield group


def _is_code_here(cells: list[Cell], at: int) -> bool:
    """Whether a number is a code, or a part of one (201 37 01), with its name behind it."""
    end = at
    while end < len(cells) and end - at < 3 and cells[end].text.isdecimal() and len(cells[end].text) in (2, 3, 5, 7):
        end += 1
    if end >= len(cells) or cells[end].number is not None:
        return False
    return cells[at].is_code or (at > 0 and cells[at - 1].text.isdecimal() and len(cells[at].text) == 2)


def _is_part_here(cells: list[Cell], at: int) -> bool:
    """Whether a number is the 款 or 项 of a code on its own: 03, with its name behind it."""
    return (
        len(cells[at].text) == 2 and cells[at].text.isdecimal() and at + 1 < len(cells) and cells[at + 1].number is None
    )


def _take_codes_behind(groups: list[_Group]) -> None:
    """Take the codes behind their names (行政运行 2130301 300.15) where nearly all names have one."""
    named = [group for group in groups if group.name and not says("head", "total", group.name.text)]
    codes = [group for group in named if _CODE_BEHIND.fullmatch(group.values[0].text) and not group.code]
    if len(codes) < _FEWEST_CODES or len(codes) * 5 < len(named) * 4:
        return
    if not any(cell.number and cell.number.decimals for group in codes for cell in group.values[1:]):
        return
    for group in codes:
        group.code, group.values = [group.values[0]], group.values[1:]


def _without_line_number(group: _Group) -> _Group:
    number = group.values[0].number
    if number is not None and number.whole:
        group.values = group.values[1:]
    return group


def _row(group: _Group, width: int) -> Row:
    code = group.code[-1] if group.code else None
    row: Row = [code, group.name, group.unit, *group.values]
    return row + [None] * (width - len(group.values))


def _paths(head: list[Cell], width: int) -> list[tuple[Cell, ...]]:
    """A header cell for each column where their number fits, else none."""
    columns = _repeated(head, width) or _behind_label(head, width)
    return [(), (), (), *((cell,) for cell in columns)] if columns else [()] * (width + 3)


def _repeated(head: list[Cell], width: int) -> list[Cell]:
    """The header's cells that head figures, where there are as many as a row has figures, or a multiple of the same."""
    names = [cell for cell in head if reading("role", (cell.text,)) not in ("label", "code", "line_number", "unit")]
    named = [cell for cell in names if says("head", "words", cell.text)]
    for cells in (names, named):
        whole = bool(cells) and len(cells) % width == 0
        if whole and all(cell.text == cells[at % width].text for at, cell in enumerate(cells)):
            return cells[:width]
    return []


def _behind_label(head: list[Cell], width: int) -> list[Cell]:
    """The cells behind the last 项目 or 科目名称, whatever stands before: a title, a unit."""
    for at in range(len(head) - 1, -1, -1):
        if reading("role", (head[at].text,)) in ("label", "code", "unit"):
            return head[at + 1 :] if len(head) - at - 1 == width else []
    return []
