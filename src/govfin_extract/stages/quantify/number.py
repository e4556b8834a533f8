"""Read one number to the right: digits or numerals, multiplier, inner word (余, 多, 几), unit; join two to a range."""

from __future__ import annotations

import re
from decimal import Decimal

from govfin_extract.stages.quantify import context
from govfin_extract.stages.quantify.lexicon import Lexicon, Unit
from govfin_extract.stages.quantify.patterns import (
    AFTER_TIMES,
    BLANKS,
    CANDIDATE,
    COMPOUND,
    FRACTION,
    JOIN,
    JOINERS,
    MIXED,
    NUMERALS,
    SPACE,
    TAIL,
)
from govfin_extract.stages.quantify.side import BARE, LARGE, Side
from govfin_extract.text.numerals import Reading, divided, negated, power_of, read, scaled

_LONGEST_RUN = 40
# Too weak to be a multiplier on the next line: 百 begins many a heading.
_SMALL_TIMES = ("十", "百", "千")
_STRIP = str.maketrans("", "", ",，" + BLANKS)
_JOIN_FIRST = frozenset(JOINERS + BLANKS + "（(")
_TAIL_FIRST = frozenset(BLANKS + "\r\n余多来几十百千万亿兆佰仟萬億")
_HUNDREDTHS = {"百": 0, "千": -1, "万": -2, "100": 0, "1000": -1, "10000": -2}
_PERCENT = Unit("%", "percent", "percent", Decimal(1), "", ())
_PART = Unit("", "ratio", "ratio", Decimal(1), "", ())


def side_at(text: str, match: re.Match[str], words: Lexicon) -> Side | None:
    """The number that a candidate match begins."""
    start, end = match.span()
    if text.startswith("分之", end):
        return fraction_at(text, start)
    if match.lastgroup == "d":
        return _arabic(text, start, end, words)
    if match.lastgroup == "v":
        side = Side(start, end, chinese=True, vague=True)
        _read_tail(text, end, side, words)
        return side if side.end > end else None
    if end - start > _LONGEST_RUN:
        return None
    side = Side(start, end, match[0], chinese=True)
    _read_tail(text, end, side, words)
    return side if side.reading or side.vague else None


def _arabic(text: str, start: int, end: int, words: Lexicon) -> Side | None:
    written = text[start:end]
    side = Side(start, end, written if written.isdecimal() else written.translate(_STRIP))
    if context.is_loss(text, start, end):
        return _loss(text, side, words)
    _read_tail(text, end, side, words)
    if side.unit is not None and side.unit.kind in ("percent", "score") and any(mark in written for mark in BLANKS):
        # A blank never groups the digits of a percentage or a mark: these are two cells of a flattened row.
        side.start = start + max(written.rfind(mark) for mark in BLANKS) + 1
        side.plain = text[side.start : end].translate(_STRIP)
        side.reading = Reading(Decimal(side.plain))
    return side if side.reading or side.vague else None


def _loss(text: str, side: Side, words: Lexicon) -> Side | None:
    """An accountant's minus: （3.2）万元."""
    side.start, side.end, side.negative = side.start - 1, side.end + 1, True
    _read_tail(text, side.end, side, words)
    known = side.large if side.unit is None else side.unit.kind in ("amount", "percent", "percentage_point")
    return side if side.reading and known else None


def _read_tail(text: str, end: int, side: Side, words: Lexicon) -> None:
    """Multiplier, inner words and unit behind a number that ends at ``end``; sets the reading."""
    if text[end : end + 1] not in _TAIL_FIRST:
        side.reading = _value(side, side.plain, "")
        _set_unit(text, end, side, words)
        return
    match = TAIL.match(text, end)
    assert match is not None
    side.gap, inner, times = match["gap"], match["inner"] or "", match["times"] or ""
    if "\n" in side.gap and times in _SMALL_TIMES:
        times = ""
    if times:
        _with_multiplier(text, match, "".join(times.split()), inner, side, words)
    else:
        _without_multiplier(text, match, inner, side, words)


def _without_multiplier(text: str, match: re.Match[str], inner: str, side: Side, words: Lexicon) -> None:
    """十余个, 3 台."""
    side.reading = None if side.vague else _value(side, side.plain, "")
    if inner:
        if _set_unit(text, match.end("space"), side, words):
            side.inner = inner
        elif inner == "几":
            side.end = match.end("inner")
        if inner == "几":
            side.vague, side.reading = True, None
        if side.unit or inner == "几":
            return
    _set_unit(text, match.end("gap"), side, words)


