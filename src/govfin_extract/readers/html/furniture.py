"""What belongs to a page and not to its report: menus, heads and feet, lists of links, hidden and active parts.

A menu that stays costs little, a figure that goes is lost: no rule here touches a part that holds a table, sums of
money outside of links, or much of the page's text.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from govfin_extract.readers.limits import Budget
from govfin_extract.text.datafiles import read_toml

_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|(?:content-)?visibility\s*:\s*hidden|mso-element\s*:\s*(?:comment|header|footer))",
    re.IGNORECASE,
)
_VISIBILITY = re.compile(r"(?:^|;)\s*visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_DIGIT = re.compile(r"\d")
_TELLS = read_toml("readers/html.toml")
_NEVER_SHOWN = frozenset(_TELLS["never_shown"])
_FURNITURE = frozenset(_TELLS["furniture"])
_CONTENT = frozenset(_TELLS["content"])
_NAMED = frozenset(("div", "ul", "ol", "dl", "section", "table", "td", "form", "span", "center", "header", "footer"))
_MOST = 0.3  # of the page's text: what holds more is no furniture
_ENOUGH = 0.6  # of the page's text outside links: what holds as much is the report
_BETWEEN = " \t\r\n\xa0\u3000|｜>»·•/-"  # blanks, and what stands between links
_LISTS = {"ul": (3, 0.6), "ol": (3, 0.6), "dl": (3, 0.6), "div": (5, 0.8), "section": (5, 0.8)}  # links, their share
_FIGURES = 3  # texts with digits that a table of links has at least to count as a table of figures
_HEADINGS = 20  # of the first level: one of the first is the title
_OFTEN = 4096  # elements between two looks at the clock


class _Size:
    """What an element holds that is seen: numbers of characters, links and so on."""

    __slots__ = ("anchors", "digits", "headings", "links", "nested", "tables", "text", "yuan")

    def __init__(self) -> None:
        self.text = self.links = self.anchors = self.headings = 0
        self.tables = self.nested = 0  # tables but those of links; characters in tables inside a table, 1 if empty
        self.yuan = self.digits = 0  # outside of links: texts with 元, texts with digits

    def add(self, text: str | None, in_link: bool) -> None:
        length = len(text.strip(_BETWEEN)) if text else 0
        if not length or text is None:
            return
        self.text += length
        if in_link:
            self.links += length
        else:
            self.yuan += "元" in text
            self.digits += _DIGIT.search(text) is not None

    def take(self, part: _Size) -> None:
        self.text += part.text
        self.links += part.links
        self.anchors += part.anchors
        self.headings += part.headings
        self.tables += part.tables
        self.yuan += part.yuan
        self.digits += part.digits


class Furniture:
    """Knows of every element of a page whether it is left out.

    Attributes:
        content: the element that holds the report: the page, or a part known to hold the article.
        title: the article's title where that stands outside of ``content``; else empty.
    """

    def __init__(self, root: Any, budget: Budget) -> None:
        self._sizes: dict[Any, _Size] = {}
        self._unseen: set[Any] = set()
        self._in_article: set[Any] = set()  # heads and feet that are those of the article
        _Measure(self._sizes, self._unseen, self._in_article, budget).run(root)
        self._all = max(self._sizes[root].text, 1)
        self.content = self._find_content(root)
        self.title = "" if self.content is root else self._title(root)

    def leaves_out(self, element: Any) -> bool:
        """Whether an element is no part of the report."""
        if element in self._unseen:
            return True
        size = self._sizes[element]
        if not size.text or size.tables or (size.yuan and size.digits) or size.text > _MOST * self._all:
            return False
        tag = element.tag
        if tag in ("nav", "aside") or (element.get("role") or "") in _ROLES:
            return True
        if tag in ("header", "footer") and not size.headings and element not in self._in_article:
            return True
        return self._is_list_of_links(tag, size) or (not size.headings and _is_named_furniture(element))

    def is_unseen(self, element: Any) -> bool:
        """Whether an element is hidden or active. Inside a table of figures nothing else is left out."""
        return element in self._unseen

    def holds_tables(self, table: Any) -> float:
        """The share of a table's text that stands in tables inside it."""
        size = self._sizes[table]
        return size.nested / max(size.text, 1)

    @staticmethod
    def _is_list_of_links(tag: str, size: _Size) -> bool:
        fewest, share = _LISTS.get(tag, (0, 1.0))
        return bool(fewest) and size.anchors >= fewest and size.links > share * size.text

    def _find_content(self, root: Any) -> Any:
        """The biggest part with a name of content that holds most of the text, all tables and all sums of money."""
        page = self._sizes[root]
        wanted = _ENOUGH * (page.text - page.links)
        best, most = root, 0
        for element in root.iter("div", "article", "section", "td", "main"):
            size = self._sizes.get(element)
            if size is None or size.tables < page.tables or size.yuan < page.yuan:
                continue
            held = size.text - size.links
            if most < held >= wanted and (element.tag in ("article", "main") or _names(element) & _CONTENT):
                best, most = element, held
        return best

    def _title(self, root: Any) -> str:
        """The article's title: the page's own mark, a heading or the page's title; empty where ``content`` has it."""
        words = next((meta.get("content") or "" for meta in root.iter("meta") if _is_title_mark(meta)), "")
        if not words.strip():
            headings = [heading for heading, _ in zip(root.iter("h1"), range(_HEADINGS), strict=False)]
            words = next((_text(heading) for heading in headings if self._is_shown(heading)), "")
        if not words.strip():
            words = next((_text(title) for title in root.iter("title")), "")
        words = " ".join(words.split())
        return "" if "".join(words.split()) in "".join(_text(self.content).split()) else words

    def _is_shown(self, element: Any) -> bool:
        return bool(_text(element).strip()) and not any(
            each not in self._sizes or self.leaves_out(each) for each in (element, *element.iterancestors())
        )


