"""Whether a figure is what happened, a budget, an adjusted budget, or a target."""

from __future__ import annotations

import re

from govfin_extract.stages.link import plans
from govfin_extract.stages.link.scene import Link, Scene
from govfin_extract.text.cues import affixes, any_of, cue
from govfin_extract.text.years import years_in

_PLANS_TO = rf"计划(?=[\u4e00-\u9fff]?{any_of('target.plans_to')})|拟(?=[^定])|预期|预计|确保"
_WISH = re.compile(rf"力争|{_PLANS_TO}")
_TARGET = re.compile(rf"力争|{_PLANS_TO}|目标|预定")
_HOPE = re.compile(r"力争|争取|确保|目标")
_STRONG_WISH = re.compile(r"力争|确保(?!了)|争取(?=实现|达到|完成|控制|突破|年内|在|全年)")
_DONE = cue(r"完成|实际|实现|执行|占|高于|低于|超")
_HAPPENED = re.compile(r"实际|执行|决算|完成|(?:^|[，,、已共])支出[^，；]{0,4}$|到位")
_HAPPENED_FOR_SURE = re.compile(r"实际|已完成|已经")
_ONLY_DONE = re.compile(r"只[\u4e00-\u9fff]{1,4}了$")  # 应签18份，只签了11份
_TO_ADJUST = re.compile(r"调整[为到至]|调[增减][为到至]")
_MIDWAY = re.compile(r"调[增减]|追加|核减")
_THEN_ADJUSTED = re.compile(
    r"[）)]?[，；](?:调整后?|变更后|全年|最终|变动|追加后|核减后)的?(?:支出|收入|财政拨款)?(?:总|年度)?预算"
)
_EFFORT = re.compile(r"着力|力争|确保|探索实施|大力推进|进一步|积极")
_PAST = re.compile(r"完成|共|累计|已|了|先后")
_COMPILED = re.compile(r"(?:编报|编制|填报)(?:了)?绩效目标")
_HELD = re.compile(r"资产|债务余额|存款|价值|原值|净值|账面")
_AIM_LEAD = re.compile(r"[^。；：，]{0,12}(?:目标|指标值)(?:[（(][^）)]*[）)])?：")
_BUDGET_NAME = re.compile(
    r"预算(?!执行|绩效|管理|单位|内|外|法|收入|支出|调整)|批复|批准(?!的)|(?:人大|人民代表大会|会议)[^，]{0,30}(?:批准|(?:审议|审查)通过)|概算"
)
# names that hold 预算, 目标 or 计划 and say nothing of the basis
_PLAIN_NAMES = re.compile(
    r"(?:一般公共|政府性基金|国有资本经营|社会保险基金|公共财政|公共|基金)预算|预算稳定调节基金|绩效目标|目标(?:管理|考核|责任)|计划生育|"
    r"(?:使用|盘活|完成|收回|挪用|支出)(?:了)?预算资金|(?:无|超)预算|(?:预算|资金|计划)?(?:执行|完成|实现)率"
)
_PARTS = re.compile(r"其中|包括|含|分别[为是]|具体[为是]|(?:构成|组成|来源)[^，。；]{0,4}(?:如下|为|是)?：")
_RESULTS = ("score", "grade")
_PLANNED_FIGURES = (("amount", "level"), ("amount", "change"), ("ratio", "growth"), ("ratio", "share"))
_PLANNED_KINDS = ("amount", "ratio")
_LOOK_BACK = 120
_NEAR = 8
_AGAINST_LAST_YEAR = re.compile(r"，?[比较](?:上年|(?:19|20)\d\d年)")
_ROLE_LENGTH = 4  # 年初预算, 调整预算; a bare 预算 may end a name
_AT_THE_HEAD = 4
_ARRANGES = re.compile(r"安排|预算(?!执行|绩效|管理|单位)|预期|计划")
_TOUCHES = re.compile(r"涉及|惠及|受益|覆盖")
_CARRIED_OUT = re.compile(r"(?:完成|执行)情况")
_TO_BUY = cue(r"(?:预算)?(?:安排|计划|拟|新增配置).{0,8}(?:购置|采购|购买|更新|更换|配备)")
_APPROVED = re.compile(r"批复(?![^。]*(?:支付|拨付|支出|到位|发放|控制指标))")
_APPROVED_BACK = 60


