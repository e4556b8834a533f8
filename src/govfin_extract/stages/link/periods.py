"""Which fiscal year a figure belongs to."""

from __future__ import annotations

import re

from govfin_extract.text.cues import cue, last_match
from govfin_extract.text.years import Year, years_in

_LOOK_BACK = 600  # so that a sentence of any length is read in linear time
_AT_THE_HEAD = 12
_AS_OF = re.compile(r"截[至止]到?\s?(?P<year>(?:19|20)\d\d)年(?![初前])")
_PREVIOUS = cue(r"(?:上一?年度?|去年)(?!结转|结余|末|底|度结转|度结余)(?:同期)?")
_NEXT = cue(r"{period.next}")
_COMPARES = re.compile(r"[比较与同跟由从自于]$")
_COMPARED_SINCE = re.compile(r"相比|持平|增加|减少|增长|下降|比较|基本")
# 2023年未执行完毕的结转资金 is what this year begins with
_LEFT_OVER = re.compile(r"(?:度|年底|年末)?[^，。；]{0,3}(?:未|尚)[^，。；]{1,10}结[转余]")
_SINCE_THEN = re.compile(r"今年|一年间|一年来|两年(?:间|相|对)|与之相|较之|比之")
_DATE_ALONE = re.compile(r"\s?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?[）)]")
_LAST_GROWTH = re.compile(r"(?:上年|去年|(?:上|去)年同期)[^，。；]{0,8}?的?(?:增幅|增速|增长率|降幅)(?:为|是)?$")
_ANOTHER_YEAR = re.compile(r"今年|本年|当年|上年|去年|同期|明年|下年|目前|现有|年度|[比较与]|(?:19|20)\d\d|。")
_TURNS = re.compile(r"\s?(?:变为|变成|变到|(?:增|减|降|升|涨|提高|增加|减少|下降|上升|提升|压减|压缩)(?:到|至|为))")
_ROLE_ONLY = re.compile(r"[的决算执行预数为支出收入同期\s]*")
# years in names: arrears, titles, the year of an audited report
_ARREARS = re.compile(r"补[发缴交]|清欠|漏发|《|〔|会议|印发|成立|以来|文件|规划|建成|开始|启动")
_NAMED = re.compile(r"(?:19|20)\d\d年度?[^，。]{0,8}(?:预算执行|审计|计划|规划)")


def period_of(
    text: str, sentence: int, clause: int, figure: int, *, year: str | None, relative: bool
) -> tuple[str | None, str]:
    """The period of a figure and the words that set it.

    ``relative`` figures (changes, growth) take the later year: a year inside their comparison does not count.
    """
    sentence = max(sentence, figure - _LOOK_BACK)
    found = _last_growth(text, clause, figure, year) if relative else _stated(text, sentence, clause, figure, year)
    found = found or _of_the_sentence(text, sentence, clause, figure, year, relative=relative)
    return (found, f"period: {found}") if found else (year, "period: document")


def _stated(text: str, sentence: int, clause: int, figure: int, year: str | None) -> str | None:
    """The year that a level's own words state: 截至2022年, 2021年, 上年, 下年."""
    near = list(years_in(text, clause, figure))
    if near and _LEFT_OVER.match(text, near[-1].end, figure):
        return year
    named = not near or _in_a_name(text, near[-1], max(clause, near[-1].start - 4), figure)
    as_of = last_match(_AS_OF, text, sentence, clause)
    if as_of and (named or near[-1].value < as_of["year"]):
        return as_of["year"]
    if not named:
        return near[-1].value
    return _by_word(text, clause, figure, year)


def _by_word(text: str, clause: int, figure: int, year: str | None) -> str | None:
    """上年的12万元, 较上年的35万元, 下年度安排."""
    if year is None or not year.isdecimal():
        return None
    previous = last_match(_PREVIOUS, text, max(clause, figure - 24), figure)
    if previous:
        tail = text[previous.end() : figure]
        compared = _COMPARES.search(text, clause, previous.start())
        if _ROLE_ONLY.fullmatch(tail) if compared else not _COMPARED_SINCE.search(tail):
            return str(int(year) - 1)
    following = _NEXT.search(text, clause, figure)
    return str(int(year) + 1) if following and "结转" not in text[clause:figure] else None


def _last_growth(text: str, clause: int, figure: int, year: str | None) -> str | None:
    """较去年一季度的增幅8.2%: a growth that another is compared with."""
    if year is None or not year.isdecimal() or not _LAST_GROWTH.search(text, max(clause, figure - 24), figure):
        return None
    return str(int(year) - 1)


def opens(text: str, sentence: int, figure: int, period: str | None) -> bool:
    """Whether the part of the sentence that a figure stands in opens with the figure's year: 2017年受理8,934件，…"""
    low = _part(text, max(sentence, figure - _LOOK_BACK), figure)
    head = next(iter(_free_years(text, low, figure)), None)
    return head is not None and head.start - low < _AT_THE_HEAD and head.value == period


def goes_on(words: str) -> bool:
    """Whether words between two figures leave the year as it is."""
    return _ANOTHER_YEAR.search(words) is None


def is_former(text: str, start: int, end: int, high: int) -> bool:
    """金额由3.52万元变为4.18万元: the first is last year's."""
    return text[start - 1 : start] in ("由", "从") and _TURNS.match(text, end, high) is not None


def _of_the_sentence(
    text: str, sentence: int, clause: int, figure: int, year: str | None, *, relative: bool
) -> str | None:
    """The year that the sentence or its part opens with, or a later year that it speaks of."""
    far = _free_years(text, sentence, figure if relative else clause)
    if far and _SINCE_THEN.search(text, far[-1].end, figure):
        return None
    if not relative:
        far = [item for item in far if not _NAMED.match(text, item.start)]
        heads = [item for item in far if item.start - _part(text, sentence, item.start) < _AT_THE_HEAD]
        far = heads[-1:] or [item for item in far if year and item.value > year]
    if not far:
        return None
    if year in [item.value for item in far]:
        return year
    return None if _in_a_name(text, far[0], max(sentence, far[0].start - 4), far[0].start + 16) else far[0].value


def _free_years(text: str, start: int, end: int) -> list[Year]:
    """The years that nothing is compared with, and that belong to no figure in a bracket (2.3万元（2021年3.1万元）)."""
    return [
        item
        for item in years_in(text, start, end)
        if not _COMPARES.search(text, max(start, item.start - 1), item.start)
        and (text[item.start - 1 : item.start] != "（" or _DATE_ALONE.match(text, item.end))
    ]


def _part(text: str, sentence: int, at: int) -> int:
    """Where the part of the sentence begins that a place stands in."""
    return max(sentence, text.rfind("；", sentence, at) + 1)


def _in_a_name(text: str, item: Year, low: int, high: int) -> bool:
    """补发2018年的车补, 《2019年…》, 2019年成立: the year is no period."""
    return bool(_ARREARS.search(text, low, item.start) or _ARREARS.match(text, item.start + 5, high))
