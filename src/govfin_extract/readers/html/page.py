"""One page to text: decoded, parsed, cleared of its furniture, written."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from govfin_extract.errors import DamagedFileError
from govfin_extract.readers.html.encoding import decode_html
from govfin_extract.readers.html.furniture import Furniture
from govfin_extract.readers.html.render import Renderer
from govfin_extract.readers.html.tables import DataTable
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear, LinearWriter

# show nothing themselves; hand-written pages leave thousands of them open, each inside the one before
_FONTS = re.compile(r"</?(?:font|b|i|u|s|em|strong|small|big|tt|strike)(?=[\s/>])[^<>]*>", re.IGNORECASE)


def read_html(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a web page; empty for a page that shows none.

    Scripts, forms, hidden elements, menus, heads and feet of the page are left out. A table that only lays out the page
    (most of its text stands in tables inside it or in one long cell, or it has a single column) is written as what
    its cells hold.

    Raises:
        DamagedFileError: nothing can be made of it, or it only names other files that hold its text.
        LimitError: it has too many cells or takes too long.
    """
    writer = LinearWriter(budget)
    frames = write_page(data, name, budget, writer)
    if frames:
        raise DamagedFileError(f"{name} only names the files that it shows in frames: read {frames[0]} and the like")
    return writer.finish()


def write_page(data: bytes, name: str, budget: Budget, writer: LinearWriter, declared: str = "") -> list[str]:
    """Write a page's text.

    Args:
        declared: the encoding that a mail header gives, where there is one.

    Returns:
        The files that it shows in frames instead of a text of its own; mostly none.
    """
    root = _parsed(decode_html(data, declared), name)
    if root is None:
        return []
    frames = [frame.get("src") or "its frames" for frame in root.iter("frame")]
    if frames and root.find("body") is None:
        return frames
    furniture = Furniture(root, budget)
    if furniture.title:
        writer.line(furniture.title)
    for item in Renderer(furniture, budget).items(furniture.content):
        if isinstance(item, DataTable):
            writer.table(item.rows)
        else:
            writer.line(item)
    return []


def _parsed(text: str, name: str) -> Any:
    """The root of a page, None for one without any element."""
    # libxml2 ends a page at a NUL; surrogates cannot be encoded
    clean = text.replace("\0", "")
    if not clean.strip():
        return None
    root, is_whole = _tree(clean, name)
    if not is_whole:
        root, is_whole = _tree(_FONTS.sub("", clean), name)
    if not is_whole:
        raise DamagedFileError(f"{name} is nested deeper than any real page; what stands inside cannot be read")
    return root


def _tree(text: str, name: str) -> tuple[Any, bool]:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=False, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(
            f"{name} is no web page that can be read; open it in a browser and save it anew"
        ) from error
    return root, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
