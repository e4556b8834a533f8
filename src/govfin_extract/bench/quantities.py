"""Quantities of libraries against labelled ones: sentences, expressions of the corpus, other projects' tests."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from govfin_extract.bench.comparators import Answer, Served, Tool, serve
from govfin_extract.bench.corpus import Gold, Record

ALL = "all"
NOTHING = "nothing to find"
_CLOSE = Decimal("1e-12")
_CENT = Decimal("0.01")
_MONEY = re.compile("[元万亿角]")
_FACT_KINDS = {"amount": "amount", "ratio": "percent", "score": "score"}
_OVER = ("over", "at_least")
_TIMES = re.compile("[倍番半]")  # facts say these in per cents
_SPEED = "speed"
_SPEED_SECONDS = 10.0


class Expected(NamedTuple):
    """One number that a text holds. ``text`` alone: the place counts and no value is known.

    Attributes:
        over: the text says "more than" (两千多万), so that a range that begins at the value says the same.
    """

    kind: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    text: str = ""
    over: bool = False


class Item(NamedTuple):
    """A text to read and what it holds; ``group`` is the set that it belongs to.

    Attributes:
        signless: only the numbers' sizes count (a fact's sign comes from a word outside its expression).
        cents: values count to the cent, as the set's own are given.
        rewrite: the text that a rewriting library is to make of it.
    """

    id: str
    group: str
    task: str
    text: str
    expected: tuple[Expected, ...]
    signless: bool = False
    cents: bool = False
    rewrite: str | None = None

    def request(self) -> dict[str, Any]:
        return {"id": self.id, "task": self.task, "text": self.text}


def sentences(path: Path) -> Iterator[Item]:
    """The labelled sentences of ``quantities.jsonl``; vague quantities (几十) have no value and are left out."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        expected = tuple(_expected(quantity["kind"], quantity) for quantity in row["expected"])
        known = tuple(each for each in expected if each.value is not None or each.low is not None)
        if known or not expected:
            yield Item(f"s{number}", "sentences", "sentence", row["text"], known)


def expressions(documents: Sequence[Gold]) -> Iterator[Item]:
    """The different expressions of the documents' facts in prose, each alone and with its own unit."""
    facts = (fact for document in documents for fact in document.facts if _says_all(fact))
    found = ((fact["text"], _expected(_FACT_KINDS.get(fact["kind"], "count"), fact)) for fact in facts)
    for number, (text, expected) in enumerate(dict.fromkeys(found)):
        yield Item(f"e{number}", "expressions", "expression", text, (expected,), signless=True)


def _says_all(fact: Record) -> bool:
    """Whether a fact's expression alone gives its value, without a table's head or a convention of facts."""
    if fact["source"] != "prose" or fact["kind"] == "grade" or fact.get("optional"):
        return False
    if fact["kind"] == "amount":
        return bool(_MONEY.search(fact["text"]))
    return not (fact["kind"] == "ratio" and _TIMES.search(fact["text"]))


def conformance(folder: Path, arabic: Mapping[str, Sequence[Record]] | None = None) -> Iterator[Item]:
    """The rows of other projects' tests where they are present, see the folder's README.

    JioNLP's are texts of which the sums are to be found, or one sum each, to the cent; cn2an's are one numeral each;
    rows with a ``rewrite`` are texts whose numbers are those of the rewritten text.

    Args:
        arabic: the numbers of every rewritten text, by the text.
    """
    for name, task in (("jionlp_money", "expression"), ("cn2an_tests", "numeral"), ("wetext_itn", "sentence")):
        path = folder / f"{name}.jsonl"
        rows = path.read_text("utf-8").splitlines() if path.is_file() else []
        yield from filter(None, (_row(json.loads(row), name, task, arabic or {}) for row in rows))


def _row(row: Record, name: str, task: str, arabic: Mapping[str, Sequence[Record]]) -> Item | None:
    rewrite = row.get("rewrite")
    if rewrite is not None:
        values = tuple(_expected(ALL, number) for number in arabic.get(rewrite, ()))
        return Item(row["id"], f"{name} rewritten", "sentence", row["text"], values, rewrite=rewrite)
    expected = tuple(_expected(ALL, number, number["surface"]) for number in row["expect"])
    if not expected:
        return None
    alone = len(expected) == 1 and expected[0].text == row["text"]
    return Item(row["id"], name, task if alone else "sentence", row["text"], expected, cents=name == "jionlp_money")


def rewritten(folder: Path) -> list[str]:
    """The rewritten texts of the conformance rows, to have their numbers read."""
    return [item.rewrite for item in conformance(folder) if item.rewrite is not None]


