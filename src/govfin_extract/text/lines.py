"""What a single line looks like: a table row, a page number, the start or the end of something.

Shared by normalisation (is a line break real?) and segmentation (what is this line?). All on folded text: one form of
every punctuation mark (see ``normalise``), so ``：`` ``（`` ``，`` ``；`` need no ASCII twins here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govfin_extract.text.datafiles import read_toml

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_NUMERAL = "[一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾]"
CHINESE_MARKS = "，。；：、？！（）《》〈〉“”‘’【】〔〕"

SENTENCE_END = re.compile(r"[。！？；：…][”’）》】]*$")
SENTENCE_PUNCTUATION = re.compile(r"[，。；！？]")
PROSE_PUNCTUATION = re.compile(r"[，。；、！？]")

# the types of numbering; every alternative is anchored and short, so matching costs a few steps a line
MARKER = re.compile(
    rf"(?P<part>第(?:{_NUMERAL}{{1,3}}|\d{{1,2}}) ?(?:部分|章|节|篇))"
    rf"|(?P<cn>{_NUMERAL}{{1,5}} ?(?:[、．]|\.(?!\d)))"
    rf"|(?P<cnp>（ ?{_NUMERAL}{{1,4}} ?(?:）|[、.])|{_NUMERAL}{{1,3}} ?）)"
    r"|(?P<nump>（ ?\d{1,2} ?）|[⑴-⒇]、?|\d{1,2} ?）)"
    r"|(?P<dotted3>\d{1,2}\.\d{1,2}\.\d{1,2} +(?=[\u4e00-\u9fff“]))"
    r"|(?P<dotted>\d{1,2}\.\d{1,2} +(?=[\u4e00-\u9fff“])(?!万|亿|元|个|倍|公|平方|亩|分|吨|人))"
    r"|(?P<num>\d{1,2} ?(?:、|[.．](?!\d))|\d{1,2} +(?=[\u4e00-\u9fff]{2,16}(?:\n|$))|[⒈-⒛]、?)"
    r"|(?P<circled>[①-⑳㉑-㉟❶-❿➀-➓]、?)"
    r"|(?P<attach>附(?:件|表|录) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?: ?[-—] ?\d{1,2})?(?=[：、. ]|$))"
)
_ORDINAL_WORD = re.compile(rf"(?:{_NUMERAL}|第{_NUMERAL})(?:是|方面)|其{_NUMERAL}[，、是]")
_BULLET = re.compile(r"[•▪●■◆★○□☑√►➢·][^·.…]")
_DATE_LINE = re.compile(r"(?:二〇[一二〇]|\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?$|\d{4}[-.]\d{1,2}[-.]\d{1,2}$)")
DIRECTORY_LINE = re.compile(r"(?:…{2,}|\.{4,}|·{3,}|．{3,}|_{4,}|-{6,})[ .…·]{0,40}(?:[-（]? ?\d{1,4} ?[-）]?)?$")

# "- 7 -", "— 5 —", "第 3 页 共 20 页", "3 / 20", "Page 3 of 20": page numbers wherever they stand
_PAGE_FORM = re.compile(
    r"(?:[-—·~] ?){1,2}\d{1,4} ?(?:[-—·~] ?){1,2}$"
    r"|第 ?\d{1,4} ?页(?:[ ，/、]{0,3}[（]?共 ?\d{1,4} ?页[）]?)?$"
    r"|(?i:page) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?$"
)
# names that begin like a unit
_NAME_START = re.compile(
    r"年[初末终度底]|人员|人均|人才|个人|个体|分[类布部局配]|项目|次级|台账|家庭|户籍|件均|辆均|天然|套改"
)
PAGE_NUMBER = re.compile(r"\d{1,4}(?: ?/ ?\d{1,4})?$")
NUMERIC_CELL = re.compile(r"[-+¥]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%‰]?$|[-—]{1,2}$")
_ITEM_NUMBER = re.compile(r"\s{0,8}\d{1,2}(?:[.-]\d{1,2}){1,3}\s+(?=[\u4e00-\u9fff])")  # 3.1  决策  18分
# a cell that says itself what its figure is: 占92.6%, 得14分
_TELLING_CELL = re.compile(r"  (?:占比?|得分?|满分|增长|下降|增加|减少|完成|其中)[\u4e00-\u9fff]{0,6}\d")
_LONGEST_CHROME = 300
_COLUMN_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")


@cache
def _alternation(key: str, *, end: bool = False) -> re.Pattern[str]:
    words = sorted(read_toml("normalise/lines.toml")[key], key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")" + ("[：。]?$" if end else ""))


def is_table_row(line: str) -> bool:
    """Whether the line is a row of cells: a TAB, a bar, or three and more columns aligned by two and more blanks.

    >>> is_table_row("201\\t行政运行\\t34.34"), is_table_row("合计    34.34   12"), is_table_row("本年收入，  34.34")
    (True, True, False)
    """
    if not keeps_its_line(line) or is_page_chrome(line):
        return False
    if "\t" in line or "|" in line:
        return True
    item = _ITEM_NUMBER.match(line)
    gaps = _COLUMN_GAP.findall(line, item.end() if item else 0)
    return len(gaps) >= 2 and not _TELLING_CELL.search(line)


def keeps_its_line(line: str) -> bool:
    """Whether the line is parted like a row, a table's or not, or is a web page's own: it goes on in no other line.

    >>> keeps_its_line("投入  满分15  得14分"), is_table_row("投入  满分15  得14分")
    (True, False)
    """
    if "\t" in line or "|" in line:
        return True
    if "  " not in line:
        return False
    parted = len(_COLUMN_GAP.findall(line)) >= 2 and not SENTENCE_PUNCTUATION.search(line)
    return parted or is_page_chrome(line)


def is_page_chrome(line: str) -> bool:
    """Whether the line is a web page's own: where the article is from, how often it was read, how to print it.

    >>> is_page_chrome("来源：县财政局  浏览：1 326 次"), is_page_chrome("资金来源：县财政  1 326 万元")
    (True, False)
    """
    found = {match[0] for match in _alternation("page_chrome").finditer(line[:_LONGEST_CHROME])}
    return len(found) > 1


def is_page_form(line: str) -> bool:
    """Whether the line is a page number by its form alone.

    >>> is_page_form("- 7 -"), is_page_form("第 3 页 共 20 页"), is_page_form("7")
    (True, True, False)
    """
    return len(line) <= 30 and _PAGE_FORM.match(line) is not None


def starts_afresh(line: str) -> bool:
    """Whether the line begins something new, whatever stands before it: a numbering, a bullet, a note, a date line.

    >>> starts_afresh("（一）基本支出"), starts_afresh("注：本表"), starts_afresh("34.34万元，")
    (True, True, False)
    """
    if MARKER.match(line) or _BULLET.match(line) or _ORDINAL_WORD.match(line) or _DATE_LINE.match(line):
        return True
    return _alternation("line_start").match(line) is not None


def is_directory_line(line: str) -> bool:
    """Whether the line is an entry of a table of contents: dot leaders, then at most a page number.

    >>> is_directory_line("一、部门职责……………3"), is_directory_line("加强引导……")
    (True, False)
    """
    return DIRECTORY_LINE.search(line, max(0, len(line) - 60)) is not None and not line.endswith("……")


def ends_sentence(line: str) -> bool:
    """Whether the line's last mark closes a sentence, a list item or a lead-in.

    >>> ends_sentence("主要职责是："), ends_sentence("做到“件件有回复。”"), ends_sentence("收入，")
    (True, True, False)
    """
    return SENTENCE_END.search(line, max(0, len(line) - 5)) is not None


def ends_like_heading(line: str) -> bool:
    """Whether the line ends as headings do.

    >>> ends_like_heading("一、收入决算情况说明"), ends_like_heading("本年收入34.34")
    (True, False)
    """
    return _alternation("heading_end", end=True).search(line, max(0, len(line) - 8)) is not None


def ends_like_title(line: str) -> bool:
    """Whether the line ends as the unnumbered titles of tables and reports do.

    >>> ends_like_title("收入支出决算总表"), ends_like_title("基本支出")
    (True, False)
    """
    return _alternation("title_end", end=True).search(line, max(0, len(line) - 8)) is not None


def starts_with_unit(line: str) -> bool:
    """Whether the line begins with what follows a number.

    >>> starts_with_unit("万元，完成预算"), starts_with_unit("收入"), starts_with_unit("年初结转和结余")
    (True, False, False)
    """
    return _alternation("unit_start").match(line) is not None and not _NAME_START.match(line)


class Marker(NamedTuple):
    """A numbering at the start of a line."""

    kind: str
    ordinal: int
    end: int


def read_marker(text: str, start: int = 0) -> Marker | None:
    """The numbering at ``start``.

    >>> read_marker("（十二）完成其他任务")
    Marker(kind='cnp', ordinal=12, end=4)
    >>> read_marker("34.34万元") is None
    True
    """
    match = MARKER.match(text, start)
    if match is None:
        return None
    return Marker(str(match.lastgroup), _ordinal(match[0]), match.end())


def body_start(line: str, marker: Marker) -> int:
    """Where the words behind a numbering begin: a colon behind 第一部分 or 附件 belongs to the numbering.

    >>> body_start("第一部分：基本情况", Marker("part", 1, 4)), body_start("一、收入", Marker("cn", 1, 2))
    (5, 2)
    """
    colon = marker.kind in ("part", "attach") and line.startswith("：", marker.end)
    return marker.end + colon


_DIGITS = re.compile(r"\d+")
_NUMERALS = re.compile(f"{_NUMERAL}+")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_VALUES = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}


def _ordinal(marker: str) -> int:
    digits = _DIGITS.search(marker)
    if digits:
        return int(digits[0])
    numerals = _NUMERALS.search(marker)
    if numerals:
        return _small_numeral(numerals[0].translate(_CAPITALS))
    code = ord(marker[0])
    for first in (0x2460, 0x2474, 0x2488, 0x2776, 0x2780):  # ① ⑴ ⒈ ❶ ➀
        if first <= code < first + 20:
            return code - first + 1
    return code - 0x3250 + 20 if 0x3251 <= code <= 0x325F else 0


def _small_numeral(text: str) -> int:
    """十二 → 12; a doubled or slipped one (一一) counts by its last digit."""
    if "十" in text:
        tens, _, ones = text.rpartition("十")
        return 10 * (_VALUES.get(tens[-1:], 1) if tens else 1) + (_VALUES.get(ones[-1:], 0) if ones else 0)
    return _VALUES.get(text[-1], 0)
