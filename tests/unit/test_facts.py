"""The linking stage against its battery: short texts of every hard part, with the facts that the annotation guide asks for.

A row names its ``origin`` (the hard part), the ``head`` that its title line is built from, the ``text`` and its ``facts``;
``optional`` facts may be found or not, ``none`` says that there are none. A ``label`` (or one of a list) must lie inside the
found one, which must lie inside ``label_max`` (or one of a list) where the row gives it. ``xfail`` holds the reason of a known fault.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from govfin_extract import Extractor
from govfin_extract.records import BASES, FACT_KINDS, MEASURES, Fact
from govfin_extract.stages.link.clauses import clause_start
from govfin_extract.stages.link.lists import names_before
from govfin_extract.stages.link.scores import heading_full_mark

DATA = Path(__file__).parents[1] / "data" / "facts.jsonl"
Row = dict[str, Any]
ROWS: list[Row] = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
EXTRACTOR = Extractor(model=None)
# The words of another figure's role, which the label of what happened may not take along
BUDGET_ROLE = re.compile(r"(?:年初|调整|批复)预算|预算数")
HARD_PARTS = {
    "part_whole", "aligned_lists", "ellipsis", "noun_after", "heading", "item_lists", "budget_final", "year_on_year", "moves", "zero",
    "glued", "target", "no_fact", "staffing", "asset", "institution", "score", "grade", "rate", "share_first", "bracket", "adjusted",
    "overrun", "times", "range", "period", "budget_document", "next_year", "audit", "points", "versus", "bracket_year", "noise",
}  # fmt: skip


def cases() -> Iterator[Any]:
    numbers: Counter[str] = Counter()
    for row in ROWS:
        numbers[row["origin"]] += 1
        name = f"{row['origin']}-{numbers[row['origin']]:02}-{''.join(row['text'].split())[:14]}"
        marks = [pytest.mark.xfail(reason=row["xfail"], strict=True)] if "xfail" in row else []
        yield pytest.param(row, id=name, marks=marks)


def title_of(row: Row) -> str:
    return f"某县某局{row['head']['fiscal_year']}年度{row['head']['doc_type']}\n"


def flat(words: str) -> str:
    """Words without blanks, lines and differences of width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words))


def number(value: str | Decimal | None) -> str | Decimal | None:
    try:
        return None if value is None else Decimal(value)
    except InvalidOperation:
        return value


def accepted(wanted: Row, found: Fact) -> bool:
    """Whether the found label holds the head, is no longer than the longest and spans no sentence."""
    if found.label is None:
        return False
    label = flat(found.label.text)
    if not any(flat(head) in label for head in listed(wanted["label"])):
        return False
    if "label_max" in wanted:
        return any(label in flat(longest) for longest in listed(wanted["label_max"]))
    happened = wanted.get("basis", "actual") == "actual"
    return not re.search(r"[；。]", label) and (not happened or BUDGET_ROLE.search(label) is None)


