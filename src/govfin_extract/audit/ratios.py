"""Percentages in prose: shares, completion, rates and growth against the figures that they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from govfin_extract.audit.check import Outcome, grown, not_checked, ratio, sum_of
from govfin_extract.audit.figures import Figure, Scene

__all__ = ["changes", "completions", "growths", "shares"]

_NEAR = 12  # figures before a percentage that it may be said of
_FAR = 220  # characters
_ODD = Decimal("0.05")
_ODD_PAIR = Decimal("0.1")
_WHOLE = Decimal("0.02")  # by which shares of one whole may miss 100
_OF = re.compile(r"^[^，。；]{0,10}的?\s*(?:比[例重][为是]?)?$")
_BUDGET = re.compile(r"预算|计划|概算|目标")
_SHORT = 4
_BARE_SHARE = re.compile(r"^[，,（(]?\s*(?:占比?|比重|占其|占总[额量数])[为约的]?\s*$")
_OTHER_RATES = re.compile(r"到位|变动|差异|节约|结余|结转|合格|达标|满意|使用")
_UP = re.compile(r"增|升|提高|上涨|扩大|多")
_DOWN = re.compile(r"减|降|下滑|压缩|缩|少|负")
_GAP = 40
_SAID_OF = re.compile(r"占|完成|[为达]到?|相当于|及")
_EXECUTED = re.compile(r"(?:执行|支出|完成|支付)(?:率|进度)")
_RATE = re.compile(r"率")
_AGAINST_BUDGET = re.compile(r"(?:比|较|低于|高于)[^，。；]{0,12}(?:预算|计划|概算|控制数|限额|目标)")
_MOVED = re.compile(r"^[^，。；]{0,3}(?:变|增|减|降|升|提高|上升|下降|压减|缩减)[^，。；]{0,3}[为至到]")
_AT_ONCE = re.compile(r"^[，、,]?\s*(?:增长|增幅|增加|下降|降幅|降低|减少|上升|提高|扩大|压缩|[增减升降])[^，。；]{0,3}\Z")
_TEMPLATE = re.compile(r"[（(](?:减少|增加|增长|下降|降低|上升)[）)]")


class _Pair(NamedTuple):
    part: Figure
    whole: Figure


def _before(scene: Scene, place: int) -> list[Figure]:
    """The figures of the prose before a place, in one line and near, the nearest last."""
    stated = scene.prose[place]
    near: list[Figure] = []
    for figure in reversed(scene.prose[max(0, place - _NEAR) : place]):
        if figure.sentence != stated.sentence and figure.line != stated.line:
            break
        if stated.start - figure.end > _FAR:
            break
        near.insert(0, figure)
    return near


def _levels(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.is_level and figure.fact.kind != "score"]


def _same_sentence(stated: Figure, figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.sentence == stated.sentence]


def shares(scene: Scene) -> Iterator[Outcome]:
    """占…的: a part in percent of a whole that is printed before it, or that the words name."""
    known = _by_concept(scene)
    for place, stated in enumerate(scene.prose):
        if stated.measure != "share" or stated.basis != "actual":
            continue
        before = _levels(_before(scene, place))
        mine = _same_sentence(stated, before) or before
        if not mine:
            yield not_checked("ratio.share", (stated,))
            continue
        same = [figure for figure in mine if _same_thing(figure, stated)]
        yield _share(scene, stated, same[-1] if same else mine[-1], before, known, sure=bool(same))


def _by_concept(scene: Scene) -> dict[str, list[Figure]]:
    known: dict[str, list[Figure]] = {}
    for figure in scene.figures:
        if figure.is_level and figure.concept and figure.basis == "actual" and figure.period == scene.about.fiscal_year:
            known.setdefault(figure.concept, []).append(figure)
    return known


def _share(
    scene: Scene,
    stated: Figure,
    part: Figure,
    before: Sequence[Figure],
    known: dict[str, list[Figure]],
    *,
    sure: bool,
) -> Outcome:
    rule = "ratio.share"
    explicit = _of_whole(scene, stated, before)
    if explicit is not None:
        return ratio(rule, stated, *explicit)
    wholes = [figure for figure in before if figure is not part and figure.unit == part.unit]
    named = _named(scene, stated, part, known)
    outcomes = [ratio(rule, stated, part, whole) for whole in (*wholes[::-1], *named)]
    among = _among(scene, stated, part, before)
    outcomes = [each for each in outcomes if each.verdict != "undefined"] or outcomes
    held = next((each for each in outcomes if each.holds), None)
    if held is not None:
        return held
    if among is not None and part is before[-1]:
        return ratio(rule, stated, part, among)
    if not outcomes or not sure:
        return not_checked(rule, (stated, part))
    return _off_share(scene, stated, part, outcomes, named)


def _of_whole(scene: Scene, stated: Figure, before: Sequence[Figure]) -> _Pair | None:
    """占到位的2,860万元的95.0%: the whole is printed between 占 and the percentage."""
    if len(before) < 2:
        return None
    part, whole = before[-2], before[-1]
    gap, tail = scene.between(part, whole), scene.between(whole, stated)
    said = _SAID_OF.search(gap) and "。" not in gap and "；" not in gap and len(gap) < _GAP
    if said and tail.strip() in ("的", "的比例为", "的比重为", "比例为") and part.unit == whole.unit and whole.value:
        return _Pair(part, whole)
    return None


def _among(scene: Scene, stated: Figure, part: Figure, before: Sequence[Figure]) -> Figure | None:
    """配置公务用车37辆，其中新能源汽车22辆，占59.5%: the figure right before the part, which 其中 makes its whole."""
    if len(before) < 2 or before[-1] is not part or not _BARE_SHARE.search(scene.between(part, stated)):
        return None
    whole = before[-2]
    gap = scene.between(whole, part)
    near = whole.unit == part.unit and whole.value >= part.value and "。" not in gap and len(gap) < 40
    return whole if near and re.match(r"^[，,；（(]?\s*其中", gap) else None


_WHOLES = (
    ("财政拨款总支出", "expenditure.appropriation"),
    ("财政拨款支出", "expenditure.appropriation"),
    ("财政拨款收入", "revenue.appropriation"),
    ("本年支出", "expenditure.total"),
    ("支出合计", "expenditure.total"),
    ("总支出", "expenditure.total"),
    ("本年收入", "revenue.total"),
    ("收入合计", "revenue.total"),
    ("总收入", "revenue.total"),
    ("基本支出", "expenditure.basic"),
    ("项目支出", "expenditure.project"),
    ("采购", "procurement.total"),
    ("三公", "three_public.total"),
)


def _named(scene: Scene, stated: Figure, part: Figure, known: dict[str, list[Figure]]) -> list[Figure]:
    """The figures of what the words behind 占 name."""
    words = scene.between(part, stated)
    _, _, behind = words.rpartition("占")
    concepts = [concept for word, concept in _WHOLES if word in behind]
    return [figure for concept in concepts[:1] for figure in known.get(concept, ()) if figure.unit == part.unit]


def _off_share(
    scene: Scene, stated: Figure, part: Figure, outcomes: Sequence[Outcome], named: Sequence[Figure]
) -> Outcome:
    """A share that no whole gives: off where others of its line are shares of that whole, or a slip would mend it."""
    line = [figure for figure in scene.by_line[stated.line] if figure.measure == "share" and figure is not stated]
    every = [stated.value, *(figure.value for figure in line)]
    whole_line = len(every) > 1 and abs(sum(every, Decimal(0)) - 100) <= _WHOLE
    nearest = next((f for f in reversed(named) if f.start < stated.start and f.fact.section == stated.fact.section), None)
    for outcome in outcomes:
        whole = outcome.figures[2]
        if whole.value < part.value:
            continue
        if whole is nearest or whole in named:
            return outcome
        if any(_closes_share(scene, other, whole) for other in line):
            return outcome
        if outcome.chance is not None and outcome.chance <= _ODD and whole.sentence == stated.sentence:
            if not whole_line:
                return outcome
    return not_checked("ratio.share", outcomes[0].figures)


def _closes_share(scene: Scene, stated: Figure, whole: Figure) -> bool:
    """Whether another share of the line is a share of that whole."""
    place = scene.prose.index(stated)
    parts = _levels(scene.prose[max(0, place - 2) : place])
    return any(
        part is not whole and part.unit == whole.unit and part.value and ratio("", stated, part, whole).holds
        for part in parts[-1:]
    )


def completions(scene: Scene) -> Iterator[Outcome]:
    """完成预算的…%, 执行率, 完成率, 办结率: what was done in percent of what was to be done."""
    for place, stated in enumerate(scene.prose):
        rate = stated.measure == "level" and stated.fact.kind == "ratio" and _RATE.search(stated.name)
        if "满意" in stated.name:
            continue
        if not (stated.measure == "completion" or rate) or stated.basis != "actual" or stated.unit != "%":
            continue
        yield _completion(scene, place, stated, rate=bool(rate))


def _completion(scene: Scene, place: int, stated: Figure, *, rate: bool) -> Outcome:
    rule = "ratio.rate" if rate else "ratio.completion"
    before = _levels(_before(scene, place))
    mine = _same_sentence(stated, before)
    explicit = _of_whole(scene, stated, before)
    if explicit is not None:
        return ratio(rule, stated, *explicit)
    pairs = [_Pair(a, b) for a in reversed(before) for b in reversed(before) if a is not b and a.unit == b.unit]
    outcomes = [ratio(rule, stated, *pair) for pair in pairs]
    held = next((each for each in outcomes if each.holds and not (each.cut and each.figures[1] is not before[-1])), None)
    if held is not None:
        return held
    zero = next((each for each in outcomes if each.verdict == "undefined"), None)
    budgeted = not _OTHER_RATES.search(stated.name) and (not rate or _EXECUTED.search(stated.name))
    sure = _budget_pair(mine, loose="率" in stated.name) or _budget_before(stated, mine, before) if budgeted else None
    sure = sure or (_counted_pair(scene, stated, mine) if rate or "率" in stated.name else None)
    if sure is not None:
        return ratio(rule, stated, *sure)
    for pair in _last_pairs(mine):
        outcome = ratio(rule, stated, *pair)
        if outcome.chance is not None and outcome.chance <= _ODD_PAIR:
            return outcome
    return zero or not_checked(rule, (stated,))


def _last_pairs(mine: Sequence[Figure]) -> Iterator[_Pair]:
    for whole in mine[-3:-1]:
        part = mine[-1]
        if whole.unit == part.unit and whole.value >= part.value:
            yield _Pair(part, whole)


def _budget_pair(mine: Sequence[Figure], *, loose: bool) -> _Pair | None:
    """The only budget and the only actual figure of one unit before a percentage in its sentence."""
    if len(mine) < 2:
        return None
    last, other = mine[-1], mine[-2]
    if last.unit != other.unit or {last.basis == "actual", other.basis == "actual"} != {True, False}:
        return None
    part, whole = (last, other) if last.basis == "actual" else (other, last)
    if not loose and part.name and whole.name and part.concept != whole.concept and part.name != whole.name:
        return None
    if part.period != whole.period:
        return None
    return _Pair(part, whole) if whole.value else None


def _budget_before(stated: Figure, mine: Sequence[Figure], before: Sequence[Figure]) -> _Pair | None:
    """调整后的预算变为700.55万元。实际支出681.92万元，执行率97.34%: the only budget of the line, a sentence before."""
    if len(mine) != 1 or mine[0].basis != "actual" or not _EXECUTED.search(stated.name):
        return None
    part = mine[0]
    budgets = [f for f in before if f.unit == part.unit and f.basis == "adjusted_budget" and f.period == part.period]
    budgets = budgets or [f for f in before if f.unit == part.unit and f.basis == "budget" and f.period == part.period]
    return _Pair(part, budgets[-1]) if budgets and len({f.value for f in budgets}) == 1 else None


def _counted_pair(scene: Scene, stated: Figure, mine: Sequence[Figure]) -> _Pair | None:
    """立项18个、销号15个，整改率88.3%: two counts of one unit right before a rate, in one stretch between semicolons."""
    if len(mine) < 2:
        return None
    whole, part = mine[-2], mine[-1]
    gap = scene.text[whole.end : stated.start]
    counts = whole.fact.kind != "amount" and part.fact.kind != "amount"
    if not counts or whole.unit != part.unit or not whole.value:
        return None
    if re.search(r"[；。\n]", gap) or len(gap) > 40 or (len(mine) > 2 and mine[-3].unit == part.unit and not re.search(r"[；。]", scene.between(mine[-3], whole))):
        return None
    key = stated.name.rstrip("率")[-2:]
    named = key and len(key) > 1 and len(stated.name) <= _SHORT and (key in scene.between(whole, part) or key in part.name)
    if named:
        return _Pair(part, whole)
    return _Pair(part, whole) if part.value <= whole.value and _like_others(scene, stated, part) else None


def _like_others(scene: Scene, stated: Figure, part: Figure) -> bool:
    """Whether another rate of that name in the line is that of the two counts before it."""
    line = scene.by_line[stated.line]
    for place, other in enumerate(line):
        if other is stated or place < 2 or other.name != stated.name or other.unit != "%":
            continue
        done, all_ = line[place - 1], line[place - 2]
        if done.unit == all_.unit == part.unit and all_.value and ratio("", other, done, all_).holds:
            return True
    return False


def growths(scene: Scene) -> Iterator[Outcome]:
    """Growth in percent against a change and a current value, or against the values of two years."""
    for place, stated in enumerate(scene.prose):
        if stated.measure == "growth" and stated.unit == "%" and stated.value:
            yield _growth(scene, place, stated)


def _growth(scene: Scene, place: int, stated: Figure) -> Outcome:
    before = _before(scene, place)
    change = next((f for f in before[-1:] if f.measure == "change" and f.unit != "pp"), None)
    levels = _levels(before)
    lead = scene.text[max(0, (change or stated).start - 25) : stated.start]
    against = _AGAINST_BUDGET.search(lead) and not (change and _AT_ONCE.search(scene.between(change, stated)))
    sure = None if against else _sure_growth(scene, stated, levels, change)
    outcome = _first_held(stated, levels, change, sure)
    if outcome.is_off and (_TEMPLATE.search(lead) or _sign_alone(scene, stated, change, outcome)):
        return not_checked("ratio.growth", outcome.figures)
    return outcome if outcome.holds or outcome.is_off else _turned(scene, stated, levels) or outcome


def _said(scene: Scene, figure: Figure) -> int:
    """What the words right before a figure say: 1 up, -1 down, 0 nothing or both."""
    lead = re.split(r"[，。；、\d]", scene.text[max(0, figure.start - 12) : figure.start])[-1]
    up, down = bool(_UP.search(lead)), bool(_DOWN.search(lead))
    return up - down


def _sign_alone(scene: Scene, stated: Figure, change: Figure | None, outcome: Outcome) -> bool:
    """Whether a growth fails by its sign alone, and the words do not contradict each other."""
    if outcome.rule == "ratio.direction":
        part, whole = outcome.figures[1], outcome.figures[2]
        up = change.value > 0 if change is not None else part.value > whole.value
        said = _said(scene, stated)
        return said == 0 or said == (1 if up else -1)
    if change is None or len(outcome.figures) < 3:
        return False
    turned = ratio("", stated, change, outcome.figures[2]), grown("", stated, _negative(change), outcome.figures[2])
    return any(each.holds for each in turned)


def _negative(figure: Figure) -> Figure:
    return figure.with_value(-figure.value)


def _turned(scene: Scene, stated: Figure, levels: Sequence[Figure]) -> Outcome | None:
    """A growth whose size is that of the two figures before it, but whose direction is not."""
    if len(levels) < 2 or levels[-1].unit != levels[-2].unit:
        return None
    then, now = sorted(levels[-2:], key=lambda figure: figure.period or "")
    moved = _MOVED.search(scene.between(*levels[-2:])) and "由" in scene.text[max(0, levels[-2].start - 6) : levels[-2].start]
    if moved:
        then, now = levels[-2:]
    elif then.period == now.period:
        return None
    if not then.value or len(stated.words) < 4 or now.sentence != stated.sentence:
        return None
    outcome = _directed(stated, ratio("ratio.growth", stated, now, then, less=100))
    turned = outcome.rule == "ratio.direction" and not _sign_alone(scene, stated, None, outcome)
    return outcome if turned else None


def _first_held(stated: Figure, levels: Sequence[Figure], change: Figure | None, sure: Outcome | None) -> Outcome:
    """The first way of computing a growth that holds, else the sure one."""
    ways: list[Outcome] = []
    if change is not None:
        same = [figure for figure in levels if figure.unit == change.unit]
        ways += [grown("ratio.growth", stated, change, level) for level in reversed(same)]
        ways += [ratio("ratio.growth", stated, change, level) for level in reversed(same)]
    ways += [
        ratio("ratio.growth", stated, now, then, less=100)
        for now in reversed(levels[-4:])
        for then in reversed(levels[-4:])
        if now is not then and now.unit == then.unit
    ]
    held = next((each for each in ways if each.holds), None)
    return held or sure or not_checked("ratio.growth", (stated,))


def _sure_growth(scene: Scene, stated: Figure, levels: Sequence[Figure], change: Figure | None) -> Outcome | None:
    """The growth that the nearest figures must give, where they are those of its own label."""
    mine = [figure for figure in levels if _same_thing(figure, stated)]
    year = stated.period or ""
    if change is not None and _same_thing(change, stated):
        now = [f for f in mine if f.unit == change.unit and f.period == year and f.basis == change.basis]
        if now:
            return _directed(stated, grown("ratio.growth", stated, change, now[-1]))
        then = [figure for figure in mine if figure.unit == change.unit and _is_year_before(figure, year)]
        if then:
            return _directed(stated, ratio("ratio.growth", stated, change, then[-1]))
        return None
    now = [figure for figure in mine if figure.period == year]
    then = [figure for figure in mine if _is_year_before(figure, year) and now and figure.unit == now[-1].unit]
    if levels and levels[-1] not in (now[-1:] + then[-1:]):
        return None
    if now and then and "。" not in scene.between(*sorted((now[-1], then[-1]), key=lambda f: f.start)):
        return _directed(stated, ratio("ratio.growth", stated, now[-1], then[-1], less=100))
    return None


def _directed(stated: Figure, outcome: Outcome) -> Outcome:
    """A growth whose size holds but whose direction does not is a finding of its own."""
    from dataclasses import replace

    if outcome.difference is None or not outcome.is_off:
        return outcome
    point = stated.value - outcome.difference
    if abs(abs(point) - abs(stated.value)) <= stated.own.step:
        return replace(outcome, rule="ratio.direction")
    return outcome


def _same_thing(figure: Figure, stated: Figure) -> bool:
    if figure.concept and stated.concept:
        return figure.concept == stated.concept
    return bool(figure.name) and (figure.name in stated.name or stated.name in figure.name)


def _is_year_before(figure: Figure, year: str) -> bool:
    return bool(figure.period) and year.isdecimal() and figure.period == str(int(year) - 1)


def changes(scene: Scene) -> Iterator[Outcome]:
    """A change against the values of two years that are printed before it."""
    for place, stated in enumerate(scene.prose):
        if stated.measure != "change" or stated.unit == "pp":
            continue
        levels = [f for f in _levels(_before(scene, place)) if f.unit == stated.unit and _same_thing(f, stated)]
        near = [f for f in _levels(_same_sentence(stated, _before(scene, place)))[-2:] if f.unit == stated.unit]
        pair = _two_years(stated, levels) or _two_years(stated, near)
        if pair is not None:
            yield sum_of("change.amount", stated, (pair.part, pair.whole), (1, -1))


def _two_years(stated: Figure, levels: Sequence[Figure]) -> _Pair | None:
    """The last value of a change's year and the last of the year before."""
    now = [f for f in levels if f.period == stated.period and f.basis == stated.basis]
    then = [f for f in levels if _is_year_before(f, stated.period or "") and f.basis == stated.basis]
    return _Pair(now[-1], then[-1]) if now and then else None