def _with_multiplier(text: str, match: re.Match[str], times: str, inner: str, side: Side, words: Lexicon) -> None:
    """10余万元, 3万5千, 80余万."""
    after = match.end("times")
    numeral = side.plain
    # 3万5千 goes on with smaller units only: 1万1万 is no number.
    if not inner and (mixed := MIXED.match(text, after)) and times[-1] not in mixed[0]:
        numeral, times, after = numeral + times + mixed[0], "", mixed.end()
    side.vague = side.vague or inner == "几"
    power = power_of(times) if times else 0
    if power is None:
        side.vague = False
        return
    side.power, side.inner = power, inner
    if not side.vague:
        side.reading = _value(side, numeral, times)
        side.plain = numeral
        if side.reading is None:
            return
    side.end = after
    second = AFTER_TIMES.match(text, after)
    assert second is not None
    word = second["inner"]
    if word and _set_unit(text, second.end(), side, words):
        side.inner = inner or word
        return
    gap = SPACE.match(text, after)
    assert gap is not None
    if not _set_unit(text, gap.end(), side, words) and word in ("余", "多") and _stands_alone(text, after + 1, word):
        side.end, side.inner = after + 1, inner or word


def _stands_alone(text: str, at: int, word: str) -> bool:
    return not context.is_cjk(text[at : at + 1]) or (word == "余" and text[at] not in "额款下项")


def _value(side: Side, numeral: str, times: str) -> Reading | None:
    power = power_of(times) if times else 0
    if power is None:
        return None
    if not side.chinese and numeral == side.plain:
        return Reading(scaled(numeral, power))
    reading = read("一" + numeral if numeral[:1] in BARE else numeral)
    if reading is None or not power:
        return reading
    return Reading(*(None if value is None else scaled(format(value, "f"), power) for value in reading))


def _set_unit(text: str, at: int, side: Side, words: Lexicon) -> bool:
    """Take the longest unit that begins at ``at`` and fits."""
    for unit in words.units.get(text[at : at + 1], ()):
        if not text.startswith(unit.text, at):
            continue
        end = at + len(unit.text)
        if "x" in unit.flags:
            return False
        excluded = unit.not_before_chinese if side.chinese else unit.not_before
        if excluded and text.startswith(excluded, end):
            continue
        if context.unit_fits(text, side, unit, end):
            side.unit, side.end, side.unit_text = unit, end, unit.text
            if unit.kind == "count" and text[end : end + 1] in ("（", "(") and (second := COMPOUND.match(text, end)):
                side.unit_text, side.end = unit.text + second[0], second.end()
            return True
    return False


def fraction_at(text: str, start: int) -> Side | None:
    """百分之三十, 千分之5, 三分之一."""
    match = FRACTION.match(text, start)
    if not match:
        return None
    whole = match["whole"]
    part = match["d"] or ("一" + match["c"] if match["c"][0] in "百千" else match["c"])
    reading, below = read(part), read(whole if whole not in _HUNDREDTHS else "十")
    if reading is None or below is None or not below.value:
        return None
    side = Side(start, match.end(), part, chinese=True, negative=bool(match["sign"]))
    if whole in _HUNDREDTHS:
        side.unit = _PERCENT
        values = [None if value is None else scaled(format(value, "f"), _HUNDREDTHS[whole]) for value in reading]
    else:
        side.unit = _PART
        values = [None if value is None else divided(value, below.value) for value in reading]
    side.unit_text, side.inner, side.vague = side.unit.text, match["inner"] or "", match["inner"] == "几"
    side.reading = None if side.vague else Reading(*values)
    return side


def range_from(text: str, side: Side, words: Lexicon) -> tuple[Side, Decimal, Decimal] | None:
    """The second number of a range that begins with ``side``, and both ends: 10-15万元, 百分之五至十."""
    if text[side.end : side.end + 1] not in _JOIN_FIRST or side.reading is None or side.reading.value is None:
        return None
    if not (join := JOIN.match(text, side.end)) or not (match := CANDIDATE.match(text, join.end())):
        return None
    other = None if match.lastgroup == "h" else side_at(text, match, words)
    if other is None or other.reading is None or other.reading.value is None or not _same_unit(side, other):
        return None
    low, high = side.reading.value, other.reading.value
    if join["sign"]:
        high, other.negative = negated(high), True
    if side.unit is None and not side.large:
        shared = other.power or _shared_power(side, other)
        if shared and (moved := scaled(format(low, "f"), shared)) <= high:
            low = moved
    return other, low, high


def _same_unit(side: Side, other: Side) -> bool:
    """Both ends have one unit; either may leave it to the other, and 万 alone means money."""
    if other.unit is None:
        if side.unit is _PERCENT and not other.large:
            other.unit, other.unit_text = side.unit, side.unit_text
            return True
        return side.unit is None and other.large
    return side.unit is None or side.unit.text == other.unit.text


def _shared_power(side: Side, other: Side) -> int:
    """The multiplier that a Chinese range writes once: 三到五百万, 一百二十到一百五十万."""
    if not other.chinese or side.reading is None or side.reading.value is None:
        return 0
    body = other.plain.rstrip("百千万亿佰仟萬億" if side.reading.value < 10 else LARGE)
    if not body or body == other.plain or not set(body) <= set(NUMERALS):
        return 0
    return power_of(other.plain[len(body) :]) or 0
