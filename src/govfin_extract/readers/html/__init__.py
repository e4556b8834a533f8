"""Web pages with lxml: what a browser shows of the report, without the page around it.

trafilatura and readability find an article as well, but rewrite tables and drop short blocks, and losing a figure is
worse than keeping a menu: the rules here leave out what is plainly furniture and keep everything else.
"""

from __future__ import annotations

import email
import email.policy
from typing import Any

from lxml import etree

from govfin_extract.errors import DamagedFileError
from govfin_extract.readers.html.encoding import decode_html
from govfin_extract.readers.html.furniture import Furniture
from govfin_extract.readers.html.render import DataTable, render
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear, LinearWriter


def read_html(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a web page.

    Scripts, forms, hidden elements, menus, heads and feet of the page are left out. A table that only lays out the page
    (it holds another, or a single column) is written as what its cells hold.

    Raises:
        DamagedFileError: nothing can be made of it.
        LimitError: it has too many cells or takes too long.
    """
    writer = LinearWriter()
    root = _parsed(decode_html(data), name)
    if root is None:
        return writer.finish()
    furniture = Furniture(root)
    if furniture.title:
        writer.line(furniture.title)
    for item in render(furniture.content, furniture, budget):
        if isinstance(item, DataTable):
            if item.caption:
                writer.line(item.caption)
            writer.table(item.rows)
        else:
            writer.line(item)
    return writer.finish()


def read_mhtml(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a saved web page (.mht): that of its first HTML part.

    Raises:
        DamagedFileError: it holds no page.
        LimitError: as for :func:`read_html`.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                budget.spend("unpacked_bytes", len(page))
                return read_html(page, name, budget)
    raise DamagedFileError(f"{name} is a saved web page without a page inside; save it again")


def _parsed(text: str, name: str) -> Any:
    """The root of a page, None for one without any element."""
    # libxml2 ends a page at a NUL; surrogates cannot be encoded
    clean = text.replace("\0", "").encode("utf-8", "replace")
    if not clean.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=False, huge_tree=True)
    try:
        root = etree.fromstring(clean, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(
            f"{name} is no web page that can be read; open it in a browser and save it anew"
        ) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DamagedFileError(f"{name} is nested deeper than any real page; what stands inside cannot be read")
    return root
