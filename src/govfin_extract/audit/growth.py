"""Growth and change in prose: against the values of two years, or a change and a current value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govfin_extract.audit.check import Outcome, grown, not_checked, ratio, sum_of
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.near import Pair, before, levels, same_sentence, same_thing, year_before

__all__ = ["changes", "growths"]

_RULE = "ratio.growth"
_LEAD = 25
_LATEST = 4
_UP = re.compile(r"增|升|提高|上涨|扩大|多")
_DOWN = re.compile(r"减|降|下滑|压缩|缩|少|负")
_CLAUSE = re.compile(r"[，。；、\d]")
_AGAINST_BUDGET = re.compile(r"(?:比|较|低于|高于)[^，。；]{0,12}(?:预算|计划|概算|控制数|限额|目标)")
_OVER_BUDGET = re.compile(r"超收|短收|超支|超概|节支|节约")
_MOVED = re.compile(r"^[^，。；]{0,3}(?:变|增|减|降|升|提高|上升|下降|压减|缩减)[^，。；]{0,3}[为至到]")
_AT_ONCE = re.compile(
    r"^[，、,]?\s*(?:增长|增幅|增加|下降|降幅|降低|减少|上升|提高|扩大|压缩|[增减升降])[^，。；]{0,3}\Z"
)
_TEMPLATE = re.compile(r"[（(](?:减少|增加|增长|下降|降低|上升)[）)]")


def growths(scene: Scene) -> Iterator[Outcome]:
    """Every growth in percent."""
    for place, stated in enumerate(scene.prose):
        if stated.measure == "growth" and stated.unit == "%" and stated.value:
            yield _growth(scene, place)


def _growth(scene: Scene, place: int) -> Outcome:
    stated = scene.prose[place]
    near = before(scene, place)
    change = next((f for f in near[-1:] if f.measure == "change" and f.unit != "pp"), None)
    plain = levels(near)
    held = _held(stated, plain, change)
    if held is not None:
        return held
    lead = scene.text[max(0, (change or stated).start - _LEAD) : stated.start]
    at_once = change is not None and _AT_ONCE.search(scene.between(change, stated))
    against = _OVER_BUDGET.search(lead) or (_AGAINST_BUDGET.search(lead) and not at_once)
    outcome = None if against else _sure(scene, stated, plain, change)
    if outcome is not None and outcome.is_off:
        if _TEMPLATE.search(lead) or _by_sign_alone(scene, stated, change, outcome):
            return not_checked(_RULE, outcome.figures)
        return outcome
    return _turned(scene, stated, plain) or not_checked(_RULE, (stated,))


def _held(stated: Figure, plain: Sequence[Figure], change: Figure | None) -> Outcome | None:
    """The first way of computing a growth that holds."""
    ways: list[Outcome] = []
    if change is not None:
        same = [figure for figure in reversed(plain) if figure.unit == change.unit]
        ways += [grown(_RULE, stated, change, level) for level in same]
        ways += [ratio(_RULE, stated, change, level) for level in same]
    latest = plain[-_LATEST:][::-1]
    ways += [
        ratio(_RULE, stated, now, then, less=100)
        for now in latest
        for then in latest
        if now is not then and now.unit == then.unit
    ]
    return next((each for each in ways if each.holds), None)


def _sure(scene: Scene, stated: Figure, plain: Sequence[Figure], change: Figure | None) -> Outcome | None:
    """The growth that the nearest figures must give, where they are those of its own label."""
    mine = [figure for figure in plain if same_thing(figure, stated)]
    if change is None:
        return _of_two_years(scene, stated, plain, mine)
    if not same_thing(change, stated):
        return None
    mine = [figure for figure in mine if figure.unit == change.unit]
    now = [f for f in mine if f.period == stated.period and f.basis == change.basis]
    if now:
        return _directed(stated, grown(_RULE, stated, change, now[-1]))
    then = [figure for figure in mine if year_before(figure, stated.period)]
    return _directed(stated, ratio(_RULE, stated, change, then[-1])) if then else None


def _of_two_years(scene: Scene, stated: Figure, plain: Sequence[Figure], mine: Sequence[Figure]) -> Outcome | None:
    side_by_side = _side_by_side(scene, stated, plain)
    if side_by_side is not None:
        return _directed(stated, ratio(_RULE, stated, *side_by_side, less=100))
    now = next((f for f in reversed(mine) if f.period == stated.period), None)
    then = next((f for f in reversed(mine) if now and year_before(f, stated.period) and f.unit == now.unit), None)
    if now is None or then is None or plain[-1] not in (now, then):
        return None
    if "。" in scene.between(*sorted((now, then), key=lambda figure: figure.start)):
        return None
    return _directed(stated, ratio(_RULE, stated, now, then, less=100))


def _side_by_side(scene: Scene, stated: Figure, plain: Sequence[Figure]) -> Pair | None:
    """2021年为48.20万元，2022年为41.75万元，下降13.38%: the only two figures of the sentence, and of two years."""
    mine = same_sentence(stated, plain)
    if len(mine) != 2 or mine[0].unit != mine[1].unit or not _AT_ONCE.search(scene.between(mine[1], stated)):
        return None
    then, now = sorted(mine, key=lambda figure: figure.period or "")
    return Pair(now, then) if now.period == stated.period and year_before(then, stated.period) else None


def _turned(scene: Scene, stated: Figure, plain: Sequence[Figure]) -> Outcome | None:
    """A growth whose size is that of the two figures before it, but whose direction is not."""
    if len(plain) < 2 or plain[-1].unit != plain[-2].unit:
        return None
    then, now = sorted(plain[-2:], key=lambda figure: figure.period or "")
    first = plain[-2]
    if _MOVED.search(scene.between(first, plain[-1])) and "由" in scene.text[max(0, first.start - 6) : first.start]:
        then, now = plain[-2:]
    elif then.period == now.period:
        return None
    if not then.value or len(stated.words) < _LATEST or now.sentence != stated.sentence:
        return None
    outcome = _directed(stated, ratio(_RULE, stated, now, then, less=100))
    turned = outcome.rule == "ratio.direction" and not _by_sign_alone(scene, stated, None, outcome)
    return outcome if turned else None


def _directed(stated: Figure, outcome: Outcome) -> Outcome:
    """A growth whose size holds but whose direction does not is a finding of its own."""
    if outcome.difference is None or not outcome.is_off:
        return outcome
    point = stated.value - outcome.difference
    if abs(abs(point) - abs(stated.value)) <= stated.own.step:
        return replace(outcome, rule="ratio.direction")
    return outcome


def _by_sign_alone(scene: Scene, stated: Figure, change: Figure | None, outcome: Outcome) -> bool:
    """Whether a growth fails by its sign alone, and the words do not contradict the figures."""
    if outcome.rule == "ratio.direction":
        _, part, whole = outcome.figures
        up = change.value > 0 if change is not None else part.value > whole.value
        return _said(scene, stated) in (0, 1 if up else -1)
    if change is None:
        return False
    current = outcome.figures[2]
    turned = change.with_value(-change.value)
    return ratio("", stated, turned, current).holds or grown("", stated, turned, current).holds


def _said(scene: Scene, figure: Figure) -> int:
    """What the words right before a figure say: 1 up, -1 down, 0 nothing or both."""
    lead = _CLAUSE.split(scene.text[max(0, figure.start - 12) : figure.start])[-1]
    return bool(_UP.search(lead)) - bool(_DOWN.search(lead))


def changes(scene: Scene) -> Iterator[Outcome]:
    """A change against the values of two years that are printed before it."""
    for place, stated in enumerate(scene.prose):
        if stated.measure != "change" or stated.unit == "pp":
            continue
        near = levels(before(scene, place))
        mine = [figure for figure in near if figure.unit == stated.unit and same_thing(figure, stated)]
        last = [figure for figure in same_sentence(stated, near)[-2:] if figure.unit == stated.unit]
        pair = _two_years(stated, mine) or _two_years(stated, last)
        if pair is not None:
            yield sum_of("change.amount", stated, (pair.part, pair.whole), (1, -1))


def _two_years(stated: Figure, plain: Sequence[Figure]) -> Pair | None:
    """The last value of a change's year and the last of the year before."""
    alike = [figure for figure in plain if figure.basis == stated.basis]
    now = [figure for figure in alike if figure.period == stated.period]
    then = [figure for figure in alike if year_before(figure, stated.period)]
    return Pair(now[-1], then[-1]) if now and then else None
