"""Verbs and adverbs that the words before a figure leave behind a name: 离休干部尚有, 人员经费占去."""

from __future__ import annotations

import re
from functools import cache

from govfin_extract.text.cues import affixes, cue, cue_words
from govfin_extract.text.wordclass import last_word

_MOST = 4
_SURE = 2  # a loose word as long as this is none by chance: 花费
_LONGEST_HEAD = 30
_NO_NAME = frozenset("vdpc")
_BRACKET = r"(?:（[^（）]{1,20}）)?$"
_HEAD = cue(r"(?:{label.heads})" + _BRACKET)
_BEARER = cue(r"(?:{label.heads}|{label.bearers})" + _BRACKET)


@cache
def _nominal() -> frozenset[str]:
    """Verbs that are also the name of what is done: 设备购置, 资金拨付."""
    return frozenset(
        word
        for name in ("label.nominal", "lead.actions", "lead.money_actions", "lead.verbs")
        for word in cue_words(name)
    )


def drop_tail(text: str, start: int, end: int) -> int:
    """The end of a label without the verbs and adverbs behind its noun; unchanged where no noun would be left.

    >>> words = "离休干部尚有"
    >>> words[: drop_tail(words, 0, len(words))]
    '离休干部'
    >>> drop_tail("公务用车购置", 0, 6)
    6
    """
    that_is = text.find("即", start + 2, end)
    if that_is > 0 and _ends_in(_HEAD, text, start, that_is):
        return that_is  # 事业收入即场地门票
    if _ends_in(_BEARER, text, start, end) and affixes("label.loose").suffix(text, start, end) < _SURE:
        return end
    stop, head = end, _BEARER
    for _ in range(_MOST):
        size = affixes("label.loose").suffix(text, start, stop)
        if not size:
            size, head = _verb(text, start, stop), _HEAD
        if not size or stop - size < start + 2:
            return end
        stop -= size
        while stop > start and text[stop - 1] in "，、 的":
            stop -= 1
        if _ends_in(head, text, start, stop):
            return stop
    return end


def _ends_in(head: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return head.search(text, max(start, end - _LONGEST_HEAD), end) is not None


def _verb(text: str, start: int, end: int) -> int:
    """The length of the word at the end that is the name of nothing, 0 where there is none."""
    word, kind = last_word(text, start, end)
    return len(word) if len(word) > 1 and kind in _NO_NAME and word not in _nominal() else 0


_ALL = re.compile(r"[两二三四五六七八九十]?[项者类]?(?:都|均|皆|全)[为是系]?")
_SHARED = ("总计", "合计", "总额")  # 收入、支出总计 share their head
_MONEY_WORD = re.compile(r"(?<=接待|培训|会议|出国|购置)(?:经费|费用|费|支出)$|(?<=（境）)(?:费用|费)$")


def last_of_several(text: str, start: int, end: int, figure: int) -> int:
    """Where the last of several begins that have the same figure: 事业收入、经营收入都是0元."""
    at = max(text.rfind("、", start + 2, end - 1), text.rfind("，", start + 2, end - 1))
    if at < 0 or text.rfind("（", start, at) > text.rfind("）", start, at) or not _ALL.match(text, end, figure):
        return start
    return start if text[end - 2 : end] in _SHARED else at + 1


def without_money(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """What is counted where the antecedent names what it cost: 公务接待费：8万元，96批."""
    match = _MONEY_WORD.search(text, max(place[0], place[1] - 8), place[1])
    return (place[0], match.start()) if match else place


def names_money(text: str, start: int, end: int) -> bool:
    """Whether words end in the name of a sum of money: 出国（境）, 公务接待费, not 预算执行情况."""
    return _ends_in(_HEAD, text, start, end)
