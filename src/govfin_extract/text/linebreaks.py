"""Which line breaks are real, and which a page layout put inside a sentence, a word or a number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from govfin_extract.text import lines as shape

_LINE = re.compile(r"[^\n]+")
_TITLE_MARKS = re.compile(r"[，。；：！？]")
_BRACKET = re.compile(r"[（）《》“”]")
_OPENING = {"（": "）", "《": "》", "“": "”"}
# the line cannot be over: it ends with a mark or a word that asks for more
_ASKS_FOR_MORE = re.compile(
    r"[，、（《“〔+×=]$|\d[.,]$|(?:的|和|及|与|或|在|对|从|为|以|被|将|把|至|增加|减少|增长|下降|提高|降低|等于|包括|其中|以及|用于|共计|合计|达到|共)$"
)
_GOES_ON = re.compile(r"[，。；：、！？）》”%‰]|[.,]\d")
_AMOUNT_END = re.compile(
    r"\d ?(?:多|余)?(?:万|亿|千|百)?(?:元|人次|人|%|个|辆|台|套|次|件|条|项|户|家|分|平方米|天|年|月|日)[）”]?$"
)
_BROKEN_NUMBER = re.compile(r"[^\d.,+-]\d[\d.,]{0,20}[万亿千百]?$")
# A number cut at its comma or point: what stands before the break, and what must stand behind it.
_CUT_GROUP = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){0,5},$")
_GROUP_REST = re.compile(r"(?:\d{3},){0,5}\d{3}(?:\.\d{1,6})?(?:(?![\d.,年月日号])|[.,]$)")
_CUT_POINT = re.compile(r"(?:[^\W\d_第表图件]\d{1,2}|(?<!\.)(?<!\.\d)\d{3})\.$")
_POINT_REST = re.compile(r"\d{1,2} ?(?:[百千]?[万亿]?元|[万亿]|%|‰|个百分点|平方|㎡|公里|公顷|亩|吨|分(?![之钟]))")
_CUT_WHOLE = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,12})$")
_WHOLE_REST = re.compile(r"\.\d{1,6}(?![\d.])")
_COMMA_REST = re.compile(r"(?:,\d{3}){1,5}(?:\.\d{1,6})?(?![\d.,])")
_YEAR_START = re.compile(r"(?:19|20)\d\d ?年")
_LABEL_START = re.compile(r"[^，。；：！？\d]{1,8}：")
_ENDS = frozenset("。！？；：\t")
# the row of a table whose cells single blanks part: 税收收入 196,285 0.4
_NAME_AND_FIGURES = re.compile(r"[^\s，。；]{2,30}(?: -?\d[\d,]{0,15}(?:\.\d{1,4})?%?){2,20}$")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_MARGIN_LINES = 8
_WIDEST = 140
_PAGE_NUMBER_END = frozenset("0123456789页-—·~）")
_LONG = 20


def soft_breaks(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """What to delete so that every line break left is real, and which breaks are a blank between Latin words.

    >>> soft_breaks("财政拨款收入30万元，其他收入4.34\\n\\n万元。\\n二、支出情况")
    ([(19, 21)], [])
    """
    found = [match.span() for match in _LINE.finditer(text)]
    if len(found) < 2:
        return [], []
    rows = [text[start:end] for start, end in found]
    margin = find_margin(rows)
    cuts: list[tuple[int, int]] = []
    blanks: list[int] = []
    here = 0
    while here + 1 < len(rows):
        before = rows[here]
        after = here + 1
        if rows[after][-1] in _PAGE_NUMBER_END:
            after = _next_text(rows, here)
        if after == here + 1 and (before[-1] in _ENDS or "\t" in before):  # most lines: nothing more to ask
            here = after
            continue
        across_page = any(shape.is_page_form(row) for row in rows[here + 1 : after])
        if is_soft(before, rows[after], margin, across_page=across_page):
            start, end = found[here][1], found[after][0]
            if before[-1] in _LATIN and rows[after][0] in _LATIN:
                blanks.append(start)
                start += 1
            if start < end:
                cuts.append((start, end))
        else:
            cuts += [found[at] for at in range(here + 1, after) if _is_page_number(rows, here, at, after)]
        here = after
    return cuts, blanks


def _next_text(rows: list[str], here: int) -> int:
    """The next row that is no page number."""
    after = here + 1
    while after < len(rows) and _may_be_page_number(rows, here, after):
        after += 1
    return after if after < len(rows) else here + 1


def _is_page_number(rows: list[str], before: int, at: int, after: int) -> bool:
    return shape.is_page_form(rows[at]) or (_is_body(rows[before]) and _is_body(rows[after]))


def is_soft(before: str, after: str, margin: Margin | None = None, *, across_page: bool = False) -> bool:
    """Whether the break between two lines stands inside a sentence.

    Args:
        margin: where this document's lines were broken, if they were.
        across_page: a page number stood between the lines.

    >>> is_soft("2020年收入34.34万元，其中：财政拨款收入34.34万元，其他资金", "来源 0 万元。")
    True
    >>> is_soft("人员编制", "21"), is_soft("五、一般公共预算财政拨款支出决算情况说明", "2020年度，支出")
    (False, False)
    """
    if before[-1] in _ENDS or "\t" in before or "\t" in after:
        return False
    if (after[0] in ".," or after[0].isdecimal()) and _cuts_number(before, after):
        return True
    at_margin = margin is not None and margin.holds(before)
    if not at_margin and not _may_go_on(before, after, across_page=across_page):
        return False
    if shape.ends_sentence(before) or shape.starts_afresh(after):
        return False
    if shape.keeps_its_line(before) or shape.keeps_its_line(after) or _NAME_AND_FIGURES.match(after):
        return False
    if shape.is_directory_line(before) or shape.is_directory_line(after):
        return False
    if shape.is_page_form(before) or shape.is_page_form(after):
        return False
    return _continues(before, after, at_margin=at_margin)


def _cuts_number(before: str, after: str) -> bool:
    """Whether the break stands inside a number, beside its comma or point: no line is too short for that.

    >>> _cuts_number("收入12,", "345万元"), _cuts_number("收入12,345.", "67万元"), _cuts_number("1.", "2022年收入")
    (True, True, False)
    """
    if shape.keeps_its_line(before) or shape.keeps_its_line(after):
        return False
    tail = before[-40:]
    if tail[-1] == ",":
        return _cuts_group(tail, after)
    if tail[-1] == ".":
        return _POINT_REST.match(after) is not None and _CUT_POINT.search(tail) is not None
    if after[0] in ".,":
        rest = _WHOLE_REST if after[0] == "." else _COMMA_REST
        return rest.match(after) is not None and _CUT_WHOLE.search(tail) is not None
    return False


def _cuts_group(tail: str, after: str) -> bool:
    """收入12, ⏎ 345万元; a column of bare codes is none."""
    head, rest = _CUT_GROUP.search(tail), _GROUP_REST.match(after)
    if not head or not rest:
        return False
    return head.start() > 0 or shape.starts_with_unit(after[rest.end() :].lstrip())


def _may_go_on(before: str, after: str, *, across_page: bool) -> bool:
    """Whether the line is more than a cell or a short title; a short one may break in a number or at a page's end."""
    if len(before) >= _LONG or shape.PROSE_PUNCTUATION.search(before):
        return True
    if not shape.PROSE_PUNCTUATION.search(after):
        return False
    return across_page or (_BROKEN_NUMBER.search(before) is not None and shape.starts_with_unit(after))


