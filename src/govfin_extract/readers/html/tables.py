"""Tables of a page: which are tables of figures, and their cells with spans expanded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from govfin_extract.readers.html.furniture import Furniture, keeps_its_place
from govfin_extract.readers.html.words import BLOCKS, Words
from govfin_extract.readers.limits import Budget

_WIDEST = 1_000
_HIGHEST = 65_534
_PROSE = 400  # characters of one cell: more than any cell of a table of figures but a note
_PARAGRAPHS = 5
_MOST = 0.7  # of a table's text in one cell: the table only lays out the page
_NESTED = 0.3  # of a table's text in tables inside it: likewise
_FEW = 3  # rows with several filled cells: a table with fewer may lay out
_SECTIONS = {"thead": 0, "tbody": 1, "tfoot": 2}

Lines = list[str]


class DataTable(NamedTuple):
    """Rows of a table of figures, equally long: a merged cell's text stands top left, the rest is empty."""

    rows: list[list[str]]


class _Row(NamedTuple):
    section: int  # 0 head, 1 body, 2 foot
    group: int  # rows between which a cell may span
    cells: list[Any]


class _Line(NamedTuple):
    cells: list[str]
    prose: Lines  # the paragraphs of the one long cell that the row consists of


def read_table(
    table: Any, furniture: Furniture, budget: Budget, lines_of: Callable[[Any], Lines]
) -> list[str | DataTable] | None:
    """A table of figures with the words before it; None for one that only lays out the page.

    Args:
        lines_of: gives the lines of a cell.
    """
    nested = furniture.holds_tables(table)
    if nested > _NESTED or (table.get("role") or "") in ("presentation", "none"):
        return None
    before, rows = _collected(table, furniture, lines_of)
    texts = []
    for row in rows:
        budget.check_time()
        texts.append([_shown(cell, furniture, lines_of) for cell in row.cells])
    full = sum(sum(map(bool, row)) > 1 for row in texts)
    if full < _FEW and (nested or _lays_out(texts)):
        return None
    lines = list(_expanded(rows, texts, budget))
    used = sorted({at for line in lines for at, cell in enumerate(line.cells) if cell})
    if len(used) < 2:
        return None
    return [*before, *_pieces(lines, used, budget)]


def _lays_out(texts: list[list[Lines]]) -> bool:
    cells = [(sum(map(len, cell)), len(cell)) for row in texts for cell in row]
    longest, paragraphs = max(cells, default=(0, 0))
    return longest > _PROSE and (paragraphs >= _PARAGRAPHS or longest > _MOST * sum(length for length, _ in cells))


def _shown(cell: Any, furniture: Furniture, lines_of: Callable[[Any], Lines]) -> Lines:
    return [] if furniture.is_unseen(cell) else lines_of(cell)


def _collected(table: Any, furniture: Furniture, lines_of: Callable[[Any], Lines]) -> tuple[Lines, list[_Row]]:
    """A table's caption and the words outside of its cells, which browsers show before it, and its rows.

    Rows and cells count wherever they stand: old pages wrap forms and fonts around rows.
    """
    collector = _Collector(furniture, lines_of)
    walk = etree.iterwalk(table, events=("start", "end", "comment", "pi"))
    next(walk, None)
    collector.words.add(table.text)
    for event, element in walk:
        if element is table:
            break
        if event == "start":
            if not collector.enters(element):
                walk.skip_subtree()
            continue
        if event == "end":
            collector.leaves(element)
        collector.words.add(element.tail)
    before = collector.before + collector.words.lines()
    return before, sorted((row for row in collector.rows if row.cells), key=lambda row: row.section)


class _Collector:
    def __init__(self, furniture: Furniture, lines_of: Callable[[Any], Lines]) -> None:
        self.words = Words()
        self.before: Lines = []
        self.rows: list[_Row] = []
        self._furniture = furniture
        self._lines_of = lines_of
        self._section, self._group = 1, 0
        self._seen: set[str] = set()
        self._is_open = False

    def enters(self, element: Any) -> bool:
        """Take up an element; whether what it holds is looked at."""
        tag = element.tag
        if tag in ("td", "th"):
            if not self._furniture.is_unseen(element) or keeps_its_place(element):
                self._begin_row(anew=False)
                self.rows[-1].cells.append(element)
            return False
        if self._furniture.is_unseen(element):
            return False
        if tag in ("caption", "table"):
            self._end_line()
            self.before += self._lines_of(element)
            return False
        if tag in _SECTIONS:
            # a second head or foot is shown where it stands
            self._begin_group(1 if tag in self._seen else _SECTIONS[tag])
            self._seen.add(tag)
        elif tag == "tr":
            self._begin_row(anew=True)
        if tag in BLOCKS:
            self._end_line()
        self.words.open(element)
        return True

    def leaves(self, element: Any) -> None:
        self.words.close(element)
        if element.tag in _SECTIONS:
            self._begin_group(1)
        elif element.tag == "tr":
            self._is_open = False

    def _begin_group(self, section: int) -> None:
        self._section = section
        self._group += 1
        self._is_open = False

    def _begin_row(self, *, anew: bool) -> None:
        if anew or not self._is_open:
            self.rows.append(_Row(self._section, self._group, []))
            self._is_open = True

    def _end_line(self) -> None:
        self.before += self.words.lines()


def _expanded(rows: Iterable[_Row], texts: list[list[Lines]], budget: Budget) -> Iterator[_Line]:
    """The rows with an empty cell for each position that a span covers; counted before they are built."""
    reach: dict[int, int] = {}  # column → rows that a cell above still covers
    group = -1
    for row, cells in zip(rows, texts, strict=True):
        if row.group != group:
            reach, group = {}, row.group
        spans = [(_span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _HIGHEST)) for cell in row.cells]
        budget.spend("cells", sum(max(wide, 1) for wide, _ in spans) + len(reach))
        line: list[str] = []
        for lines, (wide, high) in zip(cells, spans, strict=True):
            while len(line) in reach:
                line.append("")
            if high != 1:
                # counted down with its own row; a span of 0 rows goes to the end of the group
                reach.update(dict.fromkeys(range(len(line), len(line) + max(wide, 1)), high or _HIGHEST))
            line += ["\n".join(lines), *[""] * (wide - 1)]
        if reach:
            line += [""] * (max(reach) + 1 - len(line))
            reach = {column: left - 1 for column, left in reach.items() if left > 1}
        yield _Line(line, _prose(cells))


def _prose(cells: list[Lines]) -> Lines:
    filled = [lines for lines in cells if lines]
    return filled[0] if len(filled) == 1 and sum(map(len, filled[0])) > _PROSE else []


def _pieces(lines: list[_Line], used: list[int], budget: Budget) -> Iterator[str | DataTable]:
    """The rows of a table; rows of prose between them (long notes, a report laid out with its table) as paragraphs."""
    budget.spend("cells", max(0, len(used) * len(lines) - sum(len(line.cells) for line in lines)))
    rows: list[list[str]] = []
    for line in lines:
        if not line.prose:
            rows.append([line.cells[at] if at < len(line.cells) else "" for at in used])
            continue
        if rows:
            yield DataTable(rows)
        rows = []
        yield from line.prose
    if rows:
        yield DataTable(rows)


def _span(cell: Any, name: str, most: int) -> int:
    """How many columns or rows a cell covers; 0 where it says so."""
    said = (cell.get(name) or "").strip()
    if not (said.isascii() and said.isdigit()):
        return 1
    return int(said) if len(said) < 6 and int(said) <= most else most
