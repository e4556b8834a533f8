"""What ought to be, not what was: standards, ceilings, thresholds and what a rule prescribes."""

from __future__ import annotations

import re

from govfin_extract.stages.link.figures import Figure
from govfin_extract.text.cues import cue

BOUNDS = frozenset(("at_least", "at_most", "over", "under"))
_BACK = 24
_PER_HEAD = cue(r"(?:标准|每[人户亩次][每月年餐天日]{0,2})[^，。；]{0,8}$")
_STATED = cue(
    r"(?:限额|数额)标准为?$|×$|标准(?:为|是|：|按)每[人户亩生床间]{1,2}(?:每[天日月年餐次])?$|"
    r"标准(?:分别|依次)?(?:为|是|：)[^，。；：、\d]{0,10}每[^，。；、\d]{1,8}$|"
    r"(?:缴存|缴费|计提|提取)比例(?:为|是)?$|每日按$|(?:按照?|以)[^，。；\d]{0,8}每[^，。；、\d]{1,10}$|"
    r"(?:{screen.ceiling})(?:额度?|线|值|金额|标准)?(?:分别|依次)?(?:为|是|：|按|在)?[^，。；、：\d]{0,10}$"
)
_BY_MEASURE = cue(r"(?:按照?|以|未突破|不突破|[不未]超过?)[^，。；\d]{0,14}$")
_MEASURED = cue(r"(?:的|以内|之内)?[^，。；\d]{0,4}?(?:{screen.ceiling}|标准(?!化))|(?:{screen.measured})|为限|封顶")
_SAID_AFTER = cue(
    r"(?:以[上下内])?[^，。；、\d]{0,8}的(?!目标|任务|指标)[^，。；\d]{0,4}(?:{screen.ceiling}|标准(?!化)|规定)|"
    r"为限|封顶|按?标准(?:{screen.measured}|执行|发放|列支)"
)
_FINED = cue(r"[^，。；]{0,4}(?:以[上下]的?)?罚款")
_CASE = re.compile(r"的[，、]")  # 超过2000万元的，纳入…
_RULED = cue(r"的，?(?:纳入|计入|属于|视为|由|应|须|不得|按|一律|必须)")
_COUNTED_BEHIND = re.compile(r"的[\u4e00-\u9fff]{1,10}\d")  # 罚没款超过100万元的大案5件
_EVERY = cue(r"凡[^，。；]{0,16}$")
_EXCEEDS = re.compile(r"(?:超|不足|不满|低于|未达)[^，。；\d]{0,8}$")
_OUGHT = cue(r"(?:{screen.ought})")
_OUGHT_BEFORE = cue(r"(?:{screen.ought})$")
_DISTRIBUTED = re.compile(r"(?:赋分|配分)(?:分别|依次|各)?(?:为|是|：)?$")
_ENUMERATED = re.compile(r"、[^，。；：、\d]{0,14}")


def norms(text: str, figures: list[Figure], start: int) -> set[int]:
    """The numbers of those figures of the sentence at ``start`` that say what ought to be; a list is one throughout.

    >>> from govfin_extract.stages.link.figures import from_quantities
    >>> from govfin_extract.stages.quantify import quantify
    >>> words = "定额标准为小学650元、初中850元，实际拨付30万元。"
    >>> sorted(norms(words, from_quantities(quantify(words)), 0))
    [0, 1]
    """
    sides = [_side(text, figure, start) for figure in figures]
    for at in range(1, len(figures)):
        if not sides[at] and sides[at - 1] == "before" and _goes_on(text, figures[at - 1], figures[at]):
            sides[at] = "before"
    for at in range(len(figures) - 2, -1, -1):
        if not sides[at] and sides[at + 1] == "after" and _goes_on(text, figures[at], figures[at + 1]):
            sides[at] = "after"
    return {at for at, side in enumerate(sides) if side}


def _goes_on(text: str, figure: Figure, following: Figure) -> bool:
    return figure.kind == following.kind and bool(_ENUMERATED.fullmatch(text, figure.end, following.start))


def _side(text: str, figure: Figure, start: int) -> str:
    """Which words make the figure a norm: those ``before`` it, those ``after`` it, its ``own`` bounds; "" for none."""
    before = text[max(start, figure.start - _BACK) : figure.start]
    if figure.kind == "score":
        return "before" if _DISTRIBUTED.search(before) else ""
    if figure.kind not in ("percent", "amount", "count"):
        return ""
    bounded = figure.modifier in BOUNDS or figure.low is not None
    if _is_case(text, figure, before, bounded=bounded):
        return "own"
    if figure.kind == "count":
        return ""
    if _STATED.search(before) or (bounded and figure.kind == "amount" and _PER_HEAD.search(before)):
        return "before"
    if _SAID_AFTER.match(text, figure.end):
        return "after"
    measured = _BY_MEASURE.search(before) or figure.modifier == "at_most"
    return "after" if measured and _MEASURED.match(text, figure.end) else ""


def _is_case(text: str, figure: Figure, before: str, *, bounded: bool) -> bool:
    """2000元以上1万元以下罚款, 超过2000万元的，纳入…, 陪餐不得超过3人: a bound that a rule is about."""
    if not bounded:
        return _EXCEEDS.search(before) is not None and _CASE.match(text, figure.end) is not None
    ought = _OUGHT.match(figure.text) or _OUGHT_BEFORE.search(before)
    if (ought and figure.kind != "percent") or _EVERY.search(before):
        return True  # a rate that must not fall below 95% is a target
    if _CASE.match(text, figure.end) or _SAID_AFTER.match(text, figure.end):
        return True
    if figure.kind == "count":
        return False
    return any(pattern.match(text, figure.end) for pattern in (_FINED, _RULED, _COUNTED_BEHIND))
