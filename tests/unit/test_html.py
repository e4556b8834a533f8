"""Web pages: what a browser shows of the report."""

from __future__ import annotations

import base64
import time

import pytest

import govfin_extract as gfe
from govfin_extract.errors import DamagedFileError, LimitError
from govfin_extract.readers.html import read_html, read_mhtml
from govfin_extract.readers.html.encoding import decode_html
from govfin_extract.readers.limits import Budget, Limits


def text_of(page: str | bytes, **limits: int) -> str:
    data = page.encode() if isinstance(page, str) else page
    return read_html(data, "x.html", Budget(Limits(**limits), "x.html")).text


def table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def test_blocks_are_lines_and_inline_words_join() -> None:
    page = "<h1>决算</h1><p>收入<b>1</b>2<sup>万</sup>元，\n  支出&nbsp;3 元<br>结余</p><div>甲<div>乙</div>丙</div>"
    assert text_of(page) == "决算\n收入12万元，支出\xa03 元\n结余\n甲\n乙\n丙\n"


def test_spans_are_expanded_and_the_rest_left_empty() -> None:
    page = table(
        '<th rowspan="2">项目</th><th colspan="2">决算数</th>',
        "<td>小计</td><td>基本</td>",
        "<td>合计</td><td>3</td><td><p>1</p><p>元</p></td>",
    )
    assert text_of(page) == "项目\t决算数\t\n\t小计\t基本\n合计\t3\t1 元\n\n"


def test_a_span_that_reaches_over_several_columns_and_rows() -> None:
    page = table('<td>a</td><td rowspan="2" colspan="2">b</td><td>c</td>', "<td>d</td><td>e</td>")
    assert text_of(page) == "a\tb\tc\nd\t\te\n\n"


def test_spans_end_with_their_part_of_the_table() -> None:
    page = "<table><thead><tr><td rowspan=9>a</td><td>b</td></tr></thead><tr><td rowspan=0>c</td><td>d</td></tr><tr><td>e</td></tr></table>"
    assert text_of(page) == "a\tb\nc\td\n\te\n\n"


@pytest.mark.parametrize(
    "page",
    [
        "<table><form action=x><tr><td>收入</td><td>1</td></tr></form><tr><td>支出</td><td>2</td></tr></table>",
        "<table><tbody><tr><form><td>收入</td><td>1</td></form></tr><font><tr><td>支出</td><td>2</td></tr></font></table>",
        "<table><td>收入<td>1<tr><td>支出<td>2",
        "<table><tr><td>收入</td><td><p>1</tr><tr><td>支出</td><td><b>2</tr></table>",
    ],
    ids=["form", "form in row", "no row", "unclosed"],
)
def test_badly_nested_tables_lose_no_row(page: str) -> None:
    assert text_of(page) == "收入\t1\n支出\t2\n\n"


def test_words_between_rows_are_shown_before_the_table() -> None:
    page = "<table><caption>收入<br>决算表</caption>单位：<b>万元</b><tr><td>收入</td><td>1</td></tr></table>"
    assert text_of(page) == "收入\n决算表\n单位：万元\n\n收入\t1\n\n"


def test_a_table_inside_a_cell_of_a_table_of_figures_is_its_text() -> None:
    rows = [f"<td>项目{n}</td><td>{n}</td><td>万元</td>" for n in range(5)]
    page = table(*rows, f"<td>末</td><td>{table('<td>子</td><td>5</td>')}</td><td>x</td>")
    assert "项目4\t4\t万元\n末\t子 5\tx\n" in text_of(page)


def test_a_long_note_does_not_undo_its_table() -> None:
    note = "注：本表反映部门本年度收入情况。" * 40
    page = table(
        "<td>项目</td><td>数</td>", "<td>收入</td><td>1</td>", "<td>支出</td><td>2</td>", f"<td colspan=2>{note}</td>"
    )
    assert text_of(page) == f"项目\t数\n收入\t1\n支出\t2\n\n{note}\n"


def test_a_page_laid_out_in_columns_keeps_its_paragraphs() -> None:
    report = "<p>本年收入合计12万元，比上年增加。</p>" * 40
    menu = "<p>信息公开指南目录</p>" * 60
    assert text_of(table(f"<td>{menu}</td><td>{report}</td>")).count("增加。\n") == 40


