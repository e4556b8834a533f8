"""What a document says of itself, from its first lines, or from the words of its text where it has no title."""

import pytest

from govfin_extract.stages.metadata import metadata_of

BODY = "\n一、概况\n"
BUREAU = "青禾县水利局"
# the head of a document, then organization, fiscal year, type, region
HEADS = [
    (f"{BUREAU}2022年度部门决算", BUREAU, "2022", "部门决算", "青禾县"),
    (f"二〇二一年度部门决算\n{BUREAU}", BUREAU, "2021", "部门决算", "青禾县"),
    ("2023年云澜市档案馆部门预算", "云澜市档案馆", "2023", "部门预算", "云澜市"),
    (
        "云澜市人民政府关于2022年预算执行情况和2023年预算草案的报告\n——2023年1月9日在市人大会议上",
        "云澜市人民政府",
        "2022",
        "预算执行情况报告",
        "云澜市",
    ),
    (f"2020年度农村饮水安全项目支出绩效自评报告\n项目单位：{BUREAU}", BUREAU, "2020", "项目支出绩效自评报告", "青禾县"),
    ("关于青禾县2019年度本级预算执行和其他财政收支的审计工作报告", "青禾县", "2019", "审计工作报告", "青禾县"),
    ("青禾县审计局关于2018年至2020年水利资金的审计结果公告", "青禾县审计局", "2020", "审计工作报告", "青禾县"),
    (f"{BUREAU}2022年“三公”经费决算情况说明", BUREAU, "2022", "“三公”经费说明", "青禾县"),
    ("青禾县2024年1-6月财政预算执行情况", "青禾县", "2024", "预算执行情况报告", "青禾县"),
    (
        "发布时间：2023-09-12 来源：县财政局\n青禾县第二中学2022年度单位决算公开",
        "青禾县第二中学",
        "2022",
        "部门决算",
        "青禾县",
    ),
    (
        "江苏省宁海市云澜区文化和旅游局2022年度部门整体支出绩效自评报告",
        "江苏省宁海市云澜区文化和旅游局",
        "2022",
        "部门整体支出绩效自评报告",
        "江苏省宁海市云澜区",
    ),
]
UNTITLED = [
    ("收入安排69,669万元，比上年实际完成增加27万元。支出安排52万元。2022年部门预算安排如下。", "2022", "部门预算"),
    (
        "2020年完成业务收入440万元，完成全年预算收入的66%。2020年业务支出548万元，完成全年预算支出的79%。",
        "2020",
        "预算执行情况报告",
    ),
    ("12009年9月份全县财政收入3亿元。", "2009", "other"),  # a page number before the year
    ("全镇财政总收入3亿元。", None, "other"),
    ("", None, "other"),
]


@pytest.mark.parametrize(
    ("head", "organization", "year", "kind", "region"), HEADS, ids=[head[0][:16] for head in HEADS]
)
def test_heads(head: str, organization: str, year: str, kind: str, region: str) -> None:
    about = metadata_of(head + BODY)
    assert (about.organization, about.fiscal_year, about.doc_type, about.region) == (organization, year, kind, region)


@pytest.mark.parametrize(("text", "year", "kind"), UNTITLED, ids=[text[:12] for text, _, _ in UNTITLED])
def test_a_text_without_a_title_speaks_for_itself(text: str, year: str | None, kind: str) -> None:
    about = metadata_of(text)
    assert (about.title, about.fiscal_year, about.doc_type) == (None, year, kind)


def test_a_title_that_stands_on_two_lines_is_one() -> None:
    assert metadata_of("青禾县图书馆\n2022年度部门决算\n一、概况").title == "青禾县图书馆2022年度部门决算"
