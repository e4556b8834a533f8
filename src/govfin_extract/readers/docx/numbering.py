"""The numbers that Word puts before the paragraphs of lists and headings: they are no part of the paragraph's text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

import cn2an

from govfin_extract.readers.docx.xml import child, children, is_on, value

_PLACE = re.compile(r"%([1-9])")
_CHINESE = re.compile(r"chinese|ideograph|japanese|taiwanese|korean")
_DEEPEST_STYLE = 20
_HIGHEST = 9999  # as far as words for numbers go
_LONGEST = 100  # characters of a level's text: it is written before every paragraph of the level
# Forms of single signs, in their order; beyond the last Word goes on in digits.
_SIGNS = {
    "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),  # ⒈
    "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),  # ⑴
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), "".join(map(chr, range(0x2460, 0x2474)))
    ),  # ①
    "ideographEnclosedCircle": "".join(map(chr, range(0x3280, 0x328A))),  # ㊀
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_DIGITS = {"decimalFullWidth": "０１２３４５６７８９", "decimalFullWidth2": "０１２３４５６７８９"}
_DIGITS |= dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), "〇一二三四五六七八九")
_LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))


class _Level(NamedTuple):
    form: str
    text: str
    start: int
    legal: bool
    restart: int  # the level, from 1, after which this one begins anew; 0: never
    style: str  # whose paragraphs stand at this level


class _Styled(NamedTuple):
    """The list and level that a style names, empty where it names none, and the styles that say so."""

    key: str
    level: str
    lineage: list[str]


class Numbering:
    """Counts the numbered paragraphs of a document in their order.

    Args:
        numbering, styles: the roots of the two parts, None where the file has none.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        found = [] if styles is None else children(styles, "style")
        self._styles = {value(style, "styleId"): style for style in found}
        self._default = next((value(each, "styleId") for each in found if _is_default(each)), "")
        self._known: dict[str, _Styled] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, root: Any) -> None:
        found = children(root, "abstractNum")
        plans = {value(plan, "abstractNumId"): _levels(plan) for plan in found}
        owners = {_said(plan, "styleLink"): value(plan, "abstractNumId") for plan in found}
        # a plan that only names a list style is that style's plan
        lent = {value(plan, "abstractNumId"): owners.get(_said(plan, "numStyleLink")) for plan in found}
        for number in children(root, "num"):
            plan = _said(number, "abstractNumId")
            if not plans.get(plan):
                plan = lent.get(plan) or plan
            levels = dict(plans.get(plan, {}))
            own = plan
            for override in children(number, "lvlOverride"):
                at, start = _whole(value(override, "ilvl")), child(override, "startOverride")
                if start is not None and at in levels:
                    levels[at] = levels[at]._replace(start=_whole(value(start)))
                    own = f"{plan}/{value(number, 'numId')}"  # a list that begins anew counts for itself
                levels.update(_levels(override))
            self._lists[value(number, "numId")] = own, levels

    def next(self, paragraph: Any) -> str:
        """The number of the next paragraph, as printed before its text; empty where it has none."""
        if not self._lists:
            return ""
        key, at = self._place(child(paragraph, "pPr"))
        plan, levels = self._lists.get(key, ("", {}))
        level = levels.get(at)
        if level is None or level.form == "none":
            return ""
        counts = self._counts[plan]
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [other for other in counts if other > at]:
            if deeper not in levels or at < levels[deeper].restart:
                del counts[deeper]
        if level.form == "bullet":
            return ""
        shown = _PLACE.sub(lambda match: _shown(levels, counts, int(match[1]) - 1, legal=level.legal), level.text)
        return shown + " " if shown[-1:].isascii() and shown else shown

    def _place(self, properties: Any) -> tuple[str, int]:
        """List and level. Each is said by the paragraph, its style, or one that this is based on: the first counts."""
        key, at = _list_of(properties)
        if key and at:
            return key, _whole(at)
        styled = self._styled(_said(properties, "pStyle") or self._default)
        key, at = key or styled.key, at or styled.level
        if at or not styled.lineage:
            return key, _whole(at)
        levels = self._lists.get(key, ("", {}))[1]
        linked = (place for style in styled.lineage for place, level in levels.items() if level.style == style)
        return key, next(linked, 0)

    def _styled(self, style: str) -> _Styled:
        """What a style says, looked up once: most paragraphs of a document share a few styles."""
        if style not in self._known:
            key = at = ""
            lineage = self._lineage(style)
            for each in lineage:
                said, level = _list_of(child(self._styles[each], "pPr"))
                key, at = key or said, at or level
            self._known[style] = _Styled(key, at, lineage)
        return self._known[style]

    def _lineage(self, style: str) -> list[str]:
        """A style and those that it is based on."""
        found: list[str] = []
        while style in self._styles and style not in found and len(found) < _DEEPEST_STYLE:
            found.append(style)
            style = _said(self._styles[style], "basedOn")
        return found


def _is_default(style: Any) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on")


def _said(element: Any, name: str) -> str:
    part = None if element is None else child(element, name)
    return "" if part is None else value(part)


def _list_of(properties: Any) -> tuple[str, str]:
    """The list and the level that paragraph properties name, each empty where they name none."""
    own = None if properties is None else child(properties, "numPr")
    return _said(own, "numId"), _said(own, "ilvl")


def _levels(plan: Any) -> dict[int, _Level]:
    found = {}
    for level in children(plan, "lvl"):
        at, start, restart = _whole(value(level, "ilvl")), _said(level, "start"), _said(level, "lvlRestart")
        found[at] = _Level(
            form=_said(level, "numFmt") or "decimal",
            text=_said(level, "lvlText")[:_LONGEST],
            start=_whole(start) if start else 1,
            legal=is_on(level, "isLgl"),
            restart=_whole(restart) if restart else at,
            style=_said(level, "pStyle"),
        )
    return found


def _shown(levels: dict[int, _Level], counts: dict[int, int], at: int, *, legal: bool) -> str:
    level = levels.get(at)
    if level is None:
        return ""
    return number_as(counts.get(at, level.start), "decimal" if legal else level.form)


def number_as(number: int, form: str) -> str:
    """A number in one of Word's forms.

    >>> number_as(12, "chineseCounting"), number_as(3, "decimalEnclosedCircle"), number_as(28, "lowerLetter")
    ('十二', '③', 'bb')
    """
    if form in _SIGNS and 0 < number <= len(_SIGNS[form]):
        return _SIGNS[form][number - 1]
    if form in _DIGITS:
        return "".join(_DIGITS[form][int(digit)] for digit in str(number))
    return _counted(number, form)


def _counted(number: int, form: str) -> str:
    if form == "decimalZero":
        return f"{number:02}"
    if _CHINESE.match(form) and form not in _SIGNS and 0 < number <= _HIGHEST:
        words = str(cn2an.an2cn(number, "up" if form in _LEGAL else "low"))
        return words[1:] if words.startswith("一十") else words
    if form.endswith("Letter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman") and 0 < number <= _HIGHEST:
        return _roman(number).upper() if form.startswith("upper") else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    signs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
             (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    shown = ""
    for size, sign in signs:
        shown += sign * (number // size)
        number %= size
    return shown


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 7 else 0
