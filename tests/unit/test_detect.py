"""Formats are told by what a file holds."""

from __future__ import annotations

import io
import zipfile

import pytest

from govfin_extract.errors import DamagedFileError, FormatError
from govfin_extract.readers.detect import detect


def zipped(*names: str, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        for name in names:
            container.writestr(name, b"x")
        for name, data in parts.items():
            container.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\n\n\0junk before it\n%PDF-1.4", "pdf"),
        ("本文说明%PDF-1.4格式，收入10万元。".encode(), "text"),
        (b"<!-- a -->" * 400 + b"<p>1", "html"),
        (b"<!---->" * 3000 + b"x", "text"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"<!DOCTYPE html><p>", "html"),
        (b"\xef\xbb\xbf \n<!doctype HTML>", "html"),
        ("\ufeff<html><p>收入".encode("utf-16-le"), "html"),
        (b"<table><tr><td>1", "html"),
        (b"<!-- saved --><meta charset=gbk>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', "html"),
        (b"From: <saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "mhtml"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "excel-xml"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', "word-xml"),
        ("收入10万元<br>".encode(), "text"),
        (b"<5 and >3", "text"),
        (b"", "text"),
    ],
)
def test_the_format_is_told_by_the_first_bytes(data: bytes, form: str) -> None:
    assert detect(data, "x.bin") == form


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("xl/workbook.xml", "xl/worksheets/sheet1.xml"), "xlsx"),
        (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
    ],
)
def test_a_container_is_told_by_its_parts(data: bytes, form: str) -> None:
    assert detect(data, "x.pdf") == form


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b'<?xml version="1.0"?><rss/>', "an XML file"),
        (zipped("a.txt"), "a ZIP archive; unpack it first"),
        (zipped("xl/workbook.bin"), r"an \.xlsb file"),
        (zipped("ppt/presentation.xml"), "a presentation"),
    ],
)
def test_other_formats_are_named_with_a_remedy(data: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=rf"report\.bin is {what}.*read today: PDF, Word"):
        detect(data, "report.bin")


@pytest.mark.parametrize("data", [b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut"])
def test_a_container_cut_short_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedFileError, match=r"x\.docx is broken|x\.docx is a broken"):
        detect(data, "x.docx")


@pytest.mark.parametrize("name", ["x.pdf", "x.DOCX", "x.xls", "x.html"])
def test_an_empty_file_that_promises_a_format_is_damaged(name: str) -> None:
    with pytest.raises(DamagedFileError, match="is empty; get the file again"):
        detect(b" \r\n\0", name)
