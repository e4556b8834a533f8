"""Names and figures in two separate runs: 教育、科技支出分别完成预算的121.4%、98.2%."""

from __future__ import annotations

import re

from govfin_extract.stages.link.clauses import clause_start
from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.labels import trim_left, trim_right
from govfin_extract.text.cues import cue, last_match

Place = tuple[int, int]

_CUE = re.compile(r"分别|依次|各自|(?<![各自其])各(?=[减增下上占完为有达降]|\s?\d)")
_BETWEEN = cue(r"\s*(?:[、，,]|和|与|及|以及|、和|，和)?\s*(?:同比|较上年)?(?:{change.up}|{change.down})?(?:了|约)?\s*")
_BARE = re.compile(r"(?:\d[\d,]{0,12}(?:\.\d{1,4})?\s?(?:、|，|和|及|与)\s?){1,12}$")  # 分别完成9.84、7.92、｜4.05亿元
_SPLIT = re.compile(r"、|和(?!谐|解|平)|与|以及|及(?!其|时)|，")
_TOGETHER = re.compile(r"(?:各|[两二三四五六七八九十][项类者]|降幅|增幅|增速|占比|比重|环节|同比|环比|均|合计|，)+$")
_TELLS = re.compile(r"到位|落实|实现|加强|推进|完善|保障有力")  # a clause that tells something is no name
_SPLIT_STOP = re.compile(r"、|，")  # names that hold 和: 社会保障和就业
_COMPARE = cue(r"(?:[与和跟同比较])[^，。；]{0,8}?(?:{change.base}|(?:19|20)\d\d年)[^，。；]{0,6}?(?:相比|比)?，?$")


def find_lists(text: str, start: int, figures: list[Figure]) -> dict[int, tuple[int, int, int]]:
    """For each figure of a distributed list: (number in the list, length of the list, place of its cue word)."""
    found: dict[int, tuple[int, int, int]] = {}
    low, index = start, 0
    while index < len(figures):
        cue_word = last_match(_CUE, text, low, figures[index].start)
        last = index
        cue_at = cue_word.start() if cue_word else figures[index].start
        named = text.count("、", clause_start(text, low, cue_at)[0], cue_at)
        if cue_word or named:
            while (
                last + 1 < len(figures)
                and figures[last + 1].kind == figures[index].kind
                and _BETWEEN.fullmatch(text, figures[last].end, figures[last + 1].start)
            ):
                last += 1
            alike = all(figures[at].unit == figures[index].unit for at in range(index, last + 1))
            bare = _bare_before(text, cue_at, figures[index].start) if cue_word else 0
            if last - index + bare and (cue_word or (alike and last - index == named)):
                for at in range(index, last + 1):
                    found[at] = (at - index + bare, last - index + 1 + bare, cue_at)
        low = figures[last].end
        index = last + 1
    return found


def _bare_before(text: str, low: int, high: int) -> int:
    """How many numbers of a list stand without a unit before its first figure."""
    match = _BARE.search(text, max(low, high - 120), high)
    return len(re.findall(r"[、，和及与]", match[0])) if match else 0


def names_before(text: str, low: int, cue_at: int, count: int) -> list[Place] | None:
    """The names that the figures of a list belong to, or None where they are not as many."""
    end = _COMPARE.sub("", text[low:cue_at])
    stop = low + len(_TOGETHER.sub("", end))
    begin, _ = clause_start(text, low, stop)
    for start, pattern in ((begin, _SPLIT), (begin, _SPLIT_STOP), (low, _SPLIT)):
        places = _split(text, start, stop, pattern, commas=start == low)
        told = start == low and any(_TELLS.search(text, *place) for place in places)
        if len(places) == count and not told:
            return places
    return None


def _split(text: str, start: int, end: int, pattern: re.Pattern[str], *, commas: bool) -> list[Place]:
    start = trim_left(text, start, end)
    places: list[Place] = []
    at, depth_free = start, _outside_brackets(text, start, end)
    for match in pattern.finditer(text, start, end):
        if match.start() not in depth_free or (match[0] == "，" and not commas):
            continue
        places.append((at, match.start()))
        at = match.end()
    places.append((at, end))
    trimmed = [(trim_left(text, a, b), b) for a, b in places]
    return [(a, trim_right(text, a, b)) for a, b in trimmed if b - a >= 1]


def _outside_brackets(text: str, start: int, end: int) -> set[int]:
    free, depth = set(), 0
    for at in range(start, end):
        if text[at] in "（《“":
            depth += 1
        elif text[at] in "）》”":
            depth = max(0, depth - 1)
        elif depth == 0:
            free.add(at)
    return free
