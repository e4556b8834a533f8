"""Bytes to text: the encodings that Chinese public documents come in, and a plain refusal of everything else."""

from __future__ import annotations

import codecs
import re

from govfin_extract.errors import DecodeError, FormatError

READ_TODAY = "plain text in UTF-8, GB18030 (with GBK and GB2312) or UTF-16 with a byte order mark"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = (
    (re.compile(rb"%PDF-"), "a PDF file"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "a ZIP container (.docx, .xlsx, .ods or an archive)"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Office file (.doc, .xls)"),
    (re.compile(rb"\{\\rtf"), "an RTF file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"), "a picture"),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!"), "a compressed file"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE), "an HTML or XML file"),
)
_CJK = re.compile("[\u3000-\u303f\u4e00-\u9fff]")
_HEAD = 1024


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes, every line break as it stands; a byte order mark is no part of it.

    Args:
        data: the whole file.
        name: how error messages name it.

    Raises:
        FormatError: the bytes are of a format that is not read, or hold NUL bytes.
        DecodeError: they look like text but are damaged, or in another encoding.

    >>> decode("收入1.2亿元".encode("gb18030"), "x.txt")
    '收入1.2亿元'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark) and not (mark == codecs.BOM_UTF8 and _foreign(data)):
            return _strict(data[len(mark) :], encoding, name)
    foreign = _foreign(data)
    if foreign:
        raise FormatError(
            f"{name} is {foreign}; read today: {READ_TODAY}. Save it as text or pass its text to extract()"
        )
    if b"\0" in data:
        raise FormatError(
            f"{name} holds NUL bytes, so it is no plain text; read today: {READ_TODAY}. "
            "If it is UTF-16, save it with a byte order mark or as UTF-8"
        )
    return _unmarked(data, name)


def _foreign(data: bytes) -> str | None:
    head = data[:_HEAD]
    return next((what for pattern, what in _OTHER_FORMATS if pattern.match(head)), None)


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
        f"{name} is not whole {encoding.upper()}: {error.reason} at byte {error.start}; read today: {READ_TODAY}. "
        "Decode it yourself and pass the text to extract()"
    )
