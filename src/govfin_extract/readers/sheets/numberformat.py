"""A cell's number as a person sees it: with the digits, the percent sign and the grouping of its number format.

The grammar is that of ECMA-376 part 1, 18.8.31. Fractions are shown as decimals (General): reports hold none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise

Value = int | float | bool | str | date | time | timedelta | None

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/"?通用格式"?)'
    r"|(?P<exponent>E[+-]0+)|(?P<digits>[0#?.,/])|(?P<ampm>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|b+|aaaa?|g+)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-.*)?$")
_CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)(?P<bound>-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_GROUP = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_EXACT = Context(prec=400)
_LIKE_EXCEL = Context(prec=15, rounding=ROUND_HALF_UP)  # as many digits as a spreadsheet keeps
_MOST_DECIMALS = 30
_EPOCH = datetime(1899, 12, 30)
DAYS_TO_1904 = 1462
_MONTH, _DAY, _WHOLE = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_CLOCK, _SECONDS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
# The formats that Chinese Excel knows by number alone, without a text in the file: ECMA-376 part 1, 18.8.30, zh-cn.
REGIONAL = {
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    **dict.fromkeys((32, 34, 55), _CLOCK),
    **dict.fromkeys((33, 35, 56), _SECONDS),
    30: "m-d-yy",
    31: _WHOLE,
}
_LAST_DAY = 2_958_465


def shown(value: Value, form: str) -> str:
    """A value in its number format; one whose format is not understood is shown as General shows it.

    >>> shown(0.9738, "0.00%"), shown(1234.5, "#,##0.00"), shown(-3, "#,##0;(#,##0)"), shown(0.1 + 0.2, "General")
    ('97.38%', '1,234.50', '(3)', '0.3')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, (date, time)):
        return _date(value, form)
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds()) // 3600}:{int(value.total_seconds()) // 60 % 60:02d}"
    number = _decimal(value)
    if number is None:
        return str(value)
    sections = _sections(form)
    section, unsigned = _section_of(sections, number)
    if section is None:
        return "#" * 8
    if section.is_date:
        days = float(number)
        return _date(_EPOCH + timedelta(days=days), form) if 0 <= days <= _LAST_DAY else general(number)
    return section.show(abs(number) if unsigned else number)