def test_the_foot_is_shown_last_and_the_caption_first() -> None:
    page = "<table><caption>收入 表</caption><tfoot><tr><td>合计</td><td>9</td></tr></tfoot><tbody><tr><td>甲</td><td>9</td></tr></tbody></table>"
    assert text_of(page) == "收入 表\n\n甲\t9\n合计\t9\n\n"


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert('机密12万元')</script>",
        "<style>机密</style>",
        "<!-- 机密 -->",
        "<!--[if gte mso 9]><xml>机密</xml><![endif]-->",
        "<xml><w:View>机密</w:View></xml>",
        "<template><p>机密</p></template><svg><text>机密</text></svg><iframe>机密</iframe>",
        "<button>机密</button><textarea>机密</textarea><object>机密</object>",
        "<noscript>机密</noscript>",
        '<p hidden="">机密</p>',
        '<p style="DISPLAY : none">机密</p>',
        '<p style="color:red; visibility:hidden">机密</p>',
        "<div style='mso-element:comment-list'><p>机密</p></div>",
        "<select><option>机密</option></select>",
        '<nav><a href="/">机密</a></nav>',
        "<footer>机密</footer>",
        "<header><a href='/'>机密</a></header>",
        "<aside>机密</aside>",
        '<div role="contentinfo">机密</div>',
        '<div class="location">机密</div>',
        "<div>" + "<a href='/x'>机密</a> | " * 6 + "</div>",
        '<div class="top-nav">机密</div>',
        '<div id="breadCrumb">机密</div>',
        "<ul><li><a>机密</a></li><li><a>机密</a></li><li><a>机密</a></li></ul>",
    ],
)
def test_what_is_not_shown_or_belongs_to_the_page_is_left_out(part: str) -> None:
    page = f"<title>机密</title><body>前{part}后<p>{'部门收入支出情况说明。' * 20}</p></body>"
    text = text_of(page)
    assert "机密" not in text
    assert text.startswith("前")
    assert "后" in text


@pytest.mark.parametrize(
    "part",
    [
        '<div class="content-header nav">{}</div>',
        "<footer>{}</footer>",
        '<div class="print search">{}</div>',
    ],
)
def test_what_holds_most_of_the_text_or_a_table_is_never_furniture(part: str) -> None:
    assert "收入12万元" in text_of(part.format("收入12万元。" * 9) + "<p>短</p>")
    assert "收入\t12" in text_of(part.format(table("<td>收入</td><td>12</td>")) + f"<p>{'长' * 900}</p>")


@pytest.mark.parametrize(
    "part",
    [
        '<div class="share-foot">合计支出12万元。</div>',
        '<p class="menu">支出</p>',
        '<h2 id="search">支出</h2>',
        '<p style="backface-visibility: hidden">支出</p>',
        '<p aria-hidden="true">支出</p>',
        "<article><header><p>支出</p></header><footer>支出</footer></article>",
        "<header><h1>支出</h1></header>",
        '<ul><li><a href="#a">支出</a><li><a href="#b">支出</a><li><a href="#c">支出</a></ul>',
        '<ul><li><a name="a">支出</a><li><a name="b">支出</a><li><a id="c">支出</a></ul>',
    ],
    ids=["money", "paragraph", "heading", "back", "aria", "article", "headline", "contents", "bookmarks"],
)
def test_what_may_be_of_the_report_stays(part: str) -> None:
    page = f"{part}<p>{'部门收入情况说明。' * 40}</p>"
    assert text_of(page).count("支出") == part.count("支出")


def test_a_page_that_a_script_shows_later_is_read() -> None:
    assert text_of('<body style="display:none"><p>收入12万元</p>') == "收入12万元\n"


def test_nothing_but_the_hidden_is_left_out_of_a_table_of_figures() -> None:
    rows = "<thead class='nav'><tr class='menu'><th>项目</th><th>数</th></tr></thead>"
    rows += "<tr><td class='footer'>收入</td><td style='display:none'>9</td><td class='search'>1</td></tr>"
    page = f"<table>{rows}</table><p>{'长' * 900}</p>"
    assert text_of(page).startswith("项目\t数\n收入\t1\n")


