"""Word files: what a reader sees, in the order in which it is read."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from govfin_extract.errors import DamagedFileError, LimitError
from govfin_extract.readers.docx import read_docx
from govfin_extract.readers.docx.numbering import number_as
from govfin_extract.readers.limits import Budget, Limits

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def raw(body: str, namespace: str = NAMESPACE, **parts: str) -> bytes:
    """A Word file from the XML of its body and of other parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        wrapped = f'<w:document xmlns:w="{namespace}" xmlns:mc="m"><w:body>{body}</w:body></w:document>'
        container.writestr("word/document.xml", wrapped)
        for name, xml in parts.items():
            container.writestr(f"word/{name}.xml", xml.replace(">", f' xmlns:w="{namespace}">', 1))
    return stream.getvalue()


def text_of(data: bytes, **limits: int) -> str:
    return read_docx(data, "x.docx", Budget(Limits(**limits), "x.docx")).text


def p(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    file = Document()
    file.add_paragraph("一、收入情况")
    table = file.add_table(3, 3)
    for place, words in {
        (0, 0): "项目",
        (0, 1): "决算数",
        (1, 1): "小计",
        (1, 2): "基本",
        (2, 0): "合计",
        (2, 1): "12.3",
    }.items():
        table.cell(*place).text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    file.add_paragraph("二、支出情况")
    stream = io.BytesIO()
    file.save(stream)
    assert text_of(stream.getvalue()) == "一、收入情况\n\n项目\t决算数\t\n\t小计\t基本\n合计\t12.3\t\n\n二、支出情况\n"


def test_deleted_and_hidden_words_are_left_out_and_inserted_ones_kept() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
        "<w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert text_of(raw(body)) == "新显\n"


def test_links_tags_controls_and_results_of_fields_are_read() -> None:
    def r(words: str) -> str:
        return f"<w:r><w:t>{words}</w:t></w:r>"

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = f"{mark('begin')}<w:r><w:instrText>SUM</w:instrText></w:r>{mark('separate')}{r('4')}{mark('end')}"
    body = (
        f"<w:p><w:hyperlink>{r('1')}</w:hyperlink><w:smartTag>{r('2')}</w:smartTag>"
        f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>{field}'
        f"<w:sdt><w:sdtPr><w:t>名</w:t></w:sdtPr><w:sdtContent>{r('5')}</w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{p('控件内的段落')}</w:sdtContent></w:sdt>"
    )
    assert text_of(raw(body)) == "12345\n控件内的段落\n"


def test_what_a_field_is_worked_out_from_is_not_shown() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = (
        f"{mark('begin')}<w:r><w:instrText>M</w:instrText></w:r>{mark('separate')}<w:r><w:t>内</w:t></w:r>{mark('end')}"
    )
    outer = f"{mark('begin')}{inner}{mark('separate')}<w:r><w:t>果</w:t></w:r>{mark('end')}<w:r><w:t>后</w:t></w:r>"
    assert text_of(raw(f"<w:p>{outer}</w:p>")) == "果后\n"


def test_words_hidden_by_their_style_are_left_out() -> None:
    styles = (
        '<w:styles><w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="i"><w:basedOn w:val="h"/></w:style>'
        '<w:style w:styleId="s"><w:basedOn w:val="h"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>'
    )
    runs = "".join(f'<w:r><w:rPr><w:rStyle w:val="{key}"/></w:rPr><w:t>{key}</w:t></w:r>' for key in "hisx")
    form = '<w:p><w:pPr><w:pStyle w:val="i"/></w:pPr><w:r><w:t>窗体顶端</w:t></w:r></w:p>'
    assert text_of(raw(f"<w:p>{runs}</w:p>{form}", styles=styles)) == "sx\n"


def test_symbols_are_read() -> None:
    marks = "".join(f'<w:sym w:font="f" w:char="{code}"/>' for code in ("F0FE", "4E59", "F041", "D800", "zz", ""))
    assert text_of(raw(f"<w:p><w:r><w:t>甲</w:t>{marks}</w:r></w:p>")) == "甲☑乙\n"


def test_the_older_form_is_read_where_it_is_the_only_one() -> None:
    box = f"<w:p><w:r><mc:AlternateContent><mc:Fallback><w:txbxContent>{p('框')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert (
        text_of(raw(f"{box}<mc:AlternateContent><mc:Fallback>{p('段')}</mc:Fallback></mc:AlternateContent>"))
        == "框\n段\n"
    )


