"""Stage: what the facts' labels mean: ids of the taxonomy's concepts, and classification codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govfin_extract.records import Fact, Metadata, Table
from govfin_extract.stages.concepts.codes import Codes, index_of, printed_code
from govfin_extract.stages.concepts.names import PART, Meaning, Names, names_of, what_of
from govfin_extract.stages.concepts.rows import TableRows
from govfin_extract.stages.concepts.scene import Scenes, Tags
from govfin_extract.taxonomy import Taxonomy
from govfin_extract.text.segment import Layout

__all__ = ["link_concepts"]

_LEAD_WORDS = re.compile(r"[^\s，。；：、！？,;:（）()“”\"\d.%]+$")
_LEAD_LENGTH = 10


def link_concepts(
    facts: Sequence[Fact], layout: Layout, tables: list[Table], about: Metadata, taxonomy: Taxonomy | None = None
) -> list[Fact]:
    """The facts with ``concept`` and ``code``; null where nothing is sure. Offsets are those of the view.

    >>> from govfin_extract.records import Label
    >>> from govfin_extract.text.segment import segment
    >>> text = "“三公”经费中公务接待费3万元"
    >>> fact = Fact("", 11, 14, "3万元", "amount", None, label=Label(6, 11, "公务接待费"))
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
        self._codes = Codes(index, layout.text, facts)
        self._rows = TableRows(self._names, index, tables, layout.text)
        self._known: dict[tuple[str, str, str, str, Tags], Meaning | None] = {}

    def linked(self, fact: Fact) -> Fact:
        """The fact with its concept and code."""
        meaning = self._meaning(fact)
        concept, code = (meaning.concept, meaning.code) if meaning is not None else (None, None)
        if concept == fact.concept and code == fact.code:
            return fact
        return replace(fact, concept=concept, code=code)

    def _meaning(self, fact: Fact) -> Meaning | None:
        if fact.label is None:
            return None
        label = self._text[fact.label.start : fact.label.end]
        tags = self._scenes.of(fact)
        if fact.table is not None:
            return self._rows.meaning(fact, label, tags)
        return self._prose(fact, label, fact.label.start, fact.label.end, tags)

    def _prose(self, fact: Fact, label: str, start: int, end: int, tags: Tags) -> Meaning | None:
        what = what_of(fact)
        money = what in ("amount", PART)
        if money:
            printed = printed_code(self._text, start, end)
            code = printed or self._codes.functional(label, start, end, tags)
            if code is not None:
                return Meaning(self._names.concept_of(code), code, "printed code" if printed else "name of a code")
        return self._by_words(label, start, what, fact.unit, tags)

    def _by_words(self, label: str, start: int, what: str, unit: str, tags: Tags) -> Meaning | None:
        """What a label means with the words before it, then by itself."""
        before = _LEAD_WORDS.search(self._text, max(0, start - _LEAD_LENGTH), start)
        lead = before[0] if before else ""
        key = (lead, label, what, unit, tags)
        if key not in self._known:
            found = self._names.extended(lead, label, what, unit, tags) if lead else None
            self._known[key] = found or self._names.meaning(label, what, unit, tags)
        return self._known[key]
