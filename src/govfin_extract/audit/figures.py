"""The facts of a document as figures that can be compared: exact value, what rounding hides, where each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from govfin_extract.audit.intervals import Interval, Printed, around, printed
from govfin_extract.audit.names import concept_of, name_of
from govfin_extract.records import Fact, Metadata, Table
from govfin_extract.text.normalise import normalise
from govfin_extract.text.segment import segment

__all__ = ["Audited", "Figure", "Scene", "scene_of"]

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_POWERS = (("亿", 8), ("万", 4))
_CENTS = 2
_ALIKE = 2
_CHANGED = re.compile(r"(?:[多少增减降升](?:出|支出?|收|加|长|了|支)?|节约|节余|压减|压缩|高|低)(?:了|额)?\s*\Z")
_STOPS = re.compile(r"[。！？；;\n]")


class Audited(Protocol):
    """What the audit reads of a document."""

    @property
    def text(self) -> str: ...
    @property
    def facts(self) -> tuple[Fact, ...]: ...
    @property
    def tables(self) -> tuple[Table, ...]: ...
    @property
    def metadata(self) -> Metadata: ...


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A numeric fact under audit; figures are compared by identity.

    Attributes:
        value: exact, in the base unit; step: what its print cannot show, 0 where it is exact; unit: of ``value``.
        own: its own print, whatever its neighbours show.
        start, end: in the normalised text; sentence, line: numbers of where it stands.
        name: the words that say what it is; concept, code: in the classification, or None.
        basis: of the fact; ``actual`` where the document calls its final figures the adjusted budget.
        table, row, column, head: its place in a table: ``column`` counts cells, ``head`` is where the label of its
            row starts.
    """

    fact: Fact
    value: Decimal
    step: Decimal
    own: Printed
    start: int
    end: int
    sentence: int
    line: int
    name: str
    concept: str | None
    basis: str
    table: int | None = None
    row: int | None = None
    column: tuple[object, ...] = ()
    head: int = -1

    @property
    def id(self) -> str:
        return self.fact.id

    @property
    def unit(self) -> str:
        return self.fact.unit

    @property
    def code(self) -> str | None:
        return self.fact.code

    @property
    def measure(self) -> str:
        return self.fact.measure

    @property
    def period(self) -> str | None:
        return self.fact.period

    @property
    def is_level(self) -> bool:
        """Whether it is a plain amount, count or score, and no change or ratio."""
        return self.fact.measure == "level" and self.fact.kind != "ratio"

    @property
    def span(self) -> Interval:
        """What the figure may be before it was rounded."""
        return around(self.value, self.step)

    def with_value(self, value: Decimal) -> Figure:
        """The same figure with another value."""
        return _with(self, value=value)

    @property
    def words(self) -> str:
        """The figure as printed, on one line."""
        return "".join(self.fact.text.split())

    @property
    def path(self) -> tuple[str, ...]:
        return self.fact.column_path or ()


@dataclass(slots=True)
class Scene:
    """A document under audit.

    Attributes:
        text: the normalised text; figures: in its order; prose: those that stand in sentences.
        by_sentence: the prose by sentence; by_concept: the plain figures of all.
        tables: the figures of each table; about: what the document says of itself.
        doubtful: how many figures were left out as not exact (约, 近) or of unknown print.
    """

    text: str
    figures: list[Figure]
    tables: dict[int, list[Figure]]
    kinds: Sequence[Table]
    about: Metadata
    doubtful: int = 0
    prose: list[Figure] = field(default_factory=list)
    by_sentence: dict[int, list[Figure]] = field(default_factory=dict)
    by_concept: dict[str, list[Figure]] = field(default_factory=dict)

    def between(self, first: Figure, second: Figure) -> str:
        """The text between two figures."""
        return self.text[first.end : second.start]

    def kind_of(self, table: int | None) -> str:
        return self.kinds[table].kind if table is not None and table < len(self.kinds) else "other"


def scene_of(document: Audited) -> Scene:
    """The figures of a document, each with what its neighbours say of its print."""
    view = normalise(document.text)
    layout = segment(view.text)
    sentences = [span.start for span in layout.sentences]
    lines = [0, *(match.end() for match in re.finditer("\n", view.text))]
    places = _Places(view.text, sentences, [span.end for span in layout.sentences], lines)
    raw: list[Figure] = []
    doubtful = 0
    for fact in document.facts:
        if not isinstance(fact.value, Decimal):
            continue
        print_of = _print_of(fact)
        if print_of is None or fact.modifier != "exact":
            doubtful += 1
            continue
        start = view.to_view(fact.start)
        if fact.table is None and fact.measure == "level" and _CHANGED.search(view.text[max(0, start - 5) : start]):
            doubtful += 1  # 少16.35万元 is no level
            continue
        raw.append(_figure(fact, print_of, view.to_view(fact.start), view.to_view(fact.end - 1) + 1, places, view))
    figures = _with_steps(_one_role(raw))
    scene = Scene(view.text, figures, defaultdict(list), document.tables, document.metadata, doubtful)
    scene.by_sentence, scene.by_concept = defaultdict(list), defaultdict(list)
    for figure in figures:
        if figure.concept and figure.is_level:
            scene.by_concept[figure.concept].append(figure)
        if figure.table is not None:
            scene.tables[figure.table].append(figure)
        else:
            scene.prose.append(figure)
            scene.by_sentence[figure.sentence].append(figure)
    return scene


