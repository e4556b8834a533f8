"""What kind of statement a figure is: a level, a change, a growth, a share, a completion."""

from __future__ import annotations

import re

from govfin_extract.stages.link import values
from govfin_extract.stages.link.scene import Link, Scene

_JOINS = frozenset(("、", "和", "与", "，", "及", "；", "、和", "，和", "，即", "，即为"))
_OF_WHOLE = re.compile(r"的(?:比例|比重|百分比)?(?:为|是|达|达到|约)?")
_ANDS = frozenset(("和", "、", "与", "及"))
_SHARE_NOUN = re.compile(r"(?:占比|比重)$")
_BELOW = re.compile(r"低于|不及|不到|落后|慢于|少于")
_FASTEST = re.compile(r"(?:增长|增幅|增速)[^，。]{0,4}最")


def measure_of(scene: Scene) -> tuple[str, int]:
    """The measure, and -1 for a fall."""
    figure, left = scene.figure, scene.left
    if left.measure:
        return left.measure, left.sign
    if figure.is_rate and left.reached and _SHARE_NOUN.search(scene.words(scene.own)):
        return "share", 1
    if values.doubled(figure):
        return "growth", 1
    if figure.is_rate and left.bracket >= 0 and _FASTEST.search(scene.text, scene.low, left.bracket):
        return "growth", 1
    inherited = _inherited(scene, scene.previous) if scene.previous else None
    if inherited:
        return inherited
    return ("change", 1) if figure.kind == "percentage_point" else ("level", 1)


def _inherited(scene: Scene, previous: Link) -> tuple[str, int] | None:
    """A figure without a word of its own is read as the one before, or as its part."""
    figure = scene.figure
    between = scene.between.strip()
    listed = bool(scene.listed and scene.listed[0])
    if figure.kind == "percentage_point" and not between and previous.compared:
        return "change", -1 if _BELOW.search(scene.text, max(scene.sentence, previous.clause), previous.figure.start) else 1
    if previous.figure.kind == figure.kind and (listed or between in _JOINS):
        return previous.measure, previous.sign
    if not figure.is_rate:
        return None
    if _is_part(scene, previous, between):
        return "share" if previous.basis == "actual" else "completion", 1
    if scene.left.compared and previous.measure == "growth":
        return "growth", previous.sign  # 增长5.2%，低于预期目标8%
    moved = scene.left.compared or (scene.left.reached and scene.own is None)
    if moved and previous.measure in ("share", "completion"):
        return previous.measure, 1
    if between in _ANDS and previous.measure == "change" and scene.listed:
        return "growth", previous.sign
    if between == "的" and previous.figure.kind == "amount":
        return "completion", 1
    if between in ("（", "（下降", "（增长") and previous.measure == "change":
        return "growth", previous.sign
    return None


def _is_part(scene: Scene, previous: Link, between: str) -> bool:
    """X占…100万元的（比例）5%: the figure before was the whole."""
    whole = previous.figure
    before = scene.text[max(scene.sentence, whole.start - 30) : whole.start]
    return bool(_OF_WHOLE.fullmatch(between)) and whole.kind == "amount" and "占" in before
