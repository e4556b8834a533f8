"""The records that flow through the library: frozen, comparable, JSON-ready, ``Decimal`` for every number.

Offsets are half-open and count code points of the source text as it was given. A stage that works on the normalised
view uses the same records with view offsets and the pipeline maps them back once, at the end.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from decimal import Decimal
from functools import cache
from typing import Any, Self, get_args, get_origin, get_type_hints

from govfin_extract.errors import SchemaError

FACT_KINDS = ("amount", "staffing", "event", "score", "ratio", "asset", "institution", "grade")
QUANTITY_KINDS = ("amount", "count", "percent", "percentage_point", "score", "ratio")
MODIFIERS = ("exact", "approx", "over", "under", "at_least", "at_most")
MEASURES = ("level", "change", "growth", "share", "completion")
SOURCES = ("prose", "table")
VERDICTS = ("off", "bound_off", "scope", "ambiguous", "rounding_unlikely")
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


class _Record:
    """Shared by the flat records: a dictionary out and in, decimals as strings."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, JSON-ready."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """A record from what :meth:`to_dict` gave; every field is held against its type.

        Raises:
            SchemaError: a field is unknown, missing or of another type; the message names it.
        """
        known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]
        if not isinstance(data, Mapping):
            raise SchemaError(
                f"{cls.__name__}.from_dict: given {_brief(data)}, expected a dictionary of {sorted(known)}"
            )
        unknown = sorted(str(name) for name in data if name not in known)
        if unknown:
            raise SchemaError(f"{cls.__name__}.from_dict: unknown fields {unknown}; known: {sorted(known)}")
        missing = [name for name, field in known.items() if field.default is MISSING and name not in data]
        if missing:
            raise SchemaError(f"{cls.__name__}.from_dict: missing fields {missing}; given {sorted(data)}")
        return cls(**{name: _field(cls, known[name], value) for name, value in data.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, _Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@cache
def _hints(record: type[object]) -> dict[str, Any]:
    return get_type_hints(record)


def _brief(value: Any) -> str:
    """A value in an error message: quoted, cut where it is long."""
    return reprlib.repr(value)


def _field(record: Any, field: Field[Any], value: Any) -> Any:
    """The value of one field, as its type has it."""
    hint, choices = _hints(record)[field.name], field.metadata.get("choices")
    read = _typed(hint, value)
    if read is _WRONG or (choices and read not in choices):
        expected = f"one of {', '.join(choices)}" if choices else _expected(hint)
        raise SchemaError(f"{record.__name__}.from_dict: {field.name} is {_brief(value)}, expected {expected}")
    return read


_WRONG = object()  # what _typed says of a value that does not fit
_NAMES = {int: "an integer", float: "a number", str: "a text", Decimal: "a decimal number", type(None): "null"}


def _expected(hint: Any) -> str:
    """A type in words.

    >>> _expected(Decimal | None)
    'a decimal number or null'
    """
    if get_origin(hint) is tuple:
        return f"a list, each {_expected(get_args(hint)[0])}"
    if get_args(hint):
        return " or ".join(_expected(option) for option in get_args(hint))
    return _NAMES.get(hint) or f"a dictionary of a {hint.__name__}"


def _typed(hint: Any, value: Any) -> Any:
    """The value as the type has it, ``_WRONG`` where it does not fit."""
    if get_origin(hint) is tuple:
        return _items(get_args(hint)[0], value)
    if get_args(hint):
        fitting = (_typed(option, value) for option in get_args(hint))
        return next((read for read in fitting if read is not _WRONG), _WRONG)
    if isinstance(hint, type) and issubclass(hint, _Record):
        return _WRONG if value is None else hint.from_dict(value)
    if hint is Decimal:
        return _decimal(value)
    fits = isinstance(value, (int, float) if hint is float else hint) and not isinstance(value, bool)
    return value if fits else _WRONG


def _items(hint: Any, value: Any) -> Any:
    """A list's items as a tuple."""
    if not isinstance(value, (list, tuple)):
        return _WRONG
    items = tuple(_typed(hint, item) for item in value)
    return _WRONG if any(item is _WRONG for item in items) else items


def _decimal(value: Any) -> Any:
    """A finite number, given as text or number, as a decimal."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        return _WRONG
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return _WRONG
    return number if number.is_finite() else _WRONG


def _one_of(choices: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The metadata of a field whose value is one of a closed list."""
    return {"choices": choices}


@dataclass(frozen=True, slots=True, order=True)
class Span(_Record):
    """A half-open stretch ``[start, end)`` of a text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether the other lies within this one, equal ends included."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class _Placed(_Record):
    """A record of something that stands in the text."""

    __slots__ = ()
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Token(_Placed):
    """A word of the text; the tokens of a text tile it exactly."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quantity(_Placed):
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
    kind: str = field(metadata=_one_of(QUANTITY_KINDS))
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    modifier: str = field(default="exact", metadata=_one_of(MODIFIERS))
    max_score: Decimal | None = None
    per: str | None = None

    def __repr__(self) -> str:
        shown = (
            decimal_text(self.value)
            if self.value is not None
            else f"{decimal_text(self.low)}..{decimal_text(self.high)}"
        )
        return f"<Quantity {self.text!r} {self.kind} {shown} {self.unit} {self.modifier} [{self.start}:{self.end}]>"


@dataclass(frozen=True, slots=True)
class Label(_Placed):
    """The words of the text that name what a fact measures."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention(_Placed):
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


@dataclass(frozen=True, slots=True)
class Fact(_Placed):
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
        concept, code: what the label means: an id of the taxonomy's concepts, and the code of the official
            classification (functional or economic), each None where nothing is sure; see ``gfe.taxonomy``.
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
    kind: str = field(metadata=_one_of(FACT_KINDS))
    value: Decimal | str | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    modifier: str = field(default="exact", metadata=_one_of(MODIFIERS))
    measure: str = field(default="level", metadata=_one_of(MEASURES))
    basis: str = field(default="actual", metadata=_one_of(BASES))
    period: str | None = None
    label: Label | None = None
    concept: str | None = None
    code: str | None = None
    max_score: Decimal | None = None
    source: str = field(default="prose", metadata=_one_of(SOURCES))
    section: tuple[str, ...] = ()
    page: int | None = None
    bbox: tuple[float, ...] | None = None
    table: int | None = None
    row: int | None = None
    column_path: tuple[str, ...] | None = None
    alternatives: tuple[Label, ...] = ()
    confidence: Decimal = Decimal(1)
    evidence: str = ""

    def explain(self) -> str:
        """What this fact says and why, a line each.

        A part names the words (``from``) or the rule (``by``) that decided it where ``evidence`` holds them; what the
        words around the figure did not say is the default. Other labels are listed but for places within another one.
        """
        label = self.label.text if self.label else "(none)"
        lines = [f"{self.text!r} at {self.start}:{self.end} is {self.kind} {self._shown()} of {label!r}"]
        lines += [f"  {part}" for part in self._parts()]
        lines += [f"  other label: {other.text!r} at {other.start}:{other.end}" for other in self._rivals()]
        lines.append(f"  confidence {self.confidence}")
        return "\n".join(lines)

    def _parts(self) -> Iterator[str]:
        """Kind, measure, basis, period, label, then what is not the usual, then evidence that belongs to none."""
        told = dict(part.partition(": ")[::2] for part in self.evidence.split("; ") if part)
        yield f"kind: {self.kind}"
        yield f"measure: {self.measure}{_from(told.pop(self.measure, ''), default=self.measure == 'level')}"
        yield f"basis: {self.basis}{_from(told.pop(self.basis, ''), default=self.basis == 'actual')}"
        yield f"period: {self.period or '(none)'}{_by(told.pop('period', ''))}"
        place = f"{self.label.text!r} at {self.label.start}:{self.label.end}" if self.label else "(none)"
        yield f"label: {place}{_by(told.pop('label', ''))}"
        if self.concept or self.code:
            linked = ", code ".join(filter(None, (self.concept or "(none)", self.code)))
            yield f"concept: {linked}{_by(told.pop('concept', ''))}"
        if self.modifier != "exact":
            yield f"modifier: {self.modifier}"
        if self.max_score is not None:
            yield f"full mark: {decimal_text(self.max_score)}"
        yield from (f"{name}: {words}" if words else name for name, words in told.items())

    def _rivals(self) -> list[Label]:
        """The alternatives but for those within the label or within another one."""
        kept: list[Label] = []
        for other in sorted(self.alternatives, key=lambda label: -len(label.span)):
            around = kept if self.label is None else [self.label, *kept]
            if not any(label.span.contains(other.span) for label in around):
                kept.append(other)
        return sorted(kept, key=self.alternatives.index)

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


def _from(words: str, *, default: bool) -> str:
    """The words that decided a part; without any the default is called so."""
    return f", from {words}" if words else " (default)" if default else ""


def _by(rule: str) -> str:
    return f", by {rule}" if rule else ""


@dataclass(frozen=True, slots=True)
class Table(_Placed):
    """A table of the document; ``fact.table`` is its number in ``document.tables``, from 0.

    Attributes:
        start, end: its first and last character, header included.
        kind: which of the standard tables it is: a key of ``data/tables/kinds.toml``, ``other`` where it is none.
        title: the title above it, or None.
        rows, columns: its size.
        page: of its first row, where the file has pages.
    """

    start: int
    end: int
    kind: str
    title: str | None
    rows: int
    columns: int
    page: int | None = None

    def __repr__(self) -> str:
        return f"<Table {self.kind} {self.title!r} {self.rows} × {self.columns} [{self.start}:{self.end}]>"


@dataclass(frozen=True, slots=True)
class Metadata(_Record):
    """What the document says of itself; None where it does not say."""

    title: str | None = None
    organization: str | None = None
    fiscal_year: str | None = None
    doc_type: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Message(_Record):
    """A finding in words, in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding(_Record):
    """A relation of the document's figures that does not hold, or that holds in one reading only.

    Attributes:
        rule: the relation's id: ``sum.three_public``; verdict: one of ``VERDICTS``.
        facts: the ids of the facts concerned, the stated total, part or percentage first.
        arithmetic: on one line; difference: stated less computed; tolerance: what rounding explains, both in the
            base unit (元, percentage points).
        readings: other readings that were tried, and what else the same figure breaks.
        message: the same in words; it never says which side is wrong.
    """

    rule: str
    verdict: str = field(metadata=_one_of(VERDICTS))
    facts: tuple[str, ...]
    arithmetic: str
    difference: Decimal | None
    tolerance: Decimal | None
    readings: tuple[str, ...]
    message: Message

    def __repr__(self) -> str:
        return f"<Finding {self.rule} {self.verdict}: {self.arithmetic} {' '.join(self.facts)}>"


@dataclass(frozen=True, slots=True)
class Relations(_Record):
    """How many relations an audit found, and what became of them; what could not be checked is not held."""

    found: int
    held: int
    off: int
    not_checkable: int


@dataclass(frozen=True, slots=True)
class AuditReport(_Record):
    """What an audit found: findings, notes, and the count of relations."""

    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    relations: Relations
