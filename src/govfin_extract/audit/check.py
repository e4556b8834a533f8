"""One relation to one verdict: sums, equalities, bounds and ratios, by intervals of the printed decimals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from govfin_extract.audit import slips
from govfin_extract.audit.figures import Figure
from govfin_extract.audit.intervals import (
    Interval,
    around,
    growth,
    quotient,
    soft_limit,
    total,
    truncates,
)
from govfin_extract.records import decimal_text

__all__ = ["Outcome", "bound", "equal", "grown", "not_checked", "ratio", "sum_of"]

HELD = frozenset(("exact", "rounding", "rounding_unlikely", "bound_ok"))
OFF = frozenset(("off", "bound_off"))
NOTES = frozenset(("scope", "ambiguous", "rounding_unlikely"))
_FAR = 5
_UNITS = {0: "元", 3: "千元", 4: "万元", 8: "亿元"}


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of a relation.

    Attributes:
        rule, verdict: of ``audit-rules``; figures: those of the relation, the stated one first.
        arithmetic: on one line; difference: stated less computed; tolerance: what rounding explains.
        chance: how likely a slip would have closed a relation that was never meant; None where none closes it.
        readings: other readings that were tried.
        weak: shown after the others, as one side is not printed but computed.
        cut: the percentage holds as cut off, not as rounded.
    """

    rule: str
    verdict: str
    figures: tuple[Figure, ...]
    arithmetic: str = ""
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    chance: Decimal | None = None
    readings: tuple[str, ...] = ()
    weak: bool = False
    cut: bool = False

    @property
    def holds(self) -> bool:
        return self.verdict in HELD

    @property
    def is_off(self) -> bool:
        return self.verdict in OFF

    def as_verdict(self, verdict: str, *readings: str) -> Outcome:
        """The same with another verdict and more readings."""
        return replace(self, verdict=verdict, readings=self.readings + readings)


def shown(value: Decimal, like: Figure) -> str:
    """A value in the unit in which a figure is printed."""
    if like.fact.kind != "amount":
        return decimal_text(value) or ""
    return decimal_text(value.scaleb(-like.own.power)) or ""


def unit_of(like: Figure) -> str:
    if like.fact.kind == "amount":
        return _UNITS.get(like.own.power, "")
    return like.unit


def sum_of(rule: str, whole: Figure, parts: Sequence[Figure], signs: Sequence[int] = ()) -> Outcome:
    """Whether a stated total is the sum of its parts."""
    signs = signs or (1,) * len(parts)
    spans = [part.span.scaled(sign) for part, sign in zip(parts, signs, strict=True)]
    computed = sum((sign * part.value for part, sign in zip(parts, signs, strict=True)), Decimal(0))
    difference = whole.value - computed
    step = max([whole.step, *(part.step for part in parts)])
    tolerance = (whole.step + sum((part.step for part in parts), Decimal(0))) / 2
    verdict = _sum_verdict(difference, total(spans).meets(whole.span), step, len(parts))
    terms = "".join(
        f"{' - ' if sign < 0 else ' + '}{shown(part.value, whole)}" for part, sign in zip(parts, signs, strict=True)
    ).removeprefix(" + ")
    computation = f"{terms} = {shown(computed, whole)}" if len(parts) > 1 else terms
    arithmetic = f"{computation}; stated {shown(whole.value, whole)} {unit_of(whole)}".rstrip()
    likely = None
    if verdict == "off":
        figures = (whole, *parts)
        targets = [whole.value - difference, *(p.value + s * difference for p, s in zip(parts, signs, strict=True))]
        if any(slips.mended_by(each, target, tolerance) for each, target in zip(figures, targets, strict=True)):
            likely = slips.chance(figures, tolerance, max(abs(whole.value), abs(computed)), difference)
    return Outcome(rule, verdict, (whole, *parts), arithmetic, difference, tolerance, likely)


def _sum_verdict(difference: Decimal, meet: bool, step: Decimal, terms: int) -> str:
    if difference == 0:
        return "exact"
    if not meet:
        return "off"
    return "rounding_unlikely" if abs(difference) > soft_limit(step, terms) else "rounding"


