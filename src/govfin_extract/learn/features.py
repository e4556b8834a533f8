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

_LONG = 12
_SIZES = tuple(map(str, range(_LONG)))
_FAR = 64
_GAPS = tuple("0012333" + "4" * 5 + "5" * 8 + "6" * (_FAR - 20))  # a distance by its bucket

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


class LabelView:
    """A figure when its label is looked for; what all its candidates share is worked out once."""

    __slots__ = ("_at", "_clause", "_end", "_group", "_measure", "_previous", "_sentence", "_text", "_unit")

    def __init__(self, text: str, case: Case, previous: Fact | None) -> None:
        fact = case.fact
        self._text, self._at, self._end = text, fact.start, fact.end
        self._clause, self._sentence = case.clause, case.sentence
        self._group = fact.kind if fact.kind in ("amount", "ratio", "score") else "count"
        self._measure = fact.measure
        label = previous.label if previous is not None else None
        self._previous = -1 if label is None else label.start
        self._unit = fact.measure + ("u" if previous is not None and previous.unit == fact.unit else "")

    def values(self, candidate: Candidate) -> Values:
        """What is seen of a label that the figure may have, by the templates ``LABEL``."""
        start, end, how = candidate
        text, group, at, clause = self._text, self._group, self._at, self._clause
        word, kind = last_word(text, start, end)
        head, head_kind = first_word(text, start, end)
        behind, behind_kind = first_word(text, end, end + 3)
        before = text[start - 1] if start else ""
        ahead, ahead_kind = last_word(text, start - 3 if start > 3 else 0, start)
        tail, size = text[end - 2 : end], end - start
        own = clause <= start < at
        place = "own" if own else "after" if start > at else "near" if start >= self._sentence else "far"
        gap = at - end if end <= at else end - self._end
        between = text[end:at] if own else ""
        return (
            how,
            how + group + self._measure,
            kind + group,
            word,
            tail,
            tail + group,
            text[end - 3 : end],
            text[end - 1],
            head or text[start],
            text[start : start + 2],
            before + how[-2:],
            behind_kind + behind if behind else text[end : end + 1],
            ahead_kind + ahead if ahead else before,
            group + (_SIZES[size] if size < _LONG else "…"),
            place + group,
            place + (_GAPS[gap] if gap < _FAR else "…"),
            between if len(between) <= 4 else between[:2] + between[-2:],
            text[start - 2 if start - 2 > clause else clause : start] if own else place,
            place + self._unit + ("" if self._previous < 0 else "=" if self._previous == start else "≠"),
            _inside(text[start:end]),
            head_kind + kind if size <= len(word) + len(head) else "",
        )


def _inside(words: str) -> str:
    """Which marks stand within a label."""
    marks = "的" if "的" in words else ""
    if "，" in words:
        marks += "，"
    if "、" in words:
        marks += "、"
    if "（" in words:
        marks += "（"
    return marks + "。" if "。" in words else marks


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
    "label 4",
    "^1",
    "^2",
    "^1 of",
    "^2 in",
    "$2",
    "$2 of",
    "sentence",
    "heading 4",
    "column",
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
        label[-4:],
        before[-1:],
        before[-2:],
        f"{before[-1:]}{kind}{measure}",
        f"{before[-2:]}{basis}",
        after,
        after + unit,
        text[case.sentence : case.sentence + 3],
        heading[-4:] + basis,
        column[-6:],
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
