"""Numbers written in Chinese documents, read exactly: digits, Chinese numerals, financial capitals and mixtures.

A numeral is read as a string and scaled by moving its decimal point, so that no digit is ever lost and no float is
involved. The grammar is strict (三十百 is not a number); the loose forms that people do write are read as they are
meant: 五十六万三 is 563,000, 二三十 is 20 to 30, 1.5万亿 is 1,500,000,000,000.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

__all__ = [
    "DIGITS",
    "POWERS",
    "Reading",
    "added",
    "divided",
    "negated",
    "power_of",
    "read",
    "read_positional",
    "scaled",
    "to_decimal",
]

DIGITS = "〇零○一二三四五六七八九两兩壹贰叁肆伍陆柒捌玖貳參陸弍弐"
_CANONICAL = str.maketrans(
    {
        **dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿", strict=True)),
        **dict(zip("貳參陸弍弐两兩〇○", "二三六二二二二零零", strict=True)),
        "廿": "二十",
        "卅": "三十",
        ",": "",
        "，": "",
    }
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_BLANKS = re.compile(r"[\s\u3000\xa0]+")
_UNITS = (("兆", 12), ("亿", 8), ("万", 4))
# One section below ten thousand; a digit may be a literal (3千, 1.5千). Zeros stand only where a place is empty.
_D = r"[一二三四五六七八九]|\d+(?:\.\d+)?"
_SECTION = re.compile(
    rf"(?:(?P<k>{_D})千)?(?P<z1>零)?(?:(?P<h>{_D})百)?(?P<z2>零)?(?:(?P<t>{_D})?(?P<ten>十))?(?P<z3>零)?(?P<o>{_D})?"
)
_POINTED_ONCE = re.compile(r"\d+\.\d+[十百千]?")
_LITERAL = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(
    r"(?P<whole>[零一二三四五六七八九十百千万]+)点(?P<part>[零一二三四五六七八九]+)(?P<power>[百千万亿兆]*)"
)
_PAIR = re.compile(r"(?<![零一二三四五六七八九])([一二三四五六七八])([二三四五六七八九])(?![零一二三四五六七八九])")
_ALL_DIGITS = re.compile(r"[零一二三四五六七八九]{2,}")
_ARABIC = str.maketrans("零一二三四五六七八九", "0123456789")
# Longest numeral that is read. Nothing real comes near; it bounds the work on adversarial text.
_LONGEST = 64
# Contexts of this module's own: what the caller set for decimals changes nothing here.
_EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN, traps=[])
_QUOTIENT = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[])

POWERS = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11,
    "万亿": 12, "兆": 12, "十万亿": 13, "百万亿": 14, "千万亿": 15,
}  # fmt: skip


class Reading(NamedTuple):
    """What a numeral says: one value, or the two ends of a range (二三十)."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


def power_of(multiplier: str) -> int | None:
    """The power of ten of a multiplier, or None where it is not one.

    >>> power_of("千万"), power_of("万亿"), power_of("亿万")
    (7, 12, None)
    """
    return POWERS.get(multiplier.translate(_CANONICAL))


def scaled(number: str, power: int) -> Decimal:
    """A plain decimal string times a power of ten, by moving the point: every digit is kept.

    >>> scaled("74.50", 4), scaled("1.5", 12), scaled("0.125", 2)
    (Decimal('745000'), Decimal('1500000000000'), Decimal('12.5'))
    """
    if not power:
        return Decimal(number)
    whole, _, part = number.partition(".")
    if power < 0:
        padded = whole.zfill(1 - power)
        return Decimal(f"{padded[:power]}.{padded[power:]}{part}")
    part = part.ljust(power, "0")
    rest = part[power:]
    return Decimal(f"{whole}{part[:power]}.{rest}" if rest else whole + part[:power])


def negated(number: Decimal) -> Decimal:
    """The number with the other sign, every digit kept; nought stays as it is.

    >>> negated(Decimal("3.20")), negated(Decimal("0.00"))
    (Decimal('-3.20'), Decimal('0.00'))
    """
    return number.copy_negate() if number else number


def added(first: Decimal, second: Decimal) -> Decimal:
    """The exact sum.

    >>> added(Decimal("30"), Decimal("5"))
    Decimal('35')
    """
    return _EXACT.add(first, second)


def divided(number: Decimal, by: Decimal) -> Decimal:
    """The quotient to 28 digits, whatever decimal context the caller has set.

    >>> divided(Decimal(1), Decimal(8))
    Decimal('0.125')
    """
    return _QUOTIENT.divide(number, by)


def to_decimal(text: str) -> Decimal:
    """The exact value of one numeral in any script.

    >>> to_decimal("叁佰伍拾万"), to_decimal("12,345.67"), to_decimal("一点二亿")
    (Decimal('3500000'), Decimal('12345.67'), Decimal('120000000'))

    Raises:
        ValueError: the text is no numeral, or one that names a range.
    """
    reading = read(text)
    if reading is None or reading.value is None:
        raise ValueError(f"not a numeral: {text[:40]!r}; expected one such as 12,345.67, 三百五十万, 1.5万亿")
    return reading.value


