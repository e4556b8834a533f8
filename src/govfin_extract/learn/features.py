"""What the model sees of a figure and of a label that it may have: characters, words, structure, the rules' proposals.

A feature is a short string; its weight stands in the model's vocabulary. Names begin with what they look at, so that a
weight can be read: ``^`` the words before the figure, ``$`` those behind it, ``l`` the label, ``h`` the heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govfin_extract.learn.case import Candidate, Case
from govfin_extract.records import Fact
from govfin_extract.text.lexicon import is_term
from govfin_extract.text.wordclass import first_word, last_word

_WINDOW = 14
_AFTER = 4
_STOPS = "，。；、：（）\n\t"
_DISTANCES = (0, 1, 2, 4, 8, 16, 32, 64, 128)


def _bucket(distance: int) -> int:
    for number, bound in enumerate(_DISTANCES):
        if distance <= bound:
            return number
    return len(_DISTANCES)


def label_features(text: str, case: Case, candidate: Candidate, previous: Fact | None) -> Iterator[str]:
    """What is seen of a label that a figure may have."""
    start, end, how = candidate
    fact = case.fact
    group = fact.kind if fact.kind in ("amount", "ratio", "score") else "count"
    size = end - start
    word, kind = last_word(text, start, end)
    head, head_kind = first_word(text, start, end)
    after = text[end : end + 1]
    before = text[start - 1] if start else ""
    tail = text[end - 2 : end]
    yield f"how {how}"
    yield f"how {how} {group} {fact.measure}"
    yield f"end {kind} {group}"
    yield f"word {word}" if word else f"end2 {tail}"
    yield f"end2 {tail} {group}"
    yield f"end1 {text[end - 1]}"
    yield f"begin {head_kind} {head}"
    yield f"begin2 {text[start : start + 2]}"
    yield f"before {before} {how[-2:]}"
    yield f"after {after}"
    behind, behind_kind = first_word(text, end, min(end + 3, len(text)))
    yield f"behind {behind_kind} {behind}"
    ahead, ahead_kind = last_word(text, max(0, start - 3), start)
    yield f"ahead {ahead_kind} {ahead}"
    yield f"size {min(size, 12)} {group}"
    yield f"whole {kind}" if size == len(word) else "part"
    yield f"term {is_term(text[start:end])} {group}"
    own = case.clause <= start < fact.start
    yield f"place {own} {start >= case.sentence} {start > fact.start}"
    gap = fact.start - end if end <= fact.start else end - fact.end
    yield f"gap {_bucket(gap)} {start > fact.start}"
    if own:
        between = text[end : fact.start]
        yield f"to {between}" if len(between) <= 3 else f"to {between[:2]}…{between[-2:]}"
        yield f"from {text[max(case.clause, start - 2) : start]}"
    if previous is not None and previous.label is not None:
        yield f"again {previous.label.start == start} {previous.unit == fact.unit} {fact.measure} {own}"
    inside = text[start:end]
    for mark in "的，、（年":
        if mark in inside:
            yield f"holds {mark}"
    if any(char.isdecimal() for char in inside):
        yield "holds digits"


def fact_features(text: str, case: Case, fact: Fact, previous: Fact | None, about: tuple[str, str]) -> Iterator[str]:
    """What is seen of a figure when its kind, measure, basis and period are decided, and whether it is a fact.

    Args:
        fact: the rules' reading with the label that was chosen.
        about: the document's type and fiscal year.
    """
    doc_type, year = about
    unit = fact.unit
    yield "bias"
    period = _relative(fact.period, year)
    proposed = f"{fact.kind} {fact.measure} {fact.basis} {period}"
    yield f"rules {proposed}"
    yield f"kind {fact.kind} {unit}"
    yield f"measure {fact.measure} {fact.kind}"
    yield f"basis {fact.basis} {fact.kind}"
    yield f"basis {fact.basis} {doc_type}"
    yield f"period {period} {fact.measure} {fact.basis}"
    yield f"how {case.how} {fact.kind}"
    yield f"type {doc_type} {fact.kind}"
    yield f"modifier {fact.modifier} {fact.kind}"
    yield from _value_features(text, fact)
    label = fact.label
    if label is not None:
        words = text[label.start : label.end]
        yield f"l {words[-2:]} {unit}"
        yield f"l {words[-3:]}"
        yield f"l {words[-4:]} {fact.kind}"
        yield f"l^ {words[:2]}"
    yield from _around(text, case)
    yield from _heading(case.heading)
    if case.column:
        yield f"column {case.column[-6:]}"
        yield f"column {case.column[-2:]} {fact.kind}"
        yield f"column {case.column[-6:]} {fact.basis} {fact.measure}"
    if previous is not None:
        near = previous.end > case.sentence
        yield f"previous {near} {previous.kind} {fact.kind} {previous.unit == unit}"
        yield f"previous {near} {previous.basis} {fact.basis}"
        yield f"previous {near} {previous.measure} {fact.measure}"


def _value_features(text: str, fact: Fact) -> Iterator[str]:
    if isinstance(fact.value, Decimal):
        if fact.value == 0:
            yield f"zero {fact.kind}"
        elif fact.kind not in ("amount", "ratio") and fact.value <= 10 and fact.value == int(fact.value):
            yield f"few {int(fact.value)} {fact.unit}"
    if not text[fact.start].isdecimal():
        yield f"written {text[fact.start]} {fact.unit}"


def _relative(period: str | None, year: str) -> str:
    """A period as seen from the document's year: 0, -1, 1, far, span, none."""
    if period is None or not year.isdecimal():
        return "none"
    if not period.isdecimal():
        return "span"
    distance = int(period) - int(year)
    return str(distance) if abs(distance) <= 1 else "far"


def _around(text: str, case: Case) -> Iterator[str]:
    """The words before the figure, in its clause, and those behind it."""
    fact = case.fact
    low = max(case.clause, fact.start - _WINDOW)
    before = text[low : fact.start]
    for size in (1, 2, 3, 4):
        yield f"^{size} {before[-size:]}"
    yield f"^1 {before[-1:]} {fact.kind} {fact.measure}"
    for at in range(len(before) - 1):
        yield f"^ {before[at : at + 2]}"
    after = text[fact.end : fact.end + _AFTER]
    for size in (1, 2, 3):
        yield f"${size} {after[:size]} {fact.kind}"
    yield f"$ {after[:2]} {fact.unit}"
    opening = text[case.sentence : case.sentence + 4]
    yield f"s {opening}"


def _heading(heading: str) -> Iterator[str]:
    tail = heading[-24:]
    for at in range(0, len(tail) - 1):
        yield f"h {tail[at : at + 2]}"