class _Measure:
    """Measures every element of a page, each character once."""

    def __init__(self, sizes: dict[Any, _Size], unseen: set[Any], in_article: set[Any], budget: Budget) -> None:
        self._sizes = sizes
        self._unseen = unseen
        self._in_article = in_article
        self._budget = budget
        self._open: list[_Size] = []
        self._tables: list[_Size] = []
        self._links = self._articles = 0

    def run(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                self._begin(element)
                if element in self._unseen:
                    walk.skip_subtree()
                continue
            if event == "end":
                self._end(element)
            if self._open:
                self._open[-1].add(element.tail, self._links > 0)

    def _begin(self, element: Any) -> None:
        size = self._sizes[element] = _Size()
        if len(self._sizes) % _OFTEN == 0:
            self._budget.check_time()
        self._open.append(size)
        tag = element.tag
        if _is_unseen(element):
            self._unseen.add(element)
            return
        if tag == "table":
            self._tables.append(size)
        elif tag in ("article", "main"):
            self._articles += 1
        elif tag == "a":
            self._links += _is_link(element)
        elif tag in ("header", "footer") and self._articles:
            self._in_article.add(element)
        size.add(element.text, self._links > 0)

    def _end(self, element: Any) -> None:
        size = self._open.pop()
        tag = element.tag
        if element not in self._unseen:
            if tag == "table":
                self._tables.pop()
                size.tables += size.links <= _ENOUGH * size.text or size.digits >= _FIGURES
                if self._tables:
                    self._tables[-1].nested += max(size.text, 1)
            elif tag in ("article", "main"):
                self._articles -= 1
            elif tag == "a" and _is_link(element):
                self._links -= 1
                size.anchors += 1
            elif tag == "h1":
                size.headings += 1
        if self._open:
            self._open[-1].take(size)


def keeps_its_place(element: Any) -> bool:
    """Whether a hidden element is only invisible: a cell whose column stays."""
    return _VISIBILITY.search(element.get("style") or "") is not None


def _is_unseen(element: Any) -> bool:
    """Whether an element is not shown. What only screen readers pass over (aria-hidden) is shown."""
    if element.tag in _NEVER_SHOWN:
        return True
    if element.tag in ("html", "body"):  # hidden until a script has run
        return False
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _is_link(element: Any) -> bool:
    """Whether an ``a`` leads away. A table of contents leads to the same page, a bookmark of Word nowhere."""
    href = element.get("href")
    if href is None:
        return element.get("name") is None and element.get("id") is None
    return not href.lstrip().startswith("#")


def _is_named_furniture(element: Any) -> bool:
    if element.tag not in _NAMED:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return any(word.lower() in _FURNITURE for word in _WORD.findall(names))


def _names(element: Any) -> set[str]:
    return set(f"{element.get('class') or ''} {element.get('id') or ''}".lower().split())


def _is_title_mark(meta: Any) -> bool:
    return (meta.get("name") or "").lower() == "articletitle"


def _text(element: Any) -> str:
    return "".join(element.itertext())