def _continues(before: str, after: str, *, at_margin: bool) -> bool:
    """The finer signs, once neither line forbids it."""
    tail = before[-12:]
    if _ASKS_FOR_MORE.search(tail) or _GOES_ON.match(after):
        return True
    if tail[-1].isdecimal() or tail[-1] in "万亿千百":
        return shape.starts_with_unit(after) or _continues_digits(before, after, at_margin=at_margin)
    if _is_heading(before):
        return _completes_heading(before, after, at_margin=at_margin)
    if at_margin or _open_bracket(before):
        return True
    if _AMOUNT_END.search(tail):
        return False
    if _is_sentence(before):
        return shape.PROSE_PUNCTUATION.search(after) is not None
    # a long line without a mark: more than a title or a note is needed to go on from it
    return _is_sentence(after) and not (
        shape.ends_like_heading(before) or _LABEL_START.match(after) or before.startswith(("注：", "备注：", "说明："))
    )


def _continues_digits(before: str, after: str, *, at_margin: bool) -> bool:
    """Whether a number was broken between two digits: …合计2,47 ⏎ 4.00万元. A year or a cell is a number of its own."""
    if not after[0].isdecimal() or shape.NUMERIC_CELL.match(after) or _YEAR_START.match(after):
        return False
    return at_margin or _is_sentence(before)