def read(text: str) -> Reading | None:
    """Read one numeral; None where it is ungrammatical.

    >>> read("五十六万三").value, read("3万5千").value, read("三十百")
    (Decimal('563000'), Decimal('35000'), None)
    >>> read("二三十")
    Reading(value=None, low=Decimal('20'), high=Decimal('30'))
    """
    text = _BLANKS.sub("", text).translate(_FULL_WIDTH)
    if _LITERAL.fullmatch(plain := text.replace(",", "").replace("，", "")):
        return Reading(Decimal(plain))
    if len(text) > _LONGEST:
        return None
    text = text.translate(_CANONICAL)
    if "点" not in text and (pair := _PAIR.search(text)):
        return _read_pair(text, pair)
    if _ALL_DIGITS.fullmatch(text):
        # Digit by digit (一二〇) is how years are written; a zero inside shows that a number may be meant.
        return Reading(Decimal(text.translate(_ARABIC))) if "零" in text and len(text) > 2 and text[0] != "零" else None
    value = _large(text, 0)
    return None if value is None else Reading(_tidy(value))


def read_positional(text: str) -> str | None:
    """Digits written one by one, as years are: 二〇二一 is "2021".

    >>> read_positional("二〇二一"), read_positional("二十")
    ('2021', None)
    """
    text = text.translate(_CANONICAL)
    return text.translate(_ARABIC) if _ALL_DIGITS.fullmatch(text) else None


def _read_pair(text: str, pair: re.Match[str]) -> Reading | None:
    """Two neighbouring digits name a range: 二三十, 十五六, 三五百, 一万六七."""
    low_digit, high_digit = pair.groups()
    if int(high_digit.translate(_ARABIC)) - int(low_digit.translate(_ARABIC)) != 1 and low_digit + high_digit != "三五":
        return None
    low = _large(text[: pair.end(1)] + text[pair.end() :], 0)
    high = _large(text[: pair.start()] + text[pair.start(2) :], 0)
    return None if low is None or high is None else Reading(None, _tidy(low), _tidy(high))


def _large(text: str, first: int) -> Decimal | None:
    """A number of any size: split at the largest unit, then each side by the smaller ones."""
    if "点" in text:
        return _pointed(text)
    for index in range(first, len(_UNITS)):
        mark, power = _UNITS[index]
        head, found, tail = text.rpartition(mark)
        if not found:
            continue
        left = _large(head, index + 1) if head else None
        right = _tail(tail, power, index + 1)
        if left is None or right is None:
            return None
        return _EXACT.add(_EXACT.multiply(left, _power(power)), right)
    return _section(text)


def _tail(text: str, power: int, first: int) -> Decimal | None:
    """What follows 万 or 亿: nothing, a smaller number, or one digit that stands for the next place (五十六万三)."""
    if not text:
        return Decimal(0)
    if len(text) == 1 and text not in "零十":
        digit = text.translate(_ARABIC)
        return scaled(digit, power - 1) if digit.isdecimal() else None
    value = _large(text.removeprefix("零"), first)
    return value if value is not None and value < _power(power) else None


def _power(power: int) -> Decimal:
    return Decimal("1" + "0" * power)


def _section(text: str) -> Decimal | None:
    match = _SECTION.fullmatch(text)
    if not match or not text:
        return None
    thousands, hundreds, tens, ones = match.group("k", "h", "t", "o")
    ten = match["ten"]
    if not (thousands or hundreds or ten or ones):
        return Decimal(0) if text == "零" else None
    if text[-1] == "零" or ("." in text and not _POINTED_ONCE.fullmatch(text)):
        return None
    places = (thousands, hundreds, tens or ("一" if ten else None), ones)
    value = Decimal(0)
    for literal, power in zip(places, (3, 2, 1, 0), strict=True):
        if literal:
            value = _EXACT.add(value, Decimal(literal.translate(_ARABIC)).scaleb(power, context=_EXACT))
    return value if not ones or ten or "零" in text else _elliptic(value, ones, hundreds, thousands)


def _elliptic(value: Decimal, ones: str, hundreds: str | None, thousands: str | None) -> Decimal | None:
    """三千五 is 3,500 and 一百五 is 150: the last digit takes the next place."""
    if len(ones) > 1 or not (hundreds or thousands):
        return value
    digit = Decimal(ones.translate(_ARABIC))
    return _EXACT.add(value, _EXACT.multiply(digit, Decimal(9 if hundreds else 99)))


def _pointed(text: str) -> Decimal | None:
    match = _POINT.fullmatch(text)
    if not match:
        return None
    whole = _large(match["whole"], 0)
    power = POWERS.get(match["power"]) if match["power"] else 0
    if whole is None or power is None:
        return None
    return scaled(f"{_tidy(whole)}.{match['part'].translate(_ARABIC)}", power)


def _tidy(value: Decimal) -> Decimal:
    """No exponent and, for whole numbers, no point."""
    whole = value.to_integral_value(context=_EXACT)
    return Decimal(int(whole)) if whole == value else Decimal(format(value, "f"))
