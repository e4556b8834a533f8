"""The stages in order: ``Extractor`` turns a text into a ``Document``."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from govfin_extract.document import Document
from govfin_extract.errors import InputTypeError
from govfin_extract.learn.case import Candidate, Case
from govfin_extract.learn.store import load_model
from govfin_extract.records import Fact, Label, Metadata, Table
from govfin_extract.stages.concepts import link_concepts
from govfin_extract.stages.link import Link, link
from govfin_extract.stages.metadata import metadata_of
from govfin_extract.stages.quantify import quantify
from govfin_extract.stages.tables import read_tables
from govfin_extract.taxonomy import Taxonomy
from govfin_extract.text.normalise import normalise
from govfin_extract.text.offsets import View
from govfin_extract.text.places import Places
from govfin_extract.text.segment import Layout, segment


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rules make of a text before anything is decided; offsets are those of the view."""

    view: View
    layout: Layout
    about: Metadata
    cases: list[Case]
    tables: list[Table]


def propose(text: str) -> Proposed:
    """Run the rules over a text: every figure that they take for a fact, with the labels that it may have."""
    view = normalise(text)
    layout = segment(view.text)
    about = metadata_of(view.text)
    quantities = quantify(view.text)
    tables = read_tables(layout, quantities, about)
    cases = [_prose_case(item, layout) for item in link(layout, quantities, about, tables.passages)]
    cases += [_table_case(fact, layout) for fact in tables.facts]
    cases.sort(key=lambda case: (case.fact.start, case.fact.end))
    return Proposed(view, layout, about, cases, tables.tables)


class Extractor:
    """Reads documents; reusable, picklable, safe to share between threads.

    Args:
        model: ``"default"`` for the best that is shipped, the path of a model's folder, None for rules alone.
        taxonomy: what concepts and codes are linked to, from ``taxonomy.load``; None for the shipped one.

    >>> extractor = Extractor(model=None)
    >>> [fact.text for fact in extractor("2022年度部门决算\\n本年收入合计34.43万元。")]
    ['34.43万元']
    """

    def __init__(self, *, model: str | os.PathLike[str] | None = "default", taxonomy: Taxonomy | None = None) -> None:
        if not isinstance(taxonomy, Taxonomy | None):
            raise InputTypeError(f"taxonomy is what taxonomy.load() returns, not {type(taxonomy).__name__}")
        self.model = model
        self.taxonomy = taxonomy
        self._decide = None if model is None else load_model(model)

    def __repr__(self) -> str:
        return f"Extractor(model={self.model!r})"

    def __call__(
        self, text: str, *, name: str | None = None, sha256: str | None = None, places: Places | None = None
    ) -> Document:
        """Extract the facts of a document's text.

        Args:
            places: where in a file the text's characters stand, for ``fact.page`` and ``fact.bbox``.

        Raises:
            InputTypeError: ``text`` is not a string.
        """
        if not isinstance(text, str):
            raise InputTypeError(
                f"a document's text is a str, not {type(text).__name__}; for files and bytes use read()"
            )
        places = places or Places()
        found = propose(text)
        view, decide = found.view, self._decide
        decided = decide(view.text, found.cases, found.about) if decide else None
        facts = [case.fact for case in found.cases] if decided is None else [item.fact for item in decided]
        facts = link_concepts(facts, found.layout, found.tables, found.about, self.taxonomy)
        sure = (
            [(fact.confidence, "") for fact in facts] if decided is None else [(d.confidence, d.said) for d in decided]
        )
        digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return Document(
            text,
            metadata=found.about,
            facts=tuple(
                _in_source(f"f{number}", fact, confidence, fact.evidence + said, view, found.layout, places)
                for number, (fact, (confidence, said)) in enumerate(zip(facts, sure, strict=True), 1)
            ),
            tables=tuple(_table_in_source(table, view, places) for table in found.tables),
            name=name,
            sha256=digest,
            model=decide.name if decide else None,
        )


def _prose_case(item: Link, layout: Layout) -> Case:
    candidates = tuple(Candidate(*proposal.place, proposal.how) for proposal in item.proposals)
    fact = _fact_of(item)
    heading = "".join(layout.path_at(fact.start)[-2:])
    return Case(fact, candidates, item.clause, item.sentence, heading, headings=item.headings[-1:-3:-1])


def _table_case(fact: Fact, layout: Layout) -> Case:
    """A table's figure: its row is its sentence; what its row or column may name beside the label are alternatives."""
    how = fact.evidence.rpartition("label: ")[2]
    own = (Candidate(fact.label.start, fact.label.end, how),) if fact.label else ()
    others = tuple(Candidate(other.start, other.end, "column head") for other in fact.alternatives)
    start = layout.text.rfind("\n", 0, fact.start) + 1
    heading = fact.evidence.partition(";")[0]
    return Case(fact, own + others, start, start, heading=heading, column="".join(fact.column_path or ()))


def _fact_of(item: Link) -> Fact:
    """A figure of prose tied to its label as a fact whose offsets are those of the view."""
    figure = item.figure
    return Fact(
        id="",
        start=figure.start,
        end=figure.end,
        text="",
        kind=item.kind,
        value=item.value,
        low=item.low,
        high=item.high,
        unit=item.unit,
        modifier=figure.modifier,
        measure=item.measure,
        basis=item.basis,
        period=item.period,
        label=_placed(item.label),
        max_score=item.max_score,
        alternatives=tuple(label for place in item.alternatives if (label := _placed(place))),
        confidence=item.confidence,
        evidence="; ".join(item.evidence),
    )


def _placed(place: tuple[int, int] | None) -> Label | None:
    return Label(*place, "") if place else None


def _in_source(
    id_: str, fact: Fact, confidence: Decimal, evidence: str, view: View, layout: Layout, places: Places
) -> Fact:
    """A fact of the view as one of the source: offsets, texts, page and box."""
    span = view.span(fact.start, fact.end)
    return replace(
        fact,
        id=id_,
        start=span.start,
        end=span.end,
        text=view.source[span.start : span.end],
        label=_label(view, fact.label),
        alternatives=tuple(label for other in fact.alternatives if (label := _label(view, other))),
        section=layout.path_at(fact.start),
        page=places.page_at(span.start),
        bbox=places.box_of(span.start, span.end),
        confidence=confidence,
        evidence=evidence,
    )


def record_of(fact: Fact, view: View) -> dict[str, Any]:
    """A fact of the view as the record of one of the source."""
    span = view.span(fact.start, fact.end)
    placed = replace(fact, start=span.start, end=span.end, label=_label(view, fact.label), alternatives=())
    return placed.to_dict()


def _label(view: View, label: Label | None) -> Label | None:
    if label is None:
        return None
    span = view.span(label.start, label.end)
    return Label(span.start, span.end, view.source[span.start : span.end])


def _table_in_source(table: Table, view: View, places: Places) -> Table:
    span = view.span(table.start, table.end)
    return replace(table, start=span.start, end=span.end, page=places.page_at(span.start))
