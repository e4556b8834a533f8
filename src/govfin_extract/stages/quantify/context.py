"""What makes a number no quantity: dates, codes, ordinals, names, articles.

Every look reads a bounded number of characters.
"""

from __future__ import annotations

import re

from govfin_extract.stages.quantify.lexicon import Lexicon, Unit
from govfin_extract.stages.quantify.patterns import BLANKS, ONES
from govfin_extract.stages.quantify.side import Side

_BLANK = frozenset(BLANKS)
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "《": "》", "〈": "〉", "＂": "＂"}
_CHAIN = re.compile(rf"第[{BLANKS}]?(?:[{ONES}十百\d]{{1,4}}(?:批|次|期|条|款|轮|届|项|季度)?[、，和及至到~～—-])?$")
_SESSION = re.compile(r"届[^，。；\n]{0,8}$")
# Words before a numeral that show it counts, though it could be an article (一项) or an ordinal (二期).
_STRONG = re.compile(
    r"(?:未发生过?|没有|没有发生过?|没发生|无|共|计|总共|仅|仅有|只|只有|各|各有|别为|达|达到|发生|查处|每[年月周]|每季度|每半年|"
    r"至少|不少于|增加|减少|净增|净减|杜绝|还有|另有|剩|剩余|[内下增加分]设|设立?|下辖|有|包括|包含|由)$"
)
_WEAK = re.compile(
    r"(?:[了过出到为成获分]|[编印下刊转核]发|[举主承]办|召开|[开拓]展|组织|培训|举行|进行|实施|完成|发布|制作|制定|购[置买]|采购|配备|安装|架设|铺设|修建|"
    r"新增|新建|[建创]成|建设|获得|荣获|受理|处[置理分]|查办|立案|接待|派出?|选[派聘拔]|招[聘录募]|聘[用请]|引进|录用|[调借转]入|"
    r"调出|[离退]休|辞退|推[出荐送]|发放|报送|审结|化解|发现|整改|淘汰|报废|问责|约谈|通报|人员|人数|主任|科员|干部|[处科股]级|"
    r"职工|用车|车辆|公务员|团组|在编|实有|编制|每[人户家村辆车台期]|成立|提[交出]|上报|办理|印制|修订|出台|审议|开[设办]|"
    r"长|员|师|工)$"
)
_PLURAL = re.compile(r"[“\"‘][一二三四五六七八九十两]{1,2}个$")
_LASTING = re.compile(
    r"(?:满|超|约|近|达|历时|为期|期|后|经过|已|工作|任职|服务|使用|质保|保修|期限|连续|于|超过|至少|年限|运营|监测|"
    r"累计|维护|维保|租赁|用)[：:为]?$"
)
# Before N年 they name a stretch of the calendar, not a length: 近三年, 未来五年.
_CALENDAR = ("近", "过去", "未来", "今后", "前", "往", "当", "上", "下", "后", "这", "每", "同", "头", "去", "今")
_SCORED = re.compile(r"(?:得|扣|加|减|满|计|为|评|各|共|占)[了有]?$")
_RATIO_CUE = re.compile(r"(?:比例|配比|比值|之比|比|按|按照|配套|为|约)[^，。；\n]{0,6}$")
_SPOKEN_RATIO = re.compile(r"(?:比例|配比|占比|比值|比率|之比)[^，。；\n]{0,6}$|比[为是约达]?$")
_RATIO_BEHIND = re.compile(r" ?的?(?:比例|配比|比值|比率|之比|标准|配备|配置|配套|折算)")
_PAID = re.compile(r"[花付费款资罚给挣赚交缴省值补价金卖买借欠存](?:[了去到出掉近超约达为]|将近|超过|入)*$|^$")
_LISTED_ITEM = re.compile(r"(?:^|\n)[ \u3000]{0,8}\d{1,2}(?:-\d{1,2}){0,2}-$")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]) ?[:：∶] ?[0-5]\d")
_YEARS = re.compile(r"(?:19|20)\d\d ?[:：∶] ?(?:19|20)\d\d")
_TWIN = 5
_PARTED = re.compile(r"[，。；、（）\n]")
_REPEATED = re.compile(r"一[^一]{1,2}一")
_LOSS_UNITS = frozenset("元万亿%％‰")
_SHORT_GROUP = re.compile(r"(?<![\d.])\d{1,3},$")
_HEADINGS = frozenset("表图件款条第号:：/.")
_CLOSING = frozenset(("", *"，。；、：！？,;）)\t\n"))
_RANKED = frozenset(("名", "位", "批"))


