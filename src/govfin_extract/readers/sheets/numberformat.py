"""A cell's number as a person sees it: with the digits, the percent sign and the grouping of its number format.

The grammar is that of ECMA-376 part 1, 18.8.31. Fractions are shown as decimals (General): reports hold none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

Value = int | float | bool | str | date | time | timedelta | None

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<exponent>E[+-]0+)|(?P<digits>[0#?.,/]+)|(?P<ampm>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|b+|aaaa?|g+)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-.*)?$")
_CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)(?P<bound>-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_EXACT = Context(prec=400)
_LIKE_EXCEL = Context(prec=15, rounding=ROUND_HALF_UP)  # as many digits as a spreadsheet keeps
_MOST_DECIMALS = 30
_EPOCH = datetime(1899, 12, 30)
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
        elif not self.places:
            digits = ""
        else:
            digits = self._digits(number)
        if sum(kind == "digits" for kind, _ in self.parts) > 1 and digits == self._digits(number):
            return self._spread(digits)
        sign = "-" if digits.startswith("-") else ""
        digits = digits.removeprefix("-")
        text, done = sign, False
        for kind, part in self.parts:
            if kind == "literal":
                text += part
            elif kind in ("digits", "general") and not done:
                text, done = text + digits, True
        if not done and any(kind == "text" for kind, _ in self.parts):
            text += general(number)
        return text.strip()

    def _spread(self, digits: str) -> str:
        """Digits over several runs of places with words between them, from the right: 12.3 in 0\\.0 of 123."""
        left = list(digits.lstrip("-").replace(",", ""))
        runs = sum(kind == "digits" for kind, _ in self.parts)
        shown: list[str] = []
        for kind, part in reversed(self.parts):
            if kind == "literal":
                shown.append(part)
            elif kind == "digits":
                runs -= 1
                size = sum(place in "0#?." for place in part)
                taken = left[-size:] if runs and size else left
                left = left[: len(left) - len(taken)]
                text = "".join(taken).rjust(part.count("0"), "0")
                shown.append(f"{int(text):,}" if "," in part and text.isdecimal() else text)
        return (("-" if digits.startswith("-") else "") + "".join(reversed(shown))).strip()

    def _digits(self, number: Decimal) -> str:
        number = _LIKE_EXCEL.plus(number)
        whole, _, decimals = self.places.partition(".")
        scale = len(whole) - len(whole.rstrip(",")) if not decimals else len(decimals) - len(decimals.rstrip(","))
        number = number.scaleb(2 * self.percents - 3 * scale, _EXACT)
        most = min(sum(place in "0#?" for place in decimals), _MOST_DECIMALS)
        least = len(decimals.rstrip("#,?"))
        text = format(number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP, _EXACT), "f")
        sign = "-" if text.startswith("-") and text.strip("-0.") else ""
        before, _, after = text.lstrip("-").partition(".")
        after = after[:least] + after[least:].rstrip("0")
        wanted = whole.count("0")
        before = before.lstrip("0").rjust(wanted, "0")
        if "," in whole.rstrip(","):
            before = f"{int(before or 0):,}".rjust(wanted, "0") if before else ""
        return sign + before + ("." + after if after else "")


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
        found = next((section for section in numeric if section.fits(number)), None)
        return found, found is not None and number < 0 and len(numeric) > 1 and found is not numeric[0]
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], False


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
