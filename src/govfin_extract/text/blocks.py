"""The lines of a text in blocks: headings, prose, table rows, and tables that came one cell a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from govfin_extract.text import lines as shape

Kind = Literal["heading", "prose", "table", "cell"]
_LINE = re.compile(r"[^\n]+")
_SHORT = 24
_LONGEST_RULE = 120
_NEXT_TABLE = re.compile(r"附?表 ?[一二三四五六七八九十\d]{1,3}[ ：:、]")  # a title in a line with its table
_FIGURES = re.compile(r"[\t|] ?-?\d")
_PART = 14  # characters of a part of a cell
_HEADING_LENGTH = 60
_UNNUMBERED_LENGTH = 40
_SENTENCE_LENGTH = 14


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind: ``heading`` and ``prose`` hold one line, ``table`` and ``cell`` all that follow each other."""

    start: int
    end: int
    kind: Kind


def find_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text; every non-blank line lies in exactly one.

    >>> find_blocks("收入总表\\n项目\\t决算数\\n合计\\t34.43\\n本年收入30万元。")
    (Block(start=0, end=4, kind='heading'), Block(start=5, end=20, kind='table'), Block(start=21, end=30, kind='prose'))
    """
    found = [match for match in _LINE.finditer(text) if not match[0].isspace()]
    rows = [match[0] for match in found]
    kinds = [_line_kind(row) for row in rows]
    _release_lone_rows(rows, kinds)
    _mark_broken_cells(found, kinds)
    _mark_spaced_rows(rows, kinds)
    _mark_cells(rows, kinds)
    blocks: list[Block] = []
    for match, kind in zip(found, kinds, strict=True):
        if blocks and kind in ("table", "cell") and blocks[-1].kind == kind and not _NEXT_TABLE.match(match[0]):
            blocks[-1] = Block(blocks[-1].start, match.end(), kind)
        else:
            blocks.append(Block(match.start(), match.end(), kind))
    return tuple(blocks)


def _mark_broken_cells(lines: list[re.Match[str]], kinds: list[Kind]) -> None:
    """Set ``table`` where words touch a row below: a header, or a part of a cell that is broken over lines."""
    for number in range(1, len(lines) - 1):
        before, line, after = lines[number - 1 : number + 2]
        if kinds[number] == "table" or kinds[number + 1] != "table" or after.start() - line.end() != 1:
            continue
        words = line[0]
        if shape.SENTENCE_PUNCTUATION.search(words) or shape.ends_like_title(words):
            continue
        heads = len(words.split()) > 2 and not _HEADS.isdisjoint(words.split())
        touching = kinds[number - 1] == "table" and line.start() - before.end() == 1
        if heads or (touching and len(words) <= _PART and (kinds[number] == "prose" or _FIGURES.search(after[0]))):
            kinds[number] = "table"


def _release_lone_rows(rows: list[str], kinds: list[Kind]) -> None:
    """Set ``prose`` where one line alone is parted by blanks, its figures with units: 其他收入   27.9万元   1.7%."""
    for number, row in enumerate(rows):
        beside = (*kinds[max(0, number - 1) : number], *kinds[number + 1 : number + 2])
        if kinds[number] == "table" and "table" not in beside and _WITH_UNITS.fullmatch(row):
            kinds[number] = "prose"


_WITH_UNITS = re.compile(
    r"[ \u3000]*+[\u4e00-\u9fff（）“”、]++"
    r"(?: {2,}+-?\d[\d,.]*+(?:[万亿]?元|%|人次|[人辆个次台件户家批套名起]))++[ \u3000]*+"
)


def _line_kind(row: str) -> Kind:
    if shape.is_table_row(row) and not _is_framed_prose(row):
        return "table"
    if len(row) <= _HEADING_LENGTH and is_heading_line(row):
        return "heading"
    return "prose"


def _is_framed_prose(row: str) -> bool:
    """Whether the row is a page's text in a layout table: one cell of sentences holds nearly all of it."""
    if len(row) < _FRAMED or "。" not in row:
        return False
    longest = max(re.split(r"[\t|]", row), key=len)
    return len(longest) * 5 >= len(row) * 4 and "。" in longest


def is_heading_line(row: str) -> bool:
    """Whether a line is nothing but a heading.

    >>> is_heading_line("（三）“三公”经费情况"), is_heading_line("收入决算表"), is_heading_line("1、收入30万元。")
    (True, True, False)
    """
    body = row.rstrip("。：")
    if shape.SENTENCE_PUNCTUATION.search(body):
        return False
    if shape.is_directory_line(row):
        return True
    marker = shape.read_marker(row)
    if marker is None:
        return len(row) <= _UNNUMBERED_LENGTH and not row.endswith("。") and shape.ends_like_title(row)
    if _STATEMENT.search(body, shape.body_start(row, marker)):
        return False
    return (
        not row.endswith("。") or body.endswith("）") or len(body) <= _SENTENCE_LENGTH or shape.ends_like_heading(body)
    )


_FRAMED = 80
# a figure with its unit, or an answer behind a colon, makes a statement of a heading: 1、办公费3.2万元
_STATEMENT = re.compile(r"\d ?(?:万|亿)?(?:元|%|人次|人|个|辆|台|件|次|项)|(?<!\d)：")


def _mark_spaced_rows(rows: list[str], kinds: list[Kind]) -> None:
    """Set ``table`` where several lines are names and numbers parted by single blanks, and for their header."""
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and kinds[end] != "table" and _is_spaced_row(rows[end]):
            end += 1
        if _is_indicator_line(rows[at]) or _is_glued_line(rows[at]):
            end = at + 1
            kinds[at] = "table"
        elif end - at >= _SPACED_ROWS or (end > at and len(_AMOUNT_TOKENS.findall(rows[at])) >= _WHOLE_TABLE):
            first = at
            while first and at - first < _HEADER_LINES and _may_head(rows[first - 1], kinds[first - 1]):
                first -= 1
            kinds[first:end] = ["table"] * (end - first)
        at = max(end, at + 1)


