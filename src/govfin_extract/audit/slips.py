"""Slips of the pen: one digit changed, two neighbours swapped, a unit taken for another.

A figure that a slip would mend is strong evidence that a relation is meant to hold; how strong, the chance says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.figures import Figure

__all__ = ["chance", "is_slip", "is_swap", "mended_by", "slips_of"]

_UNIT = 4
_LONGEST = 14


def slips_of(figure: Figure) -> Iterator[Decimal]:
    """The values that a figure would have with one slip undone."""
    step = figure.own.step
    digits = list(_digits(figure))
    if len(digits) > _LONGEST:
        return
    sign = -1 if figure.value < 0 else 1
    for place, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and not (place == 0 and other == "0" and len(digits) > 1):
                yield sign * step * int("".join((*digits[:place], other, *digits[place + 1 :])))
    for place in range(len(digits) - 1):
        first, second = digits[place : place + 2]
        if first != second and not (place == 0 and second == "0"):
            yield sign * step * int("".join((*digits[:place], second, first, *digits[place + 2 :])))
    if figure.fact.kind == "amount":
        yield figure.value.scaleb(_UNIT)
        yield figure.value.scaleb(-_UNIT)


def is_slip(first: Figure, second: Figure) -> bool:
    """Whether one slip makes one figure the other."""
    return any(value == second.value for value in slips_of(first))


def is_swap(first: Figure, second: Figure) -> bool:
    """Whether two neighbouring digits in another order make one figure the other."""
    one, two = _digits(first), _digits(second)
    places = [place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
    return (
        len(one) == len(two)
        and len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == two[places[1]]
        and one[places[1]] == two[places[0]]
    )


def _digits(figure: Figure) -> str:
    return str(int((figure.value / figure.own.step).copy_abs().to_integral_value()))


def mended_by(figure: Figure, target: Decimal, tolerance: Decimal) -> bool:
    """Whether a slip undone brings a figure to a target."""
    return any(abs(value - target) <= tolerance for value in slips_of(figure))


def chance(figures: Sequence[Figure], tolerance: Decimal, size: Decimal, difference: Decimal) -> Decimal:
    """How likely a relation that was never meant comes as near and could be closed by a slip, too: 1 is certain.

    Args:
        size: what the difference could have been at random, in the unit of the figures; difference: what it is.
    """
    near = abs(difference) + tolerance
    fine = max(_finest(figures), _grain(figures))
    if size <= 0 or fine <= 0:
        return Decimal(1)
    by = {abs(value - figure.value) for figure in figures for value in slips_of(figure)}
    reach = [each for each in by if each <= near and each % fine == 0]
    return min(Decimal(1), len(reach) * (2 * tolerance / fine + 1) * fine / size, near / size)


def _grain(figures: Iterable[Figure]) -> Decimal:
    """The power of ten that all figures are multiples of: among round ones a slip closes much by accident."""
    return min(
        (Decimal(1).scaleb(int(figure.value.normalize().as_tuple().exponent)) for figure in figures if figure.value),
        default=Decimal(0),
    )


def _finest(figures: Iterable[Figure]) -> Decimal:
    return min((figure.step or figure.own.step for figure in figures), default=Decimal(0))