def basis_of(scene: Scene, link: Link) -> str:
    """The basis, from the figure's own words, from the figures before, from the section, in this order."""
    clause = scene.clause
    if scene.left.basis and not (link.measure == "change" and scene.left.basis == "target"):
        return scene.left.basis
    if _ONLY_DONE.search(clause):
        return "actual"
    if link.kind in _RESULTS and "目标" not in _PLAIN_NAMES.sub("", clause):
        return "actual"
    if plans.compiled(scene, link):
        return "actual"
    if _STRONG_WISH.search(scene.between) or (scene.memory.wish and not _HAPPENED.search(clause)):
        scene.memory.wish = True
        return "target"
    if link.measure == "completion" and not scene.situation.aim and not _WISH.search(clause):
        return "actual"
    if scene.memory.aim and link.kind != "amount" and not _HAPPENED_FOR_SURE.search(clause):
        return "target"
    return (
        _bracketed(scene)
        or plans.planned(scene, link)
        or _adjusted(scene, link)
        or _inherited(scene, link)
        or _hoped(scene, link, clause)
        or _next_year(scene, link, clause)
        or _by_section(scene, link, clause)
    )


def _hoped(scene: Scene, link: Link, clause: str) -> str | None:
    """A wish in the clause: planned money is a budget, all else a target."""
    words = _WISH if link.measure in ("change", "growth", "completion") else _TARGET
    clause = _PLAIN_NAMES.sub("", clause)
    if not scene.situation.planned and _CARRIED_OUT.search(scene.situation.heading):
        clause = clause.replace("预计", "")  # an estimate of what happens anyway
    if not words.search(clause) or _DONE.search(clause):
        return None
    return "budget" if link.kind == "amount" and not _HOPE.search(clause) else "target"


def _next_year(scene: Scene, link: Link, clause: str) -> str | None:
    """In a report on 2022: 2023年…收入安排16.9亿元，增长5%."""
    year = scene.situation.year
    if (
        scene.situation.planned
        or year is None
        or (link.kind, link.measure) not in _PLANNED_FIGURES
        or _HAPPENED.search(clause)
    ):
        return None
    head = next(years_in(scene.text, scene.sentence, min(scene.figure.start, scene.sentence + _LOOK_BACK)), None)
    if head is None or head.start - scene.sentence > _AT_THE_HEAD or head.value <= year:
        return None
    low = max(scene.sentence, scene.figure.start - 5 * _LOOK_BACK)
    return "budget" if _ARRANGES.search(scene.text, low, scene.figure.start) else None


def _by_section(scene: Scene, link: Link, clause: str) -> str:
    """What the headings above say of figures that say nothing themselves."""
    situation = scene.situation
    if situation.planned and link.kind == "event" and link.measure == "level" and _TO_BUY.search(clause):
        return "target"
    planned = situation.planned and link.kind in _PLANNED_KINDS and not _HELD.search(clause)
    if situation.tasks and link.kind in ("event", "ratio") and _is_effort(scene):
        return "target"
    if situation.aim and planned and link.kind == "amount" and scene.figure.modifier == "exact":
        return "budget"
    if situation.aim and _is_result(scene, link, clause):
        return "budget" if link.kind == "amount" and _BUDGET_NAME.search(_PLAIN_NAMES.sub("", clause)) else "actual"
    if situation.aim and _COMPILED.search(scene.text, max(scene.sentence, scene.figure.start - _LOOK_BACK), scene.high):
        return "actual"
    if _goes_on(scene, link) or situation.aim or _AIM_LEAD.match(scene.text, scene.sentence, scene.left.clause):
        return "target"
    if link.kind == "amount" and link.measure == "level" and not scene.left.compared:
        back = max(scene.sentence, scene.figure.start - _APPROVED_BACK)
        approved = _APPROVED.search(scene.text, back, scene.figure.start)
        if approved or _BUDGET_NAME.search(_PLAIN_NAMES.sub("", clause)):
            return "budget"
    return "budget" if planned else "actual"


