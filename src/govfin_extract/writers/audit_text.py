"""The report of an audit for the terminal: coloured, one finding after the other, each with its places."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from govfin_extract.document import Document
from govfin_extract.records import Fact, Finding

_PIPE_WIDTH = 120
_AROUND = 18
_MOST_PLACES = 14
_SIGNS = {
    "off": ("✗", "bold red"),
    "bound_off": ("✗", "bold red"),
    "scope": ("○", "cyan"),
    "ambiguous": ("?", "yellow"),
}


def show(name: str, document: Document, file: TextIO) -> None:
    """Print what an audit found in a document to ``file``; colours appear on a terminal only."""
    measured = file.isatty() or "COLUMNS" in os.environ
    console = Console(file=file, highlight=False, width=None if measured else _PIPE_WIDTH, soft_wrap=True)
    for line in _lines(name, document):
        console.print(line)


def plain(documents: Iterable[tuple[str, Document]]) -> bytes:
    """The same for a file, without colours."""
    file = io.StringIO()
    for name, document in documents:
        show(name, document, file)
    return file.getvalue().encode("utf-8", "backslashreplace")


def _lines(name: str, document: Document) -> Iterator[Text]:
    about = document.metadata
    yield Text(_flat(about.title or name), style="bold")
    told = [name, about.organization, about.fiscal_year, about.doc_type]
    yield Text(_flat(" · ".join(item for item in told if item)), style="dim")
    yield _count(document)
    facts = {fact.id: fact for fact in document.facts}
    for finding in document.findings:
        yield from _finding(finding, facts, document.text)
    if document.notes:
        yield Text("\nnotes, no errors", style="bold")
        for note in document.notes:
            yield from _finding(note, facts, document.text)
    yield Text("")


def _count(document: Document) -> Text:
    relations = document.relations
    if relations is None:
        return Text("not audited", style="yellow")
    line = Text(f"{relations.found} relations: ")
    line.append(f"{relations.held} hold", style="green")
    line.append(", ")
    line.append(f"{relations.off} off", style="bold red" if relations.off else "dim")
    line.append(f", {relations.not_checkable} not checkable", style="dim")
    return line


def _finding(finding: Finding, facts: dict[str, Fact], text: str) -> Iterator[Text]:
    sign, style = _SIGNS.get(finding.verdict, ("~", "cyan"))
    head = Text(f"\n{sign} ", style=style)
    head.append(finding.rule, style="bold")
    head.append(f"  {_flat(finding.arithmetic)}", style=style)
    yield head
    yield Text(f"  {_flat(finding.message.zh)}")
    yield Text(f"  {_flat(finding.message.en)}", style="dim")
    for fact_id in finding.facts[:_MOST_PLACES]:
        if fact_id in facts:
            yield _place(facts[fact_id], text)
    if len(finding.facts) > _MOST_PLACES:
        yield Text(f"    and {len(finding.facts) - _MOST_PLACES} more", style="dim")
    for reading in finding.readings:
        yield Text(f"    also: {_flat(reading)}", style="dim")


def _place(fact: Fact, text: str) -> Text:
    """Where a fact stands: its page, its heading, the words around it."""
    where = [f"p. {fact.page}" if fact.page else "", f"{fact.start}:{fact.end}"]
    where += [_flat(fact.section[-1])[:24]] if fact.section else []
    line = Text(f"    {fact.id:<5} ", style="dim")
    line.append(" · ".join(part for part in where if part), style="dim")
    line.append("  …" + _flat(text[max(0, fact.start - _AROUND) : fact.start]))
    line.append(_flat(fact.text), style="bold underline")
    line.append(_flat(text[fact.end : fact.end + 6]) + "…")
    return line


def _flat(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
