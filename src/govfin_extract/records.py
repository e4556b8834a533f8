"""The records that flow through the library: frozen, comparable, JSON-ready, ``Decimal`` for every number.

Offsets are half-open and count code points of the source text as it was given. A stage that works on the normalised
view uses the same records with view offsets and the pipeline maps them back once, at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Self

from govfin_extract.errors import SchemaError

FACT_KINDS = ("amount", "staffing", "event", "score", "ratio", "asset", "institution", "grade")
QUANTITY_KINDS = ("amount", "count", "percent", "percentage_point", "score", "ratio")
MODIFIERS = ("exact", "approx", "over", "under", "at_least", "at_most")
MEASURES = ("level", "change", "growth", "share", "completion")
BASES = ("actual", "budget", "adjusted_budget", "target")


def decimal_text(value: Decimal | None) -> str | None:
    """A decimal as the contract writes it: no exponent, no trailing zeros after the point.

    >>> decimal_text(Decimal("645000.00"))
    '645000'
    >>> decimal_text(Decimal("1E+8"))
    '100000000'
    """
    if value is None:
        return None
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class _Record:
    """Shared by the flat records: a dictionary out and in, decimals as strings."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        names = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
        unknown = sorted(set(data) - set(names))
        if unknown:
            raise SchemaError(f"{cls.__name__}.from_dict: unknown fields {unknown}; known: {sorted(names)}")
        try:
            return cls(**{key: _typed(names[key].type, value) for key, value in data.items()})
        except (TypeError, ArithmeticError) as error:
            raise SchemaError(f"{cls.__name__}.from_dict: {error}; given {sorted(data)}") from None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, _Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _typed(annotation: Any, value: Any) -> Any:
    if value is None:
        return None
    kind = str(annotation)
    if kind.startswith("Decimal"):
        return _decimal(value) if "str" in kind else Decimal(str(value))
    if kind.startswith("tuple[Label"):
        return tuple(Label.from_dict(item) for item in value)
    if kind.startswith("Label"):
        return Label.from_dict(value)
    if kind.startswith("tuple"):
        return tuple(value)
    return value


def _decimal(value: Any) -> Decimal | str:
    """A number as a decimal; a grade's word as it is."""
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return str(value)


@dataclass(frozen=True, slots=True)
class Token(_Record):
    """A word of the text; the tokens of a text tile it exactly."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Quantity(_Record):
    """A number expression with its unit.

    Attributes:
        start, end, text: where it stands; modifier, sign and unit are inside.
        kind: one of ``QUANTITY_KINDS``.
        value: the exact value in the base unit (元 for amounts, the number before the sign for percentages), or None
            for a range or a vague expression (数百万).
        low, high: the bounds of a range or those that the modifier implies.
        unit: ``CNY``, ``%``, ``pp``, ``分``, empty for a ratio, else the measure word as written.
        modifier: one of ``MODIFIERS``.
        max_score: the full mark of a score written with it: ``25.75（30）分``.
        per: what the quantity is counted per: 人 in ``5元/人``.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    modifier: str = "exact"
    max_score: Decimal | None = None
    per: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        shown = (
            decimal_text(self.value)
            if self.value is not None
            else f"{decimal_text(self.low)}..{decimal_text(self.high)}"
        )
        return f"<Quantity {self.text!r} {self.kind} {shown} {self.unit} {self.modifier} [{self.start}:{self.end}]>"


@dataclass(frozen=True, slots=True)
class Label(_Record):
    """The words of the text that name what a fact measures."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention(_Record):
    """Something that a figure could measure, an organisation or a period, where it stands in the text.

    Attributes:
        kind: expenditure_category, revenue_category, staffing, event, indicator, asset, organization, period …
        concept: the id of the taxonomy's concept, or None.
    """

    start: int
    end: int
    text: str
    kind: str
    concept: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Fact(_Record):
    """One figure that a document reports, tied to what it measures.

    Attributes:
        id: ``f1``, ``f2`` … in the order of the text.
        start, end, text: the quantity as written, in the source text.
        kind: one of ``FACT_KINDS``.
        value: exact, in the base unit (元; the number before %); signed for ``change`` and ``growth``; a grade's own
            word; None for a range.
        low, high: the ends of a range, else None.
        unit: ``CNY``, ``%``, ``pp``, ``分``, else the measure word.
        measure: one of ``MEASURES``; basis: one of ``BASES``; period: the fiscal year, or a span ``2018/2019``.
        label: the words that name what is measured, or None where none was found.
        max_score: the full mark of a score.
        concept, code: the official classification, or None.
        source: ``prose`` or ``table``.
        section: the headings above the fact, outermost first.
        alternatives: other labels that were close.
        confidence: 0 to 1.
        evidence: which rules or model decided, and from which words; see :meth:`explain`.
    """

    id: str
    start: int
    end: int
    text: str
    kind: str
    value: Decimal | str | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    modifier: str = "exact"
    measure: str = "level"
    basis: str = "actual"
    period: str | None = None
    label: Label | None = None
    concept: str | None = None
    code: str | None = None
    max_score: Decimal | None = None
    source: str = "prose"
    section: tuple[str, ...] = ()
    page: int | None = None
    bbox: tuple[float, ...] | None = None
    table: int | None = None
    row: int | None = None
    column_path: tuple[str, ...] | None = None
    alternatives: tuple[Label, ...] = ()
    confidence: Decimal = Decimal(1)
    evidence: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def explain(self) -> str:
        """Which rule or model decided each part of this fact, and from which words, a line each."""
        label = self.label.text if self.label else "(none)"
        lines = [f"{self.text!r} at {self.start}:{self.end} is {self.kind} {self._shown()} of {label!r}"]
        lines += [f"  {part}" for part in self.evidence.split("; ") if part]
        lines += [f"  other label: {other.text!r} at {other.start}:{other.end}" for other in self.alternatives]
        lines.append(f"  confidence {self.confidence}")
        return "\n".join(lines)

    def _shown(self) -> str:
        if isinstance(self.value, str):
            return self.value
        number = (
            decimal_text(self.value)
            if self.value is not None
            else f"{decimal_text(self.low)}..{decimal_text(self.high)}"
        )
        return f"{number} {self.unit}".rstrip()

    def __repr__(self) -> str:
        label = self.label.text if self.label else None
        return (
            f"<Fact {self.id} {self.kind} {label!r} = {self._shown()} {self.measure} {self.basis} {self.period}"
            f" [{self.start}:{self.end}] {self.confidence}>"
        )


@dataclass(frozen=True, slots=True)
class Metadata(_Record):
    """What the document says of itself; None where it does not say."""

    title: str | None = None
    organization: str | None = None
    fiscal_year: str | None = None
    doc_type: str | None = None
    region: str | None = None
