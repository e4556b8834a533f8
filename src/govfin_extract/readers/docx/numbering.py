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


class _Level(NamedTuple):
    form: str
    text: str
    start: int
    legal: bool


class Numbering:
    """Counts the numbered paragraphs of a document in their order.

    Args:
        numbering, styles: the roots of the two parts, None where the file has none.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._styles = {} if styles is None else {value(style, "styleId"): style for style in children(styles, "style")}
        if numbering is not None:
            self._read(numbering)

    def _read(self, root: Any) -> None:
        plans = {value(plan, "abstractNumId"): _levels(plan) for plan in children(root, "abstractNum")}
        for number in children(root, "num"):
            link = child(number, "abstractNumId")
            plan = "" if link is None else value(link)
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
        key, at = self._place(child(paragraph, "pPr"), 0)
        plan, levels = self._lists.get(key, ("", {}))
        level = levels.get(at)
        if level is None or level.form == "none":
            return ""
        counts = self._counts[plan]
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        if level.form == "bullet":
            return ""
        shown = _PLACE.sub(lambda match: _shown(levels, counts, int(match[1]) - 1, legal=level.legal), level.text)
        return shown + " " if shown[-1:].isascii() and shown else shown

    def _place(self, properties: Any, depth: int) -> tuple[str, int]:
        """List and level by the paragraph's own properties, else by its style and those that it is based on."""
        if properties is None or depth > _DEEPEST_STYLE:
            return "", 0
        own = child(properties, "numPr")
        key = None if own is None else child(own, "numId")
        if own is not None and key is not None:
            at = child(own, "ilvl")
            return value(key), 0 if at is None else _whole(value(at))
        named = child(properties, "pStyle")
        style = self._styles.get(value(named)) if named is not None else None
        return self._of_style(style, depth + 1) if style is not None else ("", 0)

    def _of_style(self, style: Any, depth: int) -> tuple[str, int]:
        found = self._place(child(style, "pPr"), depth)
        base = child(style, "basedOn")
        parent = self._styles.get(value(base)) if base is not None else None
        if found[0] or parent is None or depth > _DEEPEST_STYLE:
            return found
        return self._of_style(parent, depth + 1)


def _levels(plan: Any) -> dict[int, _Level]:
    found = {}
    for level in children(plan, "lvl"):
        parts = {name: child(level, name) for name in ("numFmt", "lvlText", "start")}
        said = {name: "" if part is None else value(part) for name, part in parts.items()}
        start = _whole(said["start"]) if said["start"] else 1
        found[_whole(value(level, "ilvl"))] = _Level(
            said["numFmt"] or "decimal", said["lvlText"], start, is_on(level, "isLgl")
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
    if _CHINESE.match(form) and 0 < number <= _HIGHEST:
        words = str(cn2an.an2cn(number))
        return words[1:] if words.startswith("一十") else words
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
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
