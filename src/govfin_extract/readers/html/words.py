"""The words of a page as lines: blanks as a browser shows them, numbers of list items."""

from __future__ import annotations

import re
from typing import Any

from govfin_extract.text.datafiles import read_toml
from govfin_extract.text.lines import CHINESE_MARKS, CJK

BLOCKS = frozenset(read_toml("readers/html.toml")["blocks"])
_BLANKS = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_WIDE = f"[{CJK}{CHINESE_MARKS}]"
# Word and Excel break the lines of a page's source inside Chinese words; browsers join them again (CSS Text 3, 4.1.3)
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t\r]*\n[ \t\r\n]*(?={_WIDE})")
_BREAK = "\0"  # a line break that is shown; the page itself holds no NUL any more
_SPACE = re.compile(r"(?:^|;)\s*white-space\s*:\s*([a-z-]+)", re.IGNORECASE)
_UNNUMBERED = re.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_START = re.compile(r"\s*-?\d{1,6}\s*", re.ASCII)
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


class Words:
    """Collects words and gives them back as lines.

    >>> words = Words()
    >>> words.add("收入 \\n 合计  为")
    >>> words.add("12 万元")
    >>> words.lines()
    ['收入合计 为12 万元']
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._spaces: list[tuple[Any, str]] = []  # the open elements that say how blanks are shown
        self._counts: dict[Any, int] = {}  # ordered list → its last item's number

    def open(self, element: Any) -> None:
        """The words at the beginning of an element."""
        tag = element.tag
        style = element.get("style")
        said = _SPACE.search(style) if style else None
        if said or tag == "pre":
            self._spaces.append((element, said[1].lower() if said else "pre"))
        if tag == "br":
            self._parts.append(_BREAK)
        elif tag == "li":
            self._parts.append(self._number(element))
        self.add(element.text)

    def close(self, element: Any) -> None:
        """The end of an element; what follows it is no part of it."""
        if self._spaces and self._spaces[-1][0] is element:
            self._spaces.pop()

    def add(self, text: str | None) -> None:
        """More words. Blanks that are kept become no-break blanks, so that nothing later runs them together."""
        if not text:
            return
        space = self._spaces[-1][1] if self._spaces else ""
        if space.startswith("pre") or space == "break-spaces":
            text = text.replace("\r\n", "\n").replace("\n", _BREAK)
            if space != "pre-line":
                text = text.replace("\t", "  ").replace(" ", "\xa0")
        self._parts.append(text)

    def lines(self) -> list[str]:
        """The lines of the words so far, which are then forgotten; empty ones are left out."""
        if not self._parts:
            return []
        lines = [shown_line(line) for line in "".join(self._parts).split(_BREAK)]
        self._parts.clear()
        return [line for line in lines if line]

    def _number(self, item: Any) -> str:
        """The number that a browser puts before an item of an ordered list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or _UNNUMBERED.search(parent.get("style") or ""):
            return ""
        number = self._counts.get(parent)
        number = _whole(parent.get("start"), 1) if number is None else number + 1
        number = self._counts[parent] = _whole(item.get("value"), number)
        return f"{_written(number, item.get('type') or parent.get('type') or '1')}. "


def shown_line(text: str) -> str:
    """A text without shown line breaks as a browser shows it.

    >>> shown_line("  公务用车\\n  购置费   3 辆\\n ")
    '公务用车购置费 3 辆'
    """
    if "\n" in text:
        text = _WRAPPED.sub("", text)
    return _BLANKS.sub(" ", text).strip()


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and _START.fullmatch(said) else otherwise


def _written(number: int, kind: str) -> str:
    """A list number in the letters or digits that the list's type asks for.

    >>> _written(28, "a"), _written(4, "I"), _written(0, "a")
    ('ab', 'IV', '0')
    """
    if kind not in ("a", "A", "i", "I") or not 0 < number < 4000:
        return str(number)
    letters = ""
    if kind in "aA":
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(ord("a") + letter) + letters
    else:
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            letters += sign * count
    return letters.upper() if kind.isupper() else letters
