"""The head of a numbered item: 3. 公共场所除颤器投放，195万元; ⑴决策：程序完备，得13.5分."""

from __future__ import annotations

import re

from govfin_extract.stages.link.labels import tells, trim_left, trim_right
from govfin_extract.stages.link.memory import Place
from govfin_extract.stages.link.scene import Scene

_MARKER = re.compile(
    r"(?:[（(]\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?[）)]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?(?:、|[.．](?!\d))|"
    r"\d{1,2}[）)]|[①-⑳⑴-⒇➀-➉▲●•▪◆■·★-]|(?:项目|子项目|任务|标段|内容|工程)\s?[一二三四五六七八九十\d]{1,2}\s?[：:、.．]|"
    r"[一二三四五六七八九十]是)[、.．]?\s*"
)
_HEAD = re.compile(r"(?P<head>[^，。；：\n]{2,40})[，：]")
_SHORT = 12


def item_head(scene: Scene) -> Place | None:
    """The words between an item's number and the clause of its first figure, where nothing stands between them."""
    place = _head(scene)
    if place is None or scene.before or scene.left.bracket >= 0 or place[1] + 1 < scene.left.clause:
        return None
    start = trim_left(scene.text, *place)
    end = trim_right(scene.text, start, place[1])
    return None if end - start < 2 or tells(scene.words((start, end))) else (start, end)


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
