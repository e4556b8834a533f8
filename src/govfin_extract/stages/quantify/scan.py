"""Find number expressions in a text: one pass, one candidate at a time, each character looked at a bounded number of times.

A candidate is a run of digits, a run of Chinese numerals before something that can be a unit, or a word such as 几十, 半数,
翻一番. From there the number, its multiplier and its unit are read to the right (``_side``), a second number is joined
where the two make a range, and sign, currency and modifier are read to the left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.records import Quantity
from govfin_extract.stages.quantify import context
from govfin_extract.stages.quantify.lexicon import Lexicon, Unit, lexicon
from govfin_extract.text.numerals import POWERS, Reading, power_of, read, scaled

B = r"[ \u00a0\u2000-\u200b\u202f\u205f\u3000]"
_GAP = r"[ \u00a0\u2000-\u200b\u202f\u205f\u3000\r\n]{0,16}+"
N = "〇零○一二三四五六七八九两十百千万亿兆廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸"
_D = "〇零○一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_DIGITS = rf"\d{{1,3}}(?:[,，]\d{{3}})++(?!\d)(?:\.\d++)?+|[1-9]\d{{0,2}}(?:{B}\d{{3}}(?![\d,]))++(?:\.\d++)?+|\d++(?:\.\d++)?+"
_TAIL = re.compile(
    rf"(?P<gap>{_GAP})(?P<in1>[余多来几](?!年来))?(?P<gap2>{B}{{0,4}}+)"
    rf"(?P<mult>(?:百(?!分)|千(?![克米瓦伏帕卡])|[十万亿兆佰仟萬億]){B}?(?:(?:百(?!分)|千(?![克米瓦伏帕卡])|[万亿]){B}?){{0,3}})?"
    rf"(?P<in2>[余多来])?(?P<gap3>{_GAP})"
)
_MIXED = re.compile(r"\d{1,8}(?:\.\d{1,8})?(?:[百千万亿](?:\d{1,4}[百千万]?){0,3})?(?=[百千万亿元人个余多])|[一二三四五六七八九](?:[百千万][一二三四五六七八九]?){1,3}")
_JOIN = re.compile(rf"{B}{{0,2}}+(?:[（(]含[）)])?{B}{{0,3}}+(?:[-－‐‑–~～─∼〜]{{1,2}}|—{{1,2}}|至|到|―){B}{{0,3}}+(?:[-−负]?(?=\d)|(?=百分之)|(?=[{N}]))")
_JOINERS = frozenset(" \u00a0\u2009\u3000（(-－‐‑–~～─∼〜—至到―")
_SCORE_FULL = re.compile(rf"{B}?[（(]{B}?(\d{{1,4}}(?:\.\d{{1,4}})?){B}?(?:分)?[)）]{B}?分(?![钟之别])")
_WHOLE = re.compile(r"[（(](?:不?含(?:本数)?)[)）]")
_FRACTION = re.compile(rf"(?P<whole>[{N}]{{1,5}}|\d{{1,5}})分之(?P<sign>负)?(?:(?P<d>\d{{1,6}}(?:\.\d{{1,8}})?)|(?P<c>[{_D}十百千]{{1,10}}(?:点[{_D}]{{1,8}})?))(?P<few>几|多)?")
_DOUBLE = re.compile(r"翻了?(?P<n>[一两二三四五1-5])?番|半数|一半")
_RATIO = re.compile(rf"(?P<a>\d{{1,4}}(?:\.\d{{1,3}})?){B}?[:：∶]{B}?(?P<b>\d{{1,4}}(?:\.\d{{1,3}})?)(?![\d:：∶.年月日%％万亿元个]|\d)")
_SLASH = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/年月日.])")
# First characters of units, with those of 分之, 成, 半 and 倍 among them.
_FIRSTS = re.escape("".join(sorted(lexicon().units)) + "分成半")
_CANDIDATE = re.compile(
    rf"(?P<d>{_DIGITS})"
    rf"|(?P<h>翻了?[一两二三四五1-5]?番|半数|一半)"
    rf"|(?P<c>(?<![{N}])[{N}]++(?:点[{_D}]++[百千万亿]*+)?+)(?:(?={B}{{0,2}}+[余多来几]?{B}?[{_FIRSTS}万亿百千十])|(?<=[万亿萬億])|(?<=[万亿萬億][{_D}]))"
    rf"|(?P<v>[几数](?=[十百千万亿]))"
)


@dataclass(slots=True)
class Side:
    """One number with what follows it, up to and including its unit."""

    start: int
    end: int
    reading: Reading | None
    vague: bool = False
    chinese: bool = False
    power: int = 0
    inner: str = ""
    unit: Unit | None = None
    unit_text: str = ""
    gap: str = ""
    plain: str = ""
    sign: bool = False


def scan(text: str, *, alone: bool = False) -> list[Quantity]:
    """Every quantity of the text, in order. ``alone``: the text is one expression, so no context is asked for."""
    words = lexicon()
    found: list[Quantity] = []
    search = _CANDIDATE.search
    position = floor = 0
    while match := search(text, position):
        position, quantity = _candidate(text, match, floor, words, alone)
        if quantity is not None:
            found.append(quantity)
            floor = quantity.end
    return found


def _candidate(text: str, match: re.Match[str], floor: int, words: Lexicon, alone: bool) -> tuple[int, Quantity | None]:
    kind = match.lastgroup
    if kind == "h":
        return match.end(), _doubling(text, match, floor, words)
    if kind == "d":
        if context.is_code(text, match.start(), match.end()):
            return match.end(), None
        if found := _ratio(text, match, floor, words):
            return found.end, found
        side = _arabic(text, match, words)
    else:
        if not alone and context.is_name(text, match.start(), match.end(), words):
            return match.end(), None
        if text.startswith("分之", match.end()):
            return _fraction(text, match.start(), floor, words) or (match.end(), None)
        side = _chinese(text, match, words)
    if side is None:
        return match.end(), None
    quantity = _finish(text, side, floor, words, alone)
    return (quantity.end, quantity) if quantity else (max(match.end(), 1), None)


def _arabic(text: str, match: re.Match[str], words: Lexicon) -> Side | None:
    start, end = match.span("d")
    plain = match["d"]
    if text.startswith("分之", end):
        return _percent_side(text, start)
    if not plain.isdecimal():
        plain = re.sub(rf"[,，]|{B}", "", plain)
    side = Side(start, end, None, plain=plain)
    _tail(text, end, side, words)
    if side.unit is not None and side.unit.kind == "percent" and re.search(B, match["d"]):
        # A blank never groups the digits of a percentage: two cells of a flattened row.
        cut = start + max(match["d"].rfind(mark) for mark in " \u00a0\u2009\u202f\u3000") + 1
        side.start, side.plain = cut, re.sub(r"[,，]", "", text[cut:end])
        side.reading = Reading(Decimal(side.plain))
    return side if side.reading or side.vague else None


def _chinese(text: str, match: re.Match[str], words: Lexicon) -> Side | None:
    group = match.lastgroup
    start, end = match.span()
    run = text[start:end]
    if group == "v":
        side = Side(start, end, None, vague=True, chinese=True)
        _tail(text, end, side, words)
        return side if side.end > end else None
    if len(run) > 40:
        return None
    side = Side(start, end, None, chinese=True, plain=run)
    _tail(text, end, side, words)
    return side if side.reading or side.vague else None


def _tail(text: str, end: int, side: Side, words: Lexicon) -> None:
    """Read multiplier, inner words and unit after a number that ends at ``end`` and set the reading."""
    match = _TAIL.match(text, end)
    assert match is not None
    gap, inner, gap2, multiplier, second, gap3 = match.group("gap", "in1", "gap2", "mult", "in2", "gap3")
    multiplier = "".join(multiplier.split()) if multiplier else ""
    if multiplier and "\n" in gap and not multiplier[0] in "万亿":
        multiplier, inner, second, gap3 = "", inner, "", ""
    after = match.end("gap2") if not multiplier else match.end("mult")
    if not multiplier and not inner:
        after = match.end("gap")
    numeral = side.plain
    if multiplier and not inner and (mixed := _MIXED.match(text, match.end("mult"))) and text[match.end("mult") - 1] in multiplier:
        numeral, multiplier, second, after = side.plain + multiplier + mixed[0], "", "", mixed.end()
        extra = _TAIL.match(text, after)
        if extra and extra["in2"] and not extra["in1"] and not extra["mult"]:
            second = extra["in2"]
    side.end = after if (multiplier or numeral != side.plain) else end
    side.gap = gap
    side.vague = side.vague or inner == "几"
    side.reading = None if side.vague else _read(numeral, multiplier, side)
    if side.reading is None and not side.vague:
        return
    if side.vague and multiplier and power_of(multiplier) is None:
        side.vague = False
        return
    side.power = (power_of(multiplier) or 0) if multiplier else 0
    if not multiplier and numeral == side.plain:
        _unit_after(text, side, words, end, inner, match)
        return
    if inner:
        side.inner = inner
    for stop, word in _stops(text, after, second):
        if unit := _unit_at(text, stop, words, side):
            side.inner = side.inner or word
            _set_unit(text, side, unit, stop)
            return
    if second in ("余", "多") and _boundary_after_inner(text, after + 1, second):
        side.inner, side.end = side.inner or second, after + 1


def _stops(text: str, after: int, second: str | None) -> list[tuple[int, str]]:
    """Where a unit may begin after a multiplier: behind an inner word, or at once; blanks are skipped."""
    stops = []
    blank = re.compile(_GAP)
    first = blank.match(text, after)
    assert first is not None
    if second:
        behind = blank.match(text, after + 1)
        assert behind is not None
        stops.append((behind.end(), second))
    stops.append((first.end(), ""))
    return stops


def _unit_after(text: str, side: Side, words: Lexicon, end: int, inner: str | None, match: re.Match[str]) -> None:
    """The unit of a number without multiplier: behind an inner word (十余个), or at once."""
    if inner:
        stop = match.end("gap2")
        if unit := _unit_at(text, stop, words, side):
            side.inner = inner
            _set_unit(text, side, unit, stop)
            return
        if inner == "几":
            side.vague = side.chinese
            side.end = match.end("in1")
            return
    if unit := _unit_at(text, match.end("gap"), words, side):
        _set_unit(text, side, unit, match.end("gap"))


def _boundary_after_inner(text: str, at: int, word: str) -> bool:
    return not text[at : at + 1] or not ("\u4e00" <= text[at] <= "\u9fff") or word == "余" and text[at] not in "额款下项"


def _read(numeral: str, multiplier: str, side: Side) -> Reading | None:
    power = power_of(multiplier) if multiplier else 0
    if power is None:
        return None
    if not side.chinese and numeral == side.plain:
        return Reading(scaled(numeral, power))
    if numeral[:1] in "百千万亿佰仟萬億":
        numeral = "一" + numeral
    reading = read(numeral)
    if reading is None or not power:
        return reading
    moved = [None if value is None else scaled(str(value), power) for value in reading]
    return Reading(*moved)


def _unit_at(text: str, at: int, words: Lexicon, side: Side) -> Unit | None:
    for unit in words.units.get(text[at : at + 1], ()):
        if text.startswith(unit.text, at):
            if "x" in unit.flags:
                return None
            end = at + len(unit.text)
            if unit.not_before and text.startswith(unit.not_before, end):
                continue
            if context.unit_fits(text, side.start, at, end, unit, side.plain, side.chinese, side.gap):
                return unit
    return None


def _set_unit(text: str, side: Side, unit: Unit, at: int) -> None:
    side.unit = unit
    side.end = at + len(unit.text)
    side.unit_text = unit.text
    if compound := context.compound(text, side.end, unit):
        side.unit_text += compound
        side.end += len(compound)


def _percent_side(text: str, start: int) -> Side | None:
    """百分之三十, 三分之一: the side of a fraction."""
    match = _FRACTION.match(text, start)
    if not match:
        return None
    whole = read(match["whole"] if match["whole"] not in ("百", "千", "万") else "一" + match["whole"])
    part = read(match["d"] or ("一" + match["c"] if match["c"][0] in "百千" else match["c"]))
    if not whole or not whole.value or part is None:
        return None
    percent = match["whole"] in ("百", "千", "万", "100", "1000", "10000")
    unit = Unit("%" if percent else "", "percent" if percent else "ratio", "percent", Decimal(1), "", ())
    values = [None if value is None else _part(value, whole.value, percent) for value in part]
    side = Side(start, match.end(), Reading(*values), chinese=True, unit=unit, sign=bool(match["sign"]))
    if match["few"]:
        side.vague, side.inner = match["few"] == "几", match["few"]
        side.reading = None if side.vague else side.reading
    return side


def _part(value: Decimal, whole: Decimal, percent: bool) -> Decimal:
    if percent:
        return scaled(format(value, "f"), 2 - (len(str(whole)) - 1))
    return value / whole


def _fraction(text: str, start: int, floor: int, words: Lexicon) -> tuple[int, Quantity | None] | None:
    side = _percent_side(text, start)
    if side is None:
        return None
    quantity = _finish(text, side, floor, words, True)
    return (quantity.end, quantity) if quantity else None


def _second(text: str, side: Side, words: Lexicon) -> Side | None:
    """The other end of a range that begins with ``side``."""
    if text[side.end : side.end + 1] not in _JOINERS or not (join := _JOIN.match(text, side.end)):
        return None
    match = _CANDIDATE.match(text, join.end())
    if not match or match.lastgroup == "h":
        return None
    negative = join[0][-1] in "-−负" and len(join[0].strip()) > 1 and join[0][0] not in "-" or join[0][-1] == "负"
    if match.lastgroup == "d":
        other = _arabic(text, match, words)
    elif text.startswith("分之", match.end()):
        other = _percent_side(text, match.start())
    else:
        other = _chinese(text, match, words)
    if other is None or other.reading is None or other.reading.value is None:
        return None
    other.sign = negative
    return other


def _joined(text: str, side: Side, words: Lexicon) -> tuple[Side, Decimal, Decimal] | None:
    """A range: the second side and both ends, in written units."""
    if side.reading is None or side.reading.value is None or (other := _second(text, side, words)) is None:
        return None
    assert other.reading is not None and other.reading.value is not None
    if side.unit is not None and other.unit is None and side.unit.text == "%" and side.chinese and not other.power:
        other.unit = side.unit
    if other.unit is None and not _bare_money(other):
        return None
    if side.unit is not None and (other.unit is None or side.unit.text != other.unit.text):
        return None
    low, high = side.reading.value, other.reading.value
    if other.sign:
        high = -high
    if side.unit is None and not _has_large(side):
        shared = other.power or _shared_power(text[other.start : other.end], side, other)
        if shared and scaled(str(low), shared) <= high:
            low = scaled(str(low), shared)
    return other, low, high


def _shared_power(written: str, side: Side, other: Side) -> int:
    """The multiplier that a Chinese range writes once: 三到五百万, 一百二十到一百五十万."""
    match = re.match(rf"[{N}]+", written)
    if not match or not other.chinese:
        return 0
    single = side.reading is not None and side.reading.value is not None and side.reading.value < 10
    trailing = re.search("[百千万亿佰仟]+$" if single else "[万亿]+$", match[0])
    return POWERS.get(trailing[0], 0) if trailing and len(trailing[0]) < len(match[0]) else 0


def _has_large(side: Side) -> bool:
    return bool(side.power) or any(mark in side.plain for mark in "万亿萬億")


def _bare_money(side: Side) -> bool:
    return side.power >= 4 or any(mark in side.plain for mark in "万亿萬億")


def _finish(text: str, side: Side, floor: int, words: Lexicon, alone: bool) -> Quantity | None:
    """Join a range, read to the left, check the context and build the record."""
    first = side
    low = high = None
    if joined := _joined(text, side, words):
        other, low, high = joined
        if low < high or side.sign:
            first = Side(side.start, other.end, None, chinese=side.chinese, power=other.power, inner=other.inner or side.inner,
                         unit=other.unit, unit_text=other.unit_text, plain=other.plain, gap=side.gap)
        else:
            low = high = None
    if low is None and side.reading is not None and side.reading.low is not None:
        low, high = side.reading.low, side.reading.high
    left = context.look_left(text, first.start, floor, words)
    if not alone and context.is_ordinal(text, left.start, first.start):
        return None
    value = first.reading.value if first.reading else None
    return _build(text, first, value, low, high, left, words, alone)


def _build(text: str, side: Side, value: Decimal | None, low: Decimal | None, high: Decimal | None, left: context.Left,
           words: Lexicon, alone: bool) -> Quantity | None:
    end, unit, kind, per, full = side.end, "", "", None, None
    bare = side.chinese and side.plain[:1] in tuple("百千万亿佰仟") and not side.vague
    if bare and not (left.modifier or side.inner in ("余", "多") or left.licensed):
        return None
    if side.unit is not None:
        kind, factor = side.unit.kind, side.unit.factor
        unit = {"amount": left.currency or "CNY", "percent": "%", "percentage_point": "pp", "score": "分", "ratio": ""}.get(kind, side.unit_text)
        if not alone and side.chinese and context.is_article(text, left.start, side.start, end, side.unit, side.plain, bool(left.modifier)):
            return None
        if factor != 1:
            value, low, high = (None if number is None else _times(number, factor) for number in (value, low, high))
    elif code := context.currency_after(text, end, words):
        kind, unit, factor = "amount", code[1], Decimal(1)
        end = code[0]
    elif left.currency:
        kind, unit = "amount", left.currency
    elif not side.chinese and (score := _SCORE_FULL.match(text, end)):
        kind, unit, full, end = "score", "分", Decimal(score[1]), score.end()
    elif _bare_money(side) or (side.vague and side.power >= 4):
        if context.followed_badly(text, end):
            return None
        kind, unit = ("count", "") if context.counted_noun(text, end, words) else ("amount", "CNY")
    elif side.vague and (alone or context.is_boundary(text, end)) and side.end - side.start > 1:
        kind, unit = "count", ""
    else:
        return None
    if kind == "amount":
        end, value, unit = _small_money(text, end, value, unit, side, words)
    if kind in ("amount", "count", "percent") and text[end : end + 1] in ("/", "／"):
        per, end = context.per(text, end, words)
    if kind == "ratio" and text[end : end + 1] == "半" and value is not None and side.unit_text == "倍":
        end, value = end + 1, value + Decimal("0.5")
    if kind == "percent" and side.unit_text == "成" and (more := re.match("[一二三四五六七八九半]", text[end : end + 1])) and value is not None:
        end, value = end + 1, value + Decimal("零一二三四五六七八九".find(more[0]) if more[0] != "半" else 5)
    after = context.look_right(text, end, words)
    start, end, bracket = context.accountant(text, left.start, after.end)
    negative = left.negative or side.sign or bracket
    if negative:
        value, low, high = (None if number is None else -number for number in (value, low, high if not left.negative or high is None or high < 0 else -high))
    modifier = left.modifier or ("" if after.modifier == "exact" else after.modifier)
    modifier = modifier or {"余": "over", "多": "over", "来": "approx", "几": ""}.get(side.inner, "")
    if side.vague and value is None and low is None and not modifier:
        modifier = "approx"
    modifier = modifier or "exact"
    if value is not None:
        if modifier in ("over", "at_least"):
            low = value
        elif modifier in ("under", "at_most"):
            high = value
    return Quantity(start, end, text[start:end], kind, value, low, high, unit, modifier, full, per)


def _times(value: Decimal, factor: Decimal) -> Decimal:
    exponent = factor.adjusted()
    return scaled(format(abs(value), "f"), exponent) * (-1 if value < 0 else 1)


_SMALL = re.compile(rf"{B}?(?:(?P<j>\d|[一二三四五六七八九零壹贰叁肆伍陆柒捌玖])(?:角|毛))?(?:零)?(?:(?P<f>\d|[一二三四五六七八九壹贰叁肆伍陆柒捌玖])分(?:钱)?)?")
_ENTIRE = re.compile(r"整(?![个体治改合理顿修]|数)|正(?![在式常确规面好是当向值因如处])")


def _small_money(text: str, end: int, value: Decimal | None, unit: str, side: Side, words: Lexicon) -> tuple[int, Decimal | None, str]:
    """角 and 分 behind 元, 整, and a currency name behind it all."""
    if side.unit is not None and side.unit.text in ("元", "圆", "块", "角") and value is not None:
        small = _SMALL.match(text, end)
        if small and (small["j"] or small["f"]) and (side.unit.text != "角" or not small["j"]):
            for digit, power in ((small["j"], 1), (small["f"], 2)):
                if digit:
                    reading = read(digit)
                    value += reading.value.scaleb(-power) if reading and reading.value is not None else 0
            end = small.end()
    if unit == "CNY" and (entire := _ENTIRE.match(text, end)):
        end = entire.end()
    if side.unit is not None and (code := context.currency_after(text, end, words)):
        end, unit = code
    return end, value, unit


def _doubling(text: str, match: re.Match[str], floor: int, words: Lexicon) -> Quantity:
    """翻一番 is 2, 翻两番 4; 半数 is a half."""
    double = _DOUBLE.match(text, match.start())
    assert double is not None
    value = Decimal("0.5")
    if double[0][0] == "翻":
        reading = read(double["n"] or "一")
        value = Decimal(2) ** int(reading.value if reading and reading.value else 1)
    left = context.look_left(text, match.start(), floor, words)
    after = context.look_right(text, match.end(), words)
    modifier = left.modifier or after.modifier or "exact"
    low = value if modifier in ("over", "at_least") else None
    high = value if modifier in ("under", "at_most") else None
    return Quantity(left.start, after.end, text[left.start : after.end], "ratio", value, low, high, "", modifier)


def _ratio(text: str, match: re.Match[str], floor: int, words: Lexicon) -> Quantity | None:
    """1：3 where the context speaks of a ratio, 2/3 likewise."""
    at = match.start()
    if text[match.end() : match.end() + 2].strip()[:1] not in tuple(":：∶/"):
        return None
    found = _RATIO.match(text, at) or _SLASH.match(text, at)
    if not found or not context.ratio_fits(text, at, found.end(), found["a"], found["b"], "/" in found[0]):
        return None
    if not (below := Decimal(found["b"])):
        return None
    left = context.look_left(text, at, floor, words)
    after = context.look_right(text, found.end(), words)
    value = Decimal(found["a"]) / below
    modifier = left.modifier or after.modifier or "exact"
    low = value if modifier in ("over", "at_least") else None
    high = value if modifier in ("under", "at_most") else None
    return Quantity(left.start, after.end, text[left.start : after.end], "ratio", value, low, high, "", modifier)
