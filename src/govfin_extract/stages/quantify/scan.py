"""Find number expressions in a text: one pass, one candidate at a time, every look bounded.

A candidate is a run of digits, a run of Chinese numerals before something that can be a unit, or a word such as 几十,
半数, 翻一番. From there the number is read to the right (``number``), and what touches it joins it (``build``).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from govfin_extract.records import Quantity
from govfin_extract.stages.quantify import context
from govfin_extract.stages.quantify.around import look_left, look_right
from govfin_extract.stages.quantify.build import quantity_from
from govfin_extract.stages.quantify.lexicon import Lexicon, lexicon
from govfin_extract.stages.quantify.number import side_at
from govfin_extract.stages.quantify.patterns import BLANKS, CANDIDATE, JOINERS, PLAIN, RATIO, RUN, SLASH, START
from govfin_extract.stages.quantify.plain import plain_quantity
from govfin_extract.text.numerals import divided, read

_CLOSING = ("）", ")")
_RATIO_MARKS = frozenset(":：∶/ ")


def scan(text: str, *, alone: bool = False) -> list[Quantity]:
    """Every quantity of the text, in order. ``alone``: the text is one expression, so no context is asked for.

    >>> [quantity.text for quantity in scan("2020年检查企业37家次，罚款三万五千元")]
    ['37家次', '三万五千元']
    """
    words = lexicon()
    found: list[Quantity] = []
    position = floor = 0
    while begin := START.search(text, position):
        at = begin.start()
        if (plain := PLAIN.match(text, at)) and (quantity := plain_quantity(text, plain)):
            found.append(quantity)
            position = floor = quantity.end
            continue
        match = CANDIDATE.match(text, at)
        if match is None:
            run = RUN.match(text, at)
            position = max(at + 1, run.end() if run else 0)
            continue
        position = match.end()
        if match.lastgroup == "d" and _stands_bare(text, at, position):
            continue
        if quantity := _quantity(text, match, floor, words, alone):
            position = floor = max(quantity.end, position)
            found.append(quantity)
    return found


def _stands_bare(text: str, start: int, end: int) -> bool:
    """Digits with nothing on either side that could make them a quantity: most cells of a table."""
    after = text[end : end + 1]
    if after in _CLOSING and context.is_loss(text, start, end):
        return False
    return after not in _continuing() and (not start or text[start - 1] not in _money_ends())


@cache
def _continuing() -> frozenset[str]:
    words = lexicon()
    marks = BLANKS + "\r\n余多来几十百千万亿兆佰仟萬億分（(:：∶/" + JOINERS
    return frozenset(marks) | frozenset(words.units) | frozenset(words.money_after)


@cache
def _money_ends() -> frozenset[str]:
    return frozenset(lexicon().money_before) | frozenset(BLANKS)


def _quantity(text: str, match: re.Match[str], floor: int, words: Lexicon, alone: bool) -> Quantity | None:
    start, end = match.span()
    group = match.lastgroup
    if group == "h":
        return _special(text, start, end, _multiple(match[0]), floor, words)
    if group == "d":
        if context.is_code(text, start, end):
            return None
        if text[end : end + 1] in _RATIO_MARKS and (found := _ratio(text, start, floor, words)):
            return found
    elif start and (text[start - 1] == "第" or text[start - 1] in "0123456789"):
        # Behind a digit it is the rest of a number that could not be read.
        return None
    elif not alone and context.is_name(text, start, end, words):
        return None
    side = side_at(text, match, words)
    return None if side is None else quantity_from(text, side, floor, words, alone)


def _multiple(word: str) -> Decimal:
    """翻一番 is 2, 翻两番 4; 半数 and 一半 are a half."""
    if word[0] != "翻":
        return Decimal("0.5")
    reading = read(word[1:-1].removeprefix("了") or "一")
    return Decimal(2 ** int(reading.value if reading and reading.value else 1))


def _ratio(text: str, start: int, floor: int, words: Lexicon) -> Quantity | None:
    """1：3 where the context speaks of a ratio, 2/3 likewise."""
    found = RATIO.match(text, start) or SLASH.match(text, start)
    if not found or not Decimal(found["b"]):
        return None
    if not context.ratio_fits(text, start, found.end(), found["a"], found["b"], "/" in found[0]):
        return None
    return _special(text, start, found.end(), divided(Decimal(found["a"]), Decimal(found["b"])), floor, words)


def _special(text: str, start: int, end: int, value: Decimal, floor: int, words: Lexicon) -> Quantity:
    left, right = look_left(text, start, floor, words), look_right(text, end, words)
    modifier = left.modifier or right.modifier or "exact"
    low = value if modifier in ("over", "at_least") else None
    high = value if modifier in ("under", "at_most") else None
    return Quantity(left.start, right.end, text[left.start : right.end], "ratio", value, low, high, "", modifier)
