"""What kind of statement a figure is: a level, a change, a growth, a share, a completion."""

from __future__ import annotations

import re
from decimal import Decimal

from govfin_extract.stages.link import values
from govfin_extract.stages.link.scene import Link, Scene
from govfin_extract.text.cues import last_match

_JOINS = frozenset(("、", "和", "与", "，", "及", "；", "、和", "，和", "，即", "，即为"))
_OF_WHOLE = re.compile(r"的(?:比例|比重|百分比)?(?:为|是|达|达到|约)?")
_ANDS = frozenset(("和", "、", "与", "及"))
_SHARE_NOUN = re.compile(r"(?:占比|比重)$")
_TELLS_ALL = re.compile(
    r"(?:(?P<fall>降幅|跌幅|减幅|下降率|下降幅度)|(?P<growth>增速|增幅|增长率|增长幅度|增减幅度?|变动率)|(?P<share>占比|比重|所占比例|构成比例?)|"
    r"(?P<completion>执行率|完成率|支出率|支付率|执行进度|支出进度))(?:情况)?(?:分别|依次|各)?(?:为|是|如下)?：[^，。；：]{0,24}$"
)
_STOP = re.compile(r"[；。：]")
_LIST_BACK = 40
_BRACKETED = frozenset(("（", "（下降", "（增长"))
_BESIDE = frozenset(("", "（", "，", "、"))
_BREAKDOWN = re.compile(r"(?:构成|结构|组成|来源|分布|去向|占比|比重)(?:情况)?[^。；：\n]{0,6}(?:：|\n)[^。：]{0,400}")
_BREAKDOWN_BACK = 300
_WHOLE = Decimal(100)
_BELOW = re.compile(r"低于|不及|不到|落后|慢于|少于")
_FASTEST = re.compile(r"(?:增长|增幅|增速)[^，。]{0,4}最")


def measure_of(scene: Scene) -> tuple[str, int]:
    """The measure, and -1 for a fall."""
    figure, left = scene.figure, scene.left
    if left.measure == "share" and figure.kind == "ratio" and isinstance(figure.value, Decimal) and figure.value > 1:
        return "level", 1  # 是非税收入的2.7倍
    if left.measure:
        return left.measure, left.sign
    if figure.is_rate and left.reached and _SHARE_NOUN.search(scene.words(scene.own)):
        return "share", 1
    if values.doubled(figure):
        return "growth", 1
    told = _told_before(scene) if figure.is_rate else None
    if told:
        return told
    if figure.is_rate and left.bracket >= 0 and _FASTEST.search(scene.text, scene.low, left.bracket):
        return "growth", 1
    inherited = _inherited(scene, scene.previous) if scene.previous else None
    if inherited:
        return inherited
    return ("change", 1) if figure.kind == "percentage_point" else ("level", 1)


def _told_before(scene: Scene) -> tuple[str, int] | None:
    """各自的增速：教育4.0%、科技15.3%: what the words before a colon say of all figures of a list."""
    memory, figure = scene.memory, scene.figure
    head = last_match(_TELLS_ALL, scene.text, max(scene.low, figure.start - _LIST_BACK), scene.left.clause)
    if head:
        word = next(name for name, value in head.groupdict().items() if value)
        memory.told = ("growth", -1) if word == "fall" else (word, 1)
    elif memory.told and (_STOP.search(scene.between) or scene.left.measure):
        memory.told = None
    return memory.told


def _inherited(scene: Scene, previous: Link) -> tuple[str, int] | None:
    """A figure without a word of its own is read as the one before, or as its part."""
    figure = scene.figure
    between = scene.between.strip()
    listed = bool(scene.listed and scene.listed[0])
    if figure.kind == "percentage_point" and not between and previous.compared:
        low = max(scene.sentence, previous.clause)
        return "change", -1 if _BELOW.search(scene.text, low, previous.figure.start) else 1
    if previous.figure.kind == figure.kind and (listed or between in _JOINS):
        return previous.measure, previous.sign
    if not figure.is_rate:
        return None
    if _is_again(scene, previous):
        return previous.measure, previous.sign
    if _is_part(scene, previous, between):
        return "share" if previous.basis == "actual" else "completion", 1
    return _of_a_change(scene, previous, between) or _of_an_amount(scene, previous, between)


def _of_a_change(scene: Scene, previous: Link, between: str) -> tuple[str, int] | None:
    """A rate that goes with the change before it, or is compared with a rate before it."""
    if scene.left.compared and previous.measure == "growth":
        return "growth", previous.sign  # 增长5.2%，低于预期目标8%
    moved = scene.left.compared or (scene.left.reached and scene.own is None)
    if moved and previous.measure in ("share", "completion"):
        return previous.measure, 1
    if previous.measure == "change" and (between in _BRACKETED or (between in _ANDS and scene.listed)):
        return "growth", previous.sign
    return None


def _of_an_amount(scene: Scene, previous: Link, between: str) -> tuple[str, int] | None:
    """A rate beside an amount: of the parts of a sum the share."""
    if _in_a_breakdown(scene, previous, between):
        return "share", 1
    return ("completion", 1) if between == "的" and previous.figure.kind == "amount" else None


def _is_again(scene: Scene, previous: Link) -> bool:
    """占六成以上（60.5%）: the rate before, said more precisely."""
    return previous.figure.is_rate and previous.measure != "level" and scene.between.strip() == "（"


def _in_a_breakdown(scene: Scene, previous: Link, between: str) -> bool:
    """收入构成：财政拨款486万元（29.3%）, or the same in lines of their own: a rate beside an amount is its share."""
    if previous.figure.kind not in ("amount", "count") or previous.measure != "level" or between not in _BESIDE:
        return False
    value = scene.figure.value
    if not isinstance(value, Decimal) or value > _WHOLE:
        return False
    low = max(0, scene.sentence - _BREAKDOWN_BACK, scene.figure.start - 2 * _BREAKDOWN_BACK)
    return last_match(_BREAKDOWN, scene.text, low, scene.figure.start) is not None


def _is_part(scene: Scene, previous: Link, between: str) -> bool:
    """X占…100万元的（比例）5%: the figure before was the whole."""
    whole = previous.figure
    before = scene.text[max(scene.sentence, whole.start - 30) : whole.start]
    return bool(_OF_WHOLE.fullmatch(between)) and whole.kind == "amount" and "占" in before
