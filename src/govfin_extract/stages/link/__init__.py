"""Which label, measure, basis and period each figure belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left

from govfin_extract.records import Metadata, Quantity
from govfin_extract.stages.link.figures import Figure, from_quantities, merge, said_in_words
from govfin_extract.stages.link.linker import Link, Linker, Situation
from govfin_extract.stages.link.screen import is_figure
from govfin_extract.text.cues import cue
from govfin_extract.text.segment import Layout, Section

__all__ = ["Figure", "Link", "link"]

_DEFINITIONS = re.compile(r"名词解释|名词说明|专业术语|名词释义|术语解释")
_PLANNED_TYPES = frozenset(("部门预算", "预算草案报告"))
_NEXT_PLAN = re.compile(r"(20\d\d)年(?:度)?[^，。]{0,24}?(?:预算(?:草案|安排|编制)|收支预算|收支安排|计划|预计|预期|工作安排|工作打算)")
_AIM = cue(r"{target.headings}")
_DONE = cue(r"{target.done}")


def link(layout: Layout, quantities: list[Quantity], about: Metadata) -> list[Link]:
    """The links of every prose figure of the document, in the order of the text."""
    text = layout.text
    linker = Linker(text)
    pool = from_quantities(quantities)
    starts = [figure.start for figure in pool]
    links: list[Link] = []
    section: Section | None = None
    for sentence in layout.sentences:
        here = layout.section_at(sentence.start)
        if here is not section:
            section = here
            if here and here.kind != "item":
                linker.heading((here.heading_span.start, here.heading_span.end))
        situation = _situation(text, here, about)
        if situation is None:
            continue
        inside = pool[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        figures = merge(inside, said_in_words(text, sentence.start, sentence.end))
        figures = [figure for figure in figures if is_figure(text, figure, sentence.start, sentence.end, situation.heading)]
        links.extend(linker.sentence(sentence.start, sentence.end, figures, situation))
    return links


def _situation(text: str, section: Section | None, about: Metadata) -> Situation | None:
    """How the sentences of a section are to be read; None where it only explains terms."""
    path = section.path if section else ()
    if any(_DEFINITIONS.search(heading) for heading in path):
        return None
    year = about.fiscal_year
    planned = about.doc_type in _PLANNED_TYPES or (about.doc_type == "“三公”经费说明" and "预算" in (about.title or "") and "决算" not in (about.title or ""))
    for heading in path:
        match = _NEXT_PLAN.search(heading)
        if match and year and match[1] > year:
            year, planned = match[1], True
    nearest = path[-1] if path else ""
    aim = bool(_AIM.search(nearest)) and not _DONE.search(nearest)
    place = (section.heading_span.start, section.heading_span.end) if section else None
    return Situation(year, planned, " ".join(path[-2:]), place, aim)
