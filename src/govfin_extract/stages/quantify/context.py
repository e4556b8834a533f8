"""What stands around a number: sign, currency and modifier to the left, suffixes to the right, and what makes it no quantity.

Every look reads a bounded number of characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govfin_extract.stages.quantify.lexicon import Lexicon, Unit

_BLANK = " \u00a0\u2002\u2003\u2009\u202f\u3000"
_MINUS = "-−－﹣–△▲负"
_NUMERALS = "〇零○一二三四五六七八九十百千万亿两"
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "《": "》", "＂": "＂"}
_ORDINAL = re.compile(rf"(?:第{'[' + _BLANK + ']'}?|第[{_NUMERALS}\d]{{1,4}}(?:批|次|期|条|款|轮|届|项|季度)?[、，和及至到~～—-]|[前头](?=[一二三四五六七八九十\d]{{1,3}}(?:名|位|批|强)))$")
_COUNTS_STRONG = re.compile(r"(?:未发生过?|没有|没有发生过?|没发生|无|共|共计|合计|累计|总计|总共|仅|仅有|只|只有|各|各有|分别为|达|达到|计|发生|查处|每年|每月|每季度|每周|每半年|每两年|至少|不少于|增加|减少|净增|净减|不足|少|多|杜绝|还有|另有|剩|剩余|内设|下设|下辖|设立?|设有|包括|包含|含|由|有)$")
_COUNTS = re.compile(r"(?:了|过|出|到|有|为|成|[编印下刊转]发|举办|召开|开展|组织|培训|举行|进行|实施|完成|发布|制作|制定|购置|购买|采购|配备|新增|新建|建成|建设|获|获得|荣获|受理|处置|处理|查办|立案|接待|派出|派|选派|选聘|招聘|聘用|聘请|引进|录用|调入|调出|退休|辞退|推出|推荐|发放|报送|承办|审结|化解|发现|整改|淘汰|报废|处分|问责|约谈|通报|人员|人数|主任|科员|干部|处级|科级|职工|用车|车辆|公务员|团组|在编|实有|编制|每人|每户|每家|每村|每辆|每车|每台|每期|分|成立|提交|提出|上报|办理|印制|修订|出台|审议|开设|开办)$")
_YEARS_LONG = re.compile(r"(?:满|超|约|近|长达|达|历时|为期|期|后|经过|已|工作|任职|服务|使用|质保|保修|任期|期限|连续|不少于|不低于|超过|至少|年限|有效期|运营|监测|最低|以上|累计|分|维护|维保|租期|租赁|合同期|用)[：:为]?$")
_BARE_LICENCE = ("达", "破", "超", "过", "数", "好几", "达到")
_RATIO_CUE = re.compile(r"(?:比例|配比|比值|之比|生比|比|按|按照|配套|为|约)[^，。；\n]{0,6}$")


class Left(NamedTuple):
    """What touches a number from the left."""

    start: int
    modifier: str
    negative: bool
    currency: str
    licensed: bool


class Right(NamedTuple):
    """What touches a unit from the right."""

    end: int
    modifier: str


def look_left(text: str, start: int, floor: int, words: Lexicon) -> Left:
    """Sign, currency and modifiers before ``start``, not before ``floor`` (the end of the last quantity)."""
    modifier, negative, currency = "", False, ""
    at = start
    for _ in range(4):
        near = _skip_back(text, at, floor)
        if near <= floor and near != at:
            break
        character = text[near - 1 : near] if near > floor else ""
        if not character:
            break
        if not negative and at == start and character in _MINUS and _is_sign(text, near - 1, floor):
            negative, at = True, near - 1
        elif not negative and character == "+" and near == at and not text[near - 2 : near - 1].isalnum():
            at = near - 1
        elif not currency and (found := _ends(text, near, floor, words.money_before.get(character, ()))):
            at, currency = near - len(found[0]), found[1]
        elif not modifier and (word := _modifier_before(text, near, floor, words)):
            at, modifier = near - len(word[0]), word[1]
        else:
            break
    return Left(at, modifier, negative, currency, text.endswith(_BARE_LICENCE, max(floor, start - 2), start))


def _skip_back(text: str, at: int, floor: int) -> int:
    stop = max(floor, at - 3)
    while at > stop and text[at - 1] in _BLANK:
        at -= 1
    return at


def _ends(text: str, at: int, floor: int, entries: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    for entry in entries:
        if at - len(entry[0]) >= floor and text.endswith(entry[0], 0, at):
            return entry
    return None


def _modifier_before(text: str, at: int, floor: int, words: Lexicon) -> tuple[str, str] | None:
    for word, modifier, clash in words.before.get(text[at - 1], ()):
        begin = at - len(word)
        if begin >= floor and text.startswith(word, begin):
            if clash and text.endswith(clash, max(0, begin - 4), begin):
                return None
            return word, modifier
    return None


def _is_sign(text: str, at: int, floor: int) -> bool:
    """A minus before a number is a sign unless it joins two things (2-3, A-1) or 负 ends a word (担负)."""
    before = text[at - 1 : at]
    if text[at] == "负":
        return before not in tuple("抱肩担背欺胜自辜如重减")
    if text[at] in "△▲":
        return True
    if at == floor and floor and before.strip():
        return False
    return not (before.isascii() and before.isalnum()) and before not in tuple("-—–－%％）)〕]号月年日元")


def look_right(text: str, end: int, words: Lexicon) -> Right:
    """（含）, 以上, 左右, 余 after a unit."""
    at = end
    while at < end + 3 and text[at : at + 1] in tuple(_BLANK):
        at += 1
    if whole := re.compile(r"[（(]不?含(?:本数)?[）)]").match(text, at):
        if found := _suffix(text, whole.end(), words):
            return found
    return _suffix(text, at, words) or Right(end, "")


def _suffix(text: str, at: int, words: Lexicon) -> Right | None:
    for word, modifier, clash in words.after.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            stop = at + len(word)
            if clash and text.startswith(clash, stop):
                continue
            return Right(stop, modifier)
    return None


def accountant(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """(12.3) is negative where it fills a table's cell."""
    if text[start - 1 : start] not in ("(", "（") or start == 0 or text[end : end + 1] not in (")", "）"):
        return start, end, False
    before, after = text[start - 2 : start - 1] if start > 1 else "", text[end + 1 : end + 2]
    cell = before in ("\t", "|") and after in ("\t", "|", "\n", "") or after in ("\t", "|") and before in ("", "\n")
    return (start - 1, end + 1, True) if cell else (start, end, False)