def arabic_numbers(reader: Tool, texts: Sequence[str]) -> dict[str, Sequence[Record]]:
    """The numbers of texts that are written with digits, as the baseline reads them."""
    served = serve(reader, ({"id": text, "task": "sentence", "text": text} for text in texts))
    return {text: answer.get("numbers", ()) for text, answer in served.answers.items()}


def measure(tool: Tool, items: Sequence[Item], lines: Sequence[str]) -> dict[str, Any]:
    """How many numbers of each set a tool reads right, by kind, and how fast it goes through lines of documents."""
    speed = {"id": _SPEED, "task": _SPEED, "lines": list(lines), "seconds": _SPEED_SECONDS}
    served = serve(tool, [*(item.request() for item in items), speed])
    record: dict[str, Any] = {"version": served.version, "failure": served.failure, **_described(tool)}
    if served.answers:
        record["sets"] = counted(items, served)
        if tool.about.get("rewrites"):
            record["rewritten"] = _rewritten(items, served)
        taken = served.answers.get(_SPEED, {})
        if taken.get("seconds"):
            record["characters_a_second"] = round(taken["characters"] / taken["seconds"])
    return record


def meant(record: Mapping[str, Any], group: str) -> tuple[int, int]:
    """Right and total numbers of a set, of the kinds that a library is meant for.

    >>> sets = {"sentences": {"all": [3, 9], "amount": [3, 4], "count": [0, 5]}}
    >>> meant({"kinds": ["amount"], "sets": sets}, "sentences")
    (3, 4)
    """
    by_kind = record.get("sets", {}).get(group, {})
    pairs = [by_kind[kind] for kind in record["kinds"] if kind in by_kind] or [by_kind.get(ALL, (0, 0))]
    return sum(right for right, _ in pairs), sum(total for _, total in pairs)


def _described(tool: Tool) -> dict[str, Any]:
    return {key: tool.about[key] for key in ("licence", "entry", "meant_for", "kinds")}


def counted(items: Sequence[Item], served: Served) -> dict[str, dict[str, list[int]]]:
    """Right and total numbers by set and kind; a sentence without any counts as right where nothing is found."""
    right: defaultdict[str, Counter[str]] = defaultdict(Counter)
    total: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        answer = served.answers.get(item.id, {})
        if not item.expected and item.rewrite is None:
            right[item.group][NOTHING] += answer.get("numbers") == []
            total[item.group][NOTHING] += 1
        for expected, is_right in zip(item.expected, matched(item, answer), strict=True):
            for kind in {ALL, expected.kind}:
                right[item.group][kind] += is_right
                total[item.group][kind] += 1
    return {group: {kind: [right[group][kind], count] for kind, count in total[group].items()} for group in total}


def matched(item: Item, answer: Answer) -> list[bool]:
    """Which of an item's numbers an answer has; no number of the answer stands for two.

    >>> item = Item("1", "sentences", "sentence", "5人，5个", (Expected("count", Decimal(5)),) * 2)
    >>> matched(item, {"numbers": [{"value": "5.0"}, {"value": "7"}]})
    [True, False]
    """
    left = list(answer.get("numbers", ()))
    found = []
    for expected in item.expected:
        partner = next((number for number in left if _is_same(expected, number, item)), None)
        found.append(partner is not None)
        if partner is not None:
            left.remove(partner)
    return found


def _is_same(expected: Expected, number: Record, item: Item) -> bool:
    if expected.value is None and expected.low is None:
        return "".join((number.get("text") or "").split()) == "".join(expected.text.split())
    read = _expected("", number)
    if expected.value is not None:
        found = read.low if expected.over and read.value is None else read.value
        return _equal(expected.value, found, item)
    return _equal(expected.low, read.low, item) and _equal(expected.high, read.high, item)


def _equal(expected: Decimal | None, found: Decimal | None, item: Item) -> bool:
    if expected is None or found is None:
        return expected is found
    if item.signless:
        expected, found = abs(expected), abs(found)
    tolerance = _CENT / 2 if item.cents else abs(expected) * _CLOSE
    return abs(expected - found) <= tolerance


def _expected(kind: str, number: Record, text: str = "") -> Expected:
    value = _decimal(number.get("value"))
    ends = (None, None) if value is not None else (_decimal(number.get("low")), _decimal(number.get("high")))
    return Expected(kind, value, *ends, text, over=number.get("modifier") in _OVER)


def _decimal(text: object) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _rewritten(items: Sequence[Item], served: Served) -> dict[str, list[int]]:
    """To the letter the texts that the rewriting libraries' own tests ask for, by set."""
    found: dict[str, list[int]] = {}
    for item in items:
        if item.rewrite is not None:
            count = found.setdefault(item.group, [0, 0])
            count[0] += served.answers.get(item.id, {}).get("rewrite") == item.rewrite
            count[1] += 1
    return found
