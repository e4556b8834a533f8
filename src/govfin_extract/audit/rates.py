"""Completion and rates in prose: what was done in percent of what was to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, not_checked, ratio
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.near import Pair, before, levels, line_around, of_whole, same_sentence

__all__ = ["completions"]

_ODD = Decimal("0.1")
_SHORT = 4
_GAP = 40
_OTHER_RATES = re.compile(r"到位|变动|差异|节约|结余|结转|合格|达标|满意|使用")
_EXECUTED = re.compile(r"(?:执行|支出|完成|支付)(?:率|进度)")
_COMPARED = re.compile(r"超|高于|低于|压缩|压减|节约")
_STOP = re.compile(r"[；。\n]")


def completions(scene: Scene) -> Iterator[Outcome]:
    """完成预算的…%, 执行率, 完成率, 办结率: every such percentage."""
    for place, stated in enumerate(scene.prose):
        if stated.basis != "actual" or stated.unit != "%" or "满意" in stated.name:
            continue
        if _COMPARED.search(scene.text[max(0, stated.start - 6) : stated.start]):
            continue
        rate = stated.measure == "level" and stated.fact.kind == "ratio" and "率" in stated.name
        if stated.measure == "completion" or rate:
            yield _completion(scene, place, rate=rate)


def _completion(scene: Scene, place: int, *, rate: bool) -> Outcome:
    rule = "ratio.rate" if rate else "ratio.completion"
    stated = scene.prose[place]
    near = levels(before(scene, place))
    mine = same_sentence(stated, near)
    explicit = of_whole(scene, stated, near)
    if explicit is not None:
        return ratio(rule, stated, *explicit)
    pairs = [Pair(a, b) for a in reversed(near) for b in reversed(near) if a is not b and a.unit == b.unit]
    outcomes = [ratio(rule, stated, *pair) for pair in pairs]
    held = next((each for each in outcomes if each.holds and (not each.cut or each.figures[1] is near[-1])), None)
    if held is not None:
        return held
    sure = _sure_pair(scene, place, mine, near, rate=rate)
    if sure is not None:
        return ratio(rule, stated, *sure)
    slipped = (ratio(rule, stated, *pair) for pair in _last_pairs(mine))
    found = next((each for each in slipped if each.chance is not None and each.chance <= _ODD), None)
    undefined = next((each for each in outcomes if each.verdict == "undefined"), None)
    return found or undefined or not_checked(rule, (stated,))


def _last_pairs(mine: Sequence[Figure]) -> Iterator[Pair]:
    for whole in mine[-3:-1]:
        if whole.unit == mine[-1].unit and whole.value >= mine[-1].value:
            yield Pair(mine[-1], whole)


def _sure_pair(scene: Scene, place: int, mine: Sequence[Figure], near: Sequence[Figure], *, rate: bool) -> Pair | None:
    """The two figures that a rate is said of, where nothing else can be meant."""
    stated = scene.prose[place]
    named = "率" in stated.name
    if not _OTHER_RATES.search(stated.name) and (not rate or _EXECUTED.search(stated.name)):
        pair = _budget_pair(mine, loose=named) or _budget_before(stated, mine, near)
        if pair is not None:
            return pair
    return _counted_pair(scene, place, mine) if named else None


def _budget_pair(mine: Sequence[Figure], *, loose: bool) -> Pair | None:
    """The budget and the actual figure right before a percentage in its sentence; ``loose``: of any names."""
    if len(mine) < 2:
        return None
    last, other = mine[-1], mine[-2]
    if last.unit != other.unit or (last.basis == "actual") == (other.basis == "actual"):
        return None
    part, whole = (last, other) if last.basis == "actual" else (other, last)
    if not loose and part.name and whole.name and part.concept != whole.concept and part.name != whole.name:
        return None
    return Pair(part, whole) if whole.value and part.period == whole.period else None


def _budget_before(stated: Figure, mine: Sequence[Figure], near: Sequence[Figure]) -> Pair | None:
    """调整后的预算变为700.55万元。实际支出681.92万元，执行率97.34%: the only budget of the line, a sentence before."""
    if len(mine) != 1 or mine[0].basis != "actual" or not _EXECUTED.search(stated.name):
        return None
    part = mine[0]
    for basis in ("adjusted_budget", "budget"):
        budgets = [f for f in near if f.unit == part.unit and f.basis == basis and f.period == part.period]
        if budgets:
            return Pair(part, budgets[-1]) if len({f.value for f in budgets}) == 1 else None
    return None


def _counted_pair(scene: Scene, place: int, mine: Sequence[Figure]) -> Pair | None:
    """立项18个、销号15个，整改率88.3%: two counts of one unit right before a rate, in one part of a sentence."""
    stated = scene.prose[place]
    if len(mine) < 2:
        return None
    whole, part = mine[-2], mine[-1]
    gap = scene.text[whole.end : stated.start]
    counts = whole.fact.kind != "amount" and part.fact.kind != "amount" and whole.unit == part.unit
    if not counts or not whole.value or len(gap) > _GAP or _STOP.search(gap):
        return None
    third = mine[-3] if len(mine) > 2 else None
    if third is not None and third.unit == part.unit and not _STOP.search(scene.between(third, whole)):
        return None
    key = stated.name.rstrip("率")[-2:]
    if len(key) > 1 and len(stated.name) <= _SHORT and (key in scene.between(whole, part) or key in part.name):
        return Pair(part, whole)
    return Pair(part, whole) if part.value <= whole.value and _like_others(scene, place, part) else None


def _like_others(scene: Scene, place: int, part: Figure) -> bool:
    """Whether another rate of that name in the line is that of the two counts before it."""
    stated, line = scene.prose[place], line_around(scene, place)
    for number, other in enumerate(line):
        if other is stated or number < 2 or other.name != stated.name or other.unit != "%":
            continue
        done, all_ = line[number - 1], line[number - 2]
        if done.unit == all_.unit == part.unit and all_.value and ratio("", other, done, all_).holds:
            return True
    return False
