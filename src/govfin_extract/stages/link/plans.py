"""Words that make a figure a plan where neither heading nor document does: 计划40公里, 总投资, 年初批的是52万元."""

from __future__ import annotations

import re

from govfin_extract.stages.link.scene import Link, Scene

# the clause says nothing but that this was the plan: 衬砌渠道41.8公里，计划40公里
_BARE_PLAN = re.compile(
    r"(?<!完成)(?<!超)(?<!超出)(?<!执行)(?:原|年初|年度|全年|本年)?(?:计划|任务|目标任务|任务指标|指标任务|下达任务|批复任务)"
    r"(?:数|量)?(?:原|定)?(?:为|是|有)?$"
)
_UNREACHED = re.compile(r"(?:离|距|未达到|达不到|没有达到|未达|不及)[^，。；]{0,10}(?:要求|规定|目标|标准|指标)值?的?$")
_OUGHT = re.compile(r"应(?![急收付届对用征返缴纳当])")
_FELL_SHORT = re.compile(r"[^，。；]{0,12}，(?:只|仅|才)")
_REQUIRED = re.compile(r"(?<!按)(?<!照)要求(?![的了])|必须|须(?![知要])")
_PLANS = re.compile(
    r"(?:(?:19|20)\d\d年度?|今年|全年|本年度?|本项目|项目|拟|我[局办院校]|下步|下一步|明年)*计划"
    r"(?!生育|单列|[外内数财处科管编执完])(?=.{2})"
)
_APPROVED_TASK = re.compile(
    r"(?:批复|批准|核准|下达|核定)(?:的|我[县市区局]|全[县市区])?(?:建设|改造|治理|任务|规模|内容|目标|指标|工程|修建|新建)"
)
_INVESTMENT = re.compile(r"(?<!完成)(?<!资产)(?:估算|概算|计划|批复|预计)?总投资(?:额|规模)?(?:约|为|达|是|：)*$")
_EARLY = re.compile(r"年初[^，。；：]{0,3}(?:批|核定|下达|列|拟|考虑|定的?(?=是|为))|年初安排|原(?:定|拟|计划)安排")
_SPENT = re.compile(r"实际|决算|执行|支付|完成|到位|结转|支出了|用了|花了")
_PLAN_HEADING = re.compile(
    r"[（(](?:计划|预算|概算|批复|安排)(?:数|情况)?[）)]$|(?:资金|投资)(?:计划|概算|估算)$|计划(?:总)?投资$"
)
_HAPPENED = re.compile(r"实际|完成(?!目标|任务)|已|截[至止]|累计|到位|支付|执行")
_TOLD = re.compile(r"了(?!解)|已|共有|现有|编报|纳入|获批|批复|批准|完成|实际|去年|上年|其中|截[至止]|项目$")
_COMPILED = re.compile(
    r"纳入[^，。；]{0,8}(?:目标|绩效)管理|获批|(?:编报|编制|填报|申报)(?:了)?[^，。；]{0,6}(?:绩效)?目标"
)
_LOOK_BACK = 120  # so that a sentence of any length is read in linear time
_BOUNDS = ("at_least", "at_most")
_COUNTS = ("event", "ratio")


def planned(scene: Scene, link: Link) -> str | None:
    """The basis that the figure's own words give: a target for counts and rates, a budget for money."""
    if link.measure != "level":
        return None
    return _by_words(scene, link) if link.kind in _COUNTS else _of_money(scene) if link.kind == "amount" else None


def compiled(scene: Scene, link: Link) -> bool:
    """纳入目标管理的项目4个: how many projects have aims is no aim."""
    low = max(scene.sentence, scene.figure.start - _LOOK_BACK)
    return link.kind in _COUNTS and _COMPILED.search(scene.text, low, scene.figure.start) is not None


def _by_words(scene: Scene, link: Link) -> str | None:
    clause = scene.clause
    if _PLANS.match(clause) or _APPROVED_TASK.match(clause):
        scene.memory.planned = True
        return "target"
    if _BARE_PLAN.search(clause) or _UNREACHED.search(clause):
        return "target"
    if scene.figure.modifier in _BOUNDS and _REQUIRED.search(clause):
        scene.memory.wish = True
        return "target"
    if _OUGHT.match(clause) and _FELL_SHORT.match(scene.text, scene.figure.end):
        return "target"
    return _goes_on(scene, link, clause)


def _goes_on(scene: Scene, link: Link, clause: str) -> str | None:
    """计划养护公路320公里，改造危桥6座: what follows is planned, too, until something is said to have happened."""
    memory, previous = scene.memory, scene.previous
    if _TOLD.search(clause) or "；" in scene.between:
        memory.planned = memory.planned and "其中" in clause and "；" not in scene.between
    if memory.planned:
        return "target"
    if previous is None:
        return None
    if previous.basis == "target" and previous.kind in _COUNTS and scene.figure.modifier in _BOUNDS:
        return "target"
    # in a budget: 安排153万元，覆盖投放点216处
    bought = scene.situation.planned and link.kind == "event" and not _TOLD.search(scene.between)
    return "target" if bought and previous.basis in ("budget", "target") and previous.measure == "level" else None


def _of_money(scene: Scene) -> str | None:
    if _BARE_PLAN.search(scene.clause) or _INVESTMENT.search(scene.clause):
        return "budget"
    early = _EARLY.search(scene.between) is not None
    if early and not scene.left.compared and not _SPENT.search(scene.between):
        return "budget"
    heading = scene.words(scene.situation.heading_place)
    return "budget" if _PLAN_HEADING.search(heading) and not _HAPPENED.search(scene.clause) else None
