"""Change words that are a verb with 多, 少 or 净, and those that are only a change where something is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.peeled import Prior
from govfin_extract.stages.link.scene import Link
from govfin_extract.text.cues import cue

# 比上年少用, 较年初压下, 计划30公里，少3.5公里
_WEIGHED = cue(
    r"(?:(?P<more>多|净增|{change.weighed_up})|(?P<less>少|净减|{change.weighed_down}))(?:了|{change.verbs})?$"
)
_SHORT_OF = cue(r"(?P<before>[还仍尚相]?)(?P<word>{change.short})(?:了|的)?$")
_COMPARES = re.compile(
    r"比(?!如|例|重|赛|武)|较(?!大|多|好|高|快|为|少|小)|[与和跟同][^，]{1,16}(?:相比|相较|对比|比较|对照)"
)
_NOT_BEFORE = frozenset("至不最很偏许众减缺")
_MIDWAY = re.compile(
    r"(?:在|于)?(?:本年|当年|全年)?(?:预算)?(?:执行|年度)?(?:过程|期)?中?(?:期|途)?(?:年中|年内|年底|随后|其后|之后|后|期间|"
    r"按规定|按程序|经批准|经报批|依法|又|再|另|共)*"
)
_LOOK_BACK = 4
_ALIKE = (Decimal("0.4"), Decimal("2.5"))


def weighed(text: str, low: int, end: int, prior: Prior) -> tuple[int, int]:
    """The lengths of the words at the end of ``text[low:end]`` that say less, and more, where something is compared."""
    short = _SHORT_OF.search(text, max(low, end - 5), end)
    if short and (prior.against or prior.points) and (short["before"] or short.start() == low):
        return end - short.start("word"), 0
    match = _WEIGHED.search(text, max(low, end - 8), end)
    if match is None or (match.start() > low and text[match.start() - 1] in _NOT_BEFORE):
        return 0, 0
    if not (prior.against or prior.points or compares(text, low, match.start())):
        return 0, 0
    size = end - match.start()
    return (size, 0) if match["less"] else (0, size)


def compares(text: str, low: int, end: int) -> bool:
    """Whether the words compare with something: 比上年, 与年初预算相比."""
    return _COMPARES.search(text, low, end) is not None


def is_midway(words: str) -> bool:
    """Whether words only say when a budget was changed: 年中, 在执行中, 随后."""
    return _MIDWAY.fullmatch(words.strip("，")) is not None


def prior_of(figure: Figure, links: Sequence[Link], year: str | None) -> Prior:
    """What the last figures of the sentence say of one that may differ from them."""
    points = figure.kind == "percentage_point"
    differs = bool(links) and links[-1].measure == "change"  # 比上年少支出5.5万元，少接待3批次
    alike = (link for link in links[-_LOOK_BACK:] if link.figure.unit == figure.unit)
    levels = [link for link in alike if link.measure == "level" or (figure.is_rate and link.measure != "share")]
    if not levels:
        return Prior(differs, points=points)
    like, value = levels[-1].figure.value, figure.value
    near = isinstance(like, Decimal) and isinstance(value, Decimal) and _ALIKE[0] * like <= value <= _ALIKE[1] * like
    against = differs or any(link.compared or link.basis != "actual" or _earlier(link, year) for link in levels)
    return Prior(against, levels[-1].compared, near, points)


def _earlier(link: Link, year: str | None) -> bool:
    return bool(link.period and year and link.period < year)
