"""The encoding of a web page: many declare one and are written in another."""

from __future__ import annotations

import codecs
import re

from govfin_extract.text.lines import CJK

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BIG5 = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*big5", re.IGNORECASE)
_HEAD = 8192
_HAN = re.compile(f"[{CJK}]")


def decode_html(data: bytes, declared: str = "") -> str:
    """The text of a page's bytes; what no encoding explains becomes the replacement character, as in a browser.

    Bytes that are valid UTF-8 are UTF-8 whatever the page declares: Chinese text in another encoding never is. All
    else is GB18030, which holds GBK and GB2312: a page that declares Latin-1 or UTF-8 and fits neither is Chinese all
    the same. Only Big5, whose bytes mostly fit GB18030 too, is taken at its word.

    Args:
        data: the whole page.
        declared: the encoding that a mail header gives, where there is one.

    >>> decode_html('<meta charset="utf-8"><p>收入'.encode("gbk"))[-2:], decode_html("支出".encode())
    ('收入', '支出')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    is_big5 = declared.lower().startswith("big5") or _BIG5.search(data[:_HEAD]) is not None
    other = "big5hkscs" if is_big5 else "gb18030"
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    # GB18030 decodes most damaged UTF-8 without complaint, into characters that nobody wrote
    if len(_HAN.findall(text)) > text.count("\ufffd"):
        return text
    return data.decode(other, "replace")
