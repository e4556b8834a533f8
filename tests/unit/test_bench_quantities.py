"""Number readers: the protocol with fake tools, what goes wrong, what counts as right, how each set is read."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import install
from govfin_extract.bench import comparators, quantities
from govfin_extract.bench.comparators import Served, Tool
from govfin_extract.bench.corpus import Gold
from govfin_extract.bench.quantities import ALL, NOTHING, Expected, Item
from govfin_extract.errors import SchemaError

ABOUT = {"environment": "own", "licence": "none", "entry": "f", "meant_for": "tests", "kinds": ["amount", "count"]}
HELLO = 'print(\'{"about": {"version": "1.0"}}\')\n'
FAKE = """
import re
from serve import Answer, number, serve
def sentence(text):
    print("a library that talks")
    if "坏" in text:
        raise ValueError("no " + text)
    return Answer([number(digits, digits) for digits in re.findall(r"[0-9]+", text)], text.upper())
serve(None, lambda: {"sentence": sentence, "numeral": lambda text: sentence(text + "0")})
"""


@pytest.fixture
def fake(tmp_path: Path, root: Path) -> Any:
    """A tool made of a script's text, with the protocol beside it."""
    (tmp_path / "serve.py").write_text((root / "scripts/bench/serve.py").read_text("utf-8"), "utf-8")

    def tool(script: str, **about: Any) -> Tool:
        path = tmp_path / "fake.py"
        path.write_text(script, "utf-8")
        return Tool("fake", (sys.executable, str(path)), {**ABOUT, **about})

    return tool


def item(text: str, *expected: Expected, id_: str = "1", group: str = "sentences", **more: Any) -> Item:
    return Item(id_, group, more.pop("task", "sentence"), text, expected, **more)


def requests(*texts: str, task: str = "sentence") -> list[dict[str, Any]]:
    return [{"id": text, "task": task, "text": text} for text in texts]


def test_a_tool_answers_each_request_and_its_failures_cost_one(fake: Any) -> None:
    served = comparators.serve(fake(FAKE), [*requests("共5人", "坏"), *requests("七", "x1", task="numeral")])
    assert (served.version, served.failure) == (None, "")
    assert served.answers["共5人"]["numbers"] == [{"value": "5", "text": "5"}]
    assert served.answers["坏"]["error"] == "ValueError: no 坏"
    assert served.answers["x1"] == {"id": "x1", "numbers": [{"value": "10", "text": "10"}], "rewrite": "X10"}


@pytest.mark.parametrize(
    ("script", "failure", "answers"),
    [
        ("import nothing_of_this_name", "ModuleNotFoundError: No module named 'nothing_of_this_name'", 0),
        ("raise SystemExit(3)", "ended with code 3", 0),
        ("raise OSError('no /home/me/model of https://host/x here')", "OSError: no … of … here", 0),
        (HELLO + "print('hello')", "wrote what is no answer: 'hello'", 0),
        (HELLO + "print('[1]')", "wrote what is no answer: '[1]'", 0),
        (HELLO + "print('{\"id\": \"a\"}', flush=True)\nraise ValueError('gone')", "ValueError: gone", 1),
        ("import time\ntime.sleep(30)", "no end after 1 s", 0),
    ],
)
def test_what_goes_wrong_becomes_a_reason(fake: Any, script: str, failure: str, answers: int) -> None:
    served = comparators.serve(fake(script), requests("a"), seconds=1 if "sleep" in script else 60)
    assert (served.failure, len(served.answers)) == (failure, answers)


def test_a_tool_that_is_missing_or_does_not_start(tmp_path: Path) -> None:
    assert comparators.serve(Tool("x", ("x",), ABOUT, "no wheel"), []) == Served(None, {}, "no wheel")
    assert comparators.serve(Tool("x", (str(tmp_path / "python"),), ABOUT), []).failure.startswith("does not start: ")


def test_anothers_process_does_not_see_this_environment(fake: Any) -> None:
    script = HELLO + "import json, os\nprint(json.dumps({'id': 'a', 'path': os.environ['PYTHONPATH']}))"
    assert comparators.serve(fake(script, environment="tools"), requests("a")).answers["a"]["path"] == ""
    assert comparators.serve(fake(script), requests("a")).answers["a"]["path"] != ""


def test_the_listed_tools_with_what_could_not_be_installed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/failed.json").write_text(json.dumps({"packages": [], "failed": {"cn2an": "no"}}), "utf-8")
    tools = {tool.name: tool for tool in comparators.tools(root / "scripts/bench", tmp_path)}
    assert tools["cn2an"].missing == "no"
    assert tools["JioNLP"].missing.startswith("not installed: run scripts/bench/install.py")
    assert tools["govfin_extract"].missing == ""
    assert all((root / "scripts/bench" / tool.about["script"]).is_file() for tool in tools.values())
    with pytest.raises(SchemaError, match=r"tools\.toml is missing"):
        comparators.tools(tmp_path, tmp_path)


