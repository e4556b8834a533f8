"""The source format of labelled documents (corpora/FORMAT.md): marks inside the text, to text and gold.

Run as a script it checks files and, with ``--out``, writes ``<name>.txt`` and ``<name>.gold.json``:

    python -m govfin_extract.bench.markup --check corpora/src/dev/*.mark
    python -m govfin_extract.bench.markup --out corpora/dev corpora/src/dev/*.mark
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any, NamedTuple

KINDS = ("amount", "staffing", "event", "score", "ratio", "asset", "institution", "grade")
MODIFIERS = ("exact", "approx", "over", "under", "at_least", "at_most")
MEASURES = ("level", "change", "growth", "share", "completion")
BASES = ("actual", "budget", "adjusted_budget", "target")
HEAD_KEYS = ("doc", "organization", "fiscal_year", "doc_type")
AUDIT_TYPES = (
    "sum",
    "share",
    "growth",
    "completion",
    "contradiction",
    "score",
    "unit",
    "direction",
    "staff",
    "count",
    "name_year",
)
_MARK = re.compile(r"⟦([^⟦⟧]*)⟧")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")
_ATTRIBUTES = {
    "mod": "modifier",
    "m": "measure",
    "b": "basis",
    "p": "period",
    "max": "max_score",
    "concept": "concept",
    "code": "code",
    "id": "id",
}
_CHOICES = {"modifier": MODIFIERS, "measure": MEASURES, "basis": BASES}


class MarkupError(ValueError):
    """A corpus document that does not follow the format; the message names the mark."""


class Labelled(NamedTuple):
    """A parsed document: its name, head fields, clean text, facts and planted errors (gold JSON records)."""

    name: str
    meta: dict[str, str]
    text: str
    facts: list[dict[str, Any]]
    audit: list[dict[str, Any]]

    def gold(self) -> dict[str, Any]:
        planted = {"audit": self.audit} if self.audit else {}
        return {"doc": self.name, "meta": self.meta, "facts": self.facts, **planted}


def parse(source: str, *, name: str = "document") -> Labelled:
    """Parse one ``.mark`` file's content.

    Raises:
        MarkupError: all complaints at once, one a line.
    """
    head, separator, body = source.partition("\n---\n")
    if not separator:
        raise MarkupError(f"{name}: no line '---' between head and text")
    lines = list(_head_lines(head, name))
    meta = {key: value for key, value in lines if key != "audit"}
    missing = [key for key in HEAD_KEYS if key not in meta]
    if missing:
        raise MarkupError(f"{name}: head lacks {', '.join(missing)}")
    text, marks = _strip_marks(body)
    complaints: list[str] = []
    facts = []
    for number, (start, end, fields) in enumerate(marks, 1):
        try:
            facts.append(_fact(number, start, end, fields, text, meta["fiscal_year"]))
        except MarkupError as error:
            around = text[max(0, start - 20) : end + 10].replace("\n", "⏎")
            complaints.append(f"{name}: mark {number} …{around}…: {error}")
    known = Counter(fact["id"] for fact in facts)
    complaints += [f"{name}: the id {id_} stands on {count} marks" for id_, count in known.items() if count > 1]
    audit = []
    for key, value in lines:
        if key == "audit":
            try:
                audit.append(_planted(value, known))
            except MarkupError as error:
                complaints.append(f"{name}: audit: {value}: {error}")
    if complaints:
        raise MarkupError("\n".join(complaints))
    return Labelled(meta.pop("doc"), meta, text, facts, audit)


def _planted(line: str, known: Container[str]) -> dict[str, Any]:
    """A planted error: ``type | ids | what is wrong``."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 3 or not all(parts):
        raise MarkupError("needs type | ids of the facts concerned | what is wrong")
    type_, ids, what = parts
    if type_ not in AUDIT_TYPES:
        raise MarkupError(f"the type must be one of {', '.join(AUDIT_TYPES)}, not {type_!r}")
    missing = [id_ for id_ in ids.split() if id_ not in known]
    if missing:
        raise MarkupError(f"no mark has the id {', '.join(missing)}")
    return {"what": what, "facts": ids.split(), "type": type_}


def _head_lines(head: str, name: str) -> Iterable[tuple[str, str]]:
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise MarkupError(f"{name}: head line without a colon: {line!r}")
        yield key.strip(), value.strip()


def _strip_marks(body: str) -> tuple[str, list[tuple[int, int, list[str]]]]:
    pieces: list[str] = []
    marks = []
    length = done = 0
    for match in _MARK.finditer(body):
        before = body[done : match.start()]
        surface, *fields = match.group(1).split("|")
        start = length + len(before)
        length = start + len(surface)
        pieces += [before, surface]
        marks.append((start, length, fields))
        done = match.end()
    pieces.append(body[done:])
    text = "".join(pieces)
    if "⟦" in text or "⟧" in text:
        at = max(text.find("⟦"), text.find("⟧"))
        raise MarkupError(f"a bracket ⟦ or ⟧ without its partner near {text[max(0, at - 20) : at + 20]!r}")
    return text, marks