def _is_result(scene: Scene, link: Link, clause: str) -> bool:
    """Under a heading of aims: money without bounds was given, and what is said to have happened did."""
    if link.kind == "amount" and scene.figure.modifier == "exact" and scene.figure.low is None:
        return True
    return bool(_HAPPENED_FOR_SURE.search(clause))


def _goes_on(scene: Scene, link: Link) -> bool:
    """拟培训档案员4期、约240人次: the second figure is aimed at as the first is."""
    previous = scene.previous
    return (
        (link.how == "same subject" or _TOUCHES.match(scene.text, scene.left.clause) is not None)
        and link.measure == "level"
        and previous is not None
        and previous.basis == "target"
        and previous.kind == link.kind
        and not _HAPPENED.search(scene.between)
    )


def _is_effort(scene: Scene) -> bool:
    """Under a heading of tasks: the sentence tells what is striven for, not what was done."""
    before = scene.text[max(scene.sentence, scene.figure.start - _LOOK_BACK) : scene.figure.start]
    return bool(_EFFORT.search(before)) and not _PAST.search(before)


def _bracketed(scene: Scene) -> str | None:
    """为年初预算（3万元）的80%: the words that own the bracket say what the figure is."""
    at = scene.left.bracket
    if at < scene.low or not scene.left.empty:
        return None
    adjusted = affixes("role.adjusted").suffix(scene.text, scene.low, at)
    budget = affixes("role.budget").suffix(scene.text, scene.low, at)
    return None if max(adjusted, budget) < _ROLE_LENGTH else "adjusted_budget" if adjusted >= budget else "budget"


def _adjusted(scene: Scene, link: Link) -> str | None:
    """由A调整为B，调增C: A is the budget, C a change of the adjusted one."""
    if link.kind != "amount":
        return None
    if _TO_ADJUST.match(scene.text, scene.figure.end, scene.high):
        return "budget"
    previous = scene.previous
    if previous is None or link.measure != "change":
        return None
    if previous.basis == "adjusted_budget" and "调" in scene.between:
        return "adjusted_budget"
    midway = previous.basis == "budget" and _MIDWAY.search(scene.between)
    # 年初预算300万元，执行中调减20万元，全年预算280万元
    return "adjusted_budget" if midway and _THEN_ADJUSTED.match(scene.text, scene.figure.end) else None


def _inherited(scene: Scene, link: Link) -> str | None:
    """The parts of a planned sum (其中：…) are planned, too, and so is the growth of a planned figure."""
    previous = scene.previous
    if previous is None:
        return None
    if scene.left.empty and previous.basis == "budget" and _of_the_same_budget(scene, link, previous):
        return "budget"
    if _HAPPENED.search(scene.between):
        return None
    if _grows(scene, link, previous):
        return "budget" if previous.measure == "level" and len(scene.between) < _NEAR else None
    if previous.basis != "actual" and link.kind == previous.kind == "amount" and _PARTS.search(scene.between):
        scene.memory.parts = previous.basis
        return previous.basis
    part = (link.kind == "amount" and link.measure == "level") or (
        link.measure == "share" and previous.basis != "actual"
    )
    return scene.memory.parts if part else None


def _of_the_same_budget(scene: Scene, link: Link, previous: Link) -> bool:
    """预算8亿元，较2024年的9亿元减少1亿元，下降11%: what a budget is compared with, and by how much it differs."""
    if link.measure == "level":
        return scene.left.compared and link.kind == "amount" and not _HAPPENED.search(scene.between)
    if link.measure not in ("change", "growth"):
        return False
    if previous.measure == "change":
        return link.measure == "growth"  # of one and the same comparison
    if previous.compared:
        return len(scene.before) > 1 and scene.before[-2].basis == "budget"
    return previous.how != "same subject" and _AGAINST_LAST_YEAR.match(scene.between) is not None


def _grows(scene: Scene, link: Link, previous: Link) -> bool:
    """预算1012亿元，增长5.2%: the growth of a planned figure, not of one that is compared with."""
    compared = previous.compared or scene.left.compared
    planned = previous.basis == "budget" and not previous.figure.is_rate
    return planned and link.measure == "growth" and scene.left.empty and not compared
