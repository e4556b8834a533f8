"""Bytes to text."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govfin_extract.errors import DecodeError, FormatError
from govfin_extract.readers.plain import decode

TEXT = "2023年度收入总计1,204.35万元。\r\n支出㎡\r第二行\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le"],
)
def test_every_encoding_gives_the_text_with_its_line_breaks(data: bytes) -> None:
    assert decode(data, "x.txt") == TEXT


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_marked_utf8_comes_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode(), "x") == text


@given(st.binary())
def test_any_bytes_give_text_or_an_error_of_ours(data: bytes) -> None:
    with contextlib.suppress(DecodeError, FormatError):
        assert isinstance(decode(data, "x"), str)


def test_nul_bytes_are_named_with_a_remedy() -> None:
    with pytest.raises(FormatError, match="NUL") as caught:
        decode("收入5万元".encode("utf-16-le"), "report.bin")
    assert "report.bin" in str(caught.value)
    assert "UTF-8" in str(caught.value)
    assert caught.value.code == "GF005"


def test_damaged_utf8_is_refused_and_not_read_as_gb18030() -> None:
    data = bytearray(TEXT.encode("utf-8"))
    del data[5]
    with pytest.raises(DecodeError, match=r"UTF-8: .* at byte 4") as caught:
        decode(bytes(data), "x.txt")
    assert caught.value.code == "GF004"


def test_bytes_of_no_known_encoding_are_refused() -> None:
    with pytest.raises(DecodeError, match="GB18030"):
        decode("收入".encode("gb18030") + b"\xff\xff", "x.txt")


def test_half_a_utf16_character_is_refused() -> None:
    with pytest.raises(DecodeError, match="UTF-16"):
        decode(codecs.BOM_UTF16_LE + b"\x00\x4e\x00", "x.txt")
