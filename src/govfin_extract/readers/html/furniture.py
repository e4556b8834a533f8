"""What belongs to a page and not to its report: menus, heads and feet, lists of links, hidden and active parts."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from govfin_extract.text.datafiles import read_toml

_OF_THE_PAGE = frozenset(("nav", "footer", "aside"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_TELLS = read_toml("readers/html.toml")
_NEVER_SHOWN = frozenset(_TELLS["never_shown"])
_FURNITURE = frozenset(_TELLS["furniture"])
_CONTENT = frozenset(_TELLS["content"])
_MOST = 0.3  # of the page's text: what holds more is no furniture
_ENOUGH = 0.6  # of the page's text outside links: what holds as much is the report
_LINKS = 0.6  # of an element's text
_LIST = 3  # links that a list of links has at least


class Furniture:
    """Knows of every element of a page whether it is left out.

    Attributes:
        content: the element that holds the report: the page, or a part known to hold the article.
        title: the article's title where that stands outside of ``content``; else empty.
    """

    def __init__(self, root: Any) -> None:
        self._text: dict[Any, int] = {}
        self._links: dict[Any, int] = {}
        self._anchors: dict[Any, int] = {}
        self._with_table: set[Any] = set()
        self.layout_tables: set[Any] = set()
        self._measure(root)
        self._all = max(self._text.get(root, 0), 1)
        self.content = self._find_content(root)
        self.title = "" if self.content is root else _title(root, self.content)

    def _measure(self, root: Any) -> None:
        """Count the characters of every element, and those inside links, each once: from the leaves up."""
        tables: list[Any] = []
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if _is_unseen(element):
                    walk.skip_subtree()
                elif element.tag == "table":
                    if tables:
                        self.layout_tables.add(tables[-1])
                    tables.append(element)
                continue
            if tables and tables[-1] is element:
                tables.pop()
                self._with_table.add(element)
            self._add_up(element)

    def _add_up(self, element: Any) -> None:
        unseen = _is_unseen(element)
        own = 0 if unseen else self._text.get(element, 0) + len((element.text or "").strip())
        links = own if element.tag == "a" else self._links.get(element, 0)
        anchors = self._anchors.get(element, 0) + (element.tag == "a")
        self._text[element], self._links[element], self._anchors[element] = own, links, anchors
        parent = element.getparent()
        if parent is not None:
            tail = len((element.tail or "").strip())
            self._text[parent] = self._text.get(parent, 0) + own + tail
            self._links[parent] = self._links.get(parent, 0) + links
            self._anchors[parent] = self._anchors.get(parent, 0) + anchors
            if element in self._with_table:
                self._with_table.add(parent)

    def _find_content(self, root: Any) -> Any:
        wanted = _ENOUGH * (self._all - self._links.get(root, 0))
        best, size = root, 0
        for element in root.iter("div", "article", "section", "td", "main"):
            held = self._text.get(element, 0) - self._links.get(element, 0)
            if size < held >= wanted and (element.tag in ("article", "main") or _names(element) & _CONTENT):
                best, size = element, held
        return best

    def leaves_out(self, element: Any) -> bool:
        """Whether an element is no part of the report."""
        if _is_unseen(element):
            return True
        if self._text.get(element, 0) > _MOST * self._all or element in self._with_table:
            return False
        if element.tag in _OF_THE_PAGE or element.get("role") in _ROLES:
            return True
        if element.tag == "header":
            return element.getparent() is not None and element.getparent().tag == "body"
        if element.tag in ("ul", "ol"):
            return self._anchors.get(element, 0) >= _LIST and self._is_of_links(element)
        words = {word.lower() for name in _raw_names(element) for word in _WORD.findall(name)}
        return bool(words & _FURNITURE)

    def _is_of_links(self, element: Any) -> bool:
        return self._links.get(element, 0) > _LINKS * max(self._text.get(element, 0), 1)


def _is_unseen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER_SHOWN:
        return True
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _raw_names(element: Any) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''}".split()


def _names(element: Any) -> set[str]:
    return {name.lower() for name in _raw_names(element)}


def _title(root: Any, content: Any) -> str:
    """The title that a page's own mark or first heading gives; empty where the content holds it already."""
    for element in root.iter("meta", "h1"):
        meta = element.tag == "meta" and (element.get("name") or "").lower() == "articletitle"
        words = (element.get("content") or "") if meta else "".join(element.itertext()) if element.tag == "h1" else ""
        words = " ".join(words.split())
        if words:
            return "" if words in " ".join("".join(content.itertext()).split()) else words
    return ""
