"""Which fiscal year a figure belongs to."""

from __future__ import annotations

import re

from govfin_extract.text.cues import cue

_YEAR = re.compile(
    r"(?<![\d.第])(?P<first>(?:19|20)\d{2})(?:\s?年?\s?(?:[-—－~至到和、]|和)\s?(?P<last>(?:19|20)\d{2}))?\s?年(?!以[来前后]|漏|欠|鉴|版|型|[^，。；]{0,6}起)"
)
_AGAINST = re.compile(r"[比较与同跟由从自]$")
_LOOK_BACK = 600  # so that a sentence of any length is read in linear time
_NAMED = re.compile(r"(?:19|20)\d\d年度?[^，。]{0,8}(?:预算执行|审计|计划|规划)")
_AS_OF = re.compile(r"截[至止]到?\s?(?P<year>(?:19|20)\d\d)年(?![初前])")
_PREVIOUS = cue(r"(?:上一?年度?|去年)(?!结转|结余|末|底|度结转|度结余)(?:同期)?")
_NEXT = cue(r"{period.next}")
_ARREARS = re.compile(r"补[发缴交]|清欠|漏发|《|〔|会议|印发|成立|以来|文件|规划|建成|开始|启动")


def years_in(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Every year of ``text[start:end]`` with its place; a span as ``2018/2019``."""
    found = []
    for match in _YEAR.finditer(text, start, end):
        first, last = match["first"], match["last"]
        found.append((match.start(), f"{first}/{last}" if last and last != first else first))
    return found


def previous_year(year: str | None, by: int = 1) -> str | None:
    return str(int(year) - by) if year and year.isdigit() else year


def period_of(
    text: str, sentence: int, clause: int, figure: int, *, year: str | None, relative: bool
) -> tuple[str | None, str]:
    """The period of a figure and the words that set it.

    ``relative`` figures (changes, growth) take the later year: a year inside their comparison does not count.
    """
    sentence = max(sentence, figure - _LOOK_BACK)
    asof = None
    for asof in _AS_OF.finditer(text, sentence, clause):
        pass
    if asof and not relative:
        return asof["year"], f"period: {asof[0]}"
    near = years_in(text, clause, figure)
    if near and not relative:
        at, value = near[-1]
        if len(near) > 1 and near[-2][1] == year and re.search(r"[至到—-]", text[near[-2][0] : at]):
            return year, f"period: {year}"  # 2022年7月至2023年6月 in a report on 2022
        if not _ARREARS.search(text, max(clause, at - 4), at) and not _ARREARS.match(text, at + 4, figure):
            return value, f"period: {text[at : at + 5]}"
    if not relative:
        previous = None
        for previous in _PREVIOUS.finditer(text, max(clause, figure - 24), figure):
            pass
        if previous and year:
            tail = text[previous.end() : figure]
            if not re.search(r"相比|持平|增加|减少|增长|下降|比较|基本", tail) and not re.search(
                r"[比较与同]$", text[clause : previous.start()]
            ):
                return previous_year(year), f"period: {previous[0]}"
            if not tail.strip("的决算执行预算数为支出收入 同期") and re.search(
                r"[比较与同]$", text[clause : previous.start()]
            ):
                return previous_year(year), f"period: {previous[0]}"
        following = _NEXT.search(text, clause, figure) if "结转" not in text[clause:figure] else None
        if following and year:
            return str(int(year) + 1), f"period: {following[0]}"
    if relative:
        far = [
            item
            for item in years_in(text, sentence, figure)
            if not _AGAINST.search(text, max(sentence, item[0] - 1), item[0])
        ]
    else:
        far = [
            item
            for item in years_in(text, sentence, clause)
            if not _NAMED.match(text, item[0]) and not _AGAINST.search(text, max(sentence, item[0] - 1), item[0])
        ]
        far = [item for item in far if item[0] - sentence < 12 or (year and item[1] > year)]
    if year in [value for _, value in far]:
        return year, f"period: {year}"
    if (
        far
        and not _ARREARS.search(text, max(sentence, far[0][0] - 4), far[0][0])
        and not _ARREARS.match(text, far[0][0] + 5, far[0][0] + 16)
    ):
        return far[0][1], f"period: {far[0][1]}"
    return year, "period: document"
