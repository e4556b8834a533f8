"""What the annotation guide asks of a labelled fact beyond its format: canonical values, units, concepts and codes.

    python -m govfin_extract.bench.guide corpora/src/*/*.mark

prints what is wrong in any of the files, a line each, and ends with 1 where something is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from govfin_extract.api import parse_quantity
from govfin_extract.bench.markup import Labelled, MarkupError, parse
from govfin_extract.errors import QuantityError
from govfin_extract.text.datafiles import read_tsv
from govfin_extract.text.normalise import normalise

_PERIOD = re.compile(r"(?:19|20)\d\d(?:/(?:19|20)\d\d)?$")
_CODE = re.compile(r"\d{3}(?:\d\d)?(?:\d\d)?$")
_UNITS = {"amount": ("CNY",), "ratio": ("%", "pp"), "score": ("分",), "grade": ("",)}
_NOTHING = re.compile(r"[无零没未空—-]")
_TIGHT = re.compile(r"\s")


@cache
def _concepts() -> frozenset[str]:
    return frozenset(row["id"] for row in read_tsv("taxonomy/concepts.tsv"))


def complaints(document: Labelled) -> list[str]:
    """What the guide would not have in a document's labels, a line each; empty where all is well.

    >>> from govfin_extract.bench.markup import parse
    >>> head = "doc: d\\norganization: 甲局\\nfiscal_year: 2022\\ndoc_type: 部门决算\\n---\\n"
    >>> complaints(parse(head + "收入⟦3万元|amount 3000 CNY|收入⟧", name="d"))
    ["d: f1 '3万元': the words say 30000, the label says 3000"]
    """
    found = []
    previous: Mapping[str, Any] | None = None
    for fact in document.facts:
        if previous is not None and fact["start"] < previous["end"]:
            found.append(f"{document.name}: {fact['id']} overlaps {previous['id']}")
        previous = fact
        found += [f"{document.name}: {fact['id']} {fact['text']!r}: {wrong}" for wrong in _wrong(fact)]
    return found


def _wrong(fact: Mapping[str, Any]) -> Iterator[str]:
    allowed = _UNITS.get(fact["kind"])
    if allowed and fact["unit"] not in allowed:
        yield f"unit of {fact['kind']} must be {' or '.join(map(repr, allowed))}, not {fact['unit']!r}"
    if fact["kind"] not in _UNITS and fact["unit"] in ("CNY", "%", "pp", "分"):
        yield f"{fact['kind']} has no unit {fact['unit']!r}"
    if not _PERIOD.match(fact["period"]):
        yield f"period {fact['period']!r} is no year nor a span of two"
    if fact["measure"] == "change" and fact["kind"] == "grade":
        yield "a grade is a level"
    if "max_score" in fact and fact["kind"] != "score":
        yield "only a score has a full mark"
    concept, code = fact.get("concept"), fact.get("code")
    if concept and concept not in _concepts():
        yield f"concepts.tsv has no id {concept!r}"
    if code and not _CODE.match(code):
        yield f"code {code!r} has not 3, 5 or 7 digits"
    if any(label["min"][0] < fact["end"] and fact["start"] < label["min"][1] for label in fact["labels"]):
        yield "a label holds the figure itself"
    yield from _value(fact)


def _value(fact: Mapping[str, Any]) -> Iterator[str]:
    """Words that say another value than the label: only where number and unit stand in the surface."""
    if fact["kind"] == "grade" or fact["source"] == "table":
        return
    surface = _TIGHT.sub("", normalise(fact["text"]).text)
    if _NOTHING.match(surface) and not surface[1:2].isdecimal():
        if fact["value"] not in ("0", None):
            yield f"{surface} says nothing, the label says {fact['value']}"
        return
    try:
        quantity = parse_quantity(surface)
    except QuantityError:
        return
    said = [quantity.low, quantity.high] if fact["value"] is None else [quantity.value]
    labelled = [fact.get("low"), fact.get("high")] if fact["value"] is None else [fact["value"]]
    if None in said or _bare(quantity.unit) != _bare(fact["unit"]):
        return
    if [abs(Decimal(str(number))) for number in labelled] != [abs(number) for number in said if number is not None]:
        yield f"the words say {_shown(said)}, the label says {_shown(labelled)}"


def _shown(numbers: list[Any]) -> str:
    return "..".join(str(number) for number in numbers)


def _bare(unit: str) -> str:
    return normalise(unit).text.replace("（", "(").replace("）", ")")


def main(files: list[str]) -> int:
    found: list[str] = []
    for path in map(Path, files):
        try:
            found += complaints(parse(path.read_bytes().decode("utf-8"), name=path.stem))
        except MarkupError as error:
            found.append(str(error))
    print("\n".join(found) or f"{len(files)} documents follow the guide")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