def equal(rule: str, first: Figure, second: Figure) -> Outcome:
    """Whether two prints of one thing agree; the second is the one that is shown as computed."""
    difference = first.value - second.value
    tolerance = (first.step + second.step) / 2
    verdict = "exact" if difference == 0 else "rounding" if first.span.meets(second.span) else "off"
    arithmetic = f"{shown(first.value, first)} {unit_of(first)}; {shown(second.value, second)} {unit_of(second)}"
    likely = None
    if verdict == "off" and slips.is_slip(first, second):
        likely = slips.chance((first, second), tolerance, max(abs(first.value), abs(second.value)), difference)
    return Outcome(rule, verdict, (first, second), arithmetic, difference, tolerance, likely)


def bound(rule: str, small: Figure, large: Figure) -> Outcome:
    """Whether a part is no more than its whole."""
    difference = small.value - large.value
    tolerance = (small.step + large.step) / 2
    verdict = "bound_ok" if difference <= tolerance else "bound_off"
    arithmetic = f"{shown(small.value, small)} {unit_of(small)} > {shown(large.value, large)} {unit_of(large)}"
    if verdict == "bound_ok":
        arithmetic = arithmetic.replace(">", "≤")
    return Outcome(rule, verdict, (small, large), arithmetic, max(difference, Decimal(0)), tolerance)


def ratio(rule: str, stated: Figure, part: Figure, whole: Figure, *, less: int = 0) -> Outcome:
    """Whether a stated percentage is ``part`` of ``whole`` (``less=100``: the growth from ``whole`` to ``part``)."""
    if whole.value == 0:
        return Outcome(rule, "undefined", (stated, part, whole), f"{shown(part.value, part)} / 0")
    point = 100 * part.value / whole.value - less
    range_ = quotient(part.span, whole.span)
    minus = f" - {less}%" if less else ""
    text = f"{shown(part.value, part)} / {shown(whole.value, part)}{minus}"
    moved = Interval(range_.low - less, range_.high - less) if range_ else None
    return _percent(rule, (stated, part, whole), point, moved, text)


def grown(rule: str, stated: Figure, change: Figure, current: Figure) -> Outcome:
    """Whether a stated growth is that of a change to a current value."""
    before = current.value - change.value
    if before == 0:
        return Outcome(rule, "undefined", (stated, change, current), f"{shown(change.value, change)} / 0")
    point = 100 * change.value / before
    text = f"{shown(change.value, change)} / ({shown(current.value, change)} - {shown(change.value, change)})"
    return _percent(rule, (stated, change, current), point, growth(change.span, current.span), text)


def _percent(rule: str, figures: tuple[Figure, ...], point: Decimal, range_: Interval | None, text: str) -> Outcome:
    """The verdict on a percentage: rounded, or cut off instead of rounded."""
    stated = figures[0]
    near = around(stated.value, stated.own.step)
    shown_point = point.quantize(Decimal("0.001") if abs(point) < 1000 else Decimal(1))
    text = f"{text} = {decimal_text(shown_point)}%; stated {decimal_text(stated.value)}%"
    difference = stated.value - point
    tolerance = stated.own.step / 2
    if range_ is None:
        return Outcome(rule, "incomplete", figures, text)
    cut = not range_.meets(near) and any(
        truncates(stated.value, stated.own.step, at) for at in (point, range_.low, range_.high)
    )
    exact = range_.low == point == stated.value
    verdict = "exact" if exact else "rounding" if cut or range_.meets(near) else "off"
    likely = None
    if verdict == "off" and not _comparable(stated.value, point):
        verdict = "not_run"  # no reader would have printed that: the figures are others
    if verdict == "off" and slips.mended_by(stated, point, tolerance + (range_.high - range_.low) / 2):
        likely = slips.chance((stated,), tolerance, _room(point, stated.value), difference)
    return Outcome(rule, verdict, figures, text, difference.quantize(Decimal("0.001")), tolerance, likely, cut=cut)


def _comparable(stated: Decimal, point: Decimal) -> bool:
    """Whether a percentage may be said of figures that give another: of its size, or in another unit."""
    if not stated or not point:
        return True
    by = abs(point / stated)
    return any(scale / _FAR < by < scale * _FAR for scale in (Decimal(1), Decimal(10000), Decimal("0.0001")))


def _room(point: Decimal, stated: Decimal) -> Decimal:
    """How far a percentage could be off at random: rates near 100 are always near each other."""
    size = max(abs(point), abs(stated))
    return min(size, 100 - min(point, stated)) if 0 <= point <= 100 and 0 <= stated <= 100 else size


def not_checked(rule: str, figures: Iterable[Figure], verdict: str = "incomplete") -> Outcome:
    """A relation of which a term is not printed."""
    return Outcome(rule, verdict, tuple(figures))
