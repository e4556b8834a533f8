"""What the model decides about a figure beyond its label: the choices, and what each would make of the fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from govfin_extract.records import BASES, Fact

COUNTED = ("staffing", "event", "asset", "institution")
_SIGNED = ("change+", "change-", "growth+", "growth-")
PERIODS = ("0", "-1", "1")

# every output of the classifier, in the order of its columns
OUTPUTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fact": ("no", "yes"),
        "kind": COUNTED,
        "measure": ("level", *_SIGNED, "share", "completion"),
        "basis": BASES,
        "period": ("rules", *PERIODS),
    }
)


def said_by_rules(fact: Fact, choice: str) -> str:
    """What the rules chose.

    >>> said_by_rules(Fact("f1", 0, 2, "3%", "ratio", Decimal(-3), unit="%", measure="growth"), "measure")
    'growth-'
    """
    if choice == "measure" and fact.measure in ("change", "growth"):
        falls = isinstance(fact.value, Decimal) and fact.value < 0
        return fact.measure + ("-" if falls else "+")
    if choice == "period":
        return "rules"
    if choice == "fact":
        return "yes"
    return str(getattr(fact, choice))


def allowed(fact: Fact, choice: str, year: str) -> tuple[str, ...]:
    """Between what the model may choose; a single one is no choice.

    A unit decides between money, rates, marks and counts, so these never change places; a range keeps its measure.
    """
    if choice == "kind":
        return COUNTED if fact.kind in COUNTED else (fact.kind,)
    if choice == "measure":
        return _measures(fact)
    if choice == "period":
        return OUTPUTS["period"] if year.isdecimal() else ("rules",)
    return OUTPUTS[choice]


def _measures(fact: Fact) -> tuple[str, ...]:
    """A change that the rules signed keeps its sign: words of direction are theirs to read."""
    if not isinstance(fact.value, Decimal) or fact.kind in ("score", "grade"):
        return (fact.measure,)
    signs = "+-" if fact.measure not in ("change", "growth") else "-" if fact.value < 0 else "+"
    moves = "growth" if fact.unit == "%" else "change"
    rest = ("level", "share", "completion") if fact.unit == "%" else ("level",)
    return (*(moves + sign for sign in signs), *rest)


def with_choice(fact: Fact, choice: str, chosen: str, year: str) -> Fact:
    """The fact as the choice has it."""
    if choice == "measure":
        return _with_measure(fact, chosen)
    if choice == "period":
        return fact if chosen == "rules" else replace(fact, period=str(int(year) + int(chosen)))
    return replace(fact, **{choice: chosen})  # type: ignore[arg-type]


def _with_measure(fact: Fact, chosen: str) -> Fact:
    """A change or growth is signed; a level takes the sign off again that a change gave it."""
    measure = chosen.rstrip("+-")
    value = fact.value
    if isinstance(value, Decimal) and (chosen in _SIGNED or fact.measure in ("change", "growth")):
        value = -abs(value) if chosen.endswith("-") else abs(value)
    return replace(fact, measure=measure, value=value)


def period_choice(period: str | None, year: str, rules: str | None) -> str | None:
    """Which choice gives this period; None where none does."""
    if period == rules:
        return "rules"
    if period is None or not (period.isdecimal() and year.isdecimal()):
        return None
    distance = str(int(period) - int(year))
    return distance if distance in PERIODS else None
