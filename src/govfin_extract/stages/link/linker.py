"""Tying figures to what they measure: one walk through the document, sentence by sentence, remembering the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from govfin_extract.stages.link import kinds, periods, right
from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.labels import is_thing, money_head, trim_left, trim_right
from govfin_extract.stages.link.left import Left, read_left
from govfin_extract.text.cues import cue

Place = tuple[int, int]


@dataclass(slots=True)
class Link:
    """A figure tied to its label, with how it is to be read."""

    figure: Figure
    kind: str
    label: Place | None
    measure: str = "level"
    basis: str = "actual"
    period: str | None = None
    sign: int = 1
    unit: str = ""
    max_score: Decimal | None = None
    alternatives: list[Place] = field(default_factory=list)
    confidence: float = 0.9
    evidence: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Situation:
    """What the document says of itself and of where a sentence stands."""

    year: str | None
    planned: bool = False
    heading: str = ""
    heading_place: Place | None = None
    aim: bool = False


@dataclass(slots=True)
class Memory:
    """The subjects that an elided one may take up."""

    topic: Place | None = None       # the first own label of the last sentence with one
    last: Place | None = None        # the last own label
    sentence_first: Place | None = None
    cause: bool = False
    basis: str | None = None


class Linker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.memory = Memory()

    def sentence(self, start: int, end: int, figures: list[Figure], situation: Situation) -> Iterator[Link]:
        """The links of one sentence's figures, in order."""
        memory = self.memory
        memory.sentence_first = None
        memory.cause = False
        if not figures:
            self._remember_silent(start, end)
            return
        low = start
        links: list[Link] = []
        for index, figure in enumerate(figures):
            high = figures[index + 1].start if index + 1 < len(figures) else end
            link = self._link(figure, start, low, high, links, situation)
            links.append(link)
            low = figure.end
        yield from links
        if memory.sentence_first:
            memory.topic = memory.sentence_first

    def heading(self, place: Place) -> None:
        """A heading ends what came before it: it is the next elided subject."""
        start = trim_left(self.text, *place)
        self.memory.topic = self.memory.last = (start, trim_right(self.text, start, place[1]))

    def _remember_silent(self, start: int, end: int) -> None:
        while end > start and self.text[end - 1] in "。：； \n":
            end -= 1
        begin = trim_left(self.text, start, end)
        if is_thing(self.text, begin, end):
            self.memory.topic = self.memory.last = (begin, end)

    def _link(self, figure: Figure, sentence: int, low: int, high: int, before: list[Link], situation: Situation) -> Link:
        text = self.text
        rate, points = figure.is_rate, figure.kind == "percentage_point"
        left = read_left(text, low, figure.start, rate=rate, points=points)
        link = Link(figure, "", None, evidence=[left.evidence] if left.evidence else [])
        own = self._own_label(figure, left)
        label, how = self._choose(figure, left, own, low, high, before, situation)
        link.label = label
        link.evidence.append(f"label: {how}")
        words = text[slice(*label)] if label else ""
        clause = text[left.clause : figure.start]
        link.kind = kinds.kind_of(figure, words, clause, situation.heading)
        link.unit = self._unit(link, figure)
        link.measure = left.measure or self._inherited_measure(figure, left, low, before)
        link.sign = left.sign if left.measure else (before[-1].sign if before and link.measure in ("change", "growth") else 1)
        if points and link.measure == "level" and left.measure is None:
            link.measure = "change"
        link.basis = self._basis(left, link, situation, before, clause)
        relative = link.measure in ("change", "growth")
        link.period, reason = periods.period_of(text, sentence, left.clause, figure.start, year=situation.year, relative=relative)
        link.evidence.append(reason)
        link.max_score = figure.max_score
        link.confidence = _CONFIDENCE[how]
        if how in ("own words", "noun after", "before the bracket"):
            self._remember(label, left, sentence)
        return link

    def _unit(self, link: Link, figure: Figure) -> str:
        """The unit of a fact; a zero in words has that of the item that it answers."""
        if figure.kind in ("zero", "bare", "nothing"):
            return {"amount": "CNY", "staffing": "人", "institution": "个"}.get(link.kind, "起")
        return "%" if figure.kind == "ratio" else figure.unit

    def _own_label(self, figure: Figure, left: Left) -> Place | None:
        start = trim_left(self.text, left.start, left.end)
        end = trim_right(self.text, start, left.end)
        if figure.kind == "amount":
            start = money_head(self.text, start, end)
        if end - start < 2 and not self.text[start:end].strip():
            return None
        return (start, end) if end > start and _HAN.search(self.text, start, end) else None

    def _choose(
        self, figure: Figure, left: Left, own: Place | None, low: int, high: int, before: list[Link], situation: Situation
    ) -> tuple[Place | None, str]:
        text = self.text
        if figure.kind == "count" and left.measure is None:
            after = right.noun_after(text, figure.end, high)
            if after and not (own and high < len(text) and self._next_needs(after, high)):
                return after, "noun after"
        if own:
            return own, "own words"
        if left.bracket >= 0 and left.bracket > low - 1:
            start = trim_left(text, self._clause_before(left.bracket, low), left.bracket)
            if left.bracket - start >= 2:
                return (start, trim_right(text, start, left.bracket)), "before the bracket"
        if figure.kind == "amount":
            purpose = right.verb_phrase_after(text, figure.end, high)
            if purpose and not before:
                return purpose, "purpose after"
        if rate_needs_noun(figure, left):
            after = right.noun_after(text, figure.end, high)
            if after and left.measure is None:
                return after, "noun after"
        thing = self._earlier_clause(left, low)
        if thing:
            self._remember(thing, left, low)
            return thing, "clause before"
        if self.memory.last and before:
            return self.memory.last, "same subject"
        if self.memory.topic:
            return self.memory.topic, "subject of the sentence before"
        if situation.heading_place:
            return situation.heading_place, "heading"
        return None, "none"

    def _next_needs(self, after: Place, high: int) -> bool:
        """The words up to the next figure are that figure's own label."""
        return after[1] >= high and bool(_NEXT_LABEL.match(self.text, after[0]))

    def _clause_before(self, at: int, low: int) -> int:
        while at > low and self.text[at - 1] not in "，。；：（":
            at -= 1
        return at

    def _earlier_clause(self, left: Left, low: int) -> Place | None:
        """A clause without a figure before the figure's own, if it names a thing: 公务接待费，支出决算为…"""
        at = left.clause
        for _ in range(3):
            if at - 1 <= low:
                return None
            end = at - 1
            begin = self._clause_before(end, low)
            start = trim_left(self.text, begin, end)
            stop = trim_right(self.text, start, end)
            if is_thing(self.text, start, stop) and not _COMPARING.match(self.text, start, stop):
                return start, stop
            at = begin
        return None

    def _inherited_measure(self, figure: Figure, left: Left, low: int, before: list[Link]) -> str:
        """A figure right after another, parted only by 、和与: it is read as that one was."""
        if before and left.end == left.start and before[-1].figure.is_rate == figure.is_rate:
            between = self.text[low : figure.start].strip()
            if between in ("、", "和", "与", "，", "及", "；", "和"):
                return before[-1].measure
        return "level"

    def _basis(self, left: Left, link: Link, situation: Situation, before: list[Link], clause: str) -> str:
        if left.basis:
            return left.basis
        if link.measure == "completion":
            return "actual"
        if _TARGET.search(clause) and not _DONE.search(clause):
            return "target"
        if situation.aim:
            return "target"
        if situation.planned and link.kind in ("amount", "ratio", "event") and link.kind != "event":
            return "budget"
        return "actual"

    def _remember(self, label: Place | None, left: Left, sentence: int) -> None:
        if not label:
            return
        if not self.memory.cause and _CAUSE.search(self.text, sentence, left.clause):
            self.memory.cause = True
        self.memory.last = label
        if self.memory.sentence_first is None and not self.memory.cause:
            self.memory.sentence_first = label


def rate_needs_noun(figure: Figure, left: Left) -> bool:
    return figure.is_rate and left.end == left.start


_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_NEXT_LABEL = cue(r"涉案|涉及|金额|资金|其中|共|总|合计|累计|查处|处罚|罚款|发放|惠及|受益")
_COMPARING = cue(r"[比较与同和跟][^，]{0,8}{change.base}")
_TARGET = cue(r"力争|计划|拟(?=[^定])|目标|预期|预计|争取|确保")
_DONE = cue(r"完成|实际|达到|实现|执行|占")
_CAUSE = cue(r"{cause.words}")
_CONFIDENCE = {
    "own words": 0.95, "noun after": 0.92, "before the bracket": 0.9, "purpose after": 0.6, "clause before": 0.8,
    "same subject": 0.88, "subject of the sentence before": 0.7, "heading": 0.5, "none": 0.1,
}
