"""The encoding of a web page: many declare one and are written in another."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,24})", re.IGNORECASE)
_HEAD = 8192
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "gb18030"}


def decode_html(data: bytes) -> str:
    """The text of a page's bytes; what no encoding explains becomes the replacement character, as in a browser.

    Bytes that are valid UTF-8 are UTF-8 whatever the page declares: Chinese text in another encoding never is.

    >>> decode_html('<meta charset="utf-8"><p>收入'.encode("gbk"))[-2:], decode_html("支出".encode())
    ('收入', '支出')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _declared(data)
    for encoding in dict.fromkeys(("utf-8", declared, "gb18030")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    texts = [data.decode(encoding, "replace") for encoding in dict.fromkeys((declared, "utf-8", "gb18030"))]
    return min(texts, key=lambda text: text.count("\ufffd"))


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    name = match[1].decode("ascii").lower() if match else "utf-8"
    name = _WIDER.get(name, name)
    try:
        info = codecs.lookup(name)
    except LookupError:
        return "gb18030"
    return info.name if info._is_text_encoding else "gb18030"
