"""What is no fact: thresholds inside names, standards, scoring rules, bands of grades, ages and limits of time."""

from __future__ import annotations

import re
from decimal import Decimal

from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.norms import BOUNDS, norms
from govfin_extract.stages.link.right import threshold
from govfin_extract.text.cues import cue
from govfin_extract.text.lines import is_page_chrome

_UNIT_VALUE = cue(r"(?:{screen.unit_value})[^，。；]{0,6}$")
_BAND = cue(r"为[优良中差]|为(?:不?合格|优秀|良好)|评为|的为")
# 90分以上优秀, 80分以上的评定为良好
_BAND_HERE = cue(
    r"[（）含者的以上下]{0,6}(?:评定|评|定|等级|等次)?(?:为|是|属|：)?[“\"]?(?:优秀?|良好?|中|差|不?合格|较[好差]|一般)(?![\u4e00-\u9fff])|"
    r"为[优良中差]|为(?:不?合格|优秀|良好)|评为|的为"
)
_BAND_MARK = cue(r"（含|含）|以上|以下|-|—|至")
_BAND_END = cue(r"(?:（?不?含）?)?(?:以[上下]|\s?[-—至~])")
_TOTAL = cue(r"(?<!评)总分为?\s*$")
_RULE = cue(r"每(?:{screen.rule})[^，。；]{0,16}$|[扣减加]$|扣[^，。；]{0,4}$|(?:得|计)满分$|总分(?:设置|设定)为?\s*$")
_EACH = cue(r"每(?:{screen.rule})$")
_RESULT = cue(r"自评|评价|实际")
_STANDARD = cue(
    r"(?:标准|定额|按照?每|每[人生户亩头天日月年台辆次只村学个间册份床件]{1,3}(?:每[人天日月年次])?)"
    r"(?:不低于|不超过|为|：|按|均为|达到)?$"
)
_POINTS = cue(
    r"(?:以[上下])?[（含）]{0,3}的?，?(?:不得分|按比例得|得满分)|(?:以[上下])?[（含）]{0,3}的?得\d|(?:以[上下][（含）]{0,3}|的)，得\d"
)
_RANGE_DOWN = re.compile(r"(?:（含）)?\s?[-—~至]\s?(\d{1,3}(?:\.\d+)?)[%％]")
_RANGE_END = re.compile(r"[%％](?:（含）)?\s?[-—~至]\s?$")
_POINTS_BEFORE = cue(r"(?:以[上下]|％|%)的?得$|以[上下]的?，得$|[％%]的，得$")
_GRADE_BEFORE = cue(r"(?:^|[，、：；（ ])(?:优秀?|良好?|中|合格|差)(?:等|档|为|是|：)?$")  # 优不少于90分
_SUMMED = cue(r"、[^，。；]{1,16}$")
_LOOKS_BACK = cue(r"(?:[前后这]|以上|上述|其他|其余|该)$|(?:^|[，。；：）比较]|同.{2,18}比较，)$")
_POINTS_AT = cue(r"(?:前|[这那该]|上述|前述|以上)$")  # 上述两项, 整合前三家
_DIVIDED = cue(r"(?:{screen.divided})(?:为|成|在|了|出)?$")
_SUM_UNITS = frozenset("项者类家年个")
_PARTS = frozenset(
    (
        "层",
        "块",
        "类",
        "部分",
        "方面",
        "个方面",
        "个层面",
        "个层次",
        "步",
        "个维度",
        "个环节",
        "大类",
        "大块",
        "种",
        "档",
        "条线",
    )
)
_ASPECT = re.compile(r"方面|层面|维度|环节|部分|层次|大类|步骤|板块|特点")
_NAMED = frozenset("项者类")  # 教育、卫生两项
_SHORTEST_COUNT = 5
_SMALL_NUMERALS = frozenset("二两三四五六七八九十")
_GRADED_THING = re.compile(r"[”\"’']?(?:等次|等级|档次?)?的[\u4e00-\u9fff]")  # 评级为“优”的项目
_PORTION = cue(r"部分[）)]")  # 企业所得税（40%部分）
_TIME_UNITS = frozenset(("个月", "年", "天", "日", "小时", "月", "周", "个工作日", "工作日"))
_AGES = frozenset(("岁", "周岁"))
_LIMIT = cue(r"的|[^，。；]{0,6}圈|以[上下内]|内(?!部)|未|{screen.limit}")
_ROUND_THE_CLOCK = cue(r"[^，。；]{0,6}(?:{screen.round_the_clock})")  # 24小时防汛值班
_ENDS_THERE = re.compile(r"[与和较比均都各相，。；、]|同比|合计|分别|共|之[和间]|另[有见]|加起来")
_LONGEST_LINE = 200
_BACK = 24
_FURTHER_BACK = 40
_AHEAD = 16