def is_cjk(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def is_code(text: str, start: int, end: int) -> bool:
    """Digits that belong to a date, code or version."""
    after = text[end : end + 1]
    if after == "年":
        return end - start == 4 and text[start : start + 2] in ("18", "19", "20", "21")
    if after == "月" or (after == "." and text[end + 1 : end + 2].isdecimal()):
        return True
    before = text[start - 1] if start else ""
    if before == "-" and text[end : end + 1] in _BLANK and _LISTED_ITEM.search(text, max(0, start - 18), start):
        return True  # 3-2  支出科目: an item's number
    if before == ".":
        return text[start - 2 : start - 1].isdecimal()
    if before in ("'", "’", "‘") and text[start - 2 : start - 1].isdecimal():
        return True
    if before == "个" and _PLURAL.search(text, max(0, start - 5), start):
        return True
    return bool(before) and before.isascii() and (before.isalpha() or before in "_#@/+") and _in_code(text, start)


def is_loss(text: str, start: int, end: int) -> bool:
    """Whether digits fill an accountant's bracket before their unit: 结余（3.2）万元, but not 28（30）分, （1）个.

    >>> is_loss("结余（3.2）万元", 3, 6), is_loss("（3.2万元）", 1, 4)
    (True, False)
    """
    if not start or text[start - 1] not in "（(" or text[end : end + 1] not in ("）", ")"):
        return False
    if text[end + 1 : end + 2] not in _LOSS_UNITS:
        return False
    before = text[start - 2 : start - 1] if start > 1 else ""
    # A whole number in brackets may be an item's: it needs a word before it.
    return is_cjk(before) or (not before.isalnum() and not text[start:end].isdecimal())


def is_misgrouped(text: str, start: int) -> bool:
    """Whether the digits are the tail of a number that is badly grouped (1,2345), not the last of a list.

    >>> is_misgrouped("1,2345万元", 2), is_misgrouped("1000,2000万元", 5)
    (True, False)
    """
    if start < 2 or text[start - 1] != "," or not text[start - 2].isdecimal():
        return False
    if _SHORT_GROUP.search(text, max(0, start - 5), start):
        return True
    return text[start : start + 3].isdecimal() and not text[start + 3 : start + 4].isdecimal()


def _in_code(text: str, start: int) -> bool:
    """One letter before a number is a model or grade (A3, G20, C25); several are a word (GDP1.2万亿元, AED5台)."""
    before, further = text[start - 1], text[start - 2 : start - 1] if start > 1 else ""
    if before in "_#@":
        return True
    if before in "/+":
        return further.isdecimal()
    return not (further.isascii() and further.isalpha())


def is_name(text: str, start: int, end: int, words: Lexicon) -> bool:
    """The numeral belongs to an idiom, a quoted name or an ordinal."""
    for key in (text[start : start + 2], text[start : start + 1]):
        for offset, phrase in words.idioms.get(key, ()):
            if start >= offset and text.startswith(phrase, start - offset):
                return True
    before = text[start - 1] if start else ""
    closing = _QUOTES.get(before)
    return before == "第" or (closing is not None and text.find(closing, end, end + 12) >= 0)


def is_ordinal(text: str, start: int, unit: str) -> bool:
    """第三、四次, 前三名, and whatever stands inside 《…》."""
    near = text[max(0, start - 8) : start]
    if "第" in near and _CHAIN.search(near):
        return True
    if near.endswith(("前", "头")) and unit in _RANKED:
        return True
    opening = text.rfind("《", max(0, start - 40), start)
    return opening >= 0 and text.find("》", opening, start) < 0 <= text.find("》", start, start + 60)


def unit_fits(text: str, side: Side, unit: Unit, end: int) -> bool:
    """Whether the word that ends at ``end`` really is the unit of the number at ``side``."""
    after = text[end : end + 1]
    if side.gap and unit.kind == "count" and not _reaches(text, side, unit, after):
        return False
    if unit.flags and not _flags_allow(text, side, unit, end, after):
        return False
    if unit.text == "分":
        return _is_score(text, side.start, side.plain, side.chinese)
    if unit.text[-1].isascii() and after.isascii() and after.isalnum():
        return not unit.text[-1].isalpha()
    sized = unit.sort in ("length", "time") and side.start > 1 and text[side.start - 1] in "*×xX"
    return not (sized and text[side.start - 2].isalnum())


def _reaches(text: str, side: Side, unit: Unit, after: str) -> bool:
    """A measure word behind a blank or a line break, not the next cell or line (12 个人所得税)."""
    if "\n" in side.gap:
        before = text[side.start - 1] if side.start else ""
        return (is_cjk(before) or before in "，、：；（") and not (len(unit.text) == 1 and is_cjk(after))
    return not (unit.text in ("个", "人", "本", "项") and after in ("人", "个", "年", "级"))


def _flags_allow(text: str, side: Side, unit: Unit, end: int, after: str) -> bool:
    flags = unit.flags
    if "b" in flags and is_cjk(after) and after not in "书杂图预账":
        return False
    if "y" in flags:
        return _is_duration(text, side.start, end, side.plain, side.chinese)
    if "m" in flags:
        paid = side.power >= 4 and _PAID.search(text, max(0, side.start - 6), side.start)
        return bool(paid) or text[end + 1 : end + 2] in ("毛", "角")
    if "d" in flags:
        return text.startswith(("内", "以内", "之内"), end)
    if side.power >= 4:
        # 3.2万度, 1.1万本: such a number is neither an ordinal nor an item's.
        return True
    return not ("i" in flags and "." in side.plain) and ("l" not in flags or _counts(text, side.start))


def _counts(text: str, start: int) -> bool:
    near = max(0, start - 8)
    return bool(_STRONG.search(text, near, start) or _WEAK.search(text, near, start))


_NUMBERED_YEAR = re.compile(r"\d\d?\.(?:19|20)\d\d")  # 1.2022年: an item's number before a year


def _is_duration(text: str, start: int, end: int, plain: str, chinese: bool) -> bool:
    """Years as a length of time; 2020年, 近三年, 20年 are dates."""
    if text.endswith(_CALENDAR, max(0, start - 3), start):
        return False
    if chinese:
        if text[start - 1 : start] == "的":
            return False
        return len(plain) < 2 or not all(digit in ONES for digit in plain)
    if len(plain.partition(".")[0]) > 2 or _NUMBERED_YEAR.fullmatch(plain):
        return False
    if len(plain) == 2 and "15" <= plain <= "30":
        lasting = _LASTING.search(text, max(0, start - 6), start)
        return bool(lasting) or text.startswith(("以上", "期", "内", "以内", "左右", "间"), end)
    return True


def _is_score(text: str, start: int, plain: str, chinese: bool) -> bool:
    """Marks, not minutes (8时30分) and not 十分."""
    before = text[start - 1] if start else ""
    if before in ("时", "点") or (before in (":", "：") and text[start - 2 : start - 1].isdecimal()):
        return False
    if not chinese:
        return len(plain.partition(".")[0]) <= 4
    if plain in ("十", "百", "千", "万"):
        return False
    return len(plain) > 1 or bool(_SCORED.search(text, max(0, start - 3), start))


def is_article(text: str, left: int, start: int, end: int, unit: Unit, plain: str) -> bool:
    """A Chinese numeral that does not count: 一个 as an article, 二期 and 五次会议 as ordinals.

    A numeral behind its noun (副院长一名、) counts; so does one before its noun where a verb or 共, 仅, 各 says so.
    """
    if unit.kind != "count" or len(plain) != 1:
        return False
    while left and text[left - 1] in _BLANK:
        left -= 1
    near = max(0, left - 8)
    if unit.text == "次" and _SESSION.search(text, max(0, left - 10), left):
        return True
    if plain in "一壹":
        doubled = text.startswith(unit.text, end) or _is_twin(text, left, end, unit.text)
        if doubled or _REPEATED.match(text, start) or text[left - 1 : left] == "一":
            return True
        if _STRONG.search(text, near, left):
            return False
        closing = text[end : end + 1] in _CLOSING and unit.text not in ("次", "起")
        if closing and left and is_cjk(text[left - 1]):
            return False
        return "a" in unit.flags or "o" in unit.flags or not _WEAK.search(text, near, left)
    return "o" in unit.flags and plain not in "两十" and not _counts(text, left)


def _is_twin(text: str, left: int, end: int, unit: str) -> bool:
    """来一批走一批, 建成一处见效一处: neither counts."""
    one = "一" + unit
    behind, ahead = _PARTED.split(text[max(0, left - _TWIN) : left])[-1], _PARTED.split(text[end : end + _TWIN])[0]
    return one in behind or one in ahead


def counted_noun(text: str, end: int, words: Lexicon) -> bool:
    """20万网民: a noun that is counted without a measure word."""
    return text.startswith(words.nouns, end)


def ends_badly(text: str, end: int) -> bool:
    """万里, 万一, 万象: no number of yuan."""
    return text[end : end + 1] in tuple("里象众物能岁事一年股") or text[end : end + 1].isdecimal()


def _colon_fits(text: str, start: int, end: int, before: str) -> bool:
    """A ratio by the words around it: 8:30 asks for more of them than 1:3; 2022:2021 never is one."""
    if _YEARS.fullmatch(text, start, end):
        return False
    if _SPOKEN_RATIO.search(before) or _RATIO_BEHIND.match(text, end):
        return True
    if _CLOCK.fullmatch(text, start, end):
        return False
    return bool(_RATIO_CUE.search(before)) or (start == 0 and end == len(text))


def ratio_fits(text: str, start: int, end: int, first: str, second: str, slash: bool) -> bool:
    """1：3 is a ratio where the words before it speak of one; 12:30 is a time, 表1：3 a heading."""
    before = text[max(0, start - 12) : start]
    last = before[-1:]
    if last in _HEADINGS or (last.isascii() and last.isalnum()):
        return False
    if not slash:
        return _colon_fits(text, start, end, before)
    cue = before.endswith(("占", "近", "约", "超过", "的", "达", "不足", "到", "总量", "总数", "比重"))
    return int(first) < int(second) <= 10 and (cue or text.startswith(("以上", "的", "以下"), end))
