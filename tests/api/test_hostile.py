"""Texts that nobody should write: never an exception, never a wrong offset, never a long wait."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govfin_extract as gfe

PIECES = [
    "2022年度", "部门决算\n", "收入合计", "其中：", "1,204.35万元", "－3.5％", "（", "）", "分别", "、", "一、", "（一）", "\n", "\t", "  ",
    "\u3000", "三百五十", "万", "亿", "元", "比上年", "增长", "下降", "%", "分", "人", "25（30）分", "优", "无", "\0", "\ufeff", "\u200b",
    "㎡", "⑴", "①", "½", "𠀀", "😀", "e\u0301", "\ud800", "\u202e", "占", "完成", "年初预算", "。", "，", "/", "≥", "1：3", "-", "\r",
]  # fmt: skip
MEGABYTE = 1_000_000


def check(text: str) -> gfe.Document:
    """Extract a text and hold every offset against it."""
    document = gfe.extract(text)
    assert document.text == text
    last = 0
    for fact in document.facts:
        assert text[fact.start : fact.end] == fact.text != ""
        assert fact.start >= last
        last = fact.end
        for label in filter(None, (fact.label, *fact.alternatives)):
            assert text[label.start : label.end] == label.text != ""
    for quantity in gfe.find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text != ""
    assert "".join(token.text for token in document.tokens) == text
    json.loads(document.to_json())
    return document


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pieces_of_reports_in_any_order(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\0", "\ufeff", "".join(map(chr, range(256))), "\ud800\udfff", "\u202e收入10万元"]
)
def test_small_oddities(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1,",
        "一",
        "（",
        "）",
        "一、",
        "收入",
        "10万元",
        "10万元，",
        "万",
        "亿",
        "\n",
        " ",
        "\t",
        "\0",
        "分别",
        "其中：",
        "-",
        "“",
        "1 ",
    ],
)
def test_a_long_line_of_one_piece_takes_linear_time(piece: str) -> None:
    """Eight times the text; quadratic work would take 64 times as long."""

    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        start = time.process_time()
        check(text)
        return time.process_time() - start

    once = seconds(5_000)
    assert seconds(40_000) < 24 * once + 0.5


def test_a_megabyte_of_report(demo: Path) -> None:
    text = demo.read_text("utf-8")
    times = MEGABYTE // len(text.encode())
    once = gfe.extract(text)
    start = time.process_time()
    document = check(text * times)
    assert time.process_time() - start < 60
    assert len(document.facts) > 0.8 * len(once.facts) * times


@pytest.mark.parametrize("text", ["\0收入10万元", "a\ud800收入10万元\udfff"])
def test_odd_characters_survive_the_json(text: str, tmp_path: Path) -> None:
    from govfin_extract.writers.jsonl import to_json, to_line

    document = gfe.extract(text)
    for data in (to_json(document), to_line(document)):
        assert json.loads(data.decode("utf-8"))["facts"] == [fact.to_dict() for fact in document.facts]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("digits", ["¹68", "²", "③", "൪", "٣٤"])
def test_digits_that_are_no_numbers_are_words(digits: str) -> None:
    """``"²".isdigit()`` is true, and ``int("²")`` an error."""
    rows = [f"项目\t{digits}\t行次", f"{digits}\t{digits}\t12", f"合计\t{digits}\t{digits}"]
    for text in (
        "\n".join(rows),
        "\n".join(rows).replace("\t", " | "),
        "\n".join(rows).replace("\t", "\n"),
        f"第{digits}项{digits}万元",
    ):
        gfe.extract(text)
