"""From a number that was read to a record: range, kind, small money, per, modifiers, sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.records import Quantity
from govfin_extract.stages.quantify import context
from govfin_extract.stages.quantify.around import (
    Left,
    currency_after,
    in_accounts_brackets,
    licenses_bare,
    look_left,
    look_right,
    per,
)
from govfin_extract.stages.quantify.lexicon import Lexicon
from govfin_extract.stages.quantify.number import range_from
from govfin_extract.stages.quantify.patterns import ENTIRE, FULL_MARK, SMALL_MONEY
from govfin_extract.stages.quantify.side import Side
from govfin_extract.text.numerals import added, negated, read, scaled

_UNITS = {"percent": "%", "percentage_point": "pp", "score": "分", "ratio": ""}
_INNER = {"余": "over", "多": "over", "来": "approx"}
_HALF = Decimal("0.5")
_UNTOUCHED = tuple("未不没都也")  # 1,450万元一分未动
_TENTHS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"半": 5}


@dataclass(slots=True)
class Draft:
    """A quantity in the making."""

    end: int
    kind: str
    unit: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    full: Decimal | None = None
    per: str | None = None


def quantity_from(text: str, side: Side, floor: int, words: Lexicon, alone: bool) -> Quantity | None:
    """The record of the number at ``side`` (with a second one where the two make a range), or None."""
    last, value, low, high = _ends(text, side, words)
    left = look_left(text, side.start, floor, words)
    if not alone and _is_trap(text, side, last, left):
        return None
    carried = left.modifier or side.inner in ("余", "多") or licenses_bare(text, side.start, floor)
    if side.bare and not carried:
        return None
    draft = _draft(text, last, left, words, alone)
    if draft is None or (draft.kind == "amount" and context.is_misgrouped(text, side.start)):
        return None
    draft.value, draft.low, draft.high = value, low, high
    _scale(draft, last)
    _extend(text, draft, last, words)
    return _record(text, draft, side, last, left, words)


def _ends(text: str, side: Side, words: Lexicon) -> tuple[Side, Decimal | None, Decimal | None, Decimal | None]:
    """The side that carries the unit, and value or both ends."""
    if joined := range_from(text, side, words):
        other, low, high = joined
        if low < high or other.negative:
            return other, None, low, high
    if side.reading is None:
        return side, None, None, None
    return side, *side.reading


def _is_trap(text: str, side: Side, last: Side, left: Left) -> bool:
    if context.is_ordinal(text, left.start, last.unit_text):
        return True
    if last.unit is None or not side.chinese or last is not side or left.modifier or side.inner:
        return False
    return context.is_article(text, left.start, side.start, side.end, last.unit, side.plain)


def _draft(text: str, side: Side, left: Left, words: Lexicon, alone: bool) -> Draft | None:
    """Kind and unit: by the unit word, by a currency, or by 万 and 亿 alone."""
    if side.unit is not None:
        kind = side.unit.kind
        unit = _UNITS.get(kind, side.unit_text)
        if kind == "amount":
            unit = words.currencies.get(side.unit_text) or left.currency or "CNY"
        return Draft(side.end, kind, unit, None)
    if left.currency:
        return Draft(side.end, "amount", left.currency, None)
    if not side.chinese and (mark := FULL_MARK.match(text, side.end)) and _fits_full(side, mark):
        return Draft(mark.end(), "score", "分", None, full=Decimal(mark["full"] or mark["of"]))
    if side.large:
        if context.ends_badly(text, side.end):
            return None
        counted = context.counted_noun(text, side.end, words)
        return Draft(side.end, "count", "", None) if counted else Draft(side.end, "amount", "CNY", None)
    if side.vague and side.end - side.start > 1 and (alone or not context.is_cjk(text[side.end : side.end + 1])):
        return Draft(side.end, "count", "", None)
    return None


def _fits_full(side: Side, mark: re.Match[str]) -> bool:
    """28/30分 is a score where no more is given than can be had."""
    if mark["full"]:
        return True
    value = side.reading.value if side.reading else None
    return value is not None and value <= Decimal(mark["of"])


def _scale(draft: Draft, side: Side) -> None:
    """Into the base unit: ‰, 成, 角, 基点."""
    if side.unit is None or side.unit.factor == 1:
        return
    power = side.unit.factor.adjusted()
    draft.value, draft.low, draft.high = (_moved(number, power) for number in (draft.value, draft.low, draft.high))


def _moved(number: Decimal | None, power: int) -> Decimal | None:
    if number is None:
        return None
    moved = scaled(format(number.copy_abs(), "f"), power)
    return negated(moved) if number < 0 else moved


def _extend(text: str, draft: Draft, side: Side, words: Lexicon) -> None:
    """What may follow the unit: 角 and 分, 整, 人民币; /人; 五 after 三成, 半 after 两倍."""
    unit = side.unit_text
    if draft.kind == "amount":
        _extend_money(text, draft, unit, words)
    if draft.value is not None and (unit == "成" or unit == "倍"):
        following = text[draft.end : draft.end + 1]
        if (tenth := _TENTHS.get(following)) is not None and (unit == "成" or following == "半"):
            draft.value = added(draft.value, Decimal(tenth) if unit == "成" else _HALF)
            draft.end += 1
    if text[draft.end : draft.end + 1] in ("/", "／"):
        draft.per, draft.end = per(text, draft.end, words)


def _extend_money(text: str, draft: Draft, unit: str, words: Lexicon) -> None:
    if unit in ("元", "圆", "角", "块") and draft.value is not None:
        small = SMALL_MONEY.match(text, draft.end)
        if (
            small
            and text[small.end() : small.end() + 1] not in _UNTOUCHED
            and ((small["jiao"] and unit != "角") or small["fen"])
        ):
            for digit, power in ((small["jiao"], 1), (small["fen"], 2)):
                reading = read(digit) if digit else None
                if reading and reading.value is not None:
                    draft.value = added(draft.value, scaled(format(reading.value, "f"), -power))
            draft.end = small.end()
    if draft.unit == "CNY" and (entire := ENTIRE.match(text, draft.end)):
        draft.end = entire.end()
    if unit and (money := currency_after(text, draft.end, words)):
        draft.end, draft.unit = money


def _record(text: str, draft: Draft, side: Side, last: Side, left: Left, words: Lexicon) -> Quantity:
    right = look_right(text, draft.end, words)
    start, end = left.start, right.end
    value, low, high = draft.value, draft.low, draft.high
    bracketed = in_accounts_brackets(text, start, end)
    if bracketed:
        start, end = start - 1, end + 1
    if left.negative or side.negative or bracketed:
        value, low = (None if number is None else negated(number) for number in (value, low))
        if high is not None and not last.negative and side is last:
            high = negated(high)
    if low is not None and high is not None and low > high:
        low, high = high, low
    modifier = left.modifier or ("" if right.modifier == "exact" else right.modifier)
    modifier = modifier or _INNER.get(last.inner, "") or _INNER.get(side.inner, "")
    if value is not None:
        low = value if modifier in ("over", "at_least") else None
        high = value if modifier in ("under", "at_most") else None
    modifier = modifier or "exact"
    return Quantity(
        start, end, text[start:end], draft.kind, value, low, high, draft.unit, modifier, draft.full, draft.per
    )
