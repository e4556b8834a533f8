"""The lines and tables of a page in the order in which a browser shows them. No recursion: pages nest without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from govfin_extract.readers.html.furniture import Furniture
from govfin_extract.readers.limits import Budget
from govfin_extract.text.datafiles import read_toml

_BLOCKS = frozenset(read_toml("readers/html.toml")["blocks"])
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_WIDEST = 1_000
_HIGHEST = 65_534
_PROSE = 400  # characters of one cell: with most of a table's text in it, the table only lays out
_MOST = 0.7


class DataTable(NamedTuple):
    """A table's caption and its rows, spans expanded: a merged cell's text stands top left, the rest is empty."""

    caption: str
    rows: list[list[str]]


def render(root: Any, furniture: Furniture, budget: Budget) -> Iterator[str | DataTable]:
    """What an element shows."""
    words: list[str] = []
    pre = 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element is not root and furniture.leaves_out(element):
                walk.skip_subtree()
                continue
            if element.tag in _BLOCKS:
                yield from _lines(words)
                pre += element.tag == "pre"
            if element.tag == "table" and (table := _table(element, furniture, budget)):
                yield table
                walk.skip_subtree()
                continue
            if element.tag == "li":
                words.append(_number(element))
            words.append(_shown(element.text, pre))
            continue
        if event == "end" and element.tag in _BLOCKS:
            yield from _lines(words)
            pre -= element.tag == "pre"
        if element is not root:
            words.append(_shown(element.tail, pre))
    yield from _lines(words)


def _shown(text: str | None, pre: int) -> str:
    """A text with its blanks run together; those of ``pre`` stay, as no-break blanks."""
    return (text or "").replace(" ", "\xa0").replace("\t", "\xa0\xa0") if pre else _BLANKS.sub(" ", text or "")


def _lines(words: list[str]) -> Iterator[str]:
    """The words collected so far as lines."""
    text = "".join(words)
    words.clear()
    for line in text.splitlines():
        if shown := _BLANKS.sub(" ", line).strip():
            yield shown


def _number(item: Any) -> str:
    """The number that a browser puts before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    before = parent.get("data-govfin-count")
    start = parent.get("start") or "1"
    number = int(before) + 1 if before else (int(start) if start.isdecimal() and len(start) < 7 else 1)
    parent.set("data-govfin-count", str(number))
    return f"{number}. "


def _table(table: Any, furniture: Furniture, budget: Budget) -> DataTable | None:
    """A table of figures; None for one that only lays out the page."""
    if table in furniture.layout_tables or table.get("role") == "presentation":
        return None
    rows: list[list[str]] = []
    reach: dict[int, int] = {}  # column → rows that a cell above still covers
    longest = total = 0
    for row in _rows(table, furniture):
        line: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th") or furniture.leaves_out(cell):
                continue
            _skip_covered(line, reach)
            text = "\n".join(line for line in render(cell, furniture, budget) if isinstance(line, str))
            longest, total = max(longest, len(text)), total + len(text)
            wide, high = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _HIGHEST)
            for column in range(len(line), len(line) + wide):
                if high > 1:
                    reach[column] = high  # counted down with its own row
            line += [text, *[""] * (wide - 1)]
        while any(column >= len(line) for column in reach):
            line.append("")
        budget.spend("cells", len(line))
        reach = {column: left - 1 for column, left in reach.items() if left > 1}
        rows.append(line)
    columns = max(map(len, rows), default=0)
    used = [at for at in range(columns) if any(at < len(row) and row[at] for row in rows)]
    if len(used) < 2 or (longest > _PROSE and longest > _MOST * total):
        return None
    budget.spend("cells", len(used) * len(rows))
    return DataTable(_caption(table), [[row[at] if at < len(row) else "" for at in used] for row in rows])


def _skip_covered(line: list[str], reach: dict[int, int]) -> None:
    while len(line) in reach:
        line.append("")


def _rows(table: Any, furniture: Furniture) -> Iterator[Any]:
    """The rows in the order in which they are shown: a foot may be written before the body."""
    loose = [child for child in table if child.tag in ("tr", "tbody")]
    parts = [child for name in ("thead",) for child in table if child.tag == name]
    parts += loose + [child for child in table if child.tag == "tfoot"]
    for part in parts:
        if furniture.leaves_out(part):
            continue
        rows = [part] if part.tag == "tr" else [row for row in part if row.tag == "tr"]
        yield from (row for row in rows if not furniture.leaves_out(row))


def _caption(table: Any) -> str:
    caption = table.find("caption")
    return "" if caption is None else " ".join("".join(caption.itertext()).split())


def _span(cell: Any, name: str, most: int) -> int:
    said = (cell.get(name) or "1").strip()
    return min(max(int(said), 1), most) if said.isdecimal() and len(said) < 12 else 1
