"""Properties of the quantify stage: what is written reads back, spans slice, nothing raises, traps stay out."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govfin_extract.errors import QuantityError
from govfin_extract.records import Quantity
from govfin_extract.stages.quantify import parse, quantify

AMOUNT = st.decimals(min_value=0, max_value=10**9, places=2)
WHOLE = st.integers(min_value=1, max_value=10**8)
ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "quantities.jsonl").read_text("utf-8").splitlines()
]
SENTENCES = [row["text"] for row in ROWS]
PIECES = st.sampled_from(
    [*"0123456789一二三四五六七八九十百千万亿两零〇点壹拾佰几数余多约近超第半成倍元角分人次个项年月日号期批届%‰％。，、：；（）()“”《》-—~至到/负△¥＄$. \n\t",
     "万元", "亿元", "百分之", "个百分点", "以上", "不超过", "左右", "人民币", "美元", "三公", "四个意识", "2020年", "台（套）", "翻一番", "半数"]
)  # fmt: skip
TEXT = st.lists(PIECES, max_size=30).map("".join)


def only(text: str) -> Quantity:
    found = quantify(text)
    assert len(found) == 1, (text, found)
    assert (found[0].start, found[0].end) == (0, len(text)), (text, found)
    return found[0]


@given(AMOUNT, st.sampled_from([("元", 0), ("万元", 4), ("亿元", 8), ("百万元", 6), ("万亿元", 12)]))
def test_amounts_read_back(number: Decimal, unit: tuple[str, int]) -> None:
    word, power = unit
    plain = format(number, "f")
    wide = plain.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    for text in (plain, f"{number:,}", wide, plain + " ", plain + "\n", plain + "\n\n"):
        found = only(text + word)
        assert (found.kind, found.unit, found.value) == ("amount", "CNY", number.scaleb(power))


@given(WHOLE)
def test_capitals_read_back(number: int) -> None:
    assert only(f"人民币{cn2an.an2cn(str(number), 'up')}元整").value == number


@given(st.integers(2, 10**8), st.sampled_from(["人", "户", "台（套）", "人次", "平方米", "份"]))
def test_counts_read_back_in_chinese(number: int, unit: str) -> None:
    found = only(cn2an.an2cn(str(number), "low") + unit)
    assert (found.kind, found.unit, found.value) == ("count", unit, Decimal(number))


@given(st.decimals(min_value=0, max_value=1000, places=2), st.sampled_from("-−负"), st.booleans())
def test_signs(number: Decimal, sign: str, money: bool) -> None:
    assert only(f"{sign}{number}{'万元' if money else '%'}").value == -number.scaleb(4 if money else 0)


@given(
    st.integers(1, 9000),
    st.integers(1, 900),
    st.sampled_from(["-", "—", "~", "至", "到", "－", "--"]),
    st.sampled_from(["万元", "人", "%", "个百分点", "亿元"]),
)
def test_ranges_read_back(low: int, more: int, joiner: str, unit: str) -> None:
    power = {"万元": 4, "亿元": 8}.get(unit, 0)
    ends = (Decimal(low).scaleb(power), Decimal(low + more).scaleb(power))
    for text in (f"{low}{joiner}{low + more}{unit}", f"{low}{unit}{joiner}{low + more}{unit}"):
        found = only(text)
        assert (found.value, found.low, found.high) == (None, *ends)


@given(
    st.integers(11, 99999),
    st.sampled_from(
        [("约", "approx"), ("超过", "over"), ("不足", "under"), ("至少", "at_least"), ("不超过", "at_most")]
    ),
)
def test_modifiers_touch(number: int, word: tuple[str, str]) -> None:
    found = only(f"{word[0]}{number}万元")
    assert (found.modifier, found.value) == (word[1], Decimal(number * 10**4))
    assert quantify(f"共{word[0]}{number}人")[0].text == f"{word[0]}{number}人"


@given(st.decimals(min_value=0, max_value=100, places=2), st.integers(1, 100))
def test_scores_with_full_mark(number: Decimal, full: int) -> None:
    found = only(f"{number}（{full}）分")
    assert (found.kind, found.value, found.max_score) == ("score", number, Decimal(full))


@given(TEXT)
def test_spans_slice_in_order_and_nothing_raises(text: str) -> None:
    end = 0
    for found in quantify(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert found.value is None or found.value.is_finite()
        assert found.low is None or found.high is None or found.low <= found.high
        end = found.end


@given(st.text(max_size=60))
def test_any_string_at_all(text: str) -> None:
    assert all(text[found.start : found.end] == found.text for found in quantify(text))


@given(TEXT)
def test_parse_returns_one_quantity_or_says_why(text: str) -> None:
    try:
        found = parse(text)
    except QuantityError as error:
        message = str(error)
    else:
        message = f"expected {found.text}"
        assert found.text == text.strip(" \t\r\n")
    assert "expected" in message


@given(
    st.integers(1900, 2099),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(1, 999),
    st.sampled_from(["意识", "自信"]),
)
def test_dates_and_numbers_of_documents_never_come_out(year: int, month: int, day: int, number: int, word: str) -> None:
    forms = [
        f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}年度决算", f"{year}-{year + 2}年规划", f"财预〔{year}〕{number}号",
        f"{year}/{month}/{day}", f"{number}、基本情况", f"（{number}）绩效", f"第{number}次会议", f"第{number}条规定", f"{year}{month:02}{day:02}",
        f"附件{number}：", f"V{month}.{day}版本", f"电话{year}{number:04}", f"增强“四个{word}”", f"第{number}批名单", f"{month}月份",
    ]  # fmt: skip
    assert [(form, quantify(form)) for form in forms if quantify(form)] == []


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_the_short_way_gives_what_the_long_way_gives(sentences: list[str]) -> None:
    text = "".join(sentences)
    module = sys.modules["govfin_extract.stages.quantify.scan"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "plain_quantity", lambda _text, _match: None)
        slow = quantify(text)
    assert quantify(text) == slow


@given(
    st.lists(PIECES, max_size=20).map("".join),
    st.integers(0, 999),
    st.sampled_from(["元", "万元", "%", "人", "个", "次", "项"]),
    st.sampled_from("，。；、）"),
)
def test_the_short_way_after_any_text(before: str, number: int, unit: str, after: str) -> None:
    text = f"{before}收{number}{unit}{after}"
    module = sys.modules["govfin_extract.stages.quantify.scan"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "plain_quantity", lambda _text, _match: None)
        slow = quantify(text)
    assert quantify(text) == slow