def reporting(text: str, figures: list[Figure], start: int) -> list[Figure]:
    """Those of the sentence's figures that report something."""
    ruled = norms(text, figures, start)
    return [figure for at, figure in enumerate(figures) if at not in ruled and is_figure(text, figure, start)]


def _line(text: str, at: int) -> str:
    begin = max(text.rfind("\n", max(0, at - _LONGEST_LINE), at) + 1, at - _LONGEST_LINE, 0)
    end = text.find("\n", at, at + _LONGEST_LINE)
    return text[begin : end if end >= 0 else at + _LONGEST_LINE]


def is_figure(text: str, figure: Figure, start: int) -> bool:
    """Whether a figure of the sentence at ``start`` reports something rather than belonging to a name or a rule."""
    if figure.kind == "count" and is_page_chrome(_line(text, figure.start)):
        return False
    before = text[max(start, figure.start - _BACK) : figure.start]
    if figure.per and _STANDARD.search(before):
        return False
    if figure.kind == "percent":
        return not (
            _PORTION.match(text, figure.end)
            or _is_step(text, figure, before)
            or _in_falling_range(text, figure, before)
        )
    if figure.kind == "grade":
        return not _GRADED_THING.match(text, figure.end)
    if figure.kind == "amount":
        return not _is_threshold(text, figure, before)
    if figure.kind == "score":
        return not _is_rule(text, figure, before)
    if figure.kind == "count":
        if text[figure.start - 1] == "“" and text[figure.end : figure.end + 1] == "”":
            return False  # 助企“47条”: the name of a programme
        return not (_is_limit(text, figure) or _sums_up(text, figure, start))
    return True


def _is_step(text: str, figure: Figure, before: str) -> bool:
    """每超1%扣0.5分, 低于50%的，不得分, 80%以上得10分: a step of a scoring rule."""
    return bool(_POINTS.match(text, figure.end) or _EACH.search(before))


def _is_threshold(text: str, figure: Figure, before: str) -> bool:
    """单位价值50万元以上通用设备: the amount is part of a name."""
    inside = threshold(text, figure.end)
    if _UNIT_VALUE.search(before):
        return inside or figure.modifier in BOUNDS
    return inside and figure.modifier in ("at_least", "at_most")


def _is_rule(text: str, figure: Figure, before: str) -> bool:
    """每超1%扣0.1分, 90分（含）—100分为优, 总分设置为100分."""
    if figure.value == 100 and _TOTAL.search(before):
        return True
    if _POINTS_BEFORE.search(before) or (figure.modifier in BOUNDS and _GRADE_BEFORE.search(before)):
        return True
    if _RULE.search(before) and not _RESULT.search(before):
        return True
    after = text[figure.end : figure.end + _AHEAD]
    if figure.modifier in BOUNDS and _BAND_HERE.match(after):
        return True
    if _BAND.search(after) and _BAND_MARK.search(before + text[figure.start : figure.end] + after):
        return True
    return figure.low is not None or _BAND_END.match(after) is not None


def _is_limit(text: str, figure: Figure) -> bool:
    """An age, or a time that bounds or names something: 50岁以上人员, 超过12个月的案件, 24小时值班."""
    if figure.unit in _AGES:
        return True
    if figure.unit not in _TIME_UNITS:
        return False
    if text[figure.start - 2 : figure.start] == "连续":
        return True
    if figure.value == 24 and _ROUND_THE_CLOCK.match(text, figure.end):
        return True
    return bool(_LIMIT.match(text, figure.end)) or figure.modifier == "at_least" or text[figure.start - 1] == "前"


def _in_falling_range(text: str, figure: Figure, before: str) -> bool:
    """100%—80%（含）, 80%—60%: the bands of a scale, best first."""
    if isinstance(figure.value, Decimal) and (below := _RANGE_DOWN.match(text, figure.end)):
        return Decimal(below[1]) < figure.value
    return _RANGE_END.search(before) is not None


def _sums_up(text: str, figure: Figure, start: int) -> bool:
    """教育、卫生两项同比各增…, 支出可分三层, 上述两项: the numeral only counts the names before it or behind it."""
    small = figure.text[:1] in _SMALL_NUMERALS
    before = text[max(start, figure.start - _FURTHER_BACK) : figure.start]
    parts = figure.unit in _PARTS or (figure.unit == "个" and _ASPECT.match(text, figure.end))
    if parts and (small or len(figure.text) <= _SHORTEST_COUNT) and _DIVIDED.search(before):
        return True
    if figure.unit not in _SUM_UNITS or not small:
        return False
    if _POINTS_AT.search(before):
        return True
    listed = figure.unit in _NAMED and _SUMMED.search(before)
    return bool(listed or (_LOOKS_BACK.search(before) and _ENDS_THERE.match(text, figure.end)))
