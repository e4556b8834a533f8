"""Facts without their places: what two files of one document must agree on, and what its labels say they hold."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from govfin_extract.bench.markup import Labelled
from govfin_extract.document import Document

Record = dict[str, Any]

_BLANK = re.compile(r"\s+")


class Wanted(NamedTuple):
    """A labelled fact, carried along without offsets: its key, its accepted labels (min, max), and whether it counts."""

    key: tuple[object, ...]
    labels: tuple[tuple[str, str], ...]
    optional: bool


class Score(NamedTuple):
    """How many facts are labelled, how many of them were found, and how many were found besides."""

    gold: int
    fact: int
    spurious: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Score(gold=10, fact=9, spurious=1).f1
        0.9
        """
        return 2 * self.fact / (self.gold + self.fact + self.spurious)


def plain(text: str | None) -> str:
    """A text without white space, wide and narrow forms alike.

    >>> plain("公务用车 运行维护费（元）")
    '公务用车运行维护费(元)'
    """
    return unicodedata.normalize("NFKC", _BLANK.sub("", text or ""))


def carried(document: Labelled) -> list[Wanted]:
    """The labelled facts of a document, in their order."""
    text = document.text
    return [
        Wanted(
            _key(fact),
            tuple((plain(text[slice(*entry["min"])]), plain(text[slice(*entry["max"])])) for entry in fact["labels"]),
            bool(fact.get("optional")),
        )
        for fact in document.facts
    ]


def score(wanted: Sequence[Wanted], document: Document) -> Score:
    """The facts of a file against the labels, each used once, wherever they stand."""
    found: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for fact in document.facts:
        record = fact.to_dict()
        found[_key(record)].append(_label(record))
    right = [each for each in wanted if not each.optional and _take(found[each.key], each.labels)]
    for each in wanted:
        if each.optional:
            _take(found[each.key], each.labels)
    gold = sum(not each.optional for each in wanted)
    return Score(gold, len(right), sum(map(len, found.values())))


def agreement(one: Document, other: Document) -> float:
    """F1 between the facts of two files of one document by value, unit, label text and basis.

    >>> import govfin_extract as gfe
    >>> one, other = gfe.extract("收入10万元，支出9万元。"), gfe.extract("收入 10 万元，支出8万元。")
    >>> agreement(one, one), agreement(one, other)
    (1.0, 0.5)
    """
    left, right = _said(one), _said(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def differences(one: Document, other: Document, limit: int = 12) -> str:
    """What only one of two files says, for the message of a failed test."""
    left, right = _said(one), _said(other)
    only = [f"only {side}: {said}" for side, rest in (("here", left - right), ("there", right - left)) for said in rest]
    return "\n".join(only[:limit])


def _said(document: Document) -> Counter[tuple[object, ...]]:
    records = (fact.to_dict() for fact in document.facts)
    return Counter((*_value(record), plain(record["unit"]), _label(record), record["basis"]) for record in records)


def _take(labels: list[str], accepted: Sequence[tuple[str, str]]) -> bool:
    for label in labels:
        if any(least in label and label in most for least, most in accepted):
            labels.remove(label)
            return True
    return False


def _key(record: Record) -> tuple[object, ...]:
    """All that a fact must get right but its label."""
    rest = (record.get("measure") or "level", record.get("basis") or "actual", record.get("period"))
    full_mark = _number(record.get("max_score"))
    return (record["kind"], *_value(record), plain(record.get("unit")), *rest, full_mark)


def _value(record: Record) -> tuple[object, ...]:
    return tuple(
        _number(record.get(name)) for name in ("value", "low", "high")[: 3 if record.get("value") is None else 1]
    )


def _number(value: object) -> Decimal | str | None:
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return plain(str(value))


def _label(record: Record) -> str:
    label = record.get("label")
    return plain(label["text"]) if label else ""
