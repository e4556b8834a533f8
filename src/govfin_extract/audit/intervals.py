"""Printed numbers as intervals: how far a number may lie from what was printed, and what may be computed from it.

A number printed with d digits after the point stands for all that round to it: ``34.34`` for [34.335, 34.345]. One rule
holds for every relation: what is stated and what is computed agree where their intervals meet.

>>> cent = Decimal("0.01")
>>> parts = [around(Decimal("30.26"), cent), around(Decimal("3.09"), cent)]
>>> total(parts).meets(around(Decimal("33.34"), cent))
True
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

__all__ = ["Interval", "Printed", "around", "growth", "printed", "quotient", "soft_limit", "total", "truncates"]

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_SOFT = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether the two share a point; ends that touch do.

        >>> Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
        True
        """
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies within."""
        return self.low <= value <= self.high

    def scaled(self, weight: int) -> Interval:
        """The interval times a whole number; a negative one swaps the ends."""
        ends = self.low * weight, self.high * weight
        return Interval(min(ends), max(ends))


def around(value: Decimal, step: Decimal) -> Interval:
    """What a number may be that was rounded to a multiple of ``step``; a step of 0 is an exact number.

    >>> around(Decimal("34.34"), Decimal("0.01"))
    Interval(low=Decimal('34.335'), high=Decimal('34.345'))
    """
    half = step * _HALF
    return Interval(value - half, value + half)


def total(parts: Iterable[Interval]) -> Interval:
    """The interval of a sum."""
    low = high = Decimal(0)
    for part in parts:
        low += part.low
        high += part.high
    return Interval(low, high)


def quotient(part: Interval, whole: Interval) -> Interval | None:
    """``part`` in percent of ``whole``; None where the whole may be zero.

    >>> cent = Decimal("0.01")
    >>> quotient(around(Decimal("34.34"), cent), around(Decimal("30.85"), cent)).holds(Decimal("111.3"))
    True
    """
    if whole.low <= 0 <= whole.high:
        return None
    ends = [_HUNDRED * a / b for a in (part.low, part.high) for b in (whole.low, whole.high)]
    return Interval(min(ends), max(ends))


def growth(change: Interval, current: Interval) -> Interval | None:
    """The growth in percent that a change to ``current`` is: change / (current - change), which is monotone in both.

    >>> cent = Decimal("0.01")
    >>> growth(around(Decimal("5.24"), cent), around(Decimal("34.43"), cent)).holds(Decimal("17.95"))
    True
    """
    before = [now - by for by in (change.low, change.high) for now in (current.low, current.high)]
    if min(before) <= 0:
        return None
    ends = [_HUNDRED * by / (now - by) for by in (change.low, change.high) for now in (current.low, current.high)]
    return Interval(min(ends), max(ends))


def truncates(stated: Decimal, step: Decimal, point: Decimal) -> bool:
    """Whether a stated percentage is the computed one cut off instead of rounded.

    >>> truncates(Decimal("17.9"), Decimal("0.1"), Decimal("17.951"))
    True
    """
    if step <= 0:
        return stated == point
    return abs(stated) <= abs(point) < abs(stated) + step and (stated >= 0) == (point >= 0)


def soft_limit(step: Decimal, terms: int) -> Decimal:
    """Beyond which a difference of a sum of many terms is still possible, but unlikely to be rounding.

    >>> soft_limit(Decimal("0.01"), 13) > Decimal("0.03")
    True
    """
    return _SOFT * step * (Decimal(terms + 1) / 12).sqrt()


class Printed(NamedTuple):
    """How a figure was printed: its digits after the point and the power of ten of its unit (4 for 万元)."""

    decimals: int
    power: int

    @property
    def step(self) -> Decimal:
        """The smallest difference that the print can show, in the base unit."""
        return Decimal(1).scaleb(self.power - self.decimals)


def printed(number: str, value: Decimal, power: int = 0) -> Printed:
    """How a number was printed whose value in the base unit is known.

    Args:
        power: the power of ten of the unit where the value, being zero, does not tell it.

    >>> printed("34.34", Decimal(343400)), printed("1,204", Decimal(1204))
    (Printed(decimals=2, power=4), Printed(decimals=0, power=0))
    """
    digits = number.replace(",", "").replace("，", "")
    decimals = len(digits.partition(".")[2])
    shown = Decimal(digits)
    if shown and value:
        power = value.copy_abs().adjusted() - shown.copy_abs().adjusted()
    return Printed(decimals, power)