def is_code(text: str, start: int, end: int) -> bool:
    """Digits that belong to a code, version, date or time of day."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if after == "." and text[end + 1 : end + 2].isdecimal() or before == "." and text[start - 2 : start - 1].isdecimal():
        return True
    if after in ("年", "月") and end - start == (4 if after == "年" else end - start):
        return after == "月" or text[start:end].isdecimal() and text[start : start + 2] in ("18", "19", "20", "21")
    if before and before.isascii() and (before.isalpha() or before in "_#@/"):
        return _letters(text, start)
    return after.isascii() and after.isalpha() and after.isupper() and text[end + 1 : end + 2].isdecimal()


def _letters(text: str, start: int) -> bool:
    """One letter before a number is a model or grade (A3, G20, C25); several are a word (GDP1.2万亿元, AED5台)."""
    if text[start - 1] in "_#@":
        return True
    if text[start - 1] == "/":
        return text[start - 2 : start - 1].isdecimal()
    return not (text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalpha())


def is_name(text: str, start: int, end: int, words: Lexicon) -> bool:
    """The numeral belongs to an idiom, a quoted name or an ordinal."""
    for key in (text[start : start + 2], text[start : start + 1]):
        for offset, phrase in words.idioms.get(key, ()):
            if start >= offset and text.startswith(phrase, start - offset):
                return True
    before = text[start - 1 : start] if start else ""
    if closing := _QUOTES.get(before):
        stop = text.find(closing, end, end + 12)
        if stop >= 0:
            return True
    return before == "第"


def is_ordinal(text: str, left: int, start: int) -> bool:
    return bool(_ORDINAL.search(text, max(0, left - 10), start)) or _in_title(text, start)


def _in_title(text: str, at: int) -> bool:
    """Inside 《…》 numbers are part of a name."""
    opening = text.rfind("《", max(0, at - 40), at)
    return opening >= 0 and text.find("》", opening, at) < 0 <= text.find("》", at, at + 60)


def unit_fits(text: str, start: int, at: int, end: int, unit: Unit, plain: str, chinese: bool, gap: str) -> bool:
    """Whether the unit at ``at`` really is one for this number."""
    flags = unit.flags
    after = text[end : end + 1]
    if unit.text[-1].isascii() and unit.text[-1].isalpha() and after.isascii() and after.isalnum():
        return False
    if "\n" in gap and unit.kind == "count" and (not _prose(text, start) or after and "\u4e00" <= after <= "\u9fff" and len(unit.text) == 1):
        return False
    if gap and unit.text in ("个", "对", "人", "本", "项") and text.startswith(("人", "个", "对", "年", "级"), end):
        return False
    if "i" in flags and "." in plain:
        return False
    if "b" in flags and after and "\u4e00" <= after <= "\u9fff" and after not in "书杂图、":
        return False
    if "y" in flags:
        return _is_duration(text, start, at, end, plain, chinese)
    if "d" in flags:
        return text.startswith(("内", "以内", "之内"), end)
    if "l" in flags and not (_COUNTS_STRONG.search(text, max(0, start - 8), start) or _COUNTS.search(text, max(0, start - 8), start)):
        return False
    if unit.text == "分":
        return _is_score(text, start, plain, chinese)
    if unit.sort in ("length", "time") and start > 1 and text[start - 1] in "*×xX" and text[start - 2].isalnum():
        return False
    return True


def _prose(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return bool(before) and ("\u4e00" <= before <= "\u9fff" or before in "，、：；（")


def _is_duration(text: str, start: int, at: int, end: int, plain: str, chinese: bool) -> bool:
    """Years as a length of time; 2020年, 近三年, 20年 after 至 are dates."""
    before = text[max(0, start - 3) : start]
    if before.endswith(("近", "最近", "过去", "未来", "今后", "前", "往", "当", "上", "下", "后", "这", "每", "同", "头", "去", "今")):
        return False
    if chinese:
        return not plain or not all(digit in "〇零○一二三四五六七八九" for digit in plain) or len(plain) == 1
    if not plain.replace(".", "").isdecimal() or len(plain.split(".")[0]) > 2:
        return False
    if len(plain) == 2 and "15" <= plain <= "30":
        return bool(_YEARS_LONG.search(text, max(0, start - 6), start)) or text.startswith(("以上", "期", "内", "以内", "左右"), end)
    return True


def _is_score(text: str, start: int, plain: str, chinese: bool) -> bool:
    before = text[start - 1 : start] if start else ""
    if before in tuple("时点") or before in (":", "：") and text[start - 2 : start - 1].isdecimal():
        return False
    if not chinese:
        return len(plain.split(".")[0]) <= 4
    if plain in ("十", "百", "万", "千"):
        return False
    return len(plain) > 1 or bool(re.search(r"(?:得|扣|加|减|满|计|为|评|各|共|占)[了有]?$", text[max(0, start - 3) : start]))


_COMPOUND = re.compile(r"[（(](?:套|次|件|台|组|辆|座|个|人|户|处|种|批|株|只|家|箱|枚|支)[）)]")


def compound(text: str, end: int, unit: Unit) -> str:
    """台（套）, 个（次）: a second measure word in brackets."""
    if unit.kind != "count" or text[end : end + 1] not in ("（", "("):
        return ""
    match = _COMPOUND.match(text, end)
    return match[0] if match else ""


def per(text: str, end: int, words: Lexicon) -> tuple[str | None, int]:
    """/人, /平方米, /人/天 after a unit."""
    parts, at = [], end
    while text[at : at + 1] in ("/", "／", "·") and len(parts) < 3:
        stop = _per_word(text, at + 1, words)
        if not stop:
            break
        parts.append(text[at + 1 : stop] if not parts else text[at:stop])
        at = stop
    return ("".join(parts) or None), at


def _per_word(text: str, at: int, words: Lexicon) -> int:
    for unit in words.units.get(text[at : at + 1], ()):
        if text.startswith(unit.text, at):
            return at + len(unit.text)
    if match := re.compile(r"(?:学生|学年|月|日|生|床日|标准|社区|人月|人年|次|村|镇|乡|校|班|车|岗|标段|公斤|季度|季)").match(text, at):
        return match.end()
    return 0


_ONE = ("一", "壹")
_REPEATED = re.compile(r"一.{1,2}一")


def is_article(text: str, left: int, start: int, end: int, unit: Unit, plain: str, modified: bool) -> bool:
    """A Chinese numeral that does not count: 一个 as an article, 二期 as an ordinal."""
    if modified or len(plain) > 1 and plain not in ("十", "百") or unit.kind in ("percent", "percentage_point", "ratio", "amount", "score"):
        return False
    near = max(0, left - 8)
    while left > near and text[left - 1] in _BLANK:
        left -= 1
    if re.search("届$", text[max(0, left - 1) : left]) or unit.text == "次" and text[end : end + 2] in ("全会", "全体", "中全"):
        return True
    if plain in _ONE:
        if _REPEATED.match(text, start) or text[left - 1 : left] == "一":
            return True
        if _COUNTS_STRONG.search(text, near, left):
            return False
        return "a" in unit.flags or "o" in unit.flags or not _COUNTS.search(text, near, left)
    if "o" in unit.flags and plain not in ("两", "十"):
        return not (_COUNTS_STRONG.search(text, near, left) or _COUNTS.search(text, near, left))
    return False


def currency_after(text: str, end: int, words: Lexicon) -> tuple[int, str] | None:
    """美元, 人民币 behind a number or its unit: where it ends and its code."""
    at = end + 1 if text[end : end + 1] in tuple(_BLANK) else end
    for word, code in words.money_after.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            return at + len(word), code
    return None


def counted_noun(text: str, end: int, words: Lexicon) -> bool:
    return text.startswith(words.nouns, end)


def followed_badly(text: str, end: int) -> bool:
    return text[end : end + 1] in tuple("里象众物能岁事一年股") or text[end : end + 1].isdecimal()


def is_boundary(text: str, end: int) -> bool:
    return not ("\u4e00" <= text[end : end + 1] <= "\u9fff")


def ratio_fits(text: str, start: int, end: int, first: str, second: str, slash: bool) -> bool:
    """1：3 is a ratio, 12:30 a time, 表1：3 a heading."""
    before = text[max(0, start - 12) : start]
    if before[-1:] in tuple("表图件款条第号:：/.") or before[-1:].isalnum() and before[-1:].isascii():
        return False
    if slash:
        return int(first) < int(second) <= 10 and (before.endswith(("占", "近", "约", "超过", "的", "达", "不足", "到")) or text.startswith(("以上", "的", "以下"), end))
    cue = bool(_RATIO_CUE.search(before))
    return cue or start == 0 and end == len(text)
