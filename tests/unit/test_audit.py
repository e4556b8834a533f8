"""Every kind of relation: the right figures give no finding, the wrong one gives the finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import govfin_extract as gfe
from govfin_extract.audit import audit, load_rules

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "data" / "audit.jsonl").read_text("utf-8").splitlines()
]


def findings(text: str) -> tuple[gfe.Finding, ...]:
    return gfe.extract(text).audit()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}:{case['wrong'][:12]}")
def test_a_wrong_figure_is_found_and_the_right_one_is_not(case: dict[str, Any]) -> None:
    assert findings(case["text"]) == ()
    wrong = case["text"].replace(case["right"], case["wrong"], 1)
    found = findings(wrong)
    told = [finding.rule for finding in found] + [reading.partition(":")[0] for f in found for reading in f.readings]
    assert case["rule"] in told


def test_what_could_not_be_checked_does_not_count_as_held() -> None:
    document = gfe.extract(
        "青禾县水利局2022年度部门决算\n“三公”经费支出7.50万元，其中公务接待费5.20万元，占比较大。压缩30%。"
    )
    assert document.audit() == ()
    assert document.relations is not None
    counts = document.relations
    assert counts.found == counts.held + counts.off + counts.not_checkable
    assert counts.not_checkable > 0


def test_rounding_is_no_error_and_truncation_neither() -> None:
    text = "青禾县水利局2022年度部门决算\n财政拨款基本支出33.35万元，其中：人员经费30.26万元，公用经费3.08万元。"
    document = gfe.extract(text)
    assert document.audit() == ()
    assert document.relations is not None
    assert document.relations.held
    assert findings("青禾县水利局2022年度部门决算\n收入总计34.43万元，与上年相比，增加5.24万元，增长17.9%。") == ()


def test_dropped_zeros_do_not_widen_the_tolerance() -> None:
    text = "青禾县水利局2022年度部门决算\n“三公”经费支出9万元，其中：因公出国（境）费1万元，公务用车购置及运行维护费2.30万元，公务接待费5.50万元。"
    (finding,) = findings(text)
    assert finding.arithmetic == "1 + 2.3 + 5.5 = 8.8; stated 9 万元"
    assert finding.tolerance == 200
    assert finding.difference == 2000


def test_open_numbers_are_not_compared() -> None:
    text = "青禾县水利局2022年度部门决算\n“三公”经费支出约9万元，其中：因公出国（境）费1万元，公务用车购置及运行维护费2.30万元，公务接待费5.50万元。"
    assert findings(text) == ()


def test_nested_parts_are_not_added_twice() -> None:
    text = "青禾县水利局2022年度部门决算\n收入180.47万元，其中：拨款175.60万元，基本145.73万元，项目29.87万元，其他4.87万元。"
    document = gfe.extract(text)
    assert document.audit() == ()
    assert document.relations is not None
    assert document.relations.held


def test_a_difference_of_coverage_is_a_note() -> None:
    text = "青禾县水利局2022年度部门决算\n一、概况\n本年收入合计34.43万元，其中：财政拨款收入34.34万元，其他收入0.09万元。\n二、其他\n2022年收入合计34.34万元。"
    document = gfe.extract(text)
    assert document.audit() == ()
    assert [note.verdict for note in document.notes] == ["scope"]


def test_one_wrong_figure_is_told_once() -> None:
    text = "青禾县水利局2022年度部门决算\n本年支出合计2940.05万元，其中：基本支出2363.91万元，占79.49%；项目支出603.14万元，占20.51%。"
    (finding,) = findings(text)
    document = gfe.extract(text)
    document.audit()
    assert document.relations is not None
    assert document.relations.off > 1
    assert finding.readings


def test_a_finding_never_says_which_side_is_wrong() -> None:
    for case in CASES:
        for finding in findings(case["text"].replace(case["right"], case["wrong"], 1)):
            assert finding.arithmetic.partition(";")[0] in finding.message.zh
            assert not any(word in finding.message.zh for word in ("应为", "错误", "印错"))
            assert "should be" not in finding.message.en.replace("should agree", "")


RULE = """
["mine.training"]
kind = "sum"
total = "expenditure.total"
parts = ["general_spending.training", "general_spending.meetings"]
required = ["general_spending.training", "general_spending.meetings"]
complete = true
zh = "支出等于会议费与培训费之和"
en = "expenditure is meetings and training"
"""
TWO = "青禾县水利局2022年度部门决算\n本年支出合计3.00万元，其中：会议费支出1.20万元，培训费支出1.50万元。"


def test_a_user_adds_a_relation(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(RULE, "utf-8")
    document = gfe.extract(TWO)
    concepts = [fact.concept for fact in document.facts]
    text = RULE.replace("general_spending.training", str(concepts[2])).replace(
        "general_spending.meetings", str(concepts[1])
    )
    path.write_text(text, "utf-8")
    found = document.audit(rules=path)
    assert [finding.rule for finding in found] == ["mine.training"]
    assert "支出等于会议费与培训费之和" in found[0].message.zh
    assert [rule.id for rule in load_rules(path)] == ["mine.training"]
    assert audit(document).findings != found


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[x", "is no TOML"),
        ("x = 1", "a rule is a table"),
        ('[x]\ntotal = "a"\nparts = []', "at least one"),
        ('[x]\ntotal = "a"\nparts = "b"', "list of texts"),
        ('[x]\nparts = ["b"]', "total"),
        ('[x]\nkind = "product"\ntotal = "a"\nparts = ["b"]', "product"),
        ('[x]\ntotal = "a"\nparts = ["b"]\nwhen = 1', "when"),
    ],
)
def test_a_rule_that_is_not_understood_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(gfe.SchemaError, match=complaint):
        load_rules(path)


def test_a_rules_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(gfe.ReadError, match=r"nothing\.toml"):
        gfe.extract(TWO).audit(rules=tmp_path / "nothing.toml")


def test_an_audited_document_comes_back_from_json() -> None:
    document = gfe.extract(CASES[0]["text"].replace(CASES[0]["right"], CASES[0]["wrong"], 1))
    document.audit()
    again = gfe.Document.from_dict(json.loads(document.to_json()), document.text)
    assert again == document
    assert again.findings == document.findings
    assert again.relations == document.relations


ALARMS = (
    "政府采购支出总额76.40万元，其中：货物支出21.15万元、工程支出0万元、服务支出55.25万元。其中授予中小企业合同金额55.25万元，占政府采购支出总额的72.3%，其中授予小微企业合同金额30.1万元。",
    "全县地方财政收入完成9.82亿元，超收0.32亿元，增长8.6%，其中税收7.1亿元，负增长0.4%。",
    "道路工程实际投资1,180万元，比概算超出80万元，超概算7.3%。",
    "问卷发放120份，收回116份，货运司机满意率91.4%，客运乘客满意率95.7%。",
    "“三公”经费2.08亿元，比上年少支3556万元，下降14.6%，出国、车辆、接待三项降幅依次是31.0%、8.8%和22.5%。",
    "9月份，全旗一般公共预算收入完成7,463万元，同比减收1,089万元，下降12.7%，环比增长18.4%。",
    "与合并数655.70万元相比，增加（减少）26.22万元，增长（降低）4.00%。",
    "受理各类案件3,862件，审执结3,715件，结案率96.19%；法定审限内结案率99.2%。",
    "设有21个临床科室、9个医技科室。",
)


@pytest.mark.parametrize("text", ALARMS)
def test_what_only_looks_like_an_error_is_no_finding(text: str) -> None:
    assert findings(f"青禾县水利局2022年度部门决算\n{text}") == ()
