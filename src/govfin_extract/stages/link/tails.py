"""Verbs and adverbs that the words before a figure leave behind a name: 离休干部尚有, 人员经费占去."""

from __future__ import annotations

import re
from functools import cache

from govfin_extract.text.cues import affixes, cue, cue_words
from govfin_extract.text.wordclass import last_word

_MOST = 4
_LONGEST_HEAD = 30
_NO_NAME = frozenset("vdpc")
_BRACKET = r"(?:（[^（）]{1,20}）)?$"
_HEAD = cue(r"(?:{label.heads})" + _BRACKET)
_BEARER = cue(r"(?:{label.heads}|{label.bearers})" + _BRACKET)


@cache
def _nominal() -> frozenset[str]:
    """Verbs that are also the name of what is done: 设备购置, 资金拨付."""
    return frozenset(
        word for name in ("label.nominal", "lead.actions", "lead.money_actions", "lead.verbs") for word in cue_words(name)
    )


def drop_tail(text: str, start: int, end: int) -> int:
    """The end of a label without the verbs and adverbs behind its noun; unchanged where no noun would be left.

    >>> words = "离休干部尚有"
    >>> words[: drop_tail(words, 0, len(words))]
    '离休干部'
    >>> drop_tail("公务用车购置", 0, 6)
    6
    """
    if _ends_in(_BEARER, text, start, end):
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
