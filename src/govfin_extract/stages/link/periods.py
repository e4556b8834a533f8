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
    found = None if relative else _stated(text, sentence, clause, figure, year)
    found = found or _of_the_sentence(text, sentence, clause, figure, year, relative=relative)
    return (found, f"period: {found}") if found else (year, "period: document")


def _stated(text: str, sentence: int, clause: int, figure: int, year: str | None) -> str | None:
    """The year that a level's own words state: 截至2022年, 2021年, 上年, 下年."""
    as_of = last_match(_AS_OF, text, sentence, clause)
    if as_of:
        return as_of["year"]
    near = list(years_in(text, clause, figure))
    if near and not _in_a_name(text, near[-1], max(clause, near[-1].start - 4), figure):
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


def _of_the_sentence(
    text: str, sentence: int, clause: int, figure: int, year: str | None, *, relative: bool
) -> str | None:
    """The year that the sentence opens with, or a later year that it speaks of."""
    far = [
        item
        for item in years_in(text, sentence, figure if relative else clause)
        if not _COMPARES.search(text, max(sentence, item.start - 1), item.start)
    ]
    if not relative:
        far = [item for item in far if not _NAMED.match(text, item.start)]
        far = [item for item in far if item.start - sentence < _AT_THE_HEAD or (year and item.value > year)]
    if not far:
        return None
    if year in [item.value for item in far]:
        return year
    return None if _in_a_name(text, far[0], max(sentence, far[0].start - 4), far[0].start + 16) else far[0].value


def _in_a_name(text: str, item: Year, low: int, high: int) -> bool:
    """补发2018年的车补, 《2019年…》, 2019年成立: the year is no period."""
    return bool(_ARREARS.search(text, low, item.start) or _ARREARS.match(text, item.start + 5, high))
