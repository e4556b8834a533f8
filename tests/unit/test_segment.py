"""Sections by numbering, blocks by line shape, sentences and clauses by punctuation."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from govfin_extract.text.lines import is_directory_line, is_table_row, read_marker, starts_afresh
from govfin_extract.text.segment import Layout, segment


def path(layout: Layout, phrase: str) -> tuple[str, ...]:
    return layout.path_at(layout.text.index(phrase))


def kinds(text: str) -> list[str]:
    return [block.kind for block in segment(text).blocks]


def headings(text: str) -> list[tuple[int, str, str]]:
    return [(section.level, section.kind, section.heading) for section in segment(text).sections]


class TestMarkers:
    @pytest.mark.parametrize(
        ("line", "kind", "ordinal"),
        [
            ("第二部分 概况", "part", 2),
            ("第三章 收入", "part", 3),
            ("十二、关于政府采购", "cn", 12),
            ("二十、其他", "cn", 20),
            ("一一、基本情况", "cn", 1),
            ("一．基本情况", "cn", 1),
            ("（四）三公", "cnp", 4),
            ("（四、三公", "cnp", 4),
            ("四）三公", "cnp", 4),
            ("1、机构设置", "num", 1),
            ("12. 机构设置", "num", 12),
            ("（3）办公费", "nump", 3),
            ("3）办公费", "nump", 3),
            ("⑵、办公费", "nump", 2),
            ("③办公费", "circled", 3),
            ("附件1：自评表", "attach", 1),
            ("附件", "attach", 0),
        ],
    )
    def test_numbering(self, line: str, kind: str, ordinal: int) -> None:
        marker = read_marker(line)
        assert marker is not None
        assert (marker.kind, marker.ordinal) == (kind, ordinal)

    @pytest.mark.parametrize(
        "line", ["34.34万元", "一般公共预算", "2020年度", "第一次会议", "附件所列", "1.5亿元", "三公经费"]
    )
    def test_no_numbering(self, line: str) -> None:
        assert read_marker(line) is None

    def test_other_beginnings(self) -> None:
        assert starts_afresh("• 办公费")
        assert starts_afresh("二是完善制度")
        assert starts_afresh("2021年3月5日")
        assert not starts_afresh("2021年3月5日召开会议")

    def test_line_shapes(self) -> None:
        assert is_table_row("类款项  名称    金额")
        assert not is_table_row("收入  34.34")
        assert is_directory_line("（一）部门职责..............（1）")


class TestSections:
    def test_plain_nesting(self) -> None:
        layout = segment(
            "第一部分 概况\n一、职责\n（一）收入\n甲。\n（二）支出\n1、办公费\n乙。\n二、机构\n丙。\n第二部分 说明\n丁。"
        )
        assert path(layout, "甲") == ("第一部分 概况", "一、职责", "（一）收入")
        assert path(layout, "乙") == ("第一部分 概况", "一、职责", "（二）支出", "1、办公费")
        assert path(layout, "丙") == ("第一部分 概况", "二、机构")
        assert path(layout, "丁") == ("第二部分 说明",)

    def test_another_order_of_types(self) -> None:
        layout = segment("1、收入\n（一）拨款\n甲。\n（二）其他\n乙。\n2、支出\n（一）基本\n丙。")
        assert path(layout, "乙") == ("1、收入", "（二）其他")
        assert path(layout, "丙") == ("2、支出", "（一）基本")

    def test_a_skipped_level(self) -> None:
        layout = segment("一、收入\n（一）拨款\n1、基本\n甲。\n二、支出\n1、办公费\n乙。\n（一）差旅费\n丙。")
        assert path(layout, "乙") == ("二、支出", "1、办公费")
        assert path(layout, "丙") == ("二、支出", "（一）差旅费")

    def test_a_numbering_used_again_below_an_item(self) -> None:
        text = "一、概况\n（一）基本情况\n1.主要职能\n（一）宣传\n（二）管理\n2.机构情况\n甲。\n（二）项目\n乙。"
        layout = segment(text)
        assert path(layout, "甲") == ("一、概况", "（一）基本情况", "2.机构情况")
        assert path(layout, "乙") == ("一、概况", "（二）项目")

    def test_a_number_used_twice_is_a_sibling(self) -> None:
        assert [level for level, _, _ in headings("一、收入\n一、支出\n三、其他")] == [0, 0, 0]

    def test_doubled_numbering_runs_into_text(self) -> None:
        layout = segment(
            "（一）部门基本情况：\n1、机构设置：1、主要职能\n区委网信办是职能部门，负责工作。\n2、机构设置：内设3个科室。"
        )
        assert path(layout, "区委") == ("（一）部门基本情况：", "1、机构设置")
        assert path(layout, "内设") == ("（一）部门基本情况：", "2、机构设置")

    def test_a_heading_runs_into_text(self) -> None:
        text = "（一）基本支出情况：全年基本支出86.124万元，其中：工资80万元。\n（二）内设机构设置。内设1个科室。"
        assert headings(text) == [(0, "run_in", "（一）基本支出情况"), (0, "run_in", "（二）内设机构设置")]
        assert kinds(text) == ["prose", "prose"]

    def test_a_heading_glued_by_a_blank(self) -> None:
        assert headings("一、部门主要职能 某管理处负责河道堤防的建设，组织规划。")[0][2] == "一、部门主要职能"

    def test_items_nest_but_are_left_out_of_paths(self) -> None:
        layout = segment("一、目标\n1、本单位是2019年新成立的，没有预算数。\n2、取得的实效情况\n甲。")
        assert [section.kind for section in layout.sections] == ["heading", "item", "heading"]
        assert path(layout, "本单位") == ("一、目标",)

    def test_an_answer_is_no_heading(self) -> None:
        assert headings("3、公务用车购置及运行费：无。") == [(0, "run_in", "3、公务用车购置及运行费")]
        assert headings("1、办公费3.2万元") == [(0, "item", "1、办公费3.2万元")]

    def test_titles_open_sections_and_close_numbered_ones(self) -> None:
        layout = segment("一、说明\n收入决算表\n项目\t金额\n支出决算表\n项目\t数额\n")
        assert path(layout, "金额") == ("收入决算表",)
        assert path(layout, "数额") == ("支出决算表",)

    def test_numbering_goes_on_after_a_title(self) -> None:
        layout = segment("某局部门预算\n七、国有资产信息\n固定资产占用情况表\n项目\t价值\n八、名词解释\n甲。")
        assert path(layout, "甲") == ("某局部门预算", "八、名词解释")

    def test_notes_below_a_table_open_no_sections(self) -> None:
        assert headings("备注：1.执行率为执行数比预算数。\n2.总分设置为 100 分，等级划分为四级。") == []

    def test_directory_leaders_are_no_part_of_a_heading(self) -> None:
        assert headings("一、部门职责……………3\n（一）概况......（1）") == [
            (0, "heading", "一、部门职责"),
            (1, "heading", "（一）概况"),
        ]

    def test_ends_cover_what_is_below(self) -> None:
        first, below, second = segment("一、收入\n（一）拨款\n甲。\n二、支出").sections
        assert (first.end, below.end) == (second.start, second.start)

    def test_nothing_above_the_first_heading(self) -> None:
        layout = segment("甲。\n一、收入")
        assert layout.section_at(0) is None
        assert layout.path_at(0) == ()


class TestBlocks:
    def test_table_rows_make_one_block(self) -> None:
        assert kinds("收入决算表\n项目\t金额\n\n合计\t34\n注：本表反映收入情况。") == ["heading", "table", "prose"]

    def test_bars_and_aligned_columns(self) -> None:
        assert kinds("名称 |\n数值 |\n") == ["table"]
        assert kinds("201    一般公共服务支出    34.34") == ["table"]

    def test_one_cell_a_line(self) -> None:
        layout = segment("人员情况说明\n人员编制\n21\n实有人数\n19\n三、支出情况\n本年支出34万元，增长2%。")
        assert [block.kind for block in layout.blocks] == ["heading", "cell", "heading", "prose"]
        assert layout.text[layout.blocks[1].start : layout.blocks[1].end] == "人员编制\n21\n实有人数\n19"

    def test_numbered_cells_are_cells(self) -> None:
        text = "收入支出决算总表\n单位：万元\n项目\n行次\n决算数\n一、财政拨款收入\n1\n34.34\n二、上级补助收入\n2\n0\n"
        assert kinds(text) == ["heading", "prose", "cell"]
        assert [section.heading for section in segment(text).sections] == ["收入支出决算总表"]

    def test_short_lines_without_figures_are_no_cells(self) -> None:
        assert kinds("2020年度\n某某办公室\n部门决算") == ["prose", "prose", "heading"]

    @pytest.mark.parametrize("text", ["", "\n", " \n \n"])
    def test_empty(self, text: str) -> None:
        layout = segment(text)
        assert (layout.sections, layout.blocks, layout.sentences) == ((), (), ())


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("收入2.5万元。支出3.5万元。", ["收入2.5万元。", "支出3.5万元。"]),
            ("收入（含拨款。）2万元；支出3万元", ["收入（含拨款。）2万元；支出3万元"]),
            ("做到“件件有回复。”二是完善。", ["做到“件件有回复。”", "二是完善。"]),
            ("推出《天心。故事》等作品！好？", ["推出《天心。故事》等作品！", "好？"]),
            ("收入\n支出", ["收入", "支出"]),
            ("收入。。支出。）其他", ["收入。。", "支出。）", "其他"]),
            ("（未闭合。支出", ["（未闭合。", "支出"]),
        ],
    )
    def test_split(self, text: str, expected: list[str]) -> None:
        assert [text[span.start : span.end] for span in segment(text).sentences] == expected

    def test_tables_have_none(self) -> None:
        assert segment("合计\t34。43\n").sentences == ()


class TestClauses:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("收入30万元，占97.1%；其中：拨款", [("收入30万元", 0), ("占97.1%", 0), ("其中", 0), ("拨款", 0)]),
            (
                "费用（甲；乙（丙，丁））增",
                [("费用（甲；乙（丙，丁））增", 0), ("甲", 1), ("乙（丙，丁）", 1), ("丙", 2), ("丁", 2)],
            ),
            ("工资、奖金2万元", [("工资、奖金2万元", 0)]),
            ("在“甲，乙”推出《丙，丁》，好", [("在“甲，乙”推出《丙，丁》", 0), ("好", 0)]),
            ("甲（乙。丙，丁", [("甲（乙", 0), ("乙", 1), ("丙", 0), ("丁", 0)]),
            ("甲）乙，丙", [("甲）乙", 0), ("丙", 0)]),
            ("比例为1：2，好", [("比例为1：2", 0), ("好", 0)]),
        ],
    )
    def test_split(self, text: str, expected: list[tuple[str, int]]) -> None:
        found = segment(text).clauses(0, len(text))
        assert [(text[clause.start : clause.end], clause.depth) for clause in found] == expected


def cpu(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "atom",
    [
        "1\n",
        "一、\n",
        "（一）\n1、\n",
        "《",
        "“",
        "（",
        "。",
        "，",
        "一、收入\n",
        "1.",
        "收入。“",
        "（一）收入：",
        "项目\n1\n",
        "  ",
        "1、甲。\n",
    ],
)
def test_hostile_input_takes_linear_time(atom: str) -> None:
    small, large = atom * (10_000 // len(atom)), atom * (80_000 // len(atom))

    def work(text: str) -> None:
        segment(text).clauses(0, len(text))

    once = cpu(lambda: work(small))
    assert cpu(lambda: work(large)) < 8 * 4 * once + 0.05