def test_an_invisible_cell_keeps_its_place() -> None:
    page = table("<td>项目</td><td>甲</td><td>乙</td>", "<td>收入</td><td style='visibility:hidden'>1</td><td>2</td>")
    assert text_of(page) == "项目\t甲\t乙\n收入\t\t2\n\n"


def test_a_list_of_linked_figures_is_no_menu() -> None:
    rows = "".join(f"<tr><td><a href='/{n}'>某某项目支出绩效评价报告</a></td><td>{n}.5</td></tr>" for n in range(6))
    page = f"<div class='list'><table>{rows}</table></div><p>{'长' * 3000}</p>"
    assert "某某项目支出绩效评价报告\t5.5\n" in text_of(page)


def test_a_table_outside_of_a_known_container_is_read() -> None:
    page = f"<div class='TRS_Editor'><p>{'收入情况说明。' * 60}</p></div><div>{table('<td>收入</td><td>12</td>')}</div>"
    assert "收入\t12\n" in text_of(page)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta name="ArticleTitle" content="甲局 决算"><title>网站</title>', "甲局 决算\n"),
        ("<title>甲局决算_网站</title>", "甲局决算_网站\n"),
        ("<title>收入 12万元。</title>", ""),
        ("", ""),
    ],
)
def test_the_title_outside_of_the_container(head: str, title: str) -> None:
    page = f"<head>{head}</head><body><div>网站</div><div id='zoom'><p>{'收入12万元。' * 30}</p></div>"
    assert text_of(page) == f"{title}{'收入12万元。' * 30}\n"


def test_a_known_container_is_read_with_the_title_outside_of_it() -> None:
    page = (
        '<h1>甲局决算</h1><div class="crumb-x">当前位置</div><div id="info">来源：甲局 浏览：12次</div>'
        f'<div class="TRS_Editor"><p>{"收入12万元。" * 30}</p></div><div class="x">扫一扫</div>'
    )
    text = text_of(page)
    assert text == f"甲局决算\n{'收入12万元。' * 30}\n"


def test_lists_have_their_numbers() -> None:
    page = '<ol start="3"><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>'
    assert text_of(page) == "3. 甲\n4. 乙\n丙\n"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<ol type=a start=26><li>甲<li>乙</ol>", "z. 甲\naa. 乙\n"),
        ("<ol type=I><li>甲<li value=9>乙<li type=i>丙</ol>", "I. 甲\nIX. 乙\nx. 丙\n"),
        ("<ol start=-1><li>甲<li hidden>隐<li>乙</ol>", "-1. 甲\n0. 乙\n"),
        ("<ol start=99999999999><li>甲</ol>", "1. 甲\n"),
        ("<ol style='margin:0;list-style:none'><li>甲</ol>", "甲\n"),
        ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", "1. 甲\n1. 子\n2. 乙\n"),
    ],
)
def test_lists_are_numbered_as_shown(page: str, text: str) -> None:
    assert text_of(page) == text


def test_lines_of_the_source_that_break_a_chinese_word_are_joined() -> None:
    page = table("<td>公务用车购\r\n  置费</td><td>3 \n 辆</td><td><p>甲</p><p>乙</p></td>")
    assert text_of(f"<p>部门预\n算 Total\n 12</p>{page}") == "部门预算 Total 12\n\n公务用车购置费\t3 辆\t甲乙\n\n"


@pytest.mark.parametrize(
    ("style", "text"),
    [("pre-wrap", "甲\xa0\xa0乙\n丙\n"), ("pre-line", "甲 乙\n丙\n"), ("nowrap", "甲 乙丙\n")],
)
def test_blanks_as_the_style_says(style: str, text: str) -> None:
    assert text_of(f"<p style='white-space: {style}'>甲  乙\n丙</p>") == text


def test_a_hidden_pre_changes_nothing_behind_it() -> None:
    assert text_of("<pre hidden>x</pre><p>a   b<span style='display:none'>x</span>c</p>") == "a bc\n"


def test_blanks_of_pre_stay_apart() -> None:
    assert text_of("<pre>项目    金额\n合计    12</pre>").replace("\xa0", " ") == "项目    金额\n合计    12\n"


