"""extract, read, extract_many, find_quantities, parse_quantity."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import govfin_extract as gfe

TEXT = "青禾县水利局2022年度部门决算\r\n本年收入合计１,204.35万元，比上年增长3.5%。\n"


def test_offsets_count_the_source_as_given() -> None:
    document = gfe.extract(TEXT)
    assert document.text == TEXT
    assert [fact.text for fact in document.facts] == ["１,204.35万元", "3.5%"]
    for fact in document.facts:
        assert TEXT[fact.start : fact.end] == fact.text
        assert fact.label is not None
        assert TEXT[fact.label.start : fact.label.end] == fact.label.text
    assert document.facts[0].value == Decimal(12043500)
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_reading_is_extracting_the_decoded_bytes(tmp_path: Path) -> None:
    path = tmp_path / "决算.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    document = gfe.read(path)
    assert (document.name, document.text) == ("决算.txt", TEXT)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.facts == gfe.extract(TEXT).facts == gfe.read(io.BytesIO(TEXT.encode())).facts


@pytest.mark.parametrize("given", [None, b"bytes", 5, Path("x.txt")])
def test_texts_are_str(given: Any) -> None:
    for verb in (gfe.extract, gfe.find_quantities, gfe.parse_quantity, gfe.tokenize):
        with pytest.raises(gfe.InputTypeError, match=rf"{verb.__name__}\(\) takes a str, not {type(given).__name__}"):
            verb(given)


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(gfe.ModelError, match="nonsense"):
        gfe.extract("", model="nonsense")


def test_the_same_input_gives_the_same_bytes() -> None:
    assert gfe.extract(TEXT).to_json() == gfe.Extractor()(TEXT).to_json()
    assert gfe.extract(TEXT, model=None).facts == gfe.Extractor(model=None)(TEXT).facts


def test_an_extractor_is_picklable_and_shared_by_threads(demo: Path) -> None:
    text = demo.read_text("utf-8")
    extractor = pickle.loads(pickle.dumps(gfe.Extractor()))
    expected = extractor(text).to_json()
    with ThreadPoolExecutor(4) as pool:
        assert all(document.to_json() == expected for document in pool.map(extractor, [text] * 8))


def test_documents_are_picklable() -> None:
    document = gfe.extract(TEXT)
    again = pickle.loads(pickle.dumps(document))
    assert again.to_json() == document.to_json()
    assert repr(again) == repr(document)
    assert list(again) == list(document.facts)
    assert len(again) == len(document.facts)


def test_quantities_stand_in_the_source() -> None:
    text = "共  １２ 人，约３.5\n万元"
    found = gfe.find_quantities(text)
    assert [text[quantity.start : quantity.end] for quantity in found] == [quantity.text for quantity in found]
    assert [quantity.value for quantity in found] == [12, 35000]
    assert gfe.find_quantities("") == []


def test_a_found_quantity_parses_to_itself(demo: Path) -> None:
    texts = ["共13台(套)，１０平方公里以上，约３.5 万元", demo.read_text("utf-8")]
    for found in (quantity for text in texts for quantity in gfe.find_quantities(text)):
        parsed = gfe.parse_quantity(found.text)
        assert parsed.to_dict() == {**found.to_dict(), "start": 0, "end": len(found.text)}


def test_one_quantity_or_an_error_that_quotes_the_input() -> None:
    quantity = gfe.parse_quantity("1.2亿余元")
    assert (quantity.value, quantity.unit, quantity.modifier, quantity.span) == (
        120_000_000,
        "CNY",
        "over",
        gfe.Span(0, 6),
    )
    for text, complaint in (
        ("", "empty input"),
        ("三十百", "三十百"),
        ("10万元和20万元", "2 quantities"),
        ("收入", "'收入'"),
    ):
        with pytest.raises(gfe.QuantityError, match=complaint):
            gfe.parse_quantity(text)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = []
    for number in range(6):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"2022年度收入合计{number}万元。", "utf-8")
        paths.append(path)
    paths[2].write_bytes(b"\x89PNG\r\n")
    paths[4].unlink()
    return paths


@pytest.mark.parametrize("workers", [1, 2])
def test_many_documents_keep_their_order_and_failures_are_handed_over(files: list[Path], workers: int) -> None:
    failed: list[tuple[Any, Exception]] = []
    documents = gfe.extract_many(files, workers=workers, on_error=lambda source, error: failed.append((source, error)))
    assert [document.name for document in documents] == ["0.txt", "1.txt", "3.txt", "5.txt"]
    assert [source for source, _ in failed] == [files[2], files[4]]
    assert [type(error) for _, error in failed] == [gfe.FormatError, gfe.ReadError]


def test_a_failure_raises_or_is_skipped_and_logged(files: list[Path], caplog: pytest.LogCaptureFixture) -> None:
    results = gfe.extract_many(files)
    assert [next(results).name, next(results).name] == ["0.txt", "1.txt"]
    with pytest.raises(gfe.FormatError):
        next(results)
    with caplog.at_level(logging.WARNING, "govfin_extract"):
        assert len(list(gfe.extract_many(files, on_error="skip"))) == 4
    assert [record.args for record in caplog.records] == [(str(files[2]), "FormatError"), (str(files[4]), "ReadError")]


def test_many_is_lazy() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield TEXT.encode()

    results = gfe.extract_many(endless())
    assert {next(results).to_json() for _ in range(3)} == {gfe.read(TEXT.encode()).to_json()}


@pytest.mark.parametrize(
    ("options", "error"), [({"on_error": "stop"}, "on_error is"), ({"workers": 0}, "workers must")]
)
def test_settings_are_checked_at_once(options: dict[str, Any], error: str) -> None:
    with pytest.raises(gfe.SettingError, match=error):
        gfe.extract_many([], **options)


def test_one_path_is_no_list_of_paths() -> None:
    with pytest.raises(gfe.InputTypeError, match="not one str"):
        gfe.extract_many("x.txt")


def test_json_is_one_object_with_the_contract_version() -> None:
    assert json.loads(gfe.extract(TEXT).to_json())["schema"] == "govfin-extract/1"


@pytest.mark.parametrize("model", [3, []])
def test_a_model_of_another_type_is_named(model: Any) -> None:
    with pytest.raises(gfe.ModelError, match="no model"):
        gfe.extract("x", model=model)
    with pytest.raises(gfe.ModelError, match="no model"):
        gfe.extract_many([], model=model)


@pytest.mark.parametrize("sources", [None, 1, io.BytesIO()])
def test_many_sources_can_be_gone_through(sources: Any) -> None:
    with pytest.raises(gfe.InputTypeError, match=r"extract_many\(\) takes"):
        gfe.extract_many(sources)


@pytest.mark.parametrize("text", ["1／3", "<script>alert(1)</script>", "   ", "共５元", "５元，６元"])
def test_a_text_that_is_no_quantity_is_quoted_as_given(text: str) -> None:
    with pytest.raises(gfe.QuantityError) as caught:
        gfe.parse_quantity(text)
    assert repr(text) in str(caught.value)
    assert len(str(caught.value)) < 200
