"""Facts from any text: no string raises, spans slice, order and bytes are fixed, and what surrounds a sentence changes no figure."""

import json
import pickle
import re
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govfin_extract import Document, Extractor
from govfin_extract.records import BASES, FACT_KINDS, MEASURES, Fact

DATA = Path(__file__).parents[1] / "data" / "facts.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
TEXTS = [row["text"] for row in ROWS]
TITLE = "某县某局2022年度部门决算\n"
EXTRACTOR = Extractor(model=None)

PIECES = st.sampled_from([
    "收入", "支出", "公务接待费", "其中：", "（", "）", "分别", "各", "依次", "为", "比上年", "增加", "减少", "增长", "下降", "年初预算", "调整预算", "决算",
    "完成", "占", "的", "，", "；", "。", "、", "\n", "一是", "1.", "一、", "得分", "满分", "本环节", "自评", "优秀", "无", "零", "未发生", "持平", "2021年", "上年",
    "下年", "截至", "1至9月", "12人", "3.5万元", "30%", "1,204.35万元", "26.5（30）分", "9分", "3个", "0辆", "-3.2万元", "２倍", "翻番", "10-15万元",
    "2个百分点", "编制", "在职", "车辆", "内设", "力争", "指标值", "每", "扣", "以上", "　", " ", "\t", "\r\n", "\ud800", "𠮷", "\x00", "≥", "《", "》",
])  # fmt: skip
ANY_TEXT = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=30).map("".join))

LABELS = st.sampled_from(["公务接待费", "培训费", "项目支出", "其他收入", "住房保障支出", "差旅费"])
AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2)
FRAMES = st.sampled_from([
    "本年{label}支出{a}万元，比上年增加{b}万元。",
    "{label}年初预算为{a}万元，支出决算为{b}万元。",
    "{label}决算数{a}万元；较上年减少{b}万元。",
    "全年支出{a}万元，其中：{label}{b}万元。",
    "{label}、会议费分别为{a}万元、{b}万元。",
    "一是{label}{a}万元；二是印刷费{b}万元。",
])  # fmt: skip

FILLERS = st.lists(
    st.sampled_from([
        "为贯彻落实过紧日子的要求，本单位严格控制一般性支出，各项工作平稳推进。",
        "本单位认真履行职责，加强内部管理，制度逐步健全。",
        "下一步，将继续强化预算约束，提高资金使用效益。",
        "全年办公费支出8.8万元，比上年下降1.5%。",
        "资产管理规范有序，账实相符。",
    ]),
    max_size=3,
)  # fmt: skip


def facts_of(text: str) -> tuple[Fact, ...]:
    return EXTRACTOR(text).facts


def figure(fact: Fact) -> tuple[object, ...]:
    """What a figure says, wherever it stands."""
    return fact.text, fact.kind, fact.value, fact.low, fact.high, fact.unit


def reading(fact: Fact) -> tuple[object, ...]:
    """How a figure is read: everything but its number."""
    label = unicodedata.normalize("NFKC", fact.label.text) if fact.label else None
    return fact.kind, fact.unit, fact.modifier, fact.measure, fact.basis, fact.period, label


def broken(document: Document) -> Iterator[str]:
    """Every promise of the contract that a document's facts break."""
    text, end = document.text, 0
    for number, fact in enumerate(document.facts, 1):
        if fact.id != f"f{number}":
            yield f"{fact.id} is number {number}"
        if not end <= fact.start < fact.end or text[fact.start : fact.end] != fact.text:
            yield f"{fact!r} does not slice, or overlaps the one before"
        for label in (fact.label, *fact.alternatives):
            if label and (not label.text or text[label.start : label.end] != label.text):
                yield f"{label!r} of {fact.id} does not slice"
        if not 0 <= fact.confidence <= 1:
            yield f"{fact.id} has confidence {fact.confidence}"
        if not fact.evidence:
            yield f"{fact.id} has no evidence"
        if fact.kind not in FACT_KINDS or fact.measure not in MEASURES or fact.basis not in BASES:
            yield f"{fact!r} has a word that the contract lacks"
        if (fact.value is None) != (fact.low is not None and fact.high is not None):
            yield f"{fact!r} has neither a value nor both ends, or all of them"
        end = fact.end


