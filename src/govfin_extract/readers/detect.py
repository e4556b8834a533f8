"""Which format a file is of: by what it holds, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from govfin_extract.errors import DamagedFileError, FormatError
from govfin_extract.readers.damage import reported_damage

READ_TODAY = (
    "PDF, Word (.docx; .doc, .wps, .rtf, .odt through LibreOffice), Excel (.xlsx, .xlsm, .xls, .ods), web pages "
    "(.html, .mht), text in UTF-8, GB18030 or UTF-16"
)
SUFFIXES = (
    *(".txt", ".text", ".pdf", ".docx", ".doc", ".wps", ".rtf", ".odt"),
    *(".xlsx", ".xlsm", ".xls", ".ods", ".html", ".htm", ".mht", ".mhtml"),
)
_TEXT_SUFFIXES = ("", ".txt", ".text")
_HEAD = 4096
_LONGEST_TYPE = 100
_MARKS_OF_TEXT = re.compile(rb"\xef\xbb\xbf|\xff\xfe|\xfe\xff|\x00\x00\xfe\xff")
_SIGNS = (
    ("pdf", re.compile(rb"(?:\xef\xbb\xbf)?[\s\x00]{0,1024}(?:[^\n\xe0-\xef]{0,400}\n)?%PDF-")),
    ("zip", re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")),
    ("ole", re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    ("rtf", re.compile(rb"\s*\{\\rtf")),
    ("a picture", re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM.{4}\x00\x00\x00\x00", re.DOTALL)),
    ("a compressed file", re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh")),
    ("mhtml", re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}MIME-Version:", re.IGNORECASE)),
)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tr|div|p|span|style|script|h[1-6]|center|font|b|ul|ol|article|section"
    r"|br|form)\b",
    re.IGNORECASE,
)
_XML = re.compile(r"\s*<\?xml\b")
_OFFICE_XML = re.compile(r"progid=\"(Word|Excel)\.")
_IN_ZIP = (
    ("docx", re.compile(r"word/document\d*\.xml$")),
    ("an .xlsb file", re.compile(r"xl/workbook\.bin$")),
    ("xlsx", re.compile(r"xl/workbook\d*\.xml$")),
    ("a presentation", re.compile(r"ppt/presentation\.xml$")),
    ("an OFD file", re.compile(r"OFD\.xml$")),
)
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods"}


def detect(data: bytes, name: str) -> str:
    """The format of a file's bytes: ``text``, ``html``, ``mhtml``, ``pdf``, ``docx``, ``xlsx``, ``ods``, or an old one.

    Raises:
        FormatError: a format that is not read.
        DamagedFileError: it is empty though its name promises a format, or a broken container.

    >>> detect(b"%PDF-1.7 ...", "x.pdf"), detect("<html><p>收入".encode(), "x.xls"), detect("收入10万元".encode(), "x")
    ('pdf', 'html', 'text')
    """
    suffix = PurePath(name).suffix.lower()
    if not data.strip(b"\x00 \r\n\t"):
        if suffix in SUFFIXES and suffix not in _TEXT_SUFFIXES:
            raise DamagedFileError(f"{name} is empty; get the file again")
        return "text"
    head = data[:_HEAD]
    marked = _MARKS_OF_TEXT.match(head)
    found = None if marked else next((kind for kind, sign in _SIGNS if sign.match(head)), None)
    if found in ("zip", "ole"):
        return (_in_zip if found == "zip" else _in_ole)(data, name)
    if found is not None and found.startswith("a "):
        raise _unread(name, found)
    return found or _in_words(_readable(head), name)


def _in_words(words: str, name: str) -> str:
    if _HTML.match(_behind_comments(words)):
        return "html"
    if _XML.match(words):
        program = _OFFICE_XML.search(words)
        if program is None:
            raise _unread(name, "an XML file")
        return "excel-xml" if program[1] == "Excel" else "word-xml"
    return "text"


def _behind_comments(words: str) -> str:
    """What follows an XML declaration and comments, which any page may begin with."""
    words = words.lstrip()
    if words.startswith("<?xml"):
        words = words.partition("?>")[2].lstrip()
    while words.startswith("<!--"):
        words = words.partition("-->")[2].lstrip()
    return words


def _readable(head: bytes) -> str:
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2], "utf-8")
    return head.decode(encoding, "replace").lstrip("\ufeff")


def _in_zip(data: bytes, name: str) -> str:
    with (
        reported_damage(f"{name} is broken or cut short", "get it again, or open it and save it anew"),
        zipfile.ZipFile(io.BytesIO(data)) as container,
    ):
        names = container.namelist()
        kind = ""
        if "mimetype" in names:
            with container.open("mimetype") as part:
                kind = part.read(_LONGEST_TYPE).decode("ascii", "replace")
    found = next((kind for kind, part in _IN_ZIP if any(map(part.match, names))), None)
    found = found or _OPEN_DOCUMENT.get(kind.rpartition("opendocument.")[2])
    if found is None or " " in found:
        raise _unread(name, found or "a ZIP archive; unpack it first")
    return found


def _in_ole(data: bytes, name: str) -> str:
    import olefile

    with (
        reported_damage(f"{name} is a broken Office file", "open it and save it anew"),
        olefile.OleFileIO(io.BytesIO(data)) as container,
    ):
        if container.exists("EncryptedPackage"):
            raise DamagedFileError(f"{name} is encrypted; save it without a password")
        if container.exists("Workbook") or container.exists("Book"):
            return "xls"
        if container.exists("WordDocument"):
            return "doc"
    raise _unread(name, "an old Office file that is neither .doc nor .xls")


def _unread(name: str, what: str) -> FormatError:
    return FormatError(f"{name} is {what}; read today: {READ_TODAY}. Save it as one of these")
