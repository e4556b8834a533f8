"""Web pages: what a browser shows of the report."""

from __future__ import annotations

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
    assert text_of(page) == "决算\n收入12万元， 支出\xa03 元\n结余\n甲\n乙\n丙\n"


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


def test_the_foot_is_shown_last_and_the_caption_first() -> None:
    page = "<table><caption>收入 表</caption><tfoot><tr><td>合计</td><td>9</td></tr></tfoot><tbody><tr><td>甲</td><td>9</td></tr></tbody></table>"
    assert text_of(page) == "收入 表\n\n甲\t9\n合计\t9\n\n"


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert('机密12万元')</script>",
        "<style>机密</style>",
        "<!-- 机密 -->",
        "<noscript>机密</noscript>",
        '<p hidden="">机密</p>',
        '<p style="DISPLAY : none">机密</p>',
        "<select><option>机密</option></select>",
        '<nav><a href="/">机密</a></nav>',
        "<footer>机密</footer>",
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
    [("gb2312", "gb18030"), ("gbk", "utf-8"), ("utf-8", "gb18030"), ("no-such-code", "gb18030"), ("base64", "gb18030")],
)
def test_the_encoding_that_fits_counts_whatever_is_declared(declared: str, real: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>㎡决算镕'
    assert text_of(page.encode(real)) == "㎡决算镕\n"


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


def test_a_page_without_words_is_an_empty_text() -> None:
    assert text_of("<html><body></body></html>") == text_of("<!-- -->") == ""


def test_nul_bytes_and_entities_lose_nothing() -> None:
    assert text_of(b"<p>a\0b &lt;script&gt; &#25910;&amp;") == "ab <script> 收&\n"


def test_columns_without_end_are_clipped_and_many_cells_refused() -> None:
    page = table('<td colspan="99999999999">a</td><td rowspan="99999">b</td>', "<td>c</td>")
    assert text_of(page) == "a\tb\nc\t\n\n"
    with pytest.raises(LimitError, match="limit cells=500"):
        text_of(page, cells=500)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1_900 + "底",
        "<table><tr><td>" * 400 + "底",
        "<p>" + "收入1万元，" * 100_000,
        table("<td>1</td>" * 200) * 200,
        "<ul>" + "<li>甲" * 50_000,
        "<p class='nav'" * 20_000,
    ],
    ids=["divs", "tables", "one line", "cells", "items", "attributes"],
)
def test_hostile_pages_are_read_in_linear_time(page: str) -> None:
    started = time.monotonic()
    assert text_of(page).count("底") == page.count("底")
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("mark", ["<div>", "<b>", "<table><tr><td>"])
def test_nesting_that_the_parser_gives_up_on_is_no_silent_loss(mark: str) -> None:
    with pytest.raises(DamagedFileError, match=r"x\.html is nested deeper"):
        text_of(mark * 100_000 + "底")
