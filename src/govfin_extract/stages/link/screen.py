"""What is no fact: thresholds inside names, standards, scoring rules, bands of grades, what a law prescribes."""

from __future__ import annotations

from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.right import threshold
from govfin_extract.text.cues import cue

_UNIT_VALUE = cue(
    r"(?:单位价值|单台价值|单价|单台[（(]件、?套[）)]价?值?|单位价格|单笔|单项|单次|单件|价值|单台（件、套）|单位原值|单价在|价值在)[^，。；]{0,6}$"
)
_BAND = cue(r"(?:为优|为良|为中|为差|为合格|为不合格|为优秀|为良好|评为|的为)")
_RULE = cue(
    r"每(?:超过?|低于?|减少|增加|高于?|提高|降低|少|多|有|出现|发现|延迟|迟|逾期)[^，。；]{0,16}$|[扣减加]$|扣[^，。；]{0,4}$|(?:得|计)满分$|总分(?:设置|设定)为?\s*$"
)
_STANDARD = cue(
    r"(?:标准|定额|收费标准|补助标准|按照?每|每[人生户亩头天日月年台辆次只村学个间册份床件]{1,3}(?:每[人天日月年次])?)(?:不低于|不超过|为|：|按|均为|达到)?$"
)


def is_figure(text: str, figure: Figure, start: int, end: int, heading: str) -> bool:
    """Whether a figure reports something rather than belonging to a name or a rule."""
    before = text[max(start, figure.start - 24) : figure.start]
    if figure.kind == "amount":
        if _UNIT_VALUE.search(before) and (
            figure.modifier in ("at_least", "at_most", "over", "under") or threshold(text, figure.end)
        ):
            return False
        if figure.modifier in ("at_least", "at_most") and threshold(text, figure.end):
            return False
    if figure.kind == "score":
        after = text[figure.end : figure.end + 16]
        if figure.value == 100 and cue(r"(?<!评)总分为?\s*$").search(before):
            return False
        if _RULE.search(before) and not cue(r"自评|评价|实际").search(before):
            return False
        if _BAND.search(after) and cue(r"（含|含）|以上|以下|-|—|至").search(
            before + figure_text(text, figure) + after
        ):
            return False
        if cue(r"^(?:（?不?含）?)?(?:以[上下]|\s?[-—至~])").search(after) or figure.low is not None:
            return False
    if (
        figure.kind == "count"
        and figure.unit in ("项", "者", "类")
        and _SUMMED.search(text[max(start, figure.start - 40) : figure.start])
        and figure.text[:1] in _NUMERALS
    ):
        return False
    if figure.kind == "count" and _is_limit(text, figure):
        return False
    return not (figure.per and _STANDARD.search(before))


_SUMMED = cue(r"、[^，。；]{1,16}$")  # 教育、卫生两项同比各增…
_NUMERALS = frozenset("二两三四五六七八九十")
_TIME_UNITS = frozenset(("个月", "年", "天", "日", "小时", "月", "周", "个工作日", "工作日"))
_LIMIT = cue(
    r"(?:的|以[上下内]|内(?!部)|未|值班|值守|热线|不间断|制度|全天候|在线|营业|服务热线|化解|计划|规划|行动|攻坚|发展|滚动|期)"
)


def _is_limit(text: str, figure: Figure) -> bool:
    """An age, or a time that bounds or names something: 50岁以上人员, 超过12个月的案件, 24小时值班."""
    if figure.unit in ("岁", "周岁"):
        return True
    return figure.unit in _TIME_UNITS and bool(_LIMIT.match(text, figure.end) or figure.modifier == "at_least")


def figure_text(text: str, figure: Figure) -> str:
    return text[figure.start : figure.end]
