"""The normalised view: canonical characters, deleted blanks, real line breaks, and the way back."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

import pytest

from govfin_extract.records import Span
from govfin_extract.text.datafiles import read_tsv
from govfin_extract.text.normalise import fold, fold_characters, normalise
from govfin_extract.text.offsets import Editor


def view(source: str) -> str:
    return normalise(source).text


class TestCharacters:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("３４．３４％", "34.34%"),
            ("ＡＢＣ１２３", "ABC123"),
            ("其中:基本支出", "其中：基本支出"),
            ("因公出国(境)费;会议费!", "因公出国（境）费；会议费！"),
            ("34.34万元,占99.7%", "34.34万元，占99.7%"),
            ("1,204,350.5万元", "1,204,350.5万元"),
            ("1，204，350.5万元", "1,204,350.5万元"),
            ("2019，2020", "2019，2020"),
            ("-3.2和−3.2和－3.2", "-3.2和-3.2和-3.2"),
            ("2018—2019年", "2018-2019年"),
            ("100分—优", "100分—优"),
            ("10～15万元", "10~15万元"),
            ("10〜15万元", "10~15万元"),
            ("㎡㎞㏊℃‰①⑴Ⅱ", "㎡㎞㏊℃‰①⑴Ⅱ"),
            ("決算財務經費", "决算财务经费"),
            ("⽤⾦⻔⻚", "用金门页"),
            ("\uf9dd\uf95e", "利丹"),
            ("「兩個」", "“两个”"),
        ],
    )
    def test_canonical_forms(self, source: str, expected: str) -> None:
        assert view(source) == expected

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ('"三公"经费和"两个"率先', "“三公”经费和“两个”率先"),
            ("“三公“经费", "“三公”经费"),
            ("”三公“经费", "“三公”经费"),
            ('“三公"经费', "“三公”经费"),
            ("“甲“乙”丙”", "“甲“乙”丙”"),
            ("“三公经费", "“三公经费"),
            ('甲"\n"乙', '甲"\n"乙'),
        ],
    )
    def test_quotes_are_paired_line_by_line(self, source: str, expected: str) -> None:
        assert fold(source) == expected

    def test_folding_keeps_the_length(self) -> None:
        source = "「決算（１２３，４５６．７８萬元）,占９.５％」\u3000\u2028\r"
        assert len(fold(source)) == len(source)

    def test_many_different_characters_fold_like_few(self) -> None:
        rows = read_tsv("normalise/traditional.tsv")
        source = "".join(row["from"] for row in rows)
        assert fold_characters(source) == "".join(row["to"] for row in rows)

    @pytest.mark.parametrize("invisible", ["\u200b", "\ufeff", "\u00ad", "\x00", "\x07", "\u2060", "\ufe0f", "\u202e"])
    def test_invisible_characters_go(self, invisible: str) -> None:
        found = normalise(f"34{invisible}.34{invisible}万元")
        assert found.text == "34.34万元"
        assert found.span(0, 7) == Span(0, 9)

    def test_tab_and_line_break_stay(self) -> None:
        assert view("合计\t34.43\r\n总计\t34.43\r小计\t1\u20282") == "合计\t34.43\n总计\t34.43\n小计\t1\n2"

    def test_lone_surrogates_survive(self) -> None:
        assert view("收入\ud800万元") == "收入\ud800万元"


class TestResidue:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("第一部分 单位概况 PAGEREF _Toc25831 h 3", "第一部分 单位概况"),
            ("一、主要职责 PAGEREF _Toc32310 \\h 4\n二、机构", "一、主要职责\n二、机构"),
            ('HYPERLINK "http://a.cn/1" 决算表', "决算表"),
            ('TOC \\o "1-3" \\h \\z \\u\n目录', "\n目录"),
            ("PAGE 2", ""),
            ("PAGE  \\* MERGEFORMAT 7", ""),
            ("HOMEPAGE", "HOMEPAGE"),
            ("服務(wù)中心實(shí)有人數(shù)11人(含)", "服务中心实有人数11人（含）"),
            ("收入&nbsp;34万元", "收入 34万元"),
        ],
    )
    def test_residue_goes(self, source: str, expected: str) -> None:
        assert view(source) == expected

    def test_page_numbers_at_form_feeds_go(self) -> None:
        assert view("合计\t34.43\n7\n\f第二部分") == "合计\t34.43\n\n第二部分"


class TestBlanks:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("基 本 支 出 34.34 万元", "基本支出 34.34 万元"),
            ("政  府  采  购", "政府采购"),
            ("政\u3000府\u3000采\u3000购", "政府采购"),
            ("项 目\t行次\t合 计", "项目\t行次\t合计"),
            ("公务 接待费\t因公出国 （境）费", "公务接待费\t因公出国（境）费"),
            ("一、 部门、单位 基本情况", "一、部门、单位 基本情况"),
            ("（ 一 ） 基本支出", "（一）基本支出"),
            ("本年收入 ，其中 ： 拨款", "本年收入，其中：拨款"),
            ("    本年收入34万元。    ", "本年收入34万元。"),
            ("负责组织指导全 区中小河流的工作，协 助查处。", "负责组织指导全区中小河流的工作，协助查处。"),
            ("共1 129 236万元和1 204 350.5 万元", "共1 129 236万元和1 204 350.5 万元"),
            ("收入合计    34.43   占比    12", "收入合计    34.43   占比    12"),
            ("车辆（辆）    3", "车辆（辆）    3"),
            ("合 计    （万元）    34.43   12", "合计    （万元）    34.43   12"),
            ("类 款 项", "类 款 项"),
            ("第二部分 概况", "第二部分 概况"),
        ],
    )
    def test_blanks(self, source: str, expected: str) -> None:
        assert view(source) == expected

    def test_a_document_in_one_line_gets_its_breaks_back(self) -> None:
        source = (
            "决算公开说明 第一部分 概况 一、部门职责 负责全 区的工作，"
            + "协助查处违法行为，" * 12
            + "等工作。 二、机构设置 内设1 个科室。"
        )
        assert view(source).split("\n")[0] == "决算公开说明"
        assert [line[:4] for line in view(source).split("\n")] == ["决算公开", "第一部分", "一、部门", "二、机构"]
        assert "负责全区的工作" in view(source)


SOFT = [
    ("支出决算数为34.34\n\n万元，完成年初预算的113.1%", "支出决算数为34.34万元，完成年初预算的113.1%"),
    ("政府采购货物支出0万\n\n元、政府采购工程支出0万元。", "政府采购货物支出0万元、政府采购工程支出0万元。"),
    ("财政拨款收入34.34万元，其他资金\n\n来源 0 万元。", "财政拨款收入34.34万元，其他资金来源 0 万元。"),
    ("本年收入，共123.\n45万元。", "本年收入，共123.45万元。"),
    ("本年收入，共1,\n204万元。", "本年收入，共1,204万元。"),
    ("收入12,\n345万元", "收入12,345万元"),
    ("收入12\n,345万元", "收入12,345万元"),
    ("收入12,\n345.\n67万元", "收入12,345.67万元"),
    ("收入12,\n345,\n678万元", "收入12,345,678万元"),
    ("收入1,204,\n345.67万元", "收入1,204,345.67万元"),
    ("政府采购支出总额为12,\n345.67万元", "政府采购支出总额为12,345.67万元"),
    ("12,\n345万元", "12,345万元"),
    ("收入12,345.\n67万元", "收入12,345.67万元"),
    ("收入3.\n2亿元", "收入3.2亿元"),
    ("占12.\n5%", "占12.5%"),
    ("收入1234\n.5万元", "收入1234.5万元"),
    (
        "加强党和国家互联网新闻信息传播方\n- 7 -\n针政策，处置有害信息。",
        "加强党和国家互联网新闻信息传播方针政策，处置有害信息。",
    ),
    (
        "加强党和国家互联网新闻信息传播方\n— 5 —\n针政策，处置有害信息。",
        "加强党和国家互联网新闻信息传播方针政策，处置有害信息。",
    ),
    (
        "加强党和国家互联网新闻信息传播方针政\n第 3 页 共 20 页\n策，处置信息。",
        "加强党和国家互联网新闻信息传播方针政策，处置信息。",
    ),
    (
        "全面加强党和国家互联网新闻信息传播方针政\n7\n\f策，处置有害信息。",
        "全面加强党和国家互联网新闻信息传播方针政策，处置有害信息。",
    ),
    (
        "全面加强党和国家互联网新闻信息传播方针政\n\n7\n\n策，处置有害信息。",
        "全面加强党和国家互联网新闻信息传播方针政策，处置有害信息。",
    ),
    ("三、2020年度“三公”经费、培训费支出情\n况说明", "三、2020年度“三公”经费、培训费支出情况说明"),
    ("决算数比2024 年度，增加\n5.07 万元，增长42.68%。", "决算数比2024 年度，增加5.07 万元，增长42.68%。"),
    ("因公出国（境）费决\n算为0.00 万元，完成预算的0.00%。", "因公出国（境）费决\n算为0.00 万元，完成预算的0.00%。"),
    (
        "为16.95 万元，其中：因公出国（境）费决\n算为0.00 万元，完成。",
        "为16.95 万元，其中：因公出国（境）费决算为0.00 万元，完成。",
    ),
    (
        "采用Microsoft\nOffice软件，共采用了Microsoft\nOffice软件。",
        "采用Microsoft\nOffice软件，共采用了Microsoft Office软件。",
    ),
]

HARD = [
    "本年收入34.34万元。\n支出34.34万元。",
    "主要职责是：\n根据通知，负责工作。",
    "五、一般公共预算财政拨款支出决算情况说明\n\n2020年度财政拨款支出34.34万元，占99.7%。",
    "一般公共预算财政拨款基本支出决算情况说明\n2020年度支出34.34万元，占99.7%。",
    "2020年度\n\n株洲市石峰区委网络安全和信息化委员会办公室\n部门决算",
    "人员编制\n21\n实有人数\n21",
    "项目\t行次\n合计\t34.43",
    "合计|34.43\n小计|1",
    "一、收入，支出情况\n（一）收入",
    "本年收入34.34万元，\n1.其中：拨款",
    "注：本表反映部门本年度取得的各项收入情况\n\n支出决算表",
    "反映收入、支出及结转和结余情况\n说明：区委网信办没有收入，故本表无数据。",
    "部门：株洲市石峰区委网络安全和信息化委员会办公室\n单位：万元",
    "一、部门职责……………3\n二、机构设置……………4",
    "制订出台《体系建设创新试点工作，实施方案》\n3、坚决执行落实，推进工作。",
    "全面完成了年度各项工作任务，成效明显\n一是强化了基础保障。",
    "安排支出10万元（其中：运行费2478000.00元）\n\n公务接待费10000.00元，与上年持平。",
    "本年支出，占2\n2021年预算减少，",
    "联系电话，0731-1234567\n2021年3月5日",
    "1.\n2022年收入3万元",
    "1.\n22万元",
    "其中：1.\n3万元",
    "第2.\n3亿元",
    "收入3.\n1.基本支出",
    "12,\n345,\n678",
    "合计\t12,\n345\t万元",
    "2020.\n12月",
    "收入1.2\n.5万元",
]


class TestLineBreaks:
    @pytest.mark.parametrize(("source", "expected"), SOFT)
    def test_breaks_inside_sentences_go(self, source: str, expected: str) -> None:
        assert view(source) == expected

    @pytest.mark.parametrize("source", HARD)
    def test_real_breaks_stay(self, source: str) -> None:
        assert view(source).split() == source.split()
        assert view(source).count("\n") == source.count("\n")

    def test_a_wrapped_page_is_joined_at_its_margin(self) -> None:
        sentence = "本单位坚持以人民为中心的发展思想认真落实上级党委政府的决策部署扎实推进各项重点工作" * 6
        lines = [sentence[at : at + 24] for at in range(0, 240, 24)]
        source = "\n".join([*lines, "况"]) + "\n一、下一步工作"
        assert view(source) == "".join([*lines, "况"]) + "\n一、下一步工作"

    def test_the_span_of_a_broken_figure_covers_the_break(self) -> None:
        source = "支出决算数为34.34\n\n万元，完成"
        found = normalise(source)
        start = found.text.index("34.34万元")
        span = found.span(start, start + 7)
        assert source[span.start : span.end] == "34.34\n\n万元"


class TestView:
    def test_deleted_characters_map_to_the_next_kept_one(self) -> None:
        found = normalise("  基 本 支 出")
        assert [found.to_view(offset) for offset in range(9)] == [0, 0, 0, 1, 1, 2, 2, 3, 3]
        assert found.to_view(9) == 4
        assert found.to_source(4) == 9

    def test_an_empty_span_stays_empty(self) -> None:
        assert normalise("  收入").span(0, 0) == Span(2, 2)

    @pytest.mark.parametrize("source", ["", " ", "\n", "\u200b", "\u200b \u200b", " \n \n"])
    def test_nothing_to_see(self, source: str) -> None:
        found = normalise(source)
        assert found.text.strip() == ""
        assert found.to_source(len(found.text)) == len(source)
        assert found.to_view(len(source)) == len(found.text)

    def test_a_substitution_must_keep_the_length(self) -> None:
        with pytest.raises(ValueError, match="must keep the length: 2 became 3"):
            Editor("收入").replace("收入。")


class TestData:
    def test_every_fold_is_one_character_for_one(self) -> None:
        for name, source in (("traditional", "from"), ("shapes", "codepoint"), ("punctuation", "codepoint")):
            rows = read_tsv(f"normalise/{name}.tsv")
            assert len({row[source] for row in rows}) == len(rows)
            assert all(len(row["to"]) == 1 or row["to"] in ("U+0020", "U+000A") for row in rows)

    def test_simplified_characters_are_never_folded(self) -> None:
        for row in read_tsv("normalise/traditional.tsv"):
            with pytest.raises(UnicodeEncodeError):
                row["from"].encode("gb2312")
            row["to"].encode("gb2312")

    def test_folding_is_idempotent(self) -> None:
        for name in ("shapes", "punctuation"):
            for row in read_tsv(f"normalise/{name}.tsv"):
                once = fold_characters(chr(int(row["codepoint"], 16)))
                assert fold_characters(once) == once

    def test_radicals_agree_with_unicode(self) -> None:
        for row in read_tsv("normalise/shapes.tsv"):
            plain = unicodedata.normalize("NFKC", chr(int(row["codepoint"], 16)))
            if plain != chr(int(row["codepoint"], 16)):
                assert fold_characters(plain) == row["to"]


def cpu(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


HOSTILE = ["1", "，", "。", "：", "（", "）", "“", '"', "《", "\n", "\t", " ", "|", ".", "…", "-", "\u3000", "\f", "\r", "一、", "（一）",
           "基 ", '“"', '"\n', "1，", "PAGE ", "TOC \\o ", "HYPERLINK ", "收入\n", "收 入 \n", "，\n", "支出  ", "一 、", "(wù", "&nbsp;", "1,\n", "1.\n", "1\n.1", "1,111,\n111"]  # fmt: skip


@pytest.mark.parametrize("atom", HOSTILE)
def test_hostile_input_takes_linear_time(atom: str) -> None:
    small, large = atom * (10_000 // len(atom)), atom * (80_000 // len(atom))
    once = cpu(lambda: normalise(small))
    assert (
        cpu(lambda: normalise(large)) < 8 * 4 * once + 0.05
    )  # eight times the text; quadratic work takes 64 times as long