def _fact(number: int, start: int, end: int, fields: list[str], text: str, year: str) -> dict[str, Any]:
    if len(fields) != 2:
        raise MarkupError(f"needs surface|kind value unit|labels, has {len(fields)} bars")
    words = fields[0].split()
    if not words or words[0] not in KINDS:
        raise MarkupError(f"kind must be one of {', '.join(KINDS)}, not {words[:1]}")
    kind, rest = words[0], words[1:]
    fact: dict[str, Any] = {"id": f"f{number}", "start": start, "end": end, "text": text[start:end], "kind": kind}
    fact.update(_value(kind, rest))
    fact.update({"modifier": "exact", "measure": "level", "basis": "actual", "period": year})
    for word in rest[1:] if kind == "grade" else rest[2:]:
        fact.update(_attribute(word))
    fact["labels"] = [_label(label.strip(), start, end, text) for label in fields[1].split(" / ") if label.strip()]
    if not fact["labels"]:
        raise MarkupError("no label")
    fact.setdefault("source", "prose")
    if fact["measure"] in ("growth", "share", "completion") and kind != "ratio":
        raise MarkupError(f"measure {fact['measure']} is for ratios")
    return fact


def _value(kind: str, rest: list[str]) -> dict[str, Any]:
    if kind == "grade":
        if not rest:
            raise MarkupError("a grade needs its word")
        return {"value": rest[0], "unit": ""}
    if len(rest) < 2:
        raise MarkupError("needs a value and a unit")
    value, unit = rest[:2]
    if kind == "amount" and unit != "CNY":
        raise MarkupError("an amount has unit CNY")
    low, dots, high = value.partition("..")
    for part in (low, high) if dots else (low,):
        if not _NUMBER.match(part):
            raise MarkupError(f"value {value!r} is not a plain decimal")
    if dots:
        return {"value": None, "low": _plain(low), "high": _plain(high), "unit": unit}
    return {"value": _plain(low), "unit": unit}


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _attribute(word: str) -> dict[str, Any]:
    if word == "opt":
        return {"optional": True}
    if word == "table":
        return {"source": "table"}
    key, equals, value = word.partition("=")
    field = _ATTRIBUTES.get(key)
    if not equals or field is None:
        raise MarkupError(f"unknown attribute {word!r}; known: opt, table, {', '.join(_ATTRIBUTES)}")
    if field in _CHOICES and value not in _CHOICES[field]:
        raise MarkupError(f"{key}= must be one of {', '.join(_CHOICES[field])}, not {value!r}")
    return {field: value}


def _label(label: str, start: int, end: int, text: str) -> dict[str, list[int]]:
    place = label[0] if label[0] in ">^" else ""
    minimum, _, maximum = label.removeprefix(place).partition("⊂")
    maximum = maximum or minimum
    if place == ">":
        at = text.find(maximum, end)
    elif place == "^":
        at = text.find(maximum)
    else:
        at = text.rfind(maximum, 0, start)
    if at < 0:
        raise MarkupError(f"label {maximum!r} not found {'after' if place == '>' else 'before'} the mark")
    inner = maximum.rfind(minimum)
    if inner < 0:
        raise MarkupError(f"{minimum!r} does not stand in {maximum!r}")
    return {"min": [at + inner, at + inner + len(minimum)], "max": [at, at + len(maximum)]}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="only check, write nothing (the default without --out)")
    parser.add_argument("--show", action="store_true", help="print every fact with its resolved labels")
    parser.add_argument("--out", type=Path, help="folder for <name>.txt and <name>.gold.json")
    options = parser.parse_args(arguments)
    failed = 0
    for path in options.files:
        try:
            document = parse(path.read_bytes().decode("utf-8"), name=path.stem)
        except MarkupError as error:
            failed += 1
            print(error, file=sys.stderr)
            continue
        print(f"{path.stem}: {len(document.text)} characters, {len(document.facts)} facts")
        if options.show:
            _show(document)
        if options.out and not options.check:
            write(document, options.out)
    return 1 if failed else 0


def _show(document: Labelled) -> None:
    for fact in document.facts:
        labels = ["⊂".join(document.text[slice(*entry[end])] for end in ("min", "max")) for entry in fact["labels"]]
        value = fact["value"] if fact["value"] is not None else f"{fact['low']}..{fact['high']}"
        shown = [fact[key] for key in ("unit", "measure", "basis", "period")]
        print("  ", fact["text"], fact["kind"], value, *shown, labels)


def write(document: Labelled, folder: Path) -> None:
    """Write the text and the gold file of one document into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{document.name}.txt").write_text(document.text, "utf-8", newline="")
    gold = json.dumps(document.gold(), ensure_ascii=False, indent=1)
    (folder / f"{document.name}.gold.json").write_text(gold + "\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