def test_a_table_that_only_lays_out_is_written_as_what_it_holds() -> None:
    inner = table("<td>合计</td><td>5</td>")
    assert text_of(table(f"<td>左</td><td>{inner}</td>")) == "左\n\n合计\t5\n\n"
    assert text_of(table("<td>甲</td>", "<td>乙</td>")) == "甲\n乙\n"
    prose = "本年收入合计12万元。" * 50
    assert text_of(table(f"<td>{prose}</td><td>旁</td>")) == f"{prose}\n旁\n"


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        *(("gb2312", "gb18030"), ("gbk", "utf-8"), ("utf-8", "gb18030"), ("no-such-code", "gb18030")),
        *(("base64", "gb18030"), ("undefined", "gb18030"), ("idna", "gb18030"), ("unicode_escape", "gb18030")),
        *(("iso-8859-1", "gb18030"), ("utf-16", "gb18030"), ("utf-16", "utf-8")),
    ],
)
def test_the_encoding_that_fits_counts_whatever_is_declared(declared: str, real: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>㎡决算镕'
    assert text_of(page.encode(real)) == "㎡决算镕\n"


def test_other_encodings() -> None:
    assert text_of('<?xml version="1.0" encoding="GBK"?><p>收入'.encode("gbk")) == "收入\n"
    assert text_of("<p>收入決算".encode("gb18030")) == text_of("<p>收入決算") == "收入決算\n"
    assert text_of('<meta charset="Big5"><p>歲出決算'.encode("big5")) == "歲出決算\n"
    assert text_of("<p>收入".encode("utf-16")) == "收入\n"
    assert decode_html("歲出".encode("big5"), "big5") == "歲出"


def test_a_broken_byte_costs_one_character() -> None:
    data = '<meta charset="utf-8"><p>收入12万元，支出9万元'.encode()
    assert "支出9万元" in decode_html(data.replace("入".encode(), b"\xe5\x85"))
    assert decode_html("﻿支出".encode("utf-16")).endswith("支出")


def test_a_saved_page_is_read() -> None:
    mail = (
        b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/css\r\n\r\np{}\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=E6=94=AF=E5=87=BA5=E4=B8=87=E5=85=83\r\n--b--\r\n"
    )
    assert [fact.text for fact in gfe.read(mail).facts] == ["5万元"]
    with pytest.raises(DamagedFileError, match="without a page inside"):
        read_mhtml(b"MIME-Version: 1.0\r\n\r\nx", "x.mht", Budget(Limits(), "x.mht"))


def saved(*parts: str, encoding: str = "base64", charset: str = "gb2312") -> bytes:
    """A saved page of HTML parts."""
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    for number, part in enumerate(parts):
        head += f"--b\r\nContent-Location: file:///x/{'tabstrip' if '页签' in part else number}.htm\r\n"
        head += f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
        head += base64.encodebytes(part.encode(charset)).decode() + "\r\n"
    return f"{head}--b--\r\n".encode()


def saved_text(data: bytes) -> str:
    return read_mhtml(data, "x.mht", Budget(Limits(), "x.mht")).text


def test_only_the_first_page_of_a_saved_page_is_read() -> None:
    assert saved_text(saved("<p>收入", "<p>广告")) == "收入\n"
    assert saved_text(saved("<p>歲出", charset="big5")) == "歲出\n"


def test_the_sheets_of_a_saved_workbook_are_read() -> None:
    sheets = [table(f"<td>收入</td><td x:num='{n}.0001'>{n}</td>") for n in (1, 2)]
    frames = "<html><frameset><frame src='1.htm'><noframes><body>框架</body></noframes></frameset></html>"
    assert saved_text(saved(frames, "<p>页签", *sheets)) == "收入\t1\n\n收入\t2\n\n"
    with pytest.raises(DamagedFileError, match=r"x\.html only names the files that it shows in frames: read 1\.htm"):
        text_of(frames)


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\r\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(5000)),
        saved("<frameset><frame src=x>"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b",
    ],
    ids=["nested", "frames only", "cut short"],
)
def test_broken_saved_pages_are_refused(data: bytes) -> None:
    with pytest.raises(DamagedFileError, match=r"x\.mht is a "):
        saved_text(data)