@given(ANY_TEXT)
def test_any_string_at_all(text: str) -> None:
    assert list(broken(EXTRACTOR(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "0.其中:0人",
        "\ud8003人",
        "其中：其中：3人",
        "（（（3万元）",
    ],
    ids=["lead-in-only", "surrogate", "lead-in-twice", "open-brackets"],
)
def test_strings_found_by_exploring(text: str) -> None:
    assert list(broken(EXTRACTOR(text))) == []


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4), st.sampled_from(["", "\n", "。", "　", "\n\n"]))
def test_true_sentences_in_any_order(texts: list[str], between: str) -> None:
    assert list(broken(EXTRACTOR(TITLE + between.join(texts)))) == []


@given(st.sampled_from(TEXTS), st.data())
def test_a_sentence_cut_anywhere(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert list(broken(EXTRACTOR(text[start:end]))) == []


@given(ANY_TEXT)
def test_same_input_same_bytes(text: str) -> None:
    assert EXTRACTOR(text).to_json() == Extractor(model=None)(text).to_json()


@given(FRAMES, LABELS, AMOUNTS, AMOUNTS, FILLERS, FILLERS)
def test_figures_survive_in_a_longer_document(
    frame: str, label: str, first: Decimal, second: Decimal, before: list[str], after: list[str]
) -> None:
    sentence = frame.format(label=label, a=first, b=second)
    alone = [figure(fact) for fact in facts_of(TITLE + sentence)]
    assert len(alone) == 2
    head = TITLE + "".join(f"{line}\n" for line in before)
    longer = facts_of(head + sentence + "".join(f"\n{line}" for line in after))
    within = [fact for fact in longer if len(head) <= fact.start < len(head) + len(sentence)]
    assert [figure(fact) for fact in within] == alone


@given(FRAMES, LABELS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_other_digits_change_values_only(
    frame: str, label: str, first: Decimal, second: Decimal, third: Decimal, fourth: Decimal
) -> None:
    one = facts_of(TITLE + frame.format(label=label, a=first, b=second))
    other = facts_of(TITLE + frame.format(label=label, a=third, b=fourth))
    assert [reading(fact) for fact in one] == [reading(fact) for fact in other]
    assert [abs(Decimal(fact.value or 0)) for fact in other] == [third * 10_000, fourth * 10_000]


def widened(text: str) -> str:
    """Digits, percent signs and the marks inside numbers in full width."""
    return re.sub(r"[0-9%]|(?<=\d)[.,](?=\d)", lambda match: chr(ord(match[0]) + 0xFEE0), text)


@given(FRAMES, LABELS, AMOUNTS, AMOUNTS)
def test_full_width_reads_as_half_width(frame: str, label: str, first: Decimal, second: Decimal) -> None:
    narrow = frame.format(label=label, a=first, b=second)
    assert_same_reading(narrow)


@pytest.mark.parametrize(
    "text",
    [row["text"] for row in ROWS if row["origin"] in ("year_on_year", "budget_final", "rate", "staffing", "asset")],
)
def test_full_width_reads_as_half_width_in_the_battery(text: str) -> None:
    assert_same_reading(text)


def assert_same_reading(narrow: str) -> None:
    half, full = facts_of(TITLE + narrow), facts_of(TITLE + widened(narrow))
    assert [reading(fact) for fact in full] == [reading(fact) for fact in half]
    assert [(fact.value, fact.low, fact.high) for fact in full] == [(fact.value, fact.low, fact.high) for fact in half]


def test_an_extractor_travels_and_is_shared() -> None:
    expected = [EXTRACTOR(TITLE + text).to_json() for text in TEXTS]
    travelled: Extractor = pickle.loads(pickle.dumps(EXTRACTOR))
    assert repr(travelled) == repr(EXTRACTOR)
    assert travelled(TITLE + TEXTS[0]).to_json() == expected[0]
    with ThreadPoolExecutor(max_workers=8) as pool:
        found = list(pool.map(lambda text: travelled(TITLE + text).to_json(), TEXTS))
    assert found == expected
