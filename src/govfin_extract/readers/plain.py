"""Bytes to text: the encodings that Chinese public documents come in, and a plain refusal of everything else."""

from __future__ import annotations

import codecs
import re

from govfin_extract.errors import DecodeError, FormatError

_READ = "text in UTF-8, GB18030 (with GBK and GB2312) or UTF-16 with a byte order mark"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CJK = re.compile("[\u3000-\u303f\u4e00-\u9fff]")


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes, every line break as it stands; a byte order mark is no part of it.

    Args:
        data: the whole file.
        name: how error messages name it.

    Raises:
        FormatError: the bytes hold NUL bytes, as no text does.
        DecodeError: they look like text but are damaged, or in another encoding.

    >>> decode("收入1.2亿元".encode("gb18030"), "x.txt")
    '收入1.2亿元'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if b"\0" in data:
        raise FormatError(
            f"{name} holds NUL bytes, so it is no plain text; read today: {_READ}. "
            "If it is UTF-16, save it with a byte order mark or as UTF-8"
        )
    return _unmarked(data, name)


def _unmarked(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise DecodeError(_damaged(name, "utf-8", error)) from None
    return _strict(data, "gb18030", name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodeError(_damaged(name, encoding, error)) from None


def _mostly_utf8(data: bytes) -> bool:
    """Whether bytes that are not quite UTF-8 are damaged UTF-8 rather than another encoding.

    GB18030 decodes most damaged UTF-8 without complaint, into other characters: figures would come from a text that
    nobody wrote.
    """
    text = data.decode("utf-8", errors="replace")
    return len(_CJK.findall(text)) > text.count("\ufffd")


def _damaged(name: str, encoding: str, error: UnicodeDecodeError) -> str:
    return (
        f"{name} is not whole {encoding.upper()}: {error.reason} at byte {error.start}; read today: {_READ}. "
        "Decode it yourself and pass the text to extract()"
    )