def test_damaged_bytes_of_a_saved_page_raise_nothing() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset*=x''%ff\r\nContent-Transfer-Encoding: "
    assert saved_text(head + b"base64\r\n\r\n!!!") == ""
    assert "收" in saved_text(head + b"x-no-such\r\n\r\n<p>" + "收".encode())


def test_pages_that_word_and_excel_write() -> None:
    word = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p class=MsoNormal><![if !supportLists]><span"
        " style='mso-list:Ignore'>一、</span><![endif]>收入<span lang=EN-US>12</span>万\n元<o:p></o:p></p></body></html>"
    )
    assert text_of(word) == "一、收入12万元\n"
    excel = table(
        "<td colspan=2 style='mso-ignore:colspan'>收入决算表（部门）</td><td></td>",
        "<td>收入</td><td x:num='12.3456'>12.35</td><td style='display:none'>隐</td>",
        "<td>支出</td><td x:num><span style='mso-spacerun:yes'>&nbsp;</span>9.00 </td>",
    )
    assert text_of(excel) == "收入决算表（部门）\t\n收入\t12.35\n支出\t9.00\n\n"


def test_a_page_without_words_is_an_empty_text() -> None:
    assert text_of("<html><body></body></html>") == text_of("<!-- -->") == ""


def test_nul_bytes_and_entities_lose_nothing() -> None:
    assert text_of("<p>x&#xD800;y&#0;&#x110000;z&nbsp;&unknown;<!DOCTYPE a [<!ENTITY b 'c'>]>&b;").startswith("x")
    assert text_of(b"<p>a\0b &lt;script&gt; &#25910;&amp;") == "ab <script> 收&\n"


def test_columns_without_end_are_clipped_and_many_cells_refused() -> None:
    page = table('<td colspan="99999999999">a</td><td rowspan="99999">b</td>', "<td>c</td>")
    assert text_of(page) == "a\tb\nc\t\n\n"
    with pytest.raises(LimitError, match="limit cells=500"):
        text_of(page, cells=500)


def test_a_row_of_wide_cells_is_counted_before_it_is_built() -> None:
    with pytest.raises(LimitError, match="limit cells=3000000"):
        text_of("<table><tr>" + "<td colspan=1000>a" * 100_000)
    with pytest.raises(LimitError, match="limit cells=3000000"):
        text_of("<table><tr>" + "<td>a" * 3_000 + "<tr><td>a" * 3_000)


def test_time_that_is_over_is_noticed() -> None:
    with pytest.raises(LimitError, match="limit seconds"):
        read_html("<p>收入".encode() * 9_000, "x.html", Budget(Limits(seconds=1e-9), "x.html"))


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1_900 + "底",
        "<b>" * 100_000 + "底",
        "<p><font>x" * 50_000 + "底",
        "<table><tr>" + "<td colspan=1000>" * 30 + "<tr><td>a" * 50_000 + "底",
        "<table><tr><td>x" * 400 + "<table><tr><td>" * 200 + "底",
        "<p>收" + " " * 500_000 + "\n" * 500_000 + "底",
        "<b " * 200_000,
        "<table><tr><td>" * 400 + "底",
        "<p>" + "收入1万元，" * 100_000,
        table("<td>1</td>" * 200) * 200,
        "<ul>" + "<li>甲" * 50_000,
        "<p class='nav'" * 20_000,
    ],
    ids=[
        "divs",
        "bold",
        "fonts",
        "wide and long",
        "texts and tables",
        "blanks",
        "open tags",
        "tables",
        "one line",
        "cells",
        "items",
        "attributes",
    ],
)
def test_hostile_pages_are_read_in_linear_time(page: str) -> None:
    started = time.monotonic()
    assert text_of(page).count("底") == page.count("底")
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("mark", ["<div>", "<span>", "<table><tr><td>"])
def test_nesting_that_the_parser_gives_up_on_is_no_silent_loss(mark: str) -> None:
    with pytest.raises(DamagedFileError, match=r"x\.html is nested deeper"):
        text_of(mark * 100_000 + "底")