def _is_heading(line: str) -> bool:
    """A numbered line without a sentence in it, or a line that ends as headings do."""
    if _TITLE_MARKS.search(line):
        return False
    return shape.read_marker(line) is not None or shape.ends_like_title(line)


def _completes_heading(before: str, after: str, *, at_margin: bool) -> bool:
    """A heading goes on only with a short rest that is no sentence: …支出决算情 ⏎ 况说明."""
    if shape.ends_like_heading(before) and not at_margin:
        return False
    if len(before) < 15 or len(after) > 15 or _TITLE_MARKS.search(after):
        return False
    return shape.ends_like_heading(after)


def _is_sentence(line: str) -> bool:
    return shape.SENTENCE_PUNCTUATION.search(line) is not None


def _is_body(line: str) -> bool:
    """Prose or a heading, as against a cell."""
    return (
        len(line) >= _LONG or _is_sentence(line) or shape.read_marker(line) is not None or shape.ends_like_title(line)
    )


def _open_bracket(line: str) -> bool:
    """Whether the line ends inside a bracket or a quotation that it opened.

    >>> _open_bracket("公务接待费（含外事"), _open_bracket("（一）公务接待费")
    (True, False)
    """
    closing = ""
    for mark in _BRACKET.findall(line[-80:]):
        if mark in _OPENING:
            closing = _OPENING[mark]
        elif mark == closing:
            closing = ""
    return bool(closing)


def _may_be_page_number(rows: list[str], before: int, at: int) -> bool:
    """Whether row ``at`` can be passed over when row ``before`` looks for its continuation."""
    row = rows[at]
    if len(row) > 30 or row[-1] not in _PAGE_NUMBER_END or at - before > 3:
        return False
    if shape.is_page_form(row):
        return True
    if not shape.PAGE_NUMBER.match(row) or shape.keeps_its_line(rows[before]) or not _is_body(rows[before]):
        return False
    after = rows[at + 1] if at + 1 < len(rows) else ""
    # a bare number is a page number only between two pieces of text, and not if the text goes on with its unit
    return _is_body(after) and not shape.starts_with_unit(after) and not shape.keeps_its_line(after)


def _width(line: str) -> int:
    """Display width: a Chinese character takes two columns."""
    return len(line.encode("gb18030", "replace"))


class Margin(NamedTuple):
    """Where a document's lines were broken: at a display width, or after a fixed number of characters."""

    low: int
    high: int
    by_width: bool

    def holds(self, line: str) -> bool:
        """Whether the line reaches the margin."""
        return self.low <= (_width(line) if self.by_width else len(line)) <= self.high


def find_margin(rows: list[str]) -> Margin | None:
    """The right margin of a wrapped text: many long lines end there and hardly one goes beyond.

    >>> find_margin(["本单位坚持以人民为中心的发展思想认真落实上级的决策部署"] * 9)
    Margin(low=27, high=27, by_width=False)
    >>> find_margin(["本单位坚持以人民为中心的发展思想认真落实上级的决策部署"]) is None
    True
    """
    long = [row for row in rows if len(row) >= _LONG and "\t" not in row]
    if len(long) < _MARGIN_LINES:
        return None
    lengths = sorted(map(len, long))
    low = _crowded(lengths, 1)
    if low:
        return Margin(low, low, by_width=False)
    low = _crowded(sorted(map(_width, long)), 6)
    return Margin(low, low + 5, by_width=True) if low else None


def _crowded(sizes: list[int], window: int) -> int:
    """Where the fullest window of the sorted sizes begins; 0 where it is none of a margin."""
    best = count = 0
    for left, low in enumerate(sizes):
        inside = bisect_right(sizes, low + window - 1) - left
        if inside > count:
            best, count = low, inside
    longer = len(sizes) - bisect_left(sizes, best + window)
    if count < _MARGIN_LINES or count * 10 < len(sizes) * 3 or longer * 8 > len(sizes) or best > _WIDEST:
        return 0
    return best
