"""What one cell of a table holds: words, a number, a classification code, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# an amount as tables print it: digits (grouped or not), a sign, accountant's brackets, a percent sign
_NUMBER = re.compile(
    r"(?P<open>（|\()?\s?(?P<sign>[-+△▲]|负)?\s?[¥￥]?\s?"
    r"(?P<digits>\d{1,3}(?:[,，]\s?\d{3})+(?:\.\s?\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\s?\d+)?|\.\d+)"
    r"\s?(?P<percent>[%‰])?\s?(?P<close>）|\))?$"
)
_CODE = re.compile(r"\d{3}(?:[- ]?\d{2}){0,3}$")
_DASH = re.compile(r"[-—－–/／\\*＊—\s]+$|…+$")
_BLANK = re.compile(r"[\s,，]+")


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


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's place in the text and its words, blanks at the edges left out."""

    start: int
    end: int
    text: str

    @property
    def number(self) -> Number | None:
        """The number, if the cell holds nothing else."""
        return read_number(self)

    @property
    def is_dash(self) -> bool:
        """Whether the cell says in a sign that there is nothing: -, —, /."""
        return _DASH.match(self.text) is not None

    @property
    def is_code(self) -> bool:
        """Whether the cell could be a classification code: 201, 20137, 2013701, 204-06-01.

        >>> Cell(0, 7, "2013701").is_code, Cell(0, 4, "2020").is_code
        (True, False)
        """
        return _CODE.match(self.text) is not None


def read_number(cell: Cell) -> Number | None:
    """The number that a cell consists of.

    >>> read_number(Cell(0, 8, "1,234.50")).value, read_number(Cell(0, 6, "（12.3）")).value
    (Decimal('1234.50'), Decimal('-12.3'))
    >>> read_number(Cell(0, 3, "12期")) is None
    True
    """
    if len(cell.text) > 40:
        return None
    match = _NUMBER.match(cell.text)
    if match is None or bool(match["open"]) is not bool(match["close"]):
        return None
    digits = match["digits"]
    value = Decimal(_BLANK.sub("", digits))
    if match["sign"] in ("-", "△", "▲", "负") or (match["open"] and not match["sign"]):
        value = -value
    if match["percent"] == "‰":
        value = value.scaleb(-1)
    decimals = len(digits.partition(".")[2])
    bracketed = bool(match["open"])
    start = cell.start + (match.start("sign") if match["sign"] else match.start("digits")) - bracketed * 0
    end = cell.start + (match.end("percent") if match["percent"] else match.end("digits"))
    return Number(start, end, value, bool(match["percent"]), decimals, "," in digits or "，" in digits)
