"""What a column is there for, by the words of its header: ``data/tables/columns.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from govfin_extract.text.datafiles import read_toml

# the lower half of a header: 增减 above 额 and 幅度（%）
_HALF = re.compile(r"(?:增减|增|减|升降)?(?:幅度?|比例|百分比|额|金额|数额)?[（(]?%?[）)]?$")
_BLANKS = re.compile(r"\s+")
# 预算 in the name of a fund is no version of a figure
_FUNDS = re.compile(r"公共(?:财政)?预算|基金预算|经营预算|预算外|预算内|预算(?=单位|部门|科目|项目)")


@cache
def _pattern(section: str, name: str) -> re.Pattern[str]:
    return re.compile(read_toml("tables/columns.toml")[section][name])


@cache
def _names(section: str) -> tuple[str, ...]:
    return tuple(read_toml("tables/columns.toml")[section])


def bare(words: str) -> str:
    """A header cell's words without blanks.

    >>> bare("决算 数")
    '决算数'
    """
    return _BLANKS.sub("", words)


def says(section: str, name: str, words: str) -> bool:
    """Whether a header cell's words fit one pattern.

    >>> says("role", "score", "得分（分值×执行率）"), says("head", "total", "合 计")
    (True, True)
    """
    words = bare(words)
    if section in ("basis", "measure"):
        words = _FUNDS.sub("", words)
    return _pattern(section, name).search(words) is not None


def reading(section: str, path: Sequence[str]) -> str | None:
    """The first pattern of a section that fits, asked of each header cell from the lowest upwards.

    >>> reading("basis", ("三公经费", "决算数")), reading("measure", ("增减", "%")), reading("role", ("本年支出",))
    ('actual', 'growth', None)
    """
    for place in range(len(path) - 1, -1, -1):
        words = path[place]
        if section == "measure" and place and _HALF.match(bare(words)):
            words = path[place - 1] + words  # 增减 above 额 and %: only both say it
        for name in _names(section):
            if says(section, name, words):
                return name
    return None
