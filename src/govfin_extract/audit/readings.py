"""The readings of a list under its total: which items are its parts, and which belong to an item before them (其中)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from govfin_extract.audit.figures import Figure

__all__ = ["closing", "sub_totals"]

_MOST = 60
_STATES = 64


def sub_totals(items: Sequence[Figure]) -> list[list[int]]:
    """For each item how many items behind it may add up to it: the readings in which they are its own parts."""
    found: list[list[int]] = []
    for place, item in enumerate(items):
        fits: list[int] = []
        so_far, tolerance = Decimal(0), item.step
        for count, part in enumerate(items[place + 1 :], 1):
            so_far += part.value
            tolerance += part.step
            if so_far > item.value + tolerance:
                break
            if part.value and abs(so_far - item.value) * 2 <= tolerance:
                fits.append(count)
        found.append(fits if item.value > 0 else [])
    return found


def closing(whole: Figure, items: Sequence[Figure], *, to_end: bool = False) -> tuple[Figure, ...] | None:
    """The parts of the first reading under which the items add up to their total; None where no reading does.

    Items that add up to the item before them may be its parts; the list may end early (unless ``to_end``).
    """
    items = list(items[:_MOST])
    swallowed = sub_totals(items)
    states: list[dict[Decimal, tuple[int, ...]]] = [{} for _ in range(len(items) + 1)]
    states[0][Decimal(0)] = ()
    best: tuple[int, ...] | None = None
    for place in range(len(items) + 1):
        for so_far, picked in states[place].items():
            if len(picked) > 1 and (place == len(items) or not to_end) and _closes(whole, so_far, items, picked):
                best = picked
        if place == len(items):
            break
        for so_far, picked in list(states[place].items()):
            for jump in (1, *(1 + count for count in swallowed[place])):
                target = states[place + jump]
                if len(target) < _STATES:
                    target.setdefault(so_far + items[place].value, (*picked, place))
    return tuple(items[place] for place in best) if best else None


def _closes(whole: Figure, so_far: Decimal, items: Sequence[Figure], picked: Sequence[int]) -> bool:
    tolerance = whole.step + sum((items[place].step for place in picked), Decimal(0))
    return abs(whole.value - so_far) * 2 <= tolerance
