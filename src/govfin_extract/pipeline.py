"""The stages in order: ``Extractor`` turns a text into a ``Document``."""

from __future__ import annotations

import hashlib

from govfin_extract.document import Document
from govfin_extract.errors import InputTypeError, ModelError
from govfin_extract.records import Fact, Label
from govfin_extract.stages.link import Link, link
from govfin_extract.stages.metadata import metadata_of
from govfin_extract.stages.quantify import quantify
from govfin_extract.text.normalise import normalise
from govfin_extract.text.offsets import View
from govfin_extract.text.segment import Layout, segment


class Extractor:
    """Reads documents; reusable, picklable, safe to share between threads.

    Args:
        model: ``"default"`` for the best that is shipped (rules alone as long as no model is), None for rules alone.

    >>> extractor = Extractor(model=None)
    >>> [fact.text for fact in extractor("2022年度部门决算\\n本年收入合计34.43万元。")]
    ['34.43万元']
    """

    def __init__(self, *, model: str | None = "default") -> None:
        if model not in ("default", None):
            raise ModelError(f"no model {model!r}; known: 'default', None (rules alone)")
        self.model = model

    def __repr__(self) -> str:
        return f"Extractor(model={self.model!r})"

    def __call__(self, text: str, *, name: str | None = None, sha256: str | None = None) -> Document:
        """Extract the facts of a document's text.

        Raises:
            InputTypeError: ``text`` is not a string.
        """
        if not isinstance(text, str):
            raise InputTypeError(
                f"a document's text is a str, not {type(text).__name__}; for files and bytes use read()"
            )
        view = normalise(text)
        layout = segment(view.text)
        about = metadata_of(view.text)
        links = link(layout, quantify(view.text), about)
        facts = tuple(_fact(number, item, view, layout) for number, item in enumerate(links, 1))
        digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return Document(text, metadata=about, facts=facts, name=name, sha256=digest)


def _fact(number: int, item: Link, view: View, layout: Layout) -> Fact:
    figure = item.figure
    span = view.span(figure.start, figure.end)
    section = layout.path_at(figure.start)
    return Fact(
        id=f"f{number}",
        start=span.start,
        end=span.end,
        text=view.source[span.start : span.end],
        kind=item.kind,
        value=item.value,
        low=item.low,
        high=item.high,
        unit=item.unit,
        modifier=figure.modifier,
        measure=item.measure,
        basis=item.basis,
        period=item.period,
        label=_label(view, item.label),
        max_score=item.max_score,
        section=section,
        alternatives=tuple(label for place in item.alternatives if (label := _label(view, place))),
        confidence=item.confidence,
        evidence="; ".join(item.evidence),
    )


def _label(view: View, place: tuple[int, int] | None) -> Label | None:
    if place is None:
        return None
    span = view.span(*place)
    return Label(span.start, span.end, view.source[span.start : span.end])