def test_installing_goes_on_after_a_failure_and_retries_only_failures(tmp_path: Path) -> None:
    tools = [{"name": "a", "packages": ["a==1"]}, {"name": "b", "packages": ["b==1"]}]
    asked: list[str] = []

    def pip(_: Path, packages: Any, reason: str | None = "ERROR: no b at https://host/simple") -> str | None:
        asked.extend(packages)
        return reason if packages == ["b==1"] else None

    place = tmp_path / "tools"
    assert install.install(place, tools, pip) == {"b": "ERROR: no b at …"}
    assert json.loads((place / "failed.json").read_text("utf-8"))["failed"] == {"b": "ERROR: no b at …"}
    assert install.install(place, tools, lambda place, packages: pip(place, packages, None)) == {}
    assert asked == ["a==1", "b==1"] * 2
    assert install.install(place, tools, pip) == {}
    assert len(asked) == 4, "what is installed is not installed again"


ONE = Expected("amount", Decimal(12000))
MANY = Expected("count", low=Decimal(20), high=Decimal(30))


@pytest.mark.parametrize(
    ("expected", "number", "right"),
    [
        (ONE, {"value": "12000.00"}, True),
        (ONE, {"value": "1.2E+4"}, True),
        (ONE, {"value": 12000.0}, True),
        (ONE, {"value": "12000.01"}, False),
        (ONE, {"value": "1.2"}, False),
        (ONE, {"value": "-12000"}, False),
        (ONE, {"value": "no"}, False),
        (ONE, {"value": None}, False),
        (ONE, {"value": "NaN"}, False),
        (ONE, {"value": None, "low": "12000", "high": "13000"}, False),
        (ONE._replace(over=True), {"value": None, "low": "12000", "high": "13000"}, True),
        (ONE._replace(over=True), {"value": None, "low": "11000", "high": "12000"}, False),
        (MANY, {"value": None, "low": "20", "high": "30"}, True),
        (MANY, {"value": None, "low": "2", "high": "30"}, False),
        (MANY, {"value": "230"}, False),
        (Expected(ALL, text="10 万元"), {"value": "1", "text": "10万元"}, True),
        (Expected(ALL, text="10万元"), {"value": "1", "text": "10万"}, False),
        (Expected(ALL, text="10万元"), {"value": "1", "text": None}, False),
        (Expected("ratio", Decimal("0.3333333333333333333333333333")), {"value": str(1 / 3)}, True),
    ],
)
def test_what_counts_as_right(expected: Expected, number: dict[str, Any], right: bool) -> None:
    assert quantities.matched(item("x", expected), {"numbers": [number]}) == [right]


def test_signs_and_cents_count_where_the_set_says_so() -> None:
    answer = {"numbers": [{"value": "12000.004"}]}
    assert quantities.matched(item("x", ONE, cents=True), answer) == [True]
    assert quantities.matched(item("x", ONE._replace(value=Decimal(-12000)), cents=True), answer) == [False]
    assert quantities.matched(item("x", ONE._replace(value=Decimal(-12000)), signless=True, cents=True), answer) == [
        True
    ]


def test_counts_by_set_and_kind_and_sentences_without_a_quantity() -> None:
    items = [item("a", ONE, MANY, id_="1"), item("2020年", id_="2"), item("一盘棋", id_="3"), item("b", ONE, id_="4")]
    answers: dict[str, Any] = {
        "1": {"numbers": [{"value": "12000"}, {"value": "7"}]},
        "2": {"numbers": [{"value": "2020"}]},
        "3": {"numbers": []},
        "4": {"error": "ValueError"},
    }
    assert quantities.counted(items, Served("1", answers)) == {
        "sentences": {ALL: [1, 3], "amount": [1, 2], "count": [0, 1], NOTHING: [1, 2]}
    }


def test_the_share_is_that_of_the_kinds_that_a_library_is_meant_for() -> None:
    sets = {"s": {ALL: [5, 9], "amount": [4, 4], "count": [1, 3], "ratio": [0, 2]}, "j": {ALL: [1, 2]}}
    assert quantities.meant({"kinds": ["amount", "count"], "sets": sets}, "s") == (5, 7)
    assert quantities.meant({"kinds": ["amount"], "sets": sets}, "j") == (1, 2)
    assert quantities.meant({"kinds": ["amount"], "sets": sets}, "none") == (0, 0)


