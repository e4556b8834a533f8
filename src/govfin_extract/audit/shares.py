"""Shares in prose: a part in percent of its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, not_checked, ratio
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.near import before, levels, line_around, of_whole, same_sentence, same_thing
from govfin_extract.text.datafiles import read_toml

__all__ = ["shares"]

_RULE = "ratio.share"
_ODD = Decimal("0.05")
_WHOLE = Decimal("0.02")  # by which shares of one whole may miss 100
_MOST = 40
_LATEST = 6
_GAP = 40
_BARE = re.compile(r"^[，,（(]?\s*(?:占比?|比重|占其|占总[额量数])[为约的]?\s*$")
_AMONG = re.compile(r"^[，,；（(]?\s*其中")


def shares(scene: Scene) -> Iterator[Outcome]:
    """占…的: a part in percent of a whole that is printed before it, or that the words name."""
    for place, stated in enumerate(scene.prose):
        if stated.measure != "share" or stated.basis != "actual":
            continue
        near = levels(before(scene, place))
        mine = same_sentence(stated, near) or near
        if not mine:
            yield not_checked(_RULE, (stated,))
            continue
        same = [figure for figure in mine if same_thing(figure, stated)]
        yield _share(scene, place, same[-1] if same else mine[-1], near, sure=bool(same))


def _share(scene: Scene, place: int, part: Figure, near: Sequence[Figure], *, sure: bool) -> Outcome:
    stated = scene.prose[place]
    explicit = of_whole(scene, stated, near)
    if explicit is not None:
        return ratio(_RULE, stated, *explicit)
    wholes = [figure for figure in near if figure is not part and figure.unit == part.unit]
    named = _named(scene, stated, part)
    every = [ratio(_RULE, stated, part, whole) for whole in (*wholes[::-1], *named)]
    outcomes = [each for each in every if each.verdict != "undefined"] or every
    held = next((each for each in outcomes if each.holds), None)
    if held is not None:
        return held
    among = _among(scene, stated, part, near)
    if among is not None:
        return ratio(_RULE, stated, part, among)
    if not outcomes or not sure:
        return not_checked(_RULE, (stated, part))
    return _off(scene, place, part, outcomes, named)


def _among(scene: Scene, stated: Figure, part: Figure, near: Sequence[Figure]) -> Figure | None:
    """配置公务用车37辆，其中新能源汽车22辆，占59.5%: the figure right before the part, which 其中 makes its whole."""
    if len(near) < 2 or near[-1] is not part or not _BARE.search(scene.between(part, stated)):
        return None
    whole = near[-2]
    gap = scene.between(whole, part)
    fits = whole.unit == part.unit and whole.value >= part.value and "。" not in gap and len(gap) < _GAP
    return whole if fits and _AMONG.match(gap) else None


def _named(scene: Scene, stated: Figure, part: Figure) -> list[Figure]:
    """The figures of what the words behind 占 name: 占本年支出合计的."""
    behind = scene.between(part, stated).rpartition("占")[2]
    concept = next((concept for word, concept in read_toml("audit/words.toml")["wholes"].items() if word in behind), "")
    return [
        figure
        for figure in scene.by_concept.get(concept, ())[:_MOST]
        if figure.unit == part.unit and figure.basis == "actual" and figure.period == scene.about.fiscal_year
    ]


def _off(scene: Scene, place: int, part: Figure, outcomes: Sequence[Outcome], named: Sequence[Figure]) -> Outcome:
    """A share that no whole gives: off where the words name the whole, where others of its line are shares of that
    whole, or where a slip would mend it."""
    stated = scene.prose[place]
    line = line_around(scene, place)
    others = [figure for figure in line if figure.measure == "share" and figure is not stated]
    adds_up = bool(others) and abs(sum((f.value for f in others), stated.value) - 100) <= _WHOLE
    for outcome in outcomes:
        whole = outcome.figures[2]
        if whole.value < part.value:
            continue
        if whole in named or any(_closes(line, other, whole) for other in others[-_LATEST:]):
            return outcome
        slipped = outcome.chance is not None and outcome.chance <= _ODD and whole.sentence == stated.sentence
        if slipped and not adds_up:
            return outcome
    return not_checked(_RULE, outcomes[0].figures)


def _closes(line: Sequence[Figure], stated: Figure, whole: Figure) -> bool:
    """Whether another share of the line is a share of that whole."""
    place = line.index(stated)
    parts = levels(line[max(0, place - 2) : place])[-1:]
    return any(
        part is not whole and part.unit == whole.unit and part.value and ratio("", stated, part, whole).holds
        for part in parts
    )
