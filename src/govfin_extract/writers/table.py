"""A document's facts as a coloured table for the terminal."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from govfin_extract.document import Document
from govfin_extract.records import Fact, decimal_text

_COLOURS = {
    "amount": "green",
    "ratio": "cyan",
    "staffing": "magenta",
    "institution": "magenta",
    "event": "yellow",
    "asset": "blue",
    "score": "red",
    "grade": "red",
}
_MODIFIERS = {"approx": "≈ ", "over": "> ", "under": "< ", "at_least": "≥ ", "at_most": "≤ "}
_PIPE_WIDTH = 120
_GAP = 2


class _Column(NamedTuple):
    """A column: its head, how wide it may get, which side its cells lean on."""

    head: str
    widest: int
    right: bool = False


_COLUMNS = (
    _Column("what", 56),
    _Column("value", 30, right=True),
    _Column("kind", 11),
    _Column("period", 9),
    _Column("measure", 26),
    _Column("as written", 24, right=True),
    _Column("conf.", 5, right=True),
)
_LEAST_WHAT = 24

Row = tuple[Text, ...]


def show(document: Document, file: TextIO) -> None:
    """Print what the document says of itself and its facts, grouped by section, to ``file``.

    Colours appear on a terminal (or with ``FORCE_COLOR``); on a narrow one the rightmost columns are left out.
    """
    measured = file.isatty() or "COLUMNS" in os.environ
    console = Console(file=file, highlight=False, width=None if measured else _PIPE_WIDTH)
    console.print(_head(document))
    rows = [_row(fact) for fact in document.facts]
    widths = _widths(rows, console.width)
    console.print(_table(widths, [], heads=True))
    above: tuple[str, ...] = ()
    for section, group in groupby(zip(document.facts, rows, strict=True), key=lambda pair: pair[0].section):
        for heading in _new_headings(above, section):
            console.print(heading, no_wrap=True, overflow="ellipsis")
        above = section
        console.print(_table(widths, [row for _, row in group]))
    console.print(_foot(document.facts))


def value_text(fact: Fact) -> str:
    """A fact's value for readers: digits grouped, unit behind, full mark and modifier shown.

    >>> value_text(Fact("f1", 0, 9, "1.2亿余元", "amount", Decimal("120000000"), unit="CNY", modifier="over"))
    '> 120,000,000 CNY'
    """
    if isinstance(fact.value, str):
        return fact.value
    ends = [fact.value] if fact.value is not None else [fact.low, fact.high]
    number = " to ".join(_grouped(end) for end in ends if end is not None)
    mark = f" / {decimal_text(fact.max_score)}" if fact.max_score is not None else ""
    return f"{_MODIFIERS.get(fact.modifier, '')}{number}{mark} {fact.unit}".rstrip()


def _head(document: Document) -> Text:
    about = document.metadata
    head = Text(about.title or document.name or "document", style="bold")
    told = [about.organization, about.fiscal_year, about.doc_type, about.region]
    head.append("\n" + " · ".join(item for item in told if item) + "\n", style="not bold")
    return head


def _new_headings(above: tuple[str, ...], section: tuple[str, ...]) -> Iterator[Text]:
    """The headings of a section that were not printed for the one above it, the outermost with a line before it."""
    shared = 0
    while shared < min(len(above), len(section)) and above[shared] == section[shared]:
        shared += 1
    for depth, heading in enumerate(section[shared:], shared):
        yield Text(
            ("\n" if depth == 0 else "") + "  " * depth + _flat(heading), style="bold blue" if depth == 0 else "blue"
        )


def _widths(rows: list[Row], room: int) -> list[int]:
    """Every column as wide as its widest cell, the first what is left; columns that do not fit are left out."""
    widths = [
        min(column.widest, max([cell_len(column.head), *(row[index].cell_len for row in rows)]))
        for index, column in enumerate(_COLUMNS)
    ]
    while len(widths) > 3 and room - sum(widths[1:]) - _GAP * len(widths) < _LEAST_WHAT:
        widths.pop()
    left = room - sum(widths[1:]) - _GAP * len(widths)
    return [max(_LEAST_WHAT, min(widths[0], left)), *widths[1:]]


def _table(widths: list[int], rows: list[Row], *, heads: bool = False) -> Table:
    table = Table(box=None, show_header=heads, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    for column, width in zip(_COLUMNS, widths, strict=False):
        table.add_column(column.head, width=width, justify="right" if column.right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row[: len(widths)])
    return table


def _row(fact: Fact) -> Row:
    colour = _COLOURS.get(fact.kind, "")
    measure = [part for part, plain in ((fact.measure, "level"), (fact.basis, "actual")) if part != plain]
    return (
        Text(_flat(fact.label.text)) if fact.label else Text("(no label)", style="dim italic"),
        Text(value_text(fact), style=f"bold {colour}"),
        Text(fact.kind, style=colour),
        Text(fact.period or ""),
        Text(", ".join(measure)),
        Text(_flat(fact.text), style="dim"),
        Text(f"{fact.confidence:.2f}", style="dim"),
    )


def _grouped(number: Decimal) -> str:
    grouped = f"{number:,f}"
    return grouped.rstrip("0").rstrip(".") if "." in grouped else grouped


def _flat(text: str) -> str:
    return " ".join(text.split())


def _foot(facts: tuple[Fact, ...]) -> Text:
    counts = Counter(fact.kind for fact in facts)
    foot = Text(f"\n{len(facts)} facts", style="bold")
    for kind, count in counts.most_common():
        foot.append(f"   {count} {kind}", style=f"not bold {_COLOURS.get(kind, '')}")
    return foot
