"""Clauses that name what a figure behind them measures: 3. 除颤器投放，195万元; ⑴决策：程序完备，得13.5分."""

from __future__ import annotations

import re

from govfin_extract.stages.link.clauses import clause_before
from govfin_extract.stages.link.labels import is_thing, tells, trim_left, trim_right
from govfin_extract.stages.link.memory import Place
from govfin_extract.stages.link.scene import Scene
from govfin_extract.stages.link.tails import drop_tail
from govfin_extract.text.cues import cue

_MARKER = re.compile(
    r"(?:[（(]\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?[）)]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?(?:、|[.．](?!\d))|"
    r"\d{1,2}[）)]|[①-⑳⑴-⒇➀-➉▲●•▪◆■·★-]|(?:项目|子项目|任务|标段|内容|工程)\s?[一二三四五六七八九十\d]{1,2}\s?[：:、.．]|"
    r"[一二三四五六七八九十]是)[、.．]?\s*"
)
_HEAD = re.compile(r"(?P<head>[^，。；：\n]{2,40})[，：]")
_SHORT = 12
_COMPARING = cue(r"[比较与同和跟][^，]{0,8}{change.base}|原因|主要是|相比")
_RANKED = re.compile(r"(?:降幅|增幅|占比|增长|下降|金额|规模)?(?:最[大高多小低]|次之|居首|较大|较多)$")


def item_head(scene: Scene) -> Place | None:
    """The words between an item's number and the clause of its first figure, where nothing stands between them."""
    place = _head(scene)
    if place is None or scene.before or scene.left.bracket >= 0 or place[1] + 1 < scene.left.clause:
        return None
    start = trim_left(scene.text, *place)
    end = trim_right(scene.text, start, place[1])
    return None if end - start < 2 or tells(scene.words((start, end))) else (start, end)


def colon_head(scene: Scene) -> Place | None:
    """The name before a colon at the head of the figure's item."""
    place = _head(scene)
    return place if place and scene.text[place[1]] == "：" else None


def score_head(scene: Scene) -> Place | None:
    """The short name before a colon that the one score of its item belongs to."""
    place = _head(scene)
    if place is None or scene.text[place[1]] != "：" or place[1] - place[0] > _SHORT:
        return None
    return None if any(link.figure.kind == "score" for link in scene.before) else place


def _head(scene: Scene) -> Place | None:
    marker = _MARKER.match(scene.text, scene.sentence, scene.figure.start)
    match = _HEAD.match(scene.text, marker.end(), scene.figure.start) if marker else None
    return match.span("head") if match else None


def clause_head(scene: Scene) -> Place | None:
    """A clause without a figure before the figure's own, if it names a thing: 公务接待费，支出决算为…"""
    text, low, at = scene.text, scene.low, scene.left.clause
    for _ in range(3):
        end = at - 1
        if end <= low:
            return None
        at = clause_before(text, end, low)
        if _COMPARING.match(text, at, end):
            continue
        start = trim_left(text, at, end)
        stop = trim_right(text, start, end)
        ranked = _RANKED.search(text, start, stop)
        stop = ranked.start() if ranked else stop
        against = _COMPARING.search(text, start, stop)
        if against and against.start() <= start + 1:
            continue
        stop = trim_right(text, start, against.start()) if against else drop_tail(text, start, stop)
        if is_thing(text, start, stop):
            return start, stop
    return None
