"""What an audit found as files: JSON, a table with one finding a row, a page for a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from html import escape

from govfin_extract.document import Document
from govfin_extract.records import Fact, Finding, decimal_text
from govfin_extract.writers import jsonl

__all__ = ["encode"]

_COLUMNS = (
    "document", "rule", "verdict", "arithmetic", "difference", "tolerance", "facts", "figures", "pages", "starts",
    "readings", "message_zh", "message_en",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AROUND = 40
_STYLE = """
body { font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
body { max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.3em; } .about, .en, .where { color: #666; } .off { border-left: 4px solid #c0392b; }
.note { border-left: 4px solid #2980b9; } section { padding: 0 1em; margin: 1.2em 0; } code { font-weight: bold; }
mark { background: #fdeaa7; } li { margin: .2em 0; }
""".strip()

Audited = Iterable[tuple[str, Document]]


def encode(documents: Audited, format_: str) -> bytes:
    """The findings and notes of documents as ``json``, ``csv`` or ``html``."""
    return {"json": _json, "csv": _csv, "html": _html}[format_](documents)


def _json(documents: Audited) -> bytes:
    """One indented object; several documents one a line."""
    every = [document for _, document in documents]
    return jsonl.to_json(every[0]) if len(every) == 1 else b"".join(jsonl.to_line(document) for document in every)


def _csv(documents: Audited) -> bytes:
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(_COLUMNS)
    for name, document in documents:
        facts = {fact.id: fact for fact in document.facts}
        for finding in (*document.findings, *document.notes):
            table.writerow([_safe(cell) for cell in _row(name, finding, facts)])
    return file.getvalue().encode("utf-8", "backslashreplace")


def _row(name: str, finding: Finding, facts: dict[str, Fact]) -> Iterator[str]:
    known = [facts[id_] for id_ in finding.facts if id_ in facts]
    yield from (name, finding.rule, finding.verdict, finding.arithmetic)
    yield from (decimal_text(finding.difference) or "", decimal_text(finding.tolerance) or "")
    yield " ".join(finding.facts)
    yield " | ".join(" ".join(fact.text.split()) for fact in known)
    yield " ".join(str(fact.page) for fact in known if fact.page)
    yield " ".join(str(fact.start) for fact in known)
    yield " | ".join(finding.readings)
    yield from (finding.message.zh, finding.message.en)


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula; a number stays as it is."""
    if cell.startswith(_FORMULA) and not cell[1:].replace(".", "", 1).isdecimal():
        return f"'{cell}"
    return cell


def _html(documents: Audited) -> bytes:
    parts = ['<!DOCTYPE html>\n<html lang="zh">\n<meta charset="utf-8">\n<title>govfin audit</title>']
    parts.append(f"<style>\n{_STYLE}\n</style>")
    for name, document in documents:
        parts.extend(_page(name, document))
    return ("\n".join(parts) + "\n</html>\n").encode("utf-8", "backslashreplace")


def _page(name: str, document: Document) -> Iterator[str]:
    about = document.metadata
    yield f"<h1>{escape(about.title or name)}</h1>"
    told = [name, about.organization, about.fiscal_year, about.doc_type]
    yield f'<p class="about">{escape(" · ".join(item for item in told if item))}</p>'
    if document.relations:
        count = document.relations
        yield (
            f"<p>{count.found} relations: {count.held} hold, {count.off} off, {count.not_checkable} not checkable</p>"
        )
    facts = {fact.id: fact for fact in document.facts}
    for kind, findings in (("off", document.findings), ("note", document.notes)):
        for finding in findings:
            yield from _section(kind, finding, facts, document.text)


def _section(kind: str, finding: Finding, facts: dict[str, Fact], text: str) -> Iterator[str]:
    yield f'<section class="{kind}"><h2>{escape(finding.rule)} · {escape(finding.verdict)}</h2>'
    yield f"<p><code>{escape(finding.arithmetic)}</code></p>"
    yield f'<p>{escape(finding.message.zh)}</p><p class="en">{escape(finding.message.en)}</p><ul>'
    for id_ in finding.facts:
        if (fact := facts.get(id_)) is not None:
            before, after = text[max(0, fact.start - _AROUND) : fact.start], text[fact.end : fact.end + _AROUND]
            page = f", p. {fact.page}" if fact.page else ""
            yield (
                f'<li><span class="where">{id_}, {fact.start}:{fact.end}{page}</span> '
                f"…{escape(before)}<mark>{escape(fact.text)}</mark>{escape(after)}…</li>"
            )
    yield "".join(f"<li>{escape(reading)}</li>" for reading in finding.readings) + "</ul></section>"