def test_notes_that_cite_each_other_do_not_multiply() -> None:
    def cites(key: int) -> str:
        reference = f'<w:r><w:footnoteReference w:id="{key}"/></w:r>'
        return f"<w:p><w:r><w:t>注{key}</w:t></w:r>{reference * 9}</w:p>"

    notes = "".join(f'<w:footnote w:id="{key}">{cites((key + 1) % 9)}</w:footnote>' for key in range(9))
    shown = text_of(raw(cites(0), footnotes=f"<w:footnotes>{notes}</w:footnotes>")).split()
    assert shown == [f"注{key % 9}" for key in range(10)]


def test_soft_hyphens_vanish_and_hard_ones_stay() -> None:
    body = "<w:p><w:r><w:t>支</w:t><w:softHyphen/><w:t>出A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>"
    assert text_of(raw(body)) == "支出A-1\n"


def test_headers_and_footers_are_left_out() -> None:
    file = Document()
    file.add_paragraph("正文")
    file.sections[0].header.paragraphs[0].text = "页眉"
    file.sections[0].footer.paragraphs[0].text = "页脚"
    stream = io.BytesIO()
    file.save(stream)
    assert text_of(stream.getvalue()) == "正文\n"


def test_the_note_of_a_cell_stands_behind_the_table() -> None:
    cited = '<w:p><w:r><w:t>甲</w:t><w:endnoteReference w:id="3"/></w:r></w:p>'
    notes = f'<w:endnotes><w:endnote w:id="3">{p("含结转")}</w:endnote></w:endnotes>'
    assert text_of(raw(f"<w:tbl>{row(cell(cited), cell(p('1')))}</w:tbl>", endnotes=notes)) == "甲\t1\n\n含结转\n"


def test_breaks_tabs_and_strict_files() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:br w:type='page'/><w:t>丁</w:t></w:r></w:p>"
    )
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert text_of(raw(body)) == text_of(raw(body, strict)) == "甲\n乙  丙丁\n"


def test_a_text_box_and_a_note_stand_behind_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{p('框内12万元')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f'</mc:AlternateContent><w:footnoteReference w:id="2"/></w:r></w:p>{p("下文")}'
    )
    notes = f'<w:footnotes><w:footnote w:id="0" w:type="separator">{p("线")}</w:footnote><w:footnote w:id="2">{p("注文")}</w:footnote></w:footnotes>'
    assert text_of(raw(body, footnotes=notes)) == "正文\n框内12万元\n注文\n下文\n"


def numbered(words: str, level: int = 0, number: int = 1) -> str:
    mark = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{mark}<w:r><w:t>{words}</w:t></w:r></w:p>"


def test_the_numbers_of_lists_are_part_of_the_line() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    )
    numbering = (
        f'<w:numbering><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>'
        "</w:numbering>"
    )
    styles = '<w:styles><w:style w:styleId="b"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style></w:styles>'
    styled = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>丁</w:t></w:r></w:p>'
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 1) + styled + numbered("戊", 1) + numbered("己", 0, 2)
    assert text_of(raw(body, numbering=numbering, styles=styles)) == "一、甲\n3. 乙\n4. 丙\n二、丁\n3. 戊\n十、己\n"


