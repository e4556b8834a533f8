"""Measure words of tables, and cells that hold one figure with its unit."""

from __future__ import annotations

import re
from functools import cache

from govfin_extract.stages.tables.cells import Cell
from govfin_extract.text.datafiles import read_tsv

_FIGURE = re.compile(r"[=≥≤<>]{0,2}\s?-?\d[\d,]*(?:\.\d+)?\s?(?P<unit>[^\d\s]{0,5}?)(?:以[上下内]|左右)?$")
# words in brackets that are no unit
_NO_UNIT = re.compile(
    r"[类款项]|境|[+\-±=×]|其中|含|不含|级|盖章|分值|年|月|一|二|三|四|减|增|负|下降|减少|增加|权重|费$|等$"
)


@cache
def _units() -> frozenset[str]:
    return frozenset(row["unit"] for row in read_tsv("units.tsv"))


def is_measure_word(words: str) -> bool:
    """Whether words in brackets are a measure word, 台/套 and 万人 included; （类） and （境） are none.

    >>> is_measure_word("万人次"), is_measure_word("台/套"), is_measure_word("护")
    (True, True, False)
    """
    parts = re.split("[/、]", words.lstrip("十百千万亿") or words)
    return not _NO_UNIT.search(words) and all(part in _units() for part in parts)


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds one figure: 120, ≥95%, 125公里, not 2021年9月.

    >>> is_figure(Cell(0, 6, "≥120公里")), is_figure(Cell(0, 6, "12月20日"))
    (True, False)
    """
    match = _FIGURE.match(cell.text)
    return match is not None and (not match["unit"] or match["unit"] in "%％" or is_measure_word(match["unit"]))
