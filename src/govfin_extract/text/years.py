"""Years that a text writes, and the spans of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_YEAR = re.compile(
    r"(?<![\d.第])(?P<first>(?:19|20)\d{2})"
    r"(?:\s?年?\s?(?:\d{1,2}月(?:\d{1,2}日)?)?\s?(?:[-—－~至到和、])\s?(?P<last>(?:19|20)\d{2}))?\s?年"
    r"(?!以[来前后]|漏|欠|鉴|版|型|[^，。；]{0,6}起)"
)


class Year(NamedTuple):
    """A year in a text: where it begins and ends, and the year, a span of years as ``2018/2019``."""

    start: int
    value: str
    end: int


def years_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Year]:
    """Every year of ``text[start:end]``, in order.

    >>> [year.value for year in years_in("2018-2019年，2020年")]
    ['2018/2019', '2020']
    """
    for match in _YEAR.finditer(text, start, len(text) if end is None else end):
        first, last = match["first"], match["last"]
        yield Year(match.start(), f"{first}/{last}" if last and last != first else first, match.end())
