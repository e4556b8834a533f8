"""Numerals in every script, by example."""

from decimal import Decimal, Inexact, Rounded, localcontext

import pytest

from govfin_extract.text.numerals import (
    POWERS,
    Reading,
    added,
    divided,
    negated,
    power_of,
    read,
    read_positional,
    scaled,
    to_decimal,
)

PLAIN = {
    "零": "0",
    "十": "10",
    "一十一": "11",
    "廿五": "25",
    "一百零一": "101",
    "一百一": "110",
    "三百十五": "315",
    "三千五": "3500",
    "两千零十二": "2012",
    "一万零三百": "10300",
    "五十六万三": "563000",
    "十二万五千": "125000",
    "一亿二": "120000000",
    "一亿零两千三百": "100002300",
    "一亿七万两千三百": "100072300",
    "三千万亿": "3000000000000000",
    "一兆": "1000000000000",
    "一点二亿": "120000000",
    "二十点一万": "201000",
    "零点六": "0.6",
    "九十七点一": "97.1",
    "叁佰伍拾万": "3500000",
    "壹仟贰佰": "1200",
    "壹萬億": "1000000000000",
    "一二〇": "120",
    "1.5万亿": "1500000000000",
    "3万5千": "35000",
    "5亿3000万": "530000000",
    "12,345.67": "12345.67",
    "１２３．４５": "123.45",
    "1 129 236": "1129236",
    "0.10": "0.10",
}


@pytest.mark.parametrize(("text", "value"), PLAIN.items())
def test_value(text: str, value: str) -> None:
    assert to_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("二三十", 20, 30),
        ("三五百", 300, 500),
        ("十五六", 15, 16),
        ("七百三四十", 730, 740),
        ("十七八万", 170000, 180000),
        ("一万六七", 16000, 17000),
        ("八九十", 80, 90),
    ],
)
def test_neighbouring_digits_are_a_range(text: str, low: int, high: int) -> None:
    assert read(text) == Reading(None, Decimal(low), Decimal(high))
    with pytest.raises(ValueError, match="not a numeral"):
        to_decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三十百",
        "十十",
        "一百百",
        "万",
        "百",
        "百万",
        "亿亿",
        "一亿亿",
        "一二三",
        "五零",
        "三点",
        "点五",
        "一万零",
        "万一",
        "一.5",
        "五四十",
        "十" * 65,
    ],
)
def test_ungrammatical(text: str) -> None:
    assert read(text) is None


def test_every_digit_is_kept() -> None:
    digits = "123456789" * 40
    assert scaled(f"{digits}.5", 4) == Decimal(f"{digits}5000")
    assert to_decimal(digits + ".25") == Decimal(digits + ".25")


def test_the_callers_decimal_context_is_not_used() -> None:
    long = Decimal("1234567890123456789012345678901234567890.25")
    with localcontext() as strict:
        strict.prec = 2
        strict.traps[Inexact] = strict.traps[Rounded] = True
        assert str(negated(long)) == f"-{long}"
        assert str(negated(Decimal("0.0"))) == "0.0"
        assert str(added(long, Decimal(1))) == "1234567890123456789012345678901234567891.25"
        assert str(divided(Decimal(1), Decimal(3))) == "0." + "3" * 28
        for text, value in PLAIN.items():
            assert to_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    ("number", "power", "value"), [("5", -1, "0.5"), ("0.05", 2, "5"), ("12", -3, "0.012"), ("7", 0, "7")]
)
def test_scaled(number: str, power: int, value: str) -> None:
    assert scaled(number, power) == Decimal(value)


def test_powers() -> None:
    assert all(power_of(word) == power for word, power in POWERS.items())
    assert power_of("亿万") is None
    assert power_of("仟萬") == 7


def test_years_digit_by_digit() -> None:
    assert read_positional("二〇二一") == "2021"
    assert read_positional("二○二一") == "2021"
    assert read_positional("两千") is None
