"""Stage: what the facts' labels mean: ids of the taxonomy's concepts, and classification codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govfin_extract.records import Fact, Label, Metadata, Table
from govfin_extract.stages.concepts.codes import Codes, index_of, printed_code
from govfin_extract.stages.concepts.names import PART, Meaning, Names, names_of, nothing, what_of
from govfin_extract.stages.concepts.rows import TableRows
from govfin_extract.stages.concepts.scene import Scenes, Tags
from govfin_extract.taxonomy import Taxonomy, name_key
from govfin_extract.text.segment import Layout

__all__ = ["link_concepts"]

_TAIL_WORDS = re.compile(r"[\u3400-\u9fff（）]{1,8}")
_COPULA = re.compile(r"[为是共达约近超仅只的]+$")
_MONEY = frozenset(("amount", PART))
_SCORED = re.compile(r"(?:总分|得分|自评|评价|评分|合计|打分)[^，。；：\n]{0,4}[：]?\s*$")
_ADJACENT = 6  # characters between a label and the score right behind it
_EVALUATED = frozenset(("perf", "evaluation"))
_SHORT = 12  # characters of a label that names something, and tells nothing
_SEGMENT = re.compile(r"[；。\n]")
_AUTHORIZED, _ACTUAL = "staff.authorized.", "staff.actual."
_COUNTERPARTS = frozenset(("administrative", "institution", "worker", "political_legal", "logistics_contract"))
_LEAD_WORDS = re.compile(r"[^\s，。；：、！？,;:（）()〔〕【】“”\"\d.%]+$")
_LEAD_LENGTH = 10


def link_concepts(
    facts: Sequence[Fact], layout: Layout, tables: list[Table], about: Metadata, taxonomy: Taxonomy | None = None
) -> list[Fact]:
    """The facts with ``concept`` and ``code``; null where nothing is sure. Offsets are those of the view.

    >>> from govfin_extract.records import Label
    >>> from govfin_extract.text.segment import segment
    >>> text = "“三公”经费中公务接待费3万元"
    >>> fact = Fact("", 12, 15, "3万元", "amount", None, label=Label(7, 12, "公务接待费"))
    >>> [(linked.concept, linked.code) for linked in link_concepts([fact], segment(text), [], Metadata())]
    [('three_public.reception', None)]
    """
    linker = _Linker(facts, layout, tables, about, taxonomy)
    return [linker.linked(fact) for fact in facts]


class _Linker:
    """Links the facts of one document."""

    def __init__(
        self, facts: Sequence[Fact], layout: Layout, tables: list[Table], about: Metadata, taxonomy: Taxonomy | None
    ) -> None:
        self._text = layout.text
        self._names: Names = names_of(taxonomy)
        index = index_of(taxonomy)
        self._scenes = Scenes(layout, about, tables)
        self._codes = Codes(index, layout.text, facts, about.organization)
        self._rows = TableRows(self._names, index, tables, layout.text, facts)
        self._known: dict[tuple[str, str, str, str, str, Tags], Meaning | None] = {}
        self._before: list[tuple[Fact, Meaning | None]] = []

    def linked(self, fact: Fact) -> Fact:
        """The fact with its concept and code."""
        meaning = self._names.known(self._meaning(fact))
        self._before.append((fact, meaning))
        if meaning is None or not (meaning.concept or meaning.code):
            return replace(fact, code=None) if fact.code else fact
        evidence = f"{fact.evidence}; concept: {meaning.how}" if fact.evidence else f"concept: {meaning.how}"
        return replace(fact, concept=meaning.concept, code=meaning.code, evidence=evidence)

    def _meaning(self, fact: Fact) -> Meaning | None:
        if fact.label is None:
            return None
        label = self._text[fact.label.start : fact.label.end]
        tags = self._scenes.of(fact)
        if fact.table is not None:
            return self._rows.meaning(fact, label, tags)
        if not _says_nothing(label):
            return self._prose(fact, fact.label, tags)
        others = (other for other in fact.alternatives if not _says_nothing(self._text[other.start : other.end]))
        return (
            next((found for other in others if (found := self._read(fact, other, tags))), None)
            or self._carried(fact)
            or self._prose(fact, fact.label, tags)
        )

    def _prose(self, fact: Fact, label: Label, tags: Tags) -> Meaning | None:
        """What a figure of running text means by one of its labels."""
        found = self._read(fact, label, tags)
        if found is None and fact.kind == "score" and tags & _EVALUATED:
            return self._scored(fact, self._text[label.start : label.end], label.end)
        if found is not None and found.concept == "staff.actual.total":
            return self._counterpart(fact) or found
        return found

    def _read(self, fact: Fact, place: Label, tags: Tags) -> Meaning | None:
        what, label, start, end = what_of(fact), self._text[place.start : place.end], place.start, place.end
        money = what in ("amount", PART)
        if money:
            printed = printed_code(self._text, start, end)
            code = printed or self._codes.functional(label, start, end, tags)
            if code is not None:
                return Meaning(self._names.concept_of(code), code, "printed code" if printed else "name of a code")
        found = self._by_words(label, start, end, what, fact.unit, tags)
        if found is None and money and "economic" in tags:
            code = self._codes.economic(label)
            return Meaning(self._names.concept_of(code), code, "name of a code") if code else None
        return found

    def _by_words(self, label: str, start: int, end: int, what: str, unit: str, tags: Tags) -> Meaning | None:
        """What a label means with the words around it, then by itself."""
        before = _LEAD_WORDS.search(self._text, max(0, start - _LEAD_LENGTH), start)
        behind = _TAIL_WORDS.match(self._text, end)
        lead = before[0] if before else ""
        tail = _COPULA.sub("", behind[0]) if behind else ""
        key = (lead, label, tail, what, unit, tags)
        if key not in self._known:
            self._known[key] = self._looked_up(lead, label, tail, what, unit, tags)
        return self._known[key]

    def _looked_up(self, lead: str, label: str, tail: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        names = self._names
        found = names.extended(lead, label, tail, what, unit, tags) if lead or tail else None
        found = found or names.meaning(label, what, unit, tags) or names.likeness(lead, label, what, unit, tags)
        if found is None and what == "ratio":  # a share or a growth that does not say so
            return names.parted(label, tags)
        return found

    def _carried(self, fact: Fact) -> Meaning | None:
        """What the figure right before means, for one whose label names nothing: 多出, 控制在, 上一年."""
        if not self._before:
            return None
        other, meaning = self._before[-1]
        near = other.table is None and not _SEGMENT.search(self._text, other.end, fact.start)
        money = (what_of(fact) in _MONEY or fact.kind == "ratio") and what_of(other) in _MONEY
        alike = (other.kind == fact.kind or money) and not _twins(fact, other)
        return meaning._replace(how="figure before") if meaning is not None and near and alike else None

    def _scored(self, fact: Fact, label: str, end: int) -> Meaning | None:
        """A score whose label no rule knows: the whole where the words before it say so, else the indicator named."""
        if _SCORED.search(self._text, max(0, fact.start - _LEAD_LENGTH), fact.start):
            return Meaning("perf.score.total", None, "score")
        if len(label) <= _SHORT and 0 <= fact.start - end <= _ADJACENT:
            return Meaning("perf.indicator.score", None, "score")
        return None

    def _counterpart(self, fact: Fact) -> Meaning | None:
        """The people in the posts just told of: 行政编制31名，实有30名."""
        found = []
        for other, meaning in reversed(self._before[-4:]):
            if other.table is not None or _SEGMENT.search(self._text, other.end, fact.start):
                break
            if meaning is not None and (meaning.concept or "").startswith(_AUTHORIZED):
                found.append((meaning.concept or "").removeprefix(_AUTHORIZED))
        if len(found) == 1 and found[0] in _COUNTERPARTS:
            return Meaning(_ACTUAL + found[0], None, "counterpart")
        return None


def _twins(fact: Fact, other: Fact) -> bool:
    """Whether two figures are the same of two things: levels of one year and version."""
    return (fact.measure, fact.basis, fact.period, fact.kind) == (other.measure, other.basis, other.period, other.kind)


def _says_nothing(label: str) -> bool:
    """Whether a label is made of words that compare, move or time, and names no thing."""
    return nothing().fullmatch(name_key(label)) is not None