def test_a_tool_is_measured_with_its_speed(fake: Any) -> None:
    items = [
        item("共5人", Expected("count", Decimal(5)), id_="1"),
        item("x", group="rewritten", id_="2", rewrite="X"),
        item("y", group="rewritten", id_="3", rewrite="y"),
    ]
    record = quantities.measure(fake(FAKE, rewrites=True), items, ["共5人", "坏", "九"])
    assert record["sets"] == {"sentences": {ALL: [1, 1], "count": [1, 1]}}
    assert record["rewritten"] == {"rewritten": [1, 2]}
    assert record["characters_a_second"] > 0
    assert (record["licence"], record["kinds"]) == ("none", ["amount", "count"])
    broken = quantities.measure(fake("import nothing_of_this_name"), items, [])
    assert "sets" not in broken
    assert broken["failure"].startswith("ModuleNotFoundError")


def test_the_labelled_sentences(tmp_path: Path) -> None:
    rows = [
        {
            "text": "两千多万",
            "expected": [{"kind": "amount", "value": "2E7", "low": "2E7", "high": None, "modifier": "over"}],
        },
        {
            "text": "几十人",
            "expected": [{"kind": "count", "value": None, "low": None, "high": None, "modifier": "exact"}],
        },
        {"text": "二十大", "expected": []},
    ]
    path = tmp_path / "quantities.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    first, second = quantities.sentences(path)
    assert first.expected == (Expected("amount", Decimal("2E7"), over=True),)
    assert (second.text, second.expected) == ("二十大", ())


def test_expressions_are_different_ones_that_say_all() -> None:
    def fact(text: str, kind: str = "amount", value: str = "100", **more: Any) -> dict[str, Any]:
        return {"text": text, "kind": kind, "value": value, "source": "prose", **more}

    facts = [
        fact("1亿"), fact("1亿"), fact("1亿", value="-100"), fact("12.5"), fact("1万", source="table"), fact("5人", "staffing"),
        fact("优", "grade", "优"), fact("3%", "ratio", "3"), fact("1.5倍", "ratio", "150"), fact("2万", optional=True),
    ]  # fmt: skip
    found = list(quantities.expressions([Gold("d", "", {}, tuple(facts))]))
    assert [(each.text, each.expected[0].kind) for each in found] == [
        ("1亿", "amount"), ("1亿", "amount"), ("5人", "count"), ("3%", "percent"),
    ]  # fmt: skip
    assert all(each.signless and each.task == "expression" for each in found)


def test_conformance_rows_are_read_as_their_sets_ask(tmp_path: Path) -> None:
    def write(name: str, *rows: dict[str, Any]) -> None:
        lines = (json.dumps({"id": f"{name}-{number}", **row}) for number, row in enumerate(rows))
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")

    plain = {"low": None, "high": None}
    write(
        "jionlp_money",
        {"text": "1万元", "expect": [{"surface": "1万元", "value": "10000.00", **plain}]},
        {"text": "开销9元", "expect": [{"surface": "9元", "value": None, **plain}]},
        {"text": "有9台", "expect": []},
    )
    write("cn2an_tests", {"text": "十", "expect": [{"surface": "十", "value": "10", **plain}], "rewrite": None})
    write(
        "wetext_itn",
        {"text": "三五百", "expect": [], "rewrite": "300~500"},
        {"text": "一共", "expect": [], "rewrite": ""},
    )
    assert quantities.rewritten(tmp_path) == ["300~500", ""]
    arabic = {"300~500": [{"value": None, "low": "300", "high": "500"}]}
    money, within, numeral, between, none = quantities.conformance(tmp_path, arabic)
    assert (money.task, money.cents, money.expected[0].value) == ("expression", True, 10000)
    assert (within.task, within.expected[0].text) == ("sentence", "9元")
    assert (numeral.task, numeral.group, numeral.cents) == ("numeral", "cn2an_tests", False)
    assert (between.task, between.group, between.expected[0].high) == ("sentence", "wetext_itn rewritten", 500)
    assert none.expected == ()
    assert list(quantities.conformance(tmp_path / "nowhere")) == []


def test_the_own_tools_read_what_they_say(root: Path, tmp_path: Path) -> None:
    tools = {tool.name: tool for tool in comparators.tools(root / "scripts/bench", tmp_path)}
    texts = ["1,200.5 万元和3.6‰", "10-15万", "-1/4", "30~41%", "约二三十人"]
    read = quantities.arabic_numbers(tools["regular expression"], texts)
    values = {text: [(each.get("value"), each.get("low"), each.get("high")) for each in read[text]] for text in texts}
    assert [[Decimal(value) if value else None for value in values[text][0]] for text in texts[:4]] == [
        [12005000, None, None], [None, 100000, 150000], [Decimal("-0.25"), None, None], [None, 30, 41],
    ]  # fmt: skip
    assert values[texts[0]][1][0] == "0.36"
    assert values["约二三十人"] == []
    served = comparators.serve(tools["govfin_extract"], [*requests("约二三十人"), *requests("一百二", task="numeral")])
    assert served.answers["约二三十人"]["numbers"][0] == {
        "value": None,
        "low": "20",
        "high": "30",
        "text": "约二三十人",
    }
    assert served.answers["一百二"]["numbers"][0]["value"] == "120"
