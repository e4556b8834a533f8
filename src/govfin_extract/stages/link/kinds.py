"""The kind of a figure in its sentence: a list of people, bodies or vehicles keeps the kind of its first."""

from __future__ import annotations

import re

from govfin_extract.stages.link.scene import Link, Scene
from govfin_extract.text.cues import cue
from govfin_extract.text.factkinds import (
    ACTION,
    ASSET_UNITS,
    BUYS,
    INSTITUTION_UNITS,
    SERVED_PEOPLE,
    WORKED_ON,
    is_body,
    is_unit_of,
    kind_of,
    names_bodies,
)

_CHANGES_HANDS = cue(r"取消|报废|拟购置|处置了?|淘汰|封存|安排购置|上交|上缴|移交|划转|拍卖|调出|交回|收回|转出")
_MOST_BEHIND = 24
_LONGEST_LINK = 4
_ADDED = re.compile(r"[，、（(]?(?:另有|另|以及|和|及|还有)?")


def kind_in(scene: Scene, link: Link) -> str:
    """The kind of a figure in its scene; a list of people, bodies or vehicles keeps the kind of its first."""
    words = scene.words(link.label)
    kind = kind_of(scene.figure.kind, scene.figure.unit, words, scene.clause, scene.situation.heading)
    previous = scene.previous
    if kind == "asset" and _changes_hands(scene, words):
        return "event"
    if kind == "event" and scene.figure.unit in INSTITUTION_UNITS and _is_unit_too(scene, words):
        return "institution"
    if kind != "event" or previous is None:
        return kind
    if previous.kind == "institution" and scene.text[scene.figure.start - 1] == "、" and is_body(words):
        return "institution"  # 下辖8个乡镇卫生院、1所县医院
    if previous.kind == "asset" and _is_held_too(scene, previous, words):
        return "asset"
    if previous.figure.unit != scene.figure.unit:
        return kind
    if previous.kind == "institution" and link.label == previous.label:
        return "institution"
    end = previous.label[1] if previous.label and previous.how == "noun after" else previous.figure.end
    if len(scene.text[max(end, previous.figure.end) : scene.left.clause]) > 2:
        return kind
    if previous.kind == "institution" or (previous.kind == "staffing" and not SERVED_PEOPLE.search(words)):
        return previous.kind
    return "asset" if previous.kind == "asset" and not BUYS.search(words) else kind


def _changes_hands(scene: Scene, words: str) -> bool:
    """Whether what the figure counts came or went, or is what was worked on: 十二辆公车上交, 改造…建筑面积."""
    text, figure = scene.text, scene.figure
    behind = min(scene.high, figure.end + _MOST_BEHIND)
    stop = next((at for at in range(figure.end, behind) if text[at] in "，。；"), behind)
    if _CHANGES_HANDS.search(scene.clause) or _CHANGES_HANDS.search(text, figure.end, stop):
        return True
    return words.endswith("面积") and WORKED_ON.search(text, scene.sentence, figure.start) is not None


def _is_unit_too(scene: Scene, words: str) -> bool:
    """Whether a body is like the one before it (机关科室8个，服务站35个) or under what is named (局机关、9个监管所)."""
    before = scene.previous
    if (
        before is not None
        and before.kind == "institution"
        and before.label
        and scene.figure.start - before.figure.end < _MOST_BEHIND
    ):
        return names_bodies(words) and scene.text[before.figure.end : before.figure.end + 1] in "，、"
    stop = max(scene.sentence, scene.figure.start - 2 * _MOST_BEHIND)
    return before is None and is_unit_of(words, scene.text[stop : scene.figure.start])


def _is_held_too(scene: Scene, previous: Link, words: str) -> bool:
    """执法车11台，固定治超站1座: a noun right behind what is held, without a verb, in the same enumeration."""
    if scene.figure.unit not in ASSET_UNITS or not words:
        return False
    gap = scene.text[previous.figure.end : scene.figure.start].strip()
    if len(gap) > len(words) + _LONGEST_LINK or not gap.endswith(words):
        return False
    link = gap[: -len(words)]
    return _ADDED.fullmatch(link) is not None and ("另" in link or not _acts(words))


def _acts(words: str) -> bool:
    """Whether a label holds a verb of what was done."""
    return BUYS.match(words) is not None or ACTION.match(words) is not None
