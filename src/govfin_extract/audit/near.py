"""What stands near a percentage in prose: the figures that it may be said of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from govfin_extract.audit.figures import Figure, Scene

__all__ = ["Pair", "before", "levels", "line_around", "of_whole", "same_sentence", "same_thing", "year_before"]

_NEAR = 12  # figures before a percentage that it may be said of
_AROUND = 24  # figures of its line that are compared with it
_FAR = 220  # characters
_GAP = 40
_SAID_OF = re.compile(r"占|完成|[为达]到?|相当于|及")
_TAILS = ("的", "的比例为", "的比重为", "比例为")


class Pair(NamedTuple):
    """A part and the whole that it is measured by."""

    part: Figure
    whole: Figure


def before(scene: Scene, place: int) -> list[Figure]:
    """The figures of the prose before a place, in its line or sentence and near, the nearest last."""
    stated = scene.prose[place]
    near: list[Figure] = []
    for figure in reversed(scene.prose[max(0, place - _NEAR) : place]):
        apart = figure.sentence != stated.sentence and figure.line != stated.line
        if apart or stated.start - figure.end > _FAR:
            break
        near.append(figure)
    return near[::-1]


def line_around(scene: Scene, place: int) -> list[Figure]:
    """The figures of a line around a place, that of the place included."""
    stated = scene.prose[place]
    window = scene.prose[max(0, place - _AROUND) : place + _AROUND]
    return [figure for figure in window if figure.line == stated.line]


def levels(figures: Sequence[Figure]) -> list[Figure]:
    """The plain amounts and counts."""
    return [figure for figure in figures if figure.is_level and figure.fact.kind != "score"]


def same_sentence(stated: Figure, figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.sentence == stated.sentence]


def of_whole(scene: Scene, stated: Figure, figures: Sequence[Figure]) -> Pair | None:
    """占到位的2,860万元的95.0%: the whole is printed between its word and the percentage."""
    if len(figures) < 2:
        return None
    part, whole = figures[-2], figures[-1]
    gap, tail = scene.between(part, whole), scene.between(whole, stated)
    said = _SAID_OF.search(gap) and not re.search("[。；]", gap) and len(gap) < _GAP
    if said and tail.strip() in _TAILS and part.unit == whole.unit and whole.value:
        return Pair(part, whole)
    return None


def same_thing(figure: Figure, stated: Figure) -> bool:
    """Whether two figures are of one concept or, where one has none, of one name."""
    if figure.concept and stated.concept:
        return figure.concept == stated.concept
    return bool(figure.name) and (figure.name in stated.name or stated.name in figure.name)


def year_before(figure: Figure, year: str | None) -> bool:
    """Whether a figure is of the year before ``year``."""
    return bool(year) and (year or "").isdecimal() and figure.period == str(int(year or "0") - 1)
