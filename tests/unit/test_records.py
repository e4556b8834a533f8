"""The records: dictionaries out and in, and one line to look at."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govfin_extract as gfe
from govfin_extract.errors import GovfinError, SchemaError
from govfin_extract.records import Fact, Label, Mention, Metadata, Quantity, Span, Token, decimal_text


def a_fact(**given: Any) -> Fact:
    """A fact with plain defaults, so that a test says only what matters."""
    plain: dict[str, Any] = {
        "id": "f1",
        "start": 4,
        "end": 8,
        "text": "10万元",
        "kind": "amount",
        "value": Decimal(100000),
    }
    return Fact(**{**plain, "unit": "CNY", **given})


RECORDS = [
    a_fact(),
    a_fact(value="优", kind="grade", unit=""),
    a_fact(
        value=None, low=Decimal("1.5"), high=Decimal(2), label=Label(0, 2, "收入"), alternatives=(Label(1, 2, "入"),)
    ),
    a_fact(max_score=Decimal(30), section=("一、", "（一）"), bbox=(0.5, 1.0, 2.0, 3.0), column_path=("甲", "乙")),
    Quantity(0, 3, "三成五", "percent", Decimal(35), unit="%"),
    Token(0, 1, "元"),
    Span(3, 9),
    Mention(0, 2, "收入", "revenue_category", "x"),
    Metadata(title="决算", fiscal_year="2023"),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_records_survive_json_and_pickle(record: Any) -> None:
    data = json.loads(json.dumps(record.to_dict(), ensure_ascii=False))
    assert type(record).from_dict(data) == record
    assert pickle.loads(pickle.dumps(record)) == record
    assert hash(record) == hash(type(record).from_dict(data))


@pytest.mark.parametrize("record", RECORDS[:5], ids=lambda record: type(record).__name__)
def test_repr_is_one_line_without_the_whole_record(record: Any) -> None:
    assert "\n" not in repr(record)
    assert len(repr(record)) < 140


def test_unknown_and_missing_fields_are_named() -> None:
    with pytest.raises(SchemaError, match=r"unknown fields \['colour'\]"):
        Token.from_dict({"start": 0, "end": 1, "text": "a", "colour": "red"})
    with pytest.raises(SchemaError, match="text"):
        Token.from_dict({"start": 0, "end": 1})
    with pytest.raises(SchemaError):
        Quantity.from_dict({"start": 0, "end": 1, "text": "a", "kind": "amount", "value": None, "low": "many"})


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimal_text_keeps_the_value_and_drops_what_is_idle(value: Decimal) -> None:
    text = decimal_text(value)
    assert text is not None
    assert Decimal(text) == value
    assert "E" not in text
    assert "." not in text or text[-1] not in "0."


def test_spans() -> None:
    assert len(Span(2, 5)) == 3
    assert Span(0, 9).contains(Span(2, 5))
    assert not Span(2, 5).contains(Span(0, 9))
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 2).overlaps(Span(2, 5))


def test_explain_says_the_rule_the_rivals_and_the_confidence() -> None:
    fact = a_fact(
        label=Label(0, 2, "收入"),
        alternatives=(Label(2, 4, "支出"),),
        evidence="budget: 预算; label: own words; rule a",
        basis="budget",
        period="2022",
        modifier="approx",
        max_score=Decimal(30),
    )
    assert fact.explain().splitlines() == [
        "'10万元' at 4:8 is amount 100000 CNY of '收入'",
        "  kind: amount",
        "  measure: level (default)",
        "  basis: budget, from 预算",
        "  period: 2022",
        "  label: '收入' at 0:2, by own words",
        "  modifier: approx",
        "  full mark: 30",
        "  rule a",
        "  other label: '支出' at 2:4",
        "  confidence 1",
    ]


def test_explain_lists_no_label_within_another() -> None:
    alternatives = (Label(1, 2, "入"), Label(5, 7, "办公"), Label(5, 8, "办公费"), Label(5, 8, "办公费"))
    explained = a_fact(label=Label(0, 2, "收入"), alternatives=alternatives).explain()
    assert explained.count("other label") == 1
    assert "other label: '办公费' at 5:8" in explained
    assert "basis: actual (default)" in explained


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        (Fact, None, "given None, expected a dictionary"),
        (Fact, {"start": "a"}, "start is 'a', expected an integer"),
        (Fact, {"start": True}, "start is True, expected an integer"),
        (Fact, {"end": None}, "end is None, expected an integer"),
        (Fact, {"kind": "zzz"}, "kind is 'zzz', expected one of amount, staffing"),
        (Fact, {"modifier": ["exact"]}, "modifier is .*, expected one of exact"),
        (Fact, {"section": "一"}, "section is '一', expected a list, each a text"),
        (Fact, {"bbox": ["x"]}, "bbox is .*, expected a list, each a number or null"),
        (Fact, {"label": "收入"}, "Label.from_dict: given '收入', expected a dictionary"),
        (Fact, {"confidence": "NaN"}, "confidence is 'NaN', expected a decimal number"),
        (Quantity, {"value": "abc"}, "value is 'abc', expected a decimal number or null"),
        (Quantity, {"kind": "zero"}, "kind is 'zero', expected one of amount, count"),
        (Span, {"end": 1.5}, "end is 1.5, expected an integer"),
        (Metadata, {"title": 3}, "title is 3, expected a text or null"),
    ],
)
def test_a_wrong_field_is_named_with_its_value_and_what_is_expected(kind: Any, given: Any, message: str) -> None:
    plain = {"Fact": RECORDS[0], "Quantity": RECORDS[4], "Span": Span(0, 1), "Metadata": Metadata()}[kind.__name__]
    with pytest.raises(SchemaError, match=message) as caught:
        kind.from_dict(None if given is None else {**plain.to_dict(), **given})
    assert caught.value.code == "GF006"


def test_every_error_has_a_code_of_its_own_and_survives_pickling() -> None:
    def below(base: type[GovfinError]) -> list[type[GovfinError]]:
        return [base, *(kind for child in base.__subclasses__() for kind in below(child))]

    kinds = below(GovfinError)
    assert len({kind.code for kind in kinds}) == len(kinds) == 13
    for kind in kinds:
        again = pickle.loads(pickle.dumps(kind("why")))
        assert str(again) == f"[{kind.code}] why"
        assert type(again) is kind


def test_documents_are_compared_pickled_and_read_back() -> None:
    text = "青禾县水利局2022年度部门决算\n本年收入合计1,204.35万元，比上年增长3.5%。"
    document = gfe.extract(text)
    again = gfe.Document.from_dict(json.loads(document.to_json()), text)
    assert again == document == pickle.loads(pickle.dumps(document))
    assert hash(again) == hash(document)
    assert document.findings == ()
    assert document != gfe.extract(text + "。")
    assert document != text


def test_a_document_is_read_back_with_its_own_text_and_schema_only() -> None:
    data = gfe.extract("收入10万元。").to_dict()
    with pytest.raises(SchemaError, match="give the text that the document was extracted from"):
        gfe.Document.from_dict(data, "支出")
    for broken in (None, {}, {**data, "schema": "other"}, {**data, "facts": None}, {**data, "document": 1}):
        with pytest.raises(SchemaError, match=r"Document\.from_dict: \w+ is"):
            gfe.Document.from_dict(broken, "")  # type: ignore[arg-type]
