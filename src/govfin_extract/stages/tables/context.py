"""What stands around a table: its title, its unit, the year, whether it plans; and which standard table it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from govfin_extract.text.datafiles import read_toml

_UNIT_LINE = re.compile(
    r"(?:计量|金额|货币|计价|报表)?单位\s?[：:]\s?(?:人民币\s?)?(?P<unit>[^\s，；。|、/）)]{1,6}(?:[、/，][^\s；。|）)]{1,6}){0,3})|（(?:人民币)?(?P<bare>[万亿千百]{0,2}元)）"
)
_UNIT_BEHIND = re.compile(r"[\s（(]+(?:金额|计量|货币)?单位\s?[：:].*$")  # 收入决算表 单位：元
# 本年收入1,660万元，结构如下：
_BREAKDOWN = re.compile(r"(?:构成|结构|组成|来源|分布|去向)(?:情况)?(?:如下|为|是|明细)?(?:（[^）]*）)?\s?[：:]?$")
_MONEY = re.compile(r"(?P<power>[十百千万亿]{0,2})元")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年?")
_POWERS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_LOOK_BACK = 12  # lines above a table that may name it
_LONGEST_TITLE = 60
_TITLE = re.compile(r"(?:表|一览|明细|情况|报告|说明|预算|决算|汇总|清单)(?:（[^）]*）|\d)?[：:]?$|^表\s?\d")
_NO_TITLE = re.compile(
    r"^(?:公开|预算?公开|部门|单位|编制|填报|金额|财|附件|附表|附)\s?(?:[\d０-９一二三四五六七八九十]+\s?表?$|[^：]{0,6}[：:])|^注|^备注"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a table before its cells are read.

    Attributes:
        title: its own words; place: where they stand, or None.
        power: of ten, from the printed amounts to yuan; None where nothing says it.
        counted: the other units that the unit line names (人, 辆).
        breakdown: the words right above it say that it lists the parts of a sum.
        kind: which of the standard tables it is: a key of ``data/tables/kinds.toml``.
    """

    title: str = ""
    place: tuple[int, int] | None = None
    power: int | None = None
    counted: tuple[str, ...] = ()
    kind: str = "other"
    breakdown: bool = False


def power_of_unit(words: str) -> int | None:
    """The power of ten that a money unit stands for, None for words that are none.

    >>> power_of_unit("万元"), power_of_unit("人民币元"), power_of_unit("人")
    (4, 0, None)
    """
    match = _MONEY.search(words)
    return _POWERS.get(match["power"]) if match else None


def unit_in(words: str) -> tuple[int | None, tuple[str, ...]]:
    """The power of ten of the amounts and the other units that a line names.

    >>> unit_in("金额单位：万元"), unit_in("单位：人、万元")
    ((4, ()), (4, ('人',)))
    """
    power: int | None = None
    counted: list[str] = []
    for match in _UNIT_LINE.finditer(words):
        for unit in re.split("[、/，]", match["unit"] or match["bare"]):
            found = power_of_unit(unit)
            if found is not None:
                power = found if power is None else power
            elif 0 < len(unit) <= 3:
                counted.append(unit)
    return power, tuple(counted)


def context_of(lines: Iterable[tuple[int, int, str]], inside: Iterable[str], header: str) -> Context:
    """The context of a table.

    Args:
        lines: start, end and words of the lines above it, the nearest first.
        inside: the words of the cells above its header, and of the notes at its foot.
        header: the words of its header cells, blanks left out.
    """
    title, place, power = "", None, None
    counted: tuple[str, ...] = ()
    lines = list(lines)
    breakdown = bool(lines) and _BREAKDOWN.search(lines[0][2]) is not None
    rows = [*((None, words) for words in inside), *(((start, end), words) for start, end, words in lines)]
    for where, words in rows:
        found, others = unit_in(words)
        power = found if power is None else power
        counted = counted or others
        name = _UNIT_BEHIND.sub("", words).strip()
        if not title and _is_title(name):
            title, place = name, where
    return Context(title, place, power, counted, kind_of_table(title, header), breakdown)


def _is_title(words: str) -> bool:
    words = words.strip()
    return 3 <= len(words) <= _LONGEST_TITLE and bool(_TITLE.search(words)) and not _NO_TITLE.match(words)


def lines_above(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """The non-blank lines before a table, the nearest first, up to ``stop``; a sentence ends them."""
    end = start
    for _ in range(_LOOK_BACK * 3):
        while end > stop and text[end - 1] in "\n ":
            end -= 1
        if end <= stop:
            return
        begin = max(text.rfind("\n", stop, end) + 1, stop)
        line = text[begin:end]
        yield begin, end, line
        if line.endswith(("。", "；", "！")) or len(line) > _LONGEST_TITLE * 2:
            return
        end = begin


@cache
def _kinds() -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None]]:
    table = read_toml("tables/kinds.toml")
    return [
        (name, re.compile(row["title"]), re.compile(row["header"]) if "header" in row else None)
        for name, row in table.items()
    ]


def kind_of_table(title: str, header: str) -> str:
    """Which of the standard tables a title or, where that says nothing, a header belongs to.

    >>> kind_of_table("一般公共预算财政拨款“三公”经费支出决算表", ""), kind_of_table("", "三级指标指标值完成值得分")
    ('three_public', 'self_evaluation')
    """
    words = re.sub(r"\s+", "", title)
    for name, of_title, _ in _kinds():
        if words and of_title.search(words):
            return name
    return next((name for name, _, of_header in _kinds() if of_header and of_header.search(header)), "other")


def year_in(words: str) -> str | None:
    """The only year that words name, None where they name none or several.

    >>> year_in("2022年决算数"), year_in("2022年比2021年增减")
    ('2022', None)
    """
    years = set(_YEAR.findall(words))
    return years.pop() if len(years) == 1 else None