def test_a_paragraph_can_leave_the_list_of_its_style() -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>'
    numbering = (
        f'<w:numbering><w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    styles = (
        '<w:styles><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="a"/>{}</w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p>'
    body = styled.format("") + styled.format('<w:numPr><w:numId w:val="0"/></w:numPr>') + styled.format("")
    assert text_of(raw(body, numbering=numbering, styles=styles)) == "（一）总体情况\n总体情况\n（二）总体情况\n"


def level(at: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(levels: str) -> str:
    return (
        f'<w:numbering><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def test_empty_paragraphs_count_and_number_the_rows_of_a_table() -> None:
    numbering = lists(level(0, "decimal", "%1"))
    rows = "".join(row(cell(numbered("")), cell(p(words))) for words in ("甲", "乙"))
    assert text_of(raw(f"<w:tbl>{rows}</w:tbl>", numbering=numbering)) == "1\t甲\n2\t乙\n\n"
    gone = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>'
    assert text_of(raw(numbered("甲") + gone + numbered("乙"), numbering=numbering)) == "1 甲\n2 乙\n"


def test_list_and_level_may_be_said_in_different_places() -> None:
    link = '<w:pStyle w:val="c"/>'
    numbering = lists(level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)", link))
    styles = (
        '<w:styles><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="c"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )

    def styled(properties: str) -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>文</w:t></w:r></w:p>"

    body = (
        styled("")
        + styled('<w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + styled('<w:pStyle w:val="b"/>')
        + styled('<w:pStyle w:val="c"/>')
    )
    assert text_of(raw(body, numbering=numbering, styles=styles)) == "1. 文\n1.1 文\n1.2 文\na) 文\n"


def test_a_plan_that_names_a_list_style_is_that_styles_plan() -> None:
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/>{level(0, "chineseCounting", "%1、")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    assert text_of(raw(numbered("甲"), numbering=numbering)) == "一、甲\n"


def test_a_level_may_go_on_counting() -> None:
    numbering = lists(level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = numbered("甲") + numbered("子", 1) + numbered("乙") + numbered("丑", 1)
    assert text_of(raw(body, numbering=numbering)) == "1. 甲\n(1) 子\n2. 乙\n(2) 丑\n"


def test_the_text_of_a_level_cannot_grow_a_document() -> None:
    numbering = lists(level(0, "decimal", "%1" * 50_000))
    assert len(text_of(raw(numbered("甲") * 500, numbering=numbering))) < 100_000


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (10, "ideographTraditional", "癸"),
        (11, "ideographTraditional", "11"),
        (12, "ideographZodiac", "亥"),
        (3, "ideographEnclosedCircle", "㊂"),
        (10, "ideographDigital", "一〇"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (2, "decimalEnclosedParen", "⑵"),
        (20, "decimalEnclosedFullstop", "⒛"),
        (21, "decimalEnclosedCircle", "21"),
        (4, "upperRoman", "IV"),
        (20, "chineseCounting", "二十"),
        (0, "upperLetter", "0"),
        (3, "decimalEnclosedCircleChinese", "③"),
    ],
)
def test_forms_of_numbers(number: int, form: str, shown: str) -> None:
    assert number_as(number, form) == shown


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def test_a_table_that_only_lays_out_is_written_as_what_it_holds() -> None:
    inner = f"<w:tbl>{row(cell(p('项目')), cell(p('金额')))}{row(cell(p('合计')), cell(p('5')))}</w:tbl>"
    frame = f"<w:tbl>{row(cell(p('标题') + inner + p('')))}</w:tbl>"
    pair = f"<w:tbl>{row(cell(p('左')), cell(inner + p('')))}</w:tbl>"
    assert text_of(raw(frame)) == "标题\n\n项目\t金额\n合计\t5\n\n"
    assert text_of(raw(pair)) == "左\n\n项目\t金额\n合计\t5\n\n"


def test_rows_of_one_cell_are_lines_however_many_columns_it_covers() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    rows = row(cell(p("本表说明如下。"), wide)) + row(cell(p("单位为万元。"), wide))
    assert text_of(raw(f"<w:tbl>{rows}</w:tbl>")) == "本表说明如下。\n单位为万元。\n"


def test_a_cell_that_goes_on_nothing_is_whole() -> None:
    goes_on = "<w:vMerge/>"
    rows = row(cell(p("孤"), goes_on), cell(p("1"))) + row(cell(p("盖"), goes_on), cell(p("2")))
    assert text_of(raw(f"<w:tbl>{rows}</w:tbl>")) == "孤\t1\n\t2\n\n"


def test_rows_that_begin_late_or_stand_in_controls_keep_their_columns() -> None:
    late = row(cell(p("3")), cell(p("4")), properties='<w:trPr><w:gridBefore w:val="1"/></w:trPr>')
    held = f"<w:sdt><w:sdtContent>{row(cell(p('甲')), cell(p('1')), cell(p('2')))}</w:sdtContent></w:sdt>"
    gone = row(cell(p("废")), properties="<w:trPr><w:del/></w:trPr>")
    assert text_of(raw(f"<w:tbl>{held}{gone}{late}</w:tbl>")) == "甲\t1\t2\n\t3\t4\n\n"


def test_cells_in_controls_keep_their_place_and_broken_words_are_joined() -> None:
    held = f"<w:sdt><w:sdtContent>{cell(p('公务') + p('用车'))}</w:sdtContent></w:sdt>"
    inside = cell(f"<w:sdt><w:sdtContent>{p('3')}</w:sdtContent></w:sdt>")
    assert text_of(raw(f"<w:tbl>{row(held, inside, cell(p('4')))}</w:tbl>")) == "公务用车\t3\t4\n\n"


def test_many_cells_are_refused_with_the_limits_name() -> None:
    table = f"<w:tbl>{row(*[cell(p('1'))] * 10) * 10}</w:tbl>"
    with pytest.raises(LimitError, match="limit cells=99"):
        text_of(raw(table), cells=99)
    assert text_of(raw(table), cells=100).count("1") == 100


def test_hostile_nesting_and_spans_are_no_crash() -> None:
    deep = "<w:sdt><w:sdtContent>" * 120 + p("底") + "</w:sdtContent></w:sdt>" * 120
    assert text_of(raw(deep)) == "底\n"
    with pytest.raises(DamagedFileError):
        text_of(raw("<w:sdt>" * 5000 + "</w:sdt>" * 5000))
    span = '<w:gridSpan w:val="99999999999"/>'
    wide = "<w:tbl>" + row(cell(p("1"), span), cell(p("2"))) + "</w:tbl>"
    assert text_of(raw(wide)) == "1\t2\n\n"


def test_a_file_without_a_body_is_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr("word/document.xml", "<x/>")
    with pytest.raises(DamagedFileError, match=r"x\.docx is a Word file without a document"):
        text_of(stream.getvalue())


def test_a_table_inside_a_cell_of_figures_stands_behind_the_table() -> None:
    inner = f"<w:tbl>{row(cell(p('甲')), cell(p('1')))}</w:tbl>"
    rows = (
        row(cell(p("项目")), cell(p("决算数")))
        + row(cell(p("合计")), cell(p("5")))
        + row(cell(p("附")), cell(inner + p("")))
    )
    assert text_of(raw(f"<w:tbl>{rows}</w:tbl>")) == "项目\t决算数\n合计\t5\n附\t\n\n甲\t1\n\n"


def test_paragraphs_whose_mark_was_deleted_join() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text_of(raw(f"<w:p>{mark}<w:r><w:t>支出1</w:t></w:r></w:p>{p('0万元。')}")) == "支出10万元。\n"


def test_a_file_that_only_embeds_another_is_named() -> None:
    with pytest.raises(DamagedFileError, match="only embeds a file of another format"):
        text_of(raw("<w:altChunk/>"))
