"""Percentages: shares of a whole, completion of a plan, and change words before their object."""

from __future__ import annotations

import re

from govfin_extract.stages.link.peeled import ADVERB, NO_PLAN, Left, only_role, peel
from govfin_extract.text.cues import affixes, cue, last_match

_PLAN_STRICT = cue(r"{share.plan_strict}|序时进度")
_SHARE = cue(r"(?:约?占(?!地(?!方)|[用道有领据卜线])(?:到|了)?|占比|比重|比例)(?P<base>[^，。；]{0,48})$")
_SUMS = ("金额", "支出", "收入", "经费", "费", "资金", "人数", "面积", "总额", "数量", "付")
_SHARE_NOUN = re.compile(r"占比|比重|比例")
_COMPLETED = cue(
    r"(?P<verb>完成了?|达到?了?|实现|为|是|相当于|达成|占|仅为|执行|超)?(?P<base>(?:[^，。；：]{0,24}?)"
    r"(?:{share.plan}|任务数|预期|序时进度|计划任务|目标值|收入任务|盘子|指标|限额)(?:数|额|总额|收入|支出|值|安排数?|指标|任务|总数|资金|的收入|的支出)?"
    r"(?:（[^）]{0,30}）)?)(?:的|之)?\s*$"
)
_COMPLETES = re.compile(r"完成了?|达到|实现|相当于|占|(?<![作行认])为")
# the whole of which something is a part, before 的
_WHOLE = cue(r"(?P<whole>{share.wholes})(?:的|之)?$")
_IS_PART = cue(r"(?<![作行认])(?:{share.verbs})(?:了|到)?")
_OF_BEFORE = re.compile(r"上年|去年|同期|(?:19|20)\d\d年(?!度?(?:本年|总)?(?:收入|支出))|平均")
_ABOUT = " 约近了"
_RATE_NOUNS = frozenset("率度比")
_CHANGE_VERB = cue(
    r"(?P<down>压缩|压减|减少|降低|节约|削减|缩减|核减|下降)|(?P<up>增加|提高|增长)(?!到|至|值|率|幅|额)"
)


def completion_noun(text: str, left: Left) -> bool:
    """A rate whose own name says completion: 执行率, 完成率."""
    size = affixes("completion.nouns").suffix(text, left.start, left.end)
    if not size:
        return False
    left.measure, left.evidence = "completion", f"completion: {text[left.end - size : left.end]}"
    return True


def share(text: str, left: Left) -> bool:
    """占…的, 占比, 比重; of a plan it is a completion."""
    clause = text[left.start : left.end]
    match = _SHARE.search(clause)
    if not match:
        return False
    base = match["base"]
    if match[0].startswith("比例"):
        left.evidence = "rate: 比例"  # 填报比例 is a rate of its own; only 占…的比例 is a share
        return True
    plan = _PLAN_STRICT.search(NO_PLAN.sub("", base)) or base.strip() in ("预算", "预算的")
    left.measure = "completion" if plan else "share"
    left.evidence = f"{left.measure}: {match[0][:24]}"
    if (match.start() >= 4 and clause[: match.start()].endswith(_SUMS)) or (
        match[0][0] in "占约" and not match[0].startswith("占比")
    ):
        left.end = peel(text, left.start, left.start + match.start(), ADVERB)
    elif match.start() == 0:
        left.end = left.start
    else:
        left.end = left.start + match.start() + len(_SHARE_NOUN.match(match[0])[0])  # type: ignore[index]
    only_role(text, left)
    return True


def completion(text: str, left: Left, linked: str) -> bool:
    """完成年初预算的, 为预算的, 占年度计划的."""
    clause = text[left.start : left.end]
    masked = NO_PLAN.sub(lambda match: "某" * len(match[0]), clause)
    match = _COMPLETED.search(masked)
    if match and (match["verb"] or "的" in linked):
        verb = None if match["verb"] else last_match(_COMPLETES, masked, match.start(), match.end())
        at = left.start + (verb.start() if verb else match.start())
        left.measure, left.evidence = "completion", f"completion: {clause[match.start() :][:24]}"
        left.end = peel(text, left.start, at, ADVERB)
        only_role(text, left)
        return True
    if clause.endswith(("完成", "执行")) and not clause.endswith("实际完成") and not linked.strip(" 约近"):
        left.measure, left.evidence = "completion", f"completion: {clause[-2:]}"
        left.end -= 2
        return True
    return False


def part_of(text: str, left: Left, linked: str) -> bool:
    """是本年支出的23.59%, 相当于采购支出的75%, 撑起总收入的96%: a part of a sum, whatever the verb."""
    if not linked.strip(_ABOUT).startswith("的") or _OF_BEFORE.search(text, left.start, left.end):
        return False
    whole = _WHOLE.search(text, left.start, left.end)
    if whole is None:
        return False
    verb = last_match(_IS_PART, text, left.start, whole.start("whole") + 1)
    base = text[verb.end() if verb else left.start : left.end]
    left.measure = "completion" if _PLAN_STRICT.search(NO_PLAN.sub("", base)) else "share"
    left.evidence = f"{left.measure}: {text[left.start : left.end][-24:]}"
    left.end = peel(text, left.start, verb.start() if verb else left.start, ADVERB)
    return True


def verb_object(text: str, left: Left) -> bool:
    """A change word before its object: 压缩经费30%."""
    if text[left.end - 1 : left.end] in _RATE_NOUNS:
        return False
    match = last_match(_CHANGE_VERB, text, left.start, left.end - 1)
    if match is None:
        return False
    left.measure = "growth"
    left.sign = -1 if match["down"] else 1
    left.evidence = f"growth: {match[0]}"
    left.start = match.end()
    return True
