"""What the model sees of a figure and of a label that it may have: characters, words, structure, the rules' proposals.

Each function gives one value for each of its templates, in their order; a template and a value make a feature, which
has a weight. Values are short strings and pieces of the text, so that weights can be read.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from govfin_extract.learn.case import Candidate, Case
from govfin_extract.records import Fact
from govfin_extract.text.wordclass import first_word, last_word

Values = tuple[str, ...]

_GAPS = (0, 0, 1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5)  # a distance by its bucket
_MARKS = frozenset("的，、（年。；")
_LONG = 12

LABEL: Final = (
    "how",
    "how in",
    "end class",
    "end word",
    "end 2",
    "end 2 of",
    "end 3",
    "end 1",
    "begin",
    "begin 2",
    "before",
    "behind",
    "ahead",
    "size",
    "place",
    "gap",
    "between",
    "from",
    "again",
    "inside",
    "whole",
)


def label_values(text: str, case: Case, candidate: Candidate, previous: Fact | None) -> Values:
    """What is seen of a label that a figure may have, by the templates ``LABEL``."""
    start, end, how = candidate
    fact = case.fact
    at, clause = fact.start, case.clause
    group = fact.kind if fact.kind in ("amount", "ratio", "score") else "count"
    word, kind = last_word(text, start, end)
    head, head_kind = first_word(text, start, end)
    behind, behind_kind = first_word(text, end, end + 3)
    before = text[start - 1] if start else ""
    ahead, ahead_kind = last_word(text, max(0, start - 3), start)
    tail = text[end - 2 : end]
    size = end - start
    place = "own" if clause <= start < at else "after" if start > at else "near" if start >= case.sentence else "far"
    gap = at - end if end <= at else end - fact.end
    spread = str(_GAPS[gap]) if gap < len(_GAPS) else "6" if gap < 64 else "7"
    own = place == "own"
    between = text[end:at] if own else ""
    return (
        how,
        f"{how} {group} {fact.measure}",
        kind + group,
        word,
        tail,
        tail + group,
        text[end - 3 : end],
        tail[-1:],
        head or text[start],
        text[start : start + 2],
        before + how[-2:],
        behind_kind + behind if behind else text[end : end + 1],
        ahead_kind + ahead if ahead else before,
        group + str(size if size < _LONG else _LONG),
        place + group,
        place + spread,
        between if len(between) <= 4 else between[:2] + between[-2:],
        text[max(clause, start - 2) : start] if own else place,
        _again(fact, start, previous) + place,
        "".join(sorted(_MARKS.intersection(text[start:end]))),
        head_kind + kind if size <= len(word) + len(head) else "",
    )


def _again(fact: Fact, start: int, previous: Fact | None) -> str:
    """How a label and its figure stand to the figure before."""
    if previous is None or previous.label is None:
        return ""
    same = "=" if previous.label.start == start else "≠"
    return f"{same}{'u' if previous.unit == fact.unit else ''}{fact.measure}"


FIGURE: Final = (
    "bias",
    "rules",
    "kind",
    "measure",
    "basis",
    "basis in",
    "period",
    "how",
    "type",
    "modifier",
    "number",
    "label 2",
    "label 2 of",
    "label 3",
    "label 4",
    "label begin",
    "^1",
    "^2",
    "^3",
    "^4",
    "^1 of",
    "^2 in",
    "$1",
    "$2",
    "$2 of",
    "sentence",
    "heading 2",
    "heading 4",
    "column",
    "column 2",
    "column of",
    "previous kind",
    "previous basis",
    "previous measure",
)
BAG: Final = "^"  # the pairs of characters before the figure
_WINDOW = 10


def figure_values(text: str, case: Case, fact: Fact, previous: Fact | None, about: tuple[str, str]) -> Values:
    """What is seen of a figure when its kind, measure, basis and period are decided, and whether it is a fact.

    Args:
        fact: the rules' reading with the label that was chosen.
        about: the document's type and fiscal year.
    """
    doc_type, year = about
    kind, unit, measure, basis = fact.kind, fact.unit, fact.measure, fact.basis
    period = _relative(fact.period, year)
    start, end = fact.start, fact.end
    before = text[max(case.clause, start - _WINDOW) : start]
    after = text[end : end + 2]
    label = text[fact.label.start : fact.label.end] if fact.label is not None else ""
    column, heading = case.column, case.heading
    near = "" if previous is None else "=" if previous.end > case.sentence else "<"
    return (
        "",
        f"{kind} {measure} {basis} {period}",
        f"{kind} {unit}",
        f"{measure} {kind}",
        f"{basis} {kind}",
        f"{basis} {doc_type}",
        f"{period} {measure} {basis}",
        f"{case.how} {kind}",
        f"{doc_type} {kind}",
        f"{fact.modifier} {kind}",
        _number(text, fact),
        label[-2:],
        label[-2:] + unit,
        label[-3:],
        label[-4:],
        label[:2],
        before[-1:],
        before[-2:],
        before[-3:],
        before[-4:],
        f"{before[-1:]}{kind}{measure}",
        f"{before[-2:]}{basis}",
        after[:1] + kind,
        after,
        after + unit,
        text[case.sentence : case.sentence + 3],
        heading[-2:] + basis,
        heading[-4:] + basis,
        column[-6:],
        column[-2:] + kind,
        f"{column[-6:]} {basis} {measure}",
        f"{near}{previous.kind} {kind} {previous.unit == unit}" if previous else "",
        f"{near}{previous.basis} {basis}" if previous else "",
        f"{near}{previous.measure} {measure}" if previous else "",
    )


def words_before(text: str, case: Case) -> list[str]:
    """The pairs of characters before the figure, in its clause: the bag ``BAG``."""
    start = case.fact.start
    return [text[at : at + 2] for at in range(max(case.clause, start - _WINDOW), start - 1)]


def _number(text: str, fact: Fact) -> str:
    """A small or zero number by its value, one in Chinese numerals by its first; "" for all others."""
    first = text[fact.start]
    if not first.isdecimal():
        return first + fact.unit
    value = fact.value
    if not isinstance(value, Decimal) or len(fact.unit) == 0 or value > 10:
        return ""
    return f"{value}{fact.unit}" if value == int(value) else ""


def _relative(period: str | None, year: str) -> str:
    """A period as seen from the document's year: 0, -1, 1, far, span, none."""
    if period == year:
        return "0"
    if period is None or not year.isdecimal():
        return "none"
    if not period.isdecimal():
        return "span"
    distance = int(period) - int(year)
    return str(distance) if abs(distance) <= 1 else "far"
