"""Which label, measure, basis and period each figure belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import merge as merge_sorted

from govfin_extract.records import Metadata, Quantity, Span
from govfin_extract.stages.link.figures import Figure, from_quantities, merge, said_in_words
from govfin_extract.stages.link.linker import Linker
from govfin_extract.stages.link.scene import Link, Situation
from govfin_extract.stages.link.screen import reporting
from govfin_extract.text.cues import cue
from govfin_extract.text.segment import Layout, Section
from govfin_extract.text.sentences import Passage, sentences_in

__all__ = ["Figure", "Link", "link"]

_DEFINITIONS = re.compile(r"名词解释|名词说明|专业术语|名词释义|术语解释")
_PLANNED_TYPES = frozenset(("部门预算", "预算草案报告"))
_LATER = re.compile(r"(20\d\d)年(?:度)?[^，。]{0,24}?(?:预算|计划|预计|预期|工作|措施|安排|任务|目标)")
_EXECUTED = re.compile(r"执行情况|决算|完成情况|上半年|收支情况")
_SETTLED = re.compile(r"决算|执行情况")
_DRAFTED = re.compile(r"草案|安排|(?<!公共)(?<!基金)(?<!经营)预算(?!执行)")
_TASKS = re.compile(r"重点工作|重点任务|主要任务|工作任务")
_MEASURES = re.compile(r"措施|工作|任务|打算")
_AIM = cue(r"{target.headings}")
_DONE = cue(r"{target.done}")


def link(layout: Layout, quantities: list[Quantity], about: Metadata, passages: Sequence[Passage] = ()) -> list[Link]:
    """The links of every prose figure of the document, in the order of the text.

    Args:
        passages: prose that stands in tables, in the order of the text.
    """
    text = layout.text
    linker = Linker(text)
    pool = from_quantities(quantities)
    starts = [figure.start for figure in pool]
    links: list[Link] = []
    section: Section | None = None
    chains = _Chains(layout)
    chain: list[Section] = []
    situation = _situation(chain, about)
    for sentence, aim in _sentences(layout, passages):
        here = layout.section_at(sentence.start)
        if here is not section:
            section = here
            chain = chains.at(sentence.start)
            situation = _situation(chain, about)
            if here and here.kind != "item":
                linker.heading((here.heading_span.start, here.heading_span.end))
        if situation is None:
            continue
        inside = pool[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        figures = merge(inside, said_in_words(text, sentence.start, sentence.end))
        figures = reporting(text, figures, sentence.start)
        around = situation if aim is None else replace(situation, aim=aim)
        links.extend(linker.sentence(sentence.start, sentence.end, figures, around))
    return links


def _sentences(layout: Layout, passages: Sequence[Passage]) -> Iterator[tuple[Span, bool | None]]:
    """The sentences of the text and of the passages in the order of their places; for the latter whether they plan."""
    prose: Iterator[tuple[Span, bool | None]] = ((sentence, None) for sentence in layout.sentences)
    told: Iterator[tuple[Span, bool | None]] = (
        (sentence, passage.aim)
        for passage in passages
        for sentence in sentences_in(layout.text, passage.start, passage.end)
    )
    return merge_sorted(prose, told, key=lambda item: item[0].start)


class _Chains:
    """The sections around a place, asked for in the order of the text."""

    def __init__(self, layout: Layout) -> None:
        self._sections = layout.sections
        self._open: list[Section] = []
        self._next = 0

    def at(self, offset: int) -> list[Section]:
        """The sections around an offset, outermost first."""
        while self._next < len(self._sections) and self._sections[self._next].start <= offset:
            section = self._sections[self._next]
            self._open = [other for other in self._open if other.level < section.level and other.end > section.start]
            self._open.append(section)
            self._next += 1
        return [section for section in self._open if section.end > offset]


def _situation(chain: list[Section], about: Metadata) -> Situation | None:
    """How the sentences under a chain of headings are to be read; None where they only explain terms."""
    path = [section.heading for section in chain]
    if any(_DEFINITIONS.search(heading) for heading in path):
        return None
    year = about.fiscal_year
    planned = about.doc_type in _PLANNED_TYPES or (
        about.doc_type == "“三公”经费说明" and "预算" in (about.title or "") and "决算" not in (about.title or "")
    )
    aim = False
    for section, heading in zip(chain, path, strict=True):
        later = None if section.marker == "title" or _EXECUTED.search(heading) else _LATER.search(heading)
        if later and year and later[1] > year:
            year, planned = later[1], True
            aim = aim or bool(_MEASURES.search(heading))
        if section.marker != "title" and _SETTLED.search(heading) and not _DRAFTED.search(heading):
            planned = False  # 2021年“三公”经费决算情况 in a budget
        aim = (aim or bool(_AIM.search(heading))) and not _DONE.search(heading) and "问题" not in heading
    tasks = any(_TASKS.search(heading) for heading in path)
    places = tuple((section.heading_span.start, section.heading_span.end) for section in chain)
    return Situation(year, planned, " ".join(path[-2:]), places[-1] if places else None, aim, tasks, places)
