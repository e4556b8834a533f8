"""A baseline without any library: Arabic digits with 万 and 亿, per cents and ranges, by regular expressions.

It reads what rewriting libraries write, too, which give texts and no values: what such a library is better at than this
script alone is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from serve import Answer, Number, number, numbers_between, serve

_DIGITS = r"\d+(?:[,，]\d{3}(?!\d))*(?:\.\d+)?"
_POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, "‰": -1}
_POWER = r"(?:万亿|百万|千万|[百千万亿‰])?"
_RANGE = re.compile(rf"(?P<low>{_DIGITS})\s?(?P<p>{_POWER})%?[~～—–-]+(?P<high>{_DIGITS})\s?(?P<q>{_POWER})")
_FRACTION = re.compile(r"(?P<sign>[-−])?(?P<part>\d+)/(?P<whole>[1-9]\d*)")
_PLAIN = re.compile(rf"(?P<sign>[-−])?(?P<number>{_DIGITS})\s?(?P<power>{_POWER})")


def numbers(text: str) -> list[Number]:
    """The numbers of a text that are written with Arabic digits."""
    return list(_numbers(text))


def _numbers(text: str) -> Iterator[Number]:
    place = 0
    while match := _PLAIN.search(text, place):
        if between := _RANGE.match(text, match.start()):
            power = between["q"]
            low = _value(between["low"], between["p"] or power)
            yield numbers_between(low, _value(between["high"], power), between.group())
            place = between.end()
        elif parts := _FRACTION.match(text, match.start()):
            quotient = Decimal(parts["part"]) / Decimal(parts["whole"])
            yield number(-quotient if parts["sign"] else quotient, parts.group())
            place = parts.end()
        else:
            value = _value(match["number"], match["power"])
            yield number(-value if match["sign"] else value, match.group())
            place = match.end()


def _value(digits: str, power: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace("，", "")).scaleb(_POWERS[power])


def answer(text: str) -> Answer:
    """The numbers of a text as an answer."""
    return Answer(numbers(text))


if __name__ == "__main__":
    serve(None, lambda: {"sentence": answer})