def listed(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


def wrong(wanted: Row, found: Fact, year: str) -> list[str]:
    """What of a found fact is not as wanted, in words."""
    texts = (wanted["text"], f"为{wanted['text']}") if wanted["text"] in ("无", "零") else (wanted["text"],)
    units = (unicodedata.normalize("NFKC", wanted.get("unit", "")), unicodedata.normalize("NFKC", found.unit))
    pairs = {
        "kind": (wanted["kind"], found.kind),
        "value": (number(wanted.get("value")), number(found.value)),
        "low": (number(wanted.get("low")), found.low),
        "high": (number(wanted.get("high")), found.high),
        "unit": units,
        "measure": (wanted.get("measure", "level"), found.measure),
        "basis": (wanted.get("basis", "actual"), found.basis),
        "period": (wanted.get("period", year), found.period),
        "max_score": (number(wanted.get("max_score")), found.max_score),
    }
    faults = [f"{name}: {want} expected, {got} found" for name, (want, got) in pairs.items() if want != got]
    if found.text not in texts:
        faults.append(f"text: {wanted['text']!r} expected, {found.text!r} found")
    if not accepted(wanted, found):
        faults.append(f"label: {wanted['label']} expected, {found.label.text if found.label else None!r} found")
    return [f"{wanted['text']} {fault}" for fault in faults]


def overlap(wanted: Row, found: Fact, offset: int) -> bool:
    start: int = wanted["start"] + offset
    return found.start < start + len(wanted["text"]) and start < found.end


def faults_of(row: Row) -> list[str]:
    """Every difference between a row and what is extracted from it."""
    title = title_of(row)
    document = EXTRACTOR(title + row["text"])
    left = list(document.facts)
    faults = []
    for wanted in row.get("facts", ()):
        found = next((fact for fact in left if overlap(wanted, fact, len(title))), None)
        if found is None:
            faults.append(f"{wanted['text']} missed")
            continue
        left.remove(found)
        faults += wrong(wanted, found, row["head"]["fiscal_year"])
    allowed = row.get("optional", ())
    faults += [
        f"{found.text} is no fact ({found.label.text if found.label else None})"
        for found in left
        if not any(overlap(wanted, found, len(title)) for wanted in allowed)
    ]
    return faults


@pytest.mark.parametrize("row", list(cases()))
def test_battery(row: Row) -> None:
    assert faults_of(row) == []


def test_battery_is_large_and_covers_every_hard_part() -> None:
    assert len(ROWS) >= 220
    assert {row["origin"] for row in ROWS} == HARD_PARTS
    assert len({row["text"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "".join(row["text"].split())[:16])
def test_battery_row_is_well_formed(row: Row) -> None:
    """Every expectation stands in its text, in order, in the words of the contract."""
    facts, options = row.get("facts", []), row.get("optional", [])
    assert bool(row.get("none")) == (not facts and not options)
    assert [fact["start"] for fact in facts] == sorted({fact["start"] for fact in facts})
    for fact in facts + options:
        assert row["text"][fact["start"] : fact["start"] + len(fact["text"])] == fact["text"]
        assert any(head in row["text"] for head in listed(fact["label"]))
        assert fact["kind"] in FACT_KINDS
        assert fact.get("measure", "level") in MEASURES
        assert fact.get("basis", "actual") in BASES
        assert ("value" in fact) != ("low" in fact)


def only(text: str) -> Fact:
    facts = EXTRACTOR(f"某县某局2022年度部门决算\n{text}").facts
    assert len(facts) == 1, facts
    return facts[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [("比上年增加3万元", 30000), ("比上年减少3万元", -30000), ("同比下降3%", -3), ("同比增长3%", 3), ("增长1.2倍", 120), ("翻一番", 100),
     ("负增长3%", -3), ("较上年回落3个百分点", -3), ("同比提高3个百分点", 3), ("比年初预算压减3万元", -30000)],
)  # fmt: skip
def test_changes_are_signed(text: str, value: int) -> None:
    assert only(f"办公费{text}。").value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "basis"),
    [("年初预算为3万元", "budget"), ("调整预算数为3万元", "adjusted_budget"), ("全年预算数为3万元", "adjusted_budget"), ("支出决算为3万元", "actual"),
     ("执行数为3万元", "actual"), ("目标值为3万元", "target"), ("实际支出3万元", "actual"), ("批复预算3万元", "budget")],
)  # fmt: skip
def test_role_words_set_the_basis(text: str, basis: str) -> None:
    assert only(f"办公费{text}。").basis == basis


@pytest.mark.parametrize(
    ("text", "measure"),
    [("3万元", "level"), ("占支出的3%", "share"), ("完成年初预算的93%", "completion"), ("增长3%", "growth"), ("减少3万元", "change"),
     ("预算执行率93%", "completion"), ("到位率93%", "level")],
)  # fmt: skip
def test_what_a_figure_states(text: str, measure: str) -> None:
    assert only(f"办公费{text}。").measure == measure


@pytest.mark.parametrize(
    ("text", "period"),
    [("2021年办公费3万元", "2021"), ("上年办公费3万元", "2021"), ("办公费3万元", "2022"), ("补发2019年津贴3万元", "2022"), ("截至2021年末债务余额3万元", "2021"),
     ("2020-2022年累计投入3万元", "2020/2022"), ("7月办公费3万元", "2022")],
)  # fmt: skip
def test_words_of_time_set_the_period(text: str, period: str) -> None:
    assert only(f"{text}。").period == period


def test_heading_full_mark() -> None:
    assert heading_full_mark("（三）产出指标（40分）") == 40
    assert heading_full_mark("（三）产出指标") is None


def test_clause_start_stops_at_the_nearest_separator_outside_brackets() -> None:
    text = "收入5万元，其他（含甲，乙）支出"
    assert clause_start(text, 0, len(text)) == (6, -1)
    assert clause_start("支出（含甲", 0, 5) == (3, 2)


def test_names_before_a_list_are_as_many_as_its_figures() -> None:
    text = "教育、科技、交通支出分别"
    places = names_before(text, 0, 10, 3)
    assert places is not None
    assert [text[start:end] for start, end in places] == ["教育", "科技", "交通支出"]
    assert names_before(text, 0, 10, 4) is None
