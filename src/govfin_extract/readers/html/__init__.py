"""Web pages with lxml: what a browser shows of the report, without the page around it.

trafilatura and readability find an article as well, but rewrite tables and drop short blocks, and losing a figure is
worse than keeping a menu: the rules here leave out what is plainly furniture and keep everything else.
"""

from govfin_extract.readers.html.mhtml import read_mhtml
from govfin_extract.readers.html.page import read_html

__all__ = ["read_html", "read_mhtml"]
