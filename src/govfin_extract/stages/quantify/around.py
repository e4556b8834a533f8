"""What touches a number: sign, currency and modifier on its left; modifiers, currency and per-words on its right.

Every look reads a bounded number of characters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govfin_extract.stages.quantify.lexicon import Lexicon, lexicon
from govfin_extract.stages.quantify.patterns import BLANKS, INCLUSIVE

_MINUS = frozenset("-−－﹣–△▲负")
_BLANK = frozenset(BLANKS)
# Words ending in 负 that leave a number unsigned: 肩负3项, 担负.
_NO_SIGN = frozenset("抱肩担背欺胜自辜如重减")
_JOINED = frozenset("-—–－%％〕]号月年日元")
_INSIDE = re.compile(r"[^（(）)\n]{1,16}$")
# Brackets that leave the minus behind them a dash: item numbers （二）-3, bounds （不含）-3.
_NUMBERED = re.compile(r"不?含(?:本数)?|[\d.,一二三四五六七八九十]+")
_BARE_LICENCE = ("达", "破", "超", "过", "达到", "好几")
_PER = re.compile(r"学生|学年|月|日|生|床日|标准|社区|人月|人年|次|村|镇|乡|校|班|车|岗|标段|季度|季")


class Left(NamedTuple):
    """What touches a number from the left."""

    start: int
    modifier: str = ""
    negative: bool = False
    currency: str = ""


class Right(NamedTuple):
    """What touches a unit from the right."""

    end: int
    modifier: str = ""


@cache
def left_marks() -> frozenset[str]:
    words = lexicon()
    return _MINUS | _BLANK | frozenset(words.before) | frozenset(words.money_before) | {"+", "＋"}


@cache
def _right_marks() -> frozenset[str]:
    return _BLANK | frozenset(lexicon().after) | {"（", "("}


def look_left(text: str, start: int, floor: int, words: Lexicon) -> Left:
    """Sign, currency and modifier before ``start``, not before ``floor``, where the last quantity ends.

    >>> look_left("支出约人民币-5元", 7, 0, lexicon())
    Left(start=2, modifier='approx', negative=True, currency='CNY')
    """
    if start <= floor or text[start - 1] not in left_marks():
        return Left(start)
    modifier, negative, currency, at = "", False, "", start
    for _ in range(4):
        near = at
        while near > floor and near > at - 3 and text[near - 1] in _BLANK:
            near -= 1
        if near <= floor:
            break
        last = text[near - 1]
        if last in _MINUS and at == start and not negative and _is_sign(text, near - 1, floor):
            negative, at = True, near - 1
        elif last in "+＋" and near == start and not _alphanumeric(text, near - 2):
            at = near - 1
        elif not currency and (money := _ending(text, near, floor, words.money_before.get(last, ()))):
            at, currency = near - len(money[0]), money[1]
        elif not modifier and (word := _modifier(text, near, floor, words)):
            at, modifier = near - len(word[0]), word[1]
        else:
            break
    return Left(at, modifier, negative, currency)


def licenses_bare(text: str, start: int, floor: int) -> bool:
    """达百万元: a numeral that begins with its multiplier, after a word that carries it."""
    return text.endswith(_BARE_LICENCE, max(floor, start - 2), start)


def _ending(text: str, at: int, floor: int, entries: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    for entry in entries:
        if at - len(entry[0]) >= floor and text.endswith(entry[0], 0, at):
            return entry
    return None


def _modifier(text: str, at: int, floor: int, words: Lexicon) -> tuple[str, str] | None:
    for word, modifier, clash in words.before.get(text[at - 1], ()):
        begin = at - len(word)
        if begin >= floor and text.startswith(word, begin):
            if clash and text.endswith(clash, max(0, begin - 4), begin):
                return None
            return word, modifier
    return None


def _alphanumeric(text: str, at: int) -> bool:
    return at >= 0 and text[at].isascii() and text[at].isalnum()


def _is_sign(text: str, at: int, floor: int) -> bool:
    """A minus before a number is a sign unless it joins two things (2-3, A-1) or 负 ends a word (担负)."""
    before = text[at - 1 : at]
    if text[at] == "负":
        return before not in _NO_SIGN
    if text[at] in "△▲":
        return True
    if at == floor and before.strip():
        return False
    if before in ("）", ")"):
        return _behind_words(text, at - 1, floor)
    return not _alphanumeric(text, at - 1) and before not in _JOINED


def _behind_words(text: str, closing: int, floor: int) -> bool:
    """增加（减少）-3.2万元: a bracket of words, itself behind words and not behind a number."""
    inside = _INSIDE.search(text, max(floor, closing - 16), closing)
    if not inside or _NUMBERED.fullmatch(inside[0]):
        return False
    opening = inside.start() - 1
    if opening < floor or text[opening] not in "（(" or (opening == floor and floor):
        return False
    return not text[opening - 1 : opening].isdecimal()


def look_right(text: str, end: int, words: Lexicon) -> Right:
    """（含）, 以上, 左右, 余 behind a unit.

    >>> look_right("50万元（含）以上的", 4, lexicon())
    Right(end=9, modifier='at_least')
    """
    if text[end : end + 1] not in _right_marks():
        return Right(end)
    at = end
    while at < end + 3 and text[at : at + 1] in _BLANK:
        at += 1
    if (inclusive := INCLUSIVE.match(text, at)) and (found := _suffix(text, inclusive.end(), words)):
        return found
    return _suffix(text, at, words) or Right(end)


def _suffix(text: str, at: int, words: Lexicon) -> Right | None:
    for word, modifier, clash in words.after.get(text[at : at + 1], ()):
        if text.startswith(word, at) and not (clash and text.startswith(clash, at + len(word))):
            return Right(at + len(word), modifier)
    return None


def in_accounts_brackets(text: str, start: int, end: int) -> bool:
    """(12.3%) is negative where it fills a cell of a table.

    >>> in_accounts_brackets("利润\\t(3.2万元)\\t", 4, 9), in_accounts_brackets("占比(3.2%)", 3, 7)
    (True, False)
    """
    if not start or text[start - 1] not in "(（" or text[end : end + 1] not in (")", "）"):
        return False
    before, after = text[start - 2 : start - 1] if start > 1 else "", text[end + 1 : end + 2]
    return (before in ("\t", "|") and after in ("\t", "|", "\n", "")) or (after in ("\t", "|") and before in ("", "\n"))


def currency_after(text: str, end: int, words: Lexicon) -> tuple[int, str] | None:
    """美元, 人民币 behind a number or its unit: where it ends, and its code."""
    at = end + 1 if text[end : end + 1] in _BLANK else end
    for word, code in words.money_after.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            return at + len(word), code
    return None


def per(text: str, end: int, words: Lexicon) -> tuple[str | None, int]:
    """/人, /平方米, /人·天 behind a unit: what it is counted per, and where that ends.

    >>> per("5元/人·天。", 2, lexicon())
    ('人·天', 6)
    """
    at = end
    while text[at : at + 1] in ("/", "／", "·") and at < end + 12:
        stop = _per_word(text, at + 1, words)
        if not stop or (at == end and text[at] == "·"):
            break
        at = stop
    return (text[end + 1 : at] or None), at


def _per_word(text: str, at: int, words: Lexicon) -> int:
    for unit in words.units.get(text[at : at + 1], ()):
        if text.startswith(unit.text, at) and "x" not in unit.flags:
            return at + len(unit.text)
    match = _PER.match(text, at)
    return match.end() if match else 0