@dataclass(slots=True)
class _Places:
    text: str
    sentences: list[int]
    ends: list[int]
    lines: list[int]

    def line(self, offset: int) -> int:
        return bisect_right(self.lines, offset) - 1

    def sentence(self, offset: int) -> int:
        """The sentence around an offset; outside of all sentences (in a cell) the line, as a negative number."""
        number = bisect_right(self.sentences, offset) - 1
        if number >= 0 and offset < self.ends[number]:
            return number
        return -1 - self.line(offset)

    def cells_before(self, offset: int) -> int | None:
        """How many cells of its line stand before an offset; None where the line is not divided by tabs."""
        start = self.lines[self.line(offset)]
        stop = self.text.find("\n", offset)
        if "\t" not in self.text[start : stop if stop >= 0 else len(self.text)]:
            return None
        return self.text.count("\t", start, offset)


def _figure(fact: Fact, print_of: Printed, start: int, end: int, places: _Places, view: object) -> Figure:
    column: tuple[object, ...] = ()
    head = -1
    if fact.table is not None:
        cells = places.cells_before(start)
        column = (cells,) if cells is not None else (fact.column_path,)
        if fact.label is not None and fact.label.end <= fact.start:
            at = view.to_view(fact.label.start)  # type: ignore[attr-defined]
            head = at if places.line(at) == places.line(start) else -1
    assert isinstance(fact.value, Decimal)
    return Figure(
        fact,
        fact.value,
        print_of.step,
        print_of,
        start,
        end,
        places.sentence(start),
        places.line(start),
        name_of(fact),
        concept_of(fact),
        fact.basis,
        fact.table,
        fact.row,
        column,
        head,
    )


def _print_of(fact: Fact) -> Printed | None:
    """How a fact was printed; None where its number is in words that do not show it."""
    assert isinstance(fact.value, Decimal)
    text = "".join(fact.text.translate(_WIDE).split())
    match = _NUMBER.search(text)
    if match is None:
        power = max(0, int(fact.value.as_tuple().exponent)) if fact.value else 0
        return Printed(0, power) if fact.value == fact.value.to_integral_value() else None
    power = next((power for word, power in _POWERS if word in text), 0)
    return printed(match[0], fact.value, power)


_WIDE = {ord("０") + n: ord("0") + n for n in range(10)} | {ord("．"): ord(".")}


def _with_steps(raw: Sequence[Figure]) -> list[Figure]:
    """Every figure with the finest print of its table, sentence or section in its unit: dropped zeros come back."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in raw:
        for key in _keys(figure):
            groups[key].append(figure)
    finest = {key: max(each.own.decimals for each in group) for key, group in groups.items()}
    return [_stepped(figure, _decimals(figure, groups, finest)) for figure in raw]


def _keys(figure: Figure) -> Iterator[tuple[object, ...]]:
    """The groups that a figure's print is looked for in, the narrowest first."""
    same = (figure.unit, figure.own.power)
    if figure.table is not None:
        yield ("table", figure.table, *same)
        return
    yield ("sentence", figure.sentence, *same)
    yield ("section", figure.fact.section, *same)
    yield ("document", *same)


def _decimals(
    figure: Figure, groups: dict[tuple[object, ...], list[Figure]], finest: dict[tuple[object, ...], int]
) -> int:
    if figure.fact.kind == "ratio":
        return figure.own.decimals
    keys = list(_keys(figure))
    return finest[next((key for key in keys if len(groups[key]) > 1), keys[-1])]


def _one_role(raw: list[Figure]) -> list[Figure]:
    """Where the prose calls its final figures 调整预算数 (the same concepts have the same values), they are actual."""
    values: dict[str, dict[str, set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for figure in raw:
        if figure.concept and figure.is_level and figure.table is None:
            values[figure.concept][figure.basis].add(figure.value)
    both = [by for by in values.values() if by["actual"] and by["adjusted_budget"]]
    alike = sum(bool(by["actual"] & by["adjusted_budget"]) for by in both)
    if alike < _ALIKE or alike * 4 < len(both) * 3:
        return raw
    return [
        _with(figure, basis="actual") if figure.basis == "adjusted_budget" and figure.table is None else figure
        for figure in raw
    ]


def _with(figure: Figure, **changed: object) -> Figure:
    values = {name: getattr(figure, name) for name in Figure.__slots__}
    return Figure(**{**values, **changed})


def _stepped(figure: Figure, decimals: int) -> Figure:
    step = Printed(decimals, figure.own.power).step
    kind = figure.fact.kind
    if kind == "amount":
        exact = figure.own.power == 0 and decimals >= _CENTS  # the ledger's own unit
    else:
        exact = kind != "ratio" and figure.own.power == 0
    if exact:
        step = Decimal(0)
    if step == figure.step:
        return figure
    return _with(figure, step=step)


def neighbours(figures: Iterable[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of figures that follow each other."""
    return pairwise(figures)
