"""What one cell of a table holds: words, a number, a classification code, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# an amount as tables print it: digits (grouped or not), a sign, accountant's brackets, a percent sign
_NUMBER = re.compile(
    r"(?P<open>（|\()?\s?(?P<sign>[-+△▲]|负)?\s?[¥￥]?\s?"
    r"(?P<digits>\d{1,3}(?:[,，]\s?\d{3})+(?:\.\s?\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\s?\d+)?|\.\d+)"
    r"\s?(?P<percent>[%‰])?\s?(?P<close>）|\))?$"
)
_CODE = re.compile(r"\d{3}(?:[- ]?\d{2}){0,3}$")
_DASH = re.compile(r"[-—－–/／\\*＊—\s]+$|…+$")
_BLANK = re.compile(r"[\s,，]+")
_LONGEST = 40
CODE_PARTS = ("类", "款", "项", "目")  # headers of the columns that a classification code is printed in


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number of a cell."""

    start: int
    end: int
    value: Decimal
    percent: bool
    decimals: int
    grouped: bool

    @property
    def whole(self) -> bool:
        """Whether it is written like a count or a code: digits alone."""
        return not self.decimals and not self.grouped and not self.percent and self.value >= 0


class Cell:
    """A cell's place in the text and its words, blanks at the edges left out.

    Attributes:
        number: the number, if the cell holds nothing else.
        is_dash: the cell says in a sign that there is nothing: -, —, /.

    >>> Cell(3, 8, "12.5%").number.value, Cell(0, 1, "—").is_dash
    (Decimal('12.5'), True)
    """

    __slots__ = ("end", "is_dash", "number", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.is_dash = _DASH.match(text) is not None
        self.number = None if self.is_dash else _number(start, end, text)

    def __repr__(self) -> str:
        return f"<Cell {self.text!r} [{self.start}:{self.end}]>"

    @property
    def is_code(self) -> bool:
        """Whether the cell could be a classification code: 201, 20137, 2013701, 204-06-01.

        >>> Cell(0, 7, "2013701").is_code, Cell(0, 4, "2020").is_code
        (True, False)
        """
        return _CODE.match(self.text) is not None

    @property
    def is_value(self) -> bool:
        """Whether the cell holds a number that is no year.

        >>> Cell(0, 5, "12.50").is_value, Cell(0, 4, "2024").is_value
        (True, False)
        """
        number = self.number
        return number is not None and not (number.whole and 1990 <= number.value <= 2100)


def _number(start: int, end: int, text: str) -> Number | None:
    """The number that a cell consists of; the cell may be longer than its text, where a line break parts it.

    >>> _number(0, 8, "1,234.50").value, _number(0, 6, "（12.3）").value, _number(0, 3, "12期")
    (Decimal('1234.50'), Decimal('-12.3'), None)
    """
    read = _read(text) if len(text) <= _LONGEST else None
    if read is None:
        return None
    stop = end - (len(text) - read.end)
    return Number(start + read.start, stop, read.value, read.percent, read.decimals, read.grouped)


@lru_cache(maxsize=65536)
def _read(text: str) -> Number | None:
    """The number of a cell's text, its place counted from the cell's start."""
    match = _NUMBER.match(text)
    if match is None or bool(match["open"]) is not bool(match["close"]):
        return None
    digits = match["digits"]
    value = Decimal(_BLANK.sub("", digits))
    if match["sign"] in ("-", "△", "▲", "负") or (match["open"] and not match["sign"]):
        value = value.copy_negate()
    if match["percent"] == "‰":
        value = value.scaleb(-1)
    decimals = len(_BLANK.sub("", digits).partition(".")[2])
    start = match.start("sign") if match["sign"] else match.start("digits")
    end = match.end("percent") if match["percent"] else match.end("digits")
    return Number(start, end, value, bool(match["percent"]), decimals, "," in digits or "，" in digits)
