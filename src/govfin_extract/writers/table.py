"""A document's facts as a coloured table for the terminal."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TextIO

from rich import box
from rich.console import Console, Group
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
_PIPE_WIDTH = 120
_MODIFIERS = {"approx": "≈ ", "over": "> ", "under": "< ", "at_least": "≥ ", "at_most": "≤ "}


def show(document: Document, file: TextIO) -> None:
    """Print what the document says of itself and its facts, grouped by section, to ``file``."""
    console = Console(file=file, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(file=file, highlight=False, width=_PIPE_WIDTH)
    console.print(Group(_head(document), _table(document.facts), _foot(document.facts)))


def _head(document: Document) -> Text:
    about = document.metadata
    head = Text(about.title or document.name or "document", style="bold")
    told = [about.organization, about.fiscal_year, about.doc_type, about.region]
    head.append("\n" + " · ".join(item for item in told if item), style="not bold")
    return head


def _table(facts: tuple[Fact, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("what", ratio=3, overflow="fold")
    table.add_column("as written", justify="right")
    table.add_column("value", justify="right", no_wrap=True)
    for name in ("kind", "measure", "basis", "period"):
        table.add_column(name, no_wrap=True)
    table.add_column("conf.", justify="right", no_wrap=True)
    section: tuple[str, ...] = ()
    for number, fact in enumerate(facts):
        if fact.section != section or number == 0:
            section = fact.section
            if section:
                table.add_section()
                table.add_row(Text(" › ".join(section), style="bold dim"))
        table.add_row(*_row(fact))
    return table


def _row(fact: Fact) -> tuple[Text, ...]:
    colour = _COLOURS.get(fact.kind, "")
    label = Text(_flat(fact.label.text)) if fact.label else Text("(no label)", style="dim italic")
    plain = "dim" if fact.measure == "level" else ""
    return (
        label,
        Text(_flat(fact.text), style="dim"),
        Text(value_text(fact), style=f"bold {colour}"),
        Text(fact.kind, style=colour),
        Text(fact.measure, style=plain),
        Text(fact.basis, style="dim" if fact.basis == "actual" else ""),
        Text(fact.period or ""),
        Text(f"{fact.confidence:.2f}", style="dim"),
    )


def value_text(fact: Fact) -> str:
    """A fact's value for readers: digits grouped, unit behind, full mark and modifier shown.

    >>> from decimal import Decimal
    >>> value_text(Fact("f1", 0, 9, "1.2亿余元", "amount", Decimal("120000000"), unit="CNY", modifier="over"))
    '> 120,000,000 CNY'
    """
    if isinstance(fact.value, str):
        return fact.value
    ends = [fact.value] if fact.value is not None else [fact.low, fact.high]
    number = " to ".join(_grouped(end) for end in ends if end is not None)
    mark = f" / {decimal_text(fact.max_score)}" if fact.max_score is not None else ""
    return f"{_MODIFIERS.get(fact.modifier, '')}{number}{mark} {fact.unit}".rstrip()


def _grouped(number: Decimal) -> str:
    grouped = f"{number:,f}"
    return grouped.rstrip("0").rstrip(".") if "." in grouped else grouped


def _flat(text: str) -> str:
    return " ".join(text.split())


def _foot(facts: tuple[Fact, ...]) -> Text:
    counts = Counter(fact.kind for fact in facts)
    foot = Text(f"{len(facts)} facts", style="bold")
    for kind, count in counts.most_common():
        foot.append(f"   {count} {kind}", style=f"not bold {_COLOURS.get(kind, '')}")
    return foot
