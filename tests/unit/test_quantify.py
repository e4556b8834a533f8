"""The quantify stage against its battery, the guide's forms, bad input and hostile text."""

import json
import time
from decimal import Decimal, Inexact, Rounded, localcontext
from pathlib import Path
from typing import Any

import pytest

from govfin_extract.errors import QuantityError
from govfin_extract.records import Quantity
from govfin_extract.stages.quantify import parse, quantify, unit_class

DATA = Path(__file__).parents[1] / "data" / "quantities.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
FIELDS = ("start", "end", "text", "kind", "value", "low", "high", "unit", "modifier", "max_score", "per")


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def flat(found: Quantity) -> dict[str, Any]:
    return {name: getattr(found, name) for name in FIELDS}


def wanted(expected: dict[str, Any]) -> dict[str, Any]:
    numbers = {name: decimal(expected[name]) for name in ("value", "low", "high", "max_score")}
    return {**{name: expected[name] for name in FIELDS}, **numbers}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['origin']}-{row['text'][:16]}" for row in ROWS])
def test_battery(row: dict[str, Any]) -> None:
    assert [flat(found) for found in quantify(row["text"])] == [wanted(expected) for expected in row["expected"]]


def test_battery_is_large_enough() -> None:
    assert len(ROWS) >= 500
    assert sum(not row["expected"] for row in ROWS) >= 150


GUIDE = {
    "74.50万元": "745000",
    "12,345.67元": "12345.67",
    "１２３．４５万元": "1234500",
    "1.5万亿元": "1500000000000",
    "1.2亿": "120000000",
    "三百五十万元": "3500000",
    "一点二亿元": "120000000",
    "叁佰伍拾万元整": "3500000",
    "人民币壹仟贰佰元伍角": "1200.5",
    "五十六万三": "563000",
    "百分之九十七点一": "97.1",
    "千分之五": "0.5",
    "三成五": "35",
    "0元": "0",
    "-3.2万元": "-32000",
    "负1.2%": "-1.2",
    "1 129 236万元": "11292360000",
    "34.34\n\n万元": "343400",
    "翻一番": "2",
    "翻两番": "4",
    "半数": "0.5",
    "(3.2)万元": "-32000",
    "两倍": "2",
}


@pytest.mark.parametrize(("text", "value"), GUIDE.items())
def test_forms_that_must_work(text: str, value: str) -> None:
    assert parse(text).value == Decimal(value)
    assert [found.text for found in quantify(text)] == [text]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("10余万元", "over"), ("10万余元", "over"), ("10万元余", "over"), ("10万多元", "over"), ("10多万元", "over"),
        ("约10万元", "approx"), ("近10万元", "approx"), ("接近10万元", "approx"), ("大概10万元", "approx"),
        ("10万元左右", "approx"), ("10万元上下", "approx"), ("上百万元", "approx"), ("超10万元", "over"),
        ("超过10万元", "over"), ("逾10万元", "over"), ("高于10万元", "over"), (">10万元", "over"),
        ("不足10万元", "under"), ("不到10万元", "under"), ("低于10万元", "under"), ("<10万元", "under"),
        ("10万元以上", "at_least"), ("不低于10万元", "at_least"), ("不少于10万元", "at_least"), ("至少10万元", "at_least"),
        ("≥10万元", "at_least"), (">=10万元", "at_least"), ("10万元（含）以上", "at_least"), ("10万元以内", "at_most"),
        ("10万元以下", "at_most"), ("不超过10万元", "at_most"), ("至多10万元", "at_most"), ("≤10万元", "at_most"),
        ("10万元", "exact"),
    ],
)  # fmt: skip
def test_modifier_is_inside_and_sets_the_bounds(text: str, modifier: str) -> None:
    found = parse(text)
    assert found.modifier == modifier
    assert (found.low is not None) == (modifier in ("over", "at_least"))
    assert (found.high is not None) == (modifier in ("under", "at_most"))


@pytest.mark.parametrize("text", ["节约10万元", "签约10万元", "附近10个", "预约10人"])
def test_modifier_that_ends_another_word_is_outside(text: str) -> None:
    assert [found.modifier for found in quantify(text)] == ["exact"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("没有数字", "no quantity"),
        ("2020年", "no quantity"),
        ("三十百元", "expected one well-formed"),
        ("12", "no quantity"),
        ("5元和6元", "2 quantities"),
        ("共5元", "beside"),
        ("5元的", "beside"),
    ],
)
def test_parse_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(QuantityError, match=reason) as caught:
        parse(text)
    assert repr(text)[:20] in str(caught.value)


def test_parse_asks_for_no_context() -> None:
    assert parse("一个").value == 1
    assert parse(" 三期 ").text == "三期"


@pytest.mark.parametrize(
    ("unit", "sort"),
    [("人", "person"), ("名", "person"), ("位", "person"), ("人次", "person_visit"), ("台（套）", "vehicle"), ("台(套)", "vehicle"),
     ("㎡", "area"), ("公里", "length"), ("吨", "weight"), ("小时", "time"), ("户", "household"), ("USD", "money"), ("分", "mark"), ("么", None)],
)  # fmt: skip
def test_unit_class(unit: str, sort: str | None) -> None:
    assert unit_class(unit) == sort


HOSTILE = ["1", "一", "万", "十", "百", "〇", ",", "，", "(", "（", " ", "\n", "1,", "1 ", "1-", "1:", "1.", "1/", "1%", "1万", "十几", "几十",
           "百分之", "两三", "约", "负", "第", "“一", "《", "1（", "翻", "一点", "壹佰", "人1", "1\n", "半", "至", "1至", "元", "数百",
           "(1)", "（1）万", "1）", "）-1", "（减）-1", "1/", "1/1分", "1’", "1,", "1,1元", "1:11", "比"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_on_hostile_text(piece: str) -> None:
    def seconds(length: int) -> float:
        begin = time.process_time()
        quantify((piece * length)[:length])
        return time.process_time() - begin

    assert seconds(10_000) < 0.5


def test_the_callers_decimal_context_changes_nothing() -> None:
    texts = [row["text"] for row in ROWS] + [
        "三分之一的单位，1:3",
        "-123456789.123456789万元",
        "三万五千六百七十八元九角",
    ]
    usual = [quantify(text) for text in texts]
    with localcontext() as strict:
        strict.prec = 3
        strict.traps[Inexact] = strict.traps[Rounded] = True
        assert [quantify(text) for text in texts] == usual


@pytest.mark.parametrize("name", ["jionlp_money", "cn2an_tests"])
def test_conformance(name: str, shared: Path) -> None:
    path = shared / "conformance" / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not on this machine: another project's rows are no part of this one")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if len(row["expect"]) == 1 and row["expect"][0]["value"] and not row.get("rewrite")]
    # The first have a unit of money; the second are bare numbers, read with 元 behind them.
    right = sum(_agrees(row["text"], row["expect"][0], bare=name == "cn2an_tests") for row in rows)
    assert right / len(rows) >= {"jionlp_money": 0.85, "cn2an_tests": 0.75}[name]


def _agrees(text: str, expected: dict[str, Any], *, bare: bool) -> bool:
    found = quantify(text + "元") if bare else quantify(text)
    return len(found) == 1 and found[0].value == Decimal(expected["value"])