_SPACED_ROWS = 3
_HEADER_LINES = 6
_TOKEN = re.compile(r"\S+")
_AMOUNT_TOKEN = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?(?=[\u3400-\u9fff]|$)")
_AMOUNT_TOKENS = re.compile(r"(?<=[\s\u3400-\u9fff])-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?=\s|$)")
_WHOLE_TABLE = 6  # so many amounts in one line are a table by themselves
_BOUNDED = re.compile(r"[=≥≤<>]{0,2}\d")
_HEADS = frozenset(("项目", "科目名称", "科目", "收入项目", "支出项目", "单位名称", "指标名称"))
_LONGEST_NAME = 30


def _is_spaced_row(row: str) -> bool:
    """Whether a line reads as names with numbers behind them: 201 一般公共服务支出 34.34 33.34.

    >>> _is_spaced_row("201 一般公共服务支出 34.34 33.34"), _is_spaced_row("2021年 12月 3日"), _is_spaced_row("第 3 条")
    (True, False, False)
    """
    if " " not in row or shape.SENTENCE_PUNCTUATION.search(row) or shape.is_page_form(row):
        return False
    tokens = _TOKEN.findall(row)
    numbers = [token for token in tokens if _AMOUNT_TOKEN.match(token)]
    names = [token for token in tokens if re.search("[\u3400-\u9fff]", token)]
    if not numbers or not names or max(map(len, names)) > _LONGEST_NAME or not _AMOUNT_TOKEN.fullmatch(tokens[-1]):
        return False
    return len(names) <= len(numbers) * 2 and len(numbers) + len(names) == len(tokens) + sum(
        _AMOUNT_TOKEN.match(name) is not None for name in names
    )


# an amount of a flattened table: right behind its name, without a unit, the next name right behind it
_GLUED_AMOUNT = re.compile(
    r"(?<=[\u4e00-\u9fff）])-?(?:\d{1,3}(?:,\d{3})++|\d++)\.\d\d(?![\d%万亿元人个倍公平方亩分吨年月千百台辆户件、，。至—-])"
)


def _is_glued_line(row: str) -> bool:
    """Whether a line is a table whose numbers touch the names: 一、拨款收入1,234.56二、事业收入12.30合计1,246.86."""
    return "。" not in row and "，" not in row and len(_GLUED_AMOUNT.findall(row)) >= _SPACED_ROWS


def _is_indicator_line(row: str) -> bool:
    """Whether a line is a whole table of indicators: its header's words, and figures with or without bounds."""
    if "三级指标" not in row or "。" in row:
        return False
    tokens = row.split(" ")
    return {"三级指标", "二级指标"} <= set(tokens) and sum(map(bool, map(_BOUNDED.match, tokens))) >= _SPACED_ROWS


def _may_head(row: str, kind: Kind) -> bool:
    """Whether a line above such rows belongs to their header."""
    if kind == "table" or len(row) > 2 * _HEADING_LENGTH or shape.SENTENCE_PUNCTUATION.search(row):
        return False
    if not _HEADS.isdisjoint(row.split(" ")):
        return True
    if len(row) > _HEADING_LENGTH:
        return False
    return not shape.ends_like_title(row) and "：" not in row and not row.startswith("公开")


def _mark_cells(rows: list[str], kinds: list[Kind]) -> None:
    """Set ``cell`` where short lines in a row are the cells of a table that lost its shape."""
    like = [_cell_like(row, kind) for row, kind in zip(rows, kinds, strict=True)]
    for index in range(1, len(rows) - 1):  # a rule between the full mark and the score that it gives
        if not like[index] and kinds[index] == "prose" and len(rows[index]) <= _LONGEST_RULE:
            like[index] = all(map(shape.NUMERIC_CELL.match, (rows[index - 1], rows[index + 1])))
    start = 0
    while start < len(rows):
        if not like[start]:
            start += 1
            continue
        end = start + 1
        while end < len(rows) and like[end]:
            end += 1
        numeric = [index for index in range(start, end) if shape.NUMERIC_CELL.match(rows[index])]
        if len(numeric) >= 2 and len(numeric) * 8 >= numeric[-1] - numeric[0] + 1:
            _mark_run(rows, kinds, start, end, numeric)
        start = end


def _cell_like(row: str, kind: Kind) -> bool:
    return kind != "table" and len(row) <= _SHORT and not shape.SENTENCE_PUNCTUATION.search(row)


def _mark_run(rows: list[str], kinds: list[Kind], start: int, end: int, numeric: list[int]) -> None:
    """Cells reach from behind the last heading above the first figure to the last figure and the words behind it."""
    first = numeric[0]
    while first > start and not _closes_head(rows[first - 1], kinds[first - 1], numeric[0] - first):
        first -= 1
    last = numeric[-1] + 1
    while last < end and kinds[last] != "heading":
        last += 1
    for index in range(first, last):
        kinds[index] = "cell"


def _closes_head(row: str, kind: Kind, distance: int) -> bool:
    """Whether a line stands above a table and is none of its cells."""
    if row.startswith(("单位：", "金额单位：", "部门：", "公开")) or shape.ends_like_title(row):
        return True
    marker = shape.read_marker(row)
    return kind == "heading" and marker is not None and (marker.kind in ("part", "attach") or distance > 0)
