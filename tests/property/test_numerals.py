"""Every number written in every script reads back to itself; cn2an agrees on what it can write and read."""

from decimal import Decimal

import cn2an
from hypothesis import given
from hypothesis import strategies as st

from govfin_extract.text.numerals import read, scaled, to_decimal

WHOLE = st.integers(min_value=0, max_value=10**15)


@given(WHOLE)
def test_chinese_numerals_read_back(number: int) -> None:
    assert to_decimal(cn2an.an2cn(str(number), "low")) == number


@given(WHOLE)
def test_financial_capitals_read_back(number: int) -> None:
    assert to_decimal(cn2an.an2cn(str(number), "up")) == number


@given(WHOLE)
def test_digits_in_all_forms_read_back(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", "，"), f"{number:,}".replace(",", " "), wide):
        assert to_decimal(text) == number


@given(st.integers(0, 9999), st.text("0123456789", min_size=1, max_size=8))
def test_decimals_in_chinese_read_back(whole: int, part: str) -> None:
    digits = part.translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    assert to_decimal(f"{cn2an.an2cn(str(whole), 'low')}点{digits}") == Decimal(f"{whole}.{part}")


@given(st.text("零一二三四五六七八九十百千万亿", max_size=12))
def test_agrees_with_cn2an_where_it_reads(text: str) -> None:
    try:
        theirs = cn2an.cn2an(text, "strict")
    except ValueError:
        return
    # What cn2an would write itself: it reads 一亿十万 as 100,000,000 and 一二 as a year's digits.
    if cn2an.an2cn(str(theirs), "low") == text:
        assert to_decimal(text) == theirs


@given(st.decimals(min_value=0, max_value=10**12, places=4), st.integers(-4, 16))
def test_scaled_is_exact(number: Decimal, power: int) -> None:
    assert scaled(format(number, "f"), power) == number.scaleb(power)


@given(st.text("零一二三四五六七八九十百千万亿两点0123456789.,壹贰拾佰 ", max_size=80))
def test_never_raises(text: str) -> None:
    read(text)