def _decimal(value: float) -> Decimal | None:
    try:
        number = Decimal(repr(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def general(number: Decimal) -> str:
    """A number as General shows it in a wide column: eleven digits at the most, more only for whole numbers.

    >>> general(Decimal("12.50")), general(Decimal("1204350000")), general(Decimal("0.30000000000000004"))
    ('12.5', '1204350000', '0.3')
    """
    kept = _LIKE_EXCEL.plus(number)
    whole = max(kept.adjusted() + 1, 1) if kept else 1
    decimals = max(0, 10 - whole) if kept.adjusted() < 11 else 0
    if kept and kept.adjusted() < -5:
        decimals = min(-kept.adjusted() + 5, _MOST_DECIMALS)
    text = format(kept.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


class _Section:
    """One part of a format: what stands around the digits, and how those are printed."""

    def __init__(self, form: str) -> None:
        self.parts: list[tuple[str, str]] = []
        self.condition: tuple[str, Decimal] | None = None
        self.percents = 0
        self.is_date = False
        for match in _TOKEN.finditer(form):
            self._take(str(match.lastgroup), match[str(match.lastgroup)], match[0])
        self.places = "".join(text for kind, text in self.parts if kind == "digits")
        kinds = "".join("d" if kind == "digits" else "-" for kind, _ in self.parts)
        self.run = len(kinds.strip("-").partition("-")[0])
        self.is_split = "-" in kinds.strip("-")  # 0\\.0,"万元" shows tens of thousands: its point is a word
        self.has_general = any(kind == "general" for kind, _ in self.parts)

    def _take(self, kind: str, text: str, whole: str) -> None:
        if kind == "bracket":
            self._bracket(text)
        elif kind == "space":
            self.parts.append(("literal", " "))
        elif kind in ("quoted", "escaped", "other"):
            self.percents += kind == "other" and whole == "%"
            self.parts.append(("literal", text))
        elif kind == "date":
            self.is_date = True
        elif kind in ("digits", "general", "text", "exponent"):
            self.parts.append((kind, text))

    def _bracket(self, text: str) -> None:
        condition, currency = _CONDITION.match(text), _CURRENCY.match(text)
        if condition:
            self.condition = condition["sign"], Decimal(condition["bound"])
        elif currency:
            self.parts.append(("literal", currency["sign"]))
        elif _ELAPSED.fullmatch(text):
            self.is_date = True

    def fits(self, number: Decimal) -> bool:
        if self.condition is None:
            return True
        sign, bound = self.condition
        return {
            "<": number < bound,
            "<=": number <= bound,
            ">": number > bound,
            ">=": number >= bound,
            "=": number == bound,
            "<>": number != bound,
        }[sign]

    def show(self, number: Decimal) -> str:
        """The number with the words around it; blanks that only align are left out at the edges."""
        if self.has_general or "/" in self.places or any(kind == "exponent" for kind, _ in self.parts):
            digits = general(number)
            sign, pieces = "-" if digits.startswith("-") else "", [digits.removeprefix("-")]
        elif self.places:
            sign, pieces = self._pieces(number)
        else:
            sign, pieces = "", []
        text, done = sign, 0
        for kind, part in self.parts:
            if kind == "literal":
                text += part
            elif kind in ("digits", "general") and done < len(pieces):
                text, done = text + pieces[done], done + 1
        if not done and any(kind == "text" for kind, _ in self.parts):
            text += general(number)
        return text.strip()

    def _pieces(self, number: Decimal) -> tuple[str, list[str]]:
        """The sign, and what stands at each place: all of it at the first, unless words stand between the places."""
        number = _LIKE_EXCEL.plus(number)
        whole, _, decimals = self.places.partition(".")
        scale = sum(len(part) - len(part.rstrip(",")) for part in (whole, decimals))
        number = number.scaleb(2 * self.percents - 3 * scale, _EXACT)
        most = min(sum(place in "0#?" for place in decimals), _MOST_DECIMALS)
        least = len(decimals.rstrip("#,?"))
        text = format(number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, _EXACT), "f")
        sign = "-" if text.startswith("-") and text.strip("-0.") else ""
        before, _, after = text.lstrip("-").partition(".")
        after = after[:least] + after[least:].rstrip("0")
        slots = whole.replace(",", "")
        before = before.lstrip("0").rjust(len(slots) - slots.find("0") if "0" in slots else 0, "0")
        point = "." if after else ""
        grouped = "," in whole.rstrip(",")
        if not self.is_split:
            return sign, [(_GROUP.sub(",", before) if grouped else before) + point + after]
        pieces = _spread(before, whole, self.run, grouped)
        if "." in self.places:
            left = iter(after)
            pieces += [point if slots else before + point]
            pieces += [next(left, "") if place in "0#?" else "" for place in decimals]
        return sign, pieces


def _spread(digits: str, places: str, run: int, grouped: bool) -> list[str]:
    """Digits over the places before the point, from the right: the ``run`` places before a word take all the others.

    Only those are grouped: Excel's commas behind the word would make two numbers of one.

    >>> _spread("12346", "00,", 1, False), _spread("12345678", "#,##00", 5, True)
    (['1234', '6', ''], ['1,234,567', '', '', '', '', '8'])
    """
    if not places:
        return []
    behind = places[run:]
    slots = len(behind.replace(",", ""))
    head = digits[: max(len(digits) - slots, 0)]
    tail = iter([*[""] * (slots - len(digits)), *digits[len(head) :]])
    first = _GROUP.sub(",", head) if grouped else head
    rest = ["" if place == "," else next(tail) for place in behind]
    return [first, *[""] * (len(places) - len(behind) - 1), *rest]


@lru_cache(maxsize=1024)
def _sections(form: str) -> tuple[_Section, ...]:
    parts, start, quoted, at = [], 0, False, 0
    while at < len(form):
        char = form[at]
        if char == '"':
            quoted = not quoted
        elif char == "\\" and not quoted:
            at += 1
        elif char == ";" and not quoted:
            parts.append(form[start:at])
            start = at + 1
        at += 1
    return tuple(_Section(part) for part in [*parts, form[start:]][:4])


def _section_of(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """The section that shows a number, and whether that shows it without its sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        found = _first_fitting(numeric, number)
        return found, found is not None and number < 0 and not _takes_positives(found, numeric)
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], False


def _first_fitting(numeric: tuple[_Section, ...], number: Decimal) -> _Section | None:
    return next((section for section in numeric if section.fits(number)), None)


def _takes_positives(found: _Section, numeric: tuple[_Section, ...]) -> bool:
    """Whether zero or a number above it is shown by this section; one for negatives alone shows no sign.

    Between two bounds the section is the same for all numbers, so that one of each stretch tells.
    """
    bounds = sorted({Decimal(0), *(section.condition[1] for section in numeric if section.condition)})
    between = [(low + high) / 2 for low, high in pairwise(bounds)]
    probes = [*bounds, *between, bounds[-1] + 1]
    return any(probe >= 0 and _first_fitting(numeric, probe) is found for probe in probes)


def _date(value: date | time, form: str) -> str:
    """A date as its format orders it: the parts that a report needs, year to minute."""
    if isinstance(value, time):
        return value.strftime("%H:%M") if not value.second else value.strftime("%H:%M:%S")
    lowered = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form).lower()
    has_time = isinstance(value, datetime) and ("h" in lowered or "s" in lowered)
    clock = f" {value:%H:%M}" if has_time else ""
    if "y" not in lowered and "e" not in lowered:
        day = f"{value.month}月{value.day}日" if "d" in lowered else ""
        return (day + clock).strip() or f"{value.year}年{value.month}月"
    if "d" not in lowered:
        chinese = f"{value.year}年{value.month}月" if "m" in lowered else f"{value.year}"
        return chinese + clock
    if "年" in form:
        return f"{value.year}年{value.month}月{value.day}日{clock}"
    return f"{value:%Y-%m-%d}{clock}"
