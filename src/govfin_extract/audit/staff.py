"""People: parts of the staff against the whole, with the readings that make a surplus plausible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, bound, sum_of
from govfin_extract.audit.figures import Figure, Scene

__all__ = ["staff_parts"]

_RANKS = ("staff.by_rank", "staff.by_post", "staff.by_title")
_MOST = 60
_WHOLE = "staff.actual.total"


def staff_parts(scene: Scene) -> Iterator[Outcome]:
    """The parts that 其中 names behind a number of staff, in its sentence."""
    for figures in scene.by_sentence.values():
        people = [figure for figure in figures if figure.fact.kind == "staffing" and figure.is_level][:_MOST]
        for place, whole in enumerate(people[:-1]):
            if whole.concept == _WHOLE and "其中" in scene.between(whole, people[place + 1]):
                yield from _parts(whole, people[place + 1 :])


def _parts(whole: Figure, parts: Sequence[Figure]) -> Iterator[Outcome]:
    for part in parts:
        if part.concept and part.concept.startswith(("staff.actual", "staff.on_post")) and part.value > whole.value:
            yield _above(whole, part, parts)
            return
    ranks = [part for part in parts if part.concept in _RANKS]
    if len(ranks) > 1 and len(ranks) >= len([p for p in parts if p.value]):
        outcome = sum_of("staff.ranks", whole, ranks)
        if outcome.is_off and outcome.difference is not None and outcome.difference < 0:
            yield outcome.as_verdict("ambiguous", "ranks and posts may overlap")
        else:
            yield outcome if outcome.holds else outcome.as_verdict("incomplete")


def _above(whole: Figure, part: Figure, parts: Sequence[Figure]) -> Outcome:
    """A part above its whole: another reading counts people beside the staff, too."""
    outcome = bound("staff.subset", part, whole)
    others = [other for other in parts if other is not part and other.value > Decimal(0)]
    for other in others:
        if whole.value + other.value == part.value:
            return outcome.as_verdict("ambiguous", f"{whole.words} + {other.words} ({other.name}) = {part.words}")
    return outcome
