"""The kind of a figure in its sentence: a list of people, bodies or vehicles keeps the kind of its first."""

from __future__ import annotations

from govfin_extract.stages.link.scene import Link, Scene
from govfin_extract.text.cues import cue
from govfin_extract.text.factkinds import BUYS, SERVED_PEOPLE, is_body, kind_of

_CHANGES_HANDS = cue(r"取消|报废|拟购置|处置了?|淘汰|封存|安排购置")


def kind_in(scene: Scene, link: Link) -> str:
    """The kind of a figure in its scene; a list of people, bodies or vehicles keeps the kind of its first."""
    words = scene.words(link.label)
    kind = kind_of(scene.figure.kind, scene.figure.unit, words, scene.clause, scene.situation.heading)
    previous = scene.previous
    if kind == "asset" and _CHANGES_HANDS.search(scene.clause):
        return "event"
    if kind != "event" or previous is None:
        return kind
    if previous.kind == "institution" and scene.text[scene.figure.start - 1] == "、" and is_body(words):
        return "institution"  # 下辖8个乡镇卫生院、1所县医院
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
