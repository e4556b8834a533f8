"""Workbooks: lines and tables as a person sees them, of all three formats."""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

import govfin_extract as gfe
from govfin_extract.errors import DamagedFileError, LimitError
from govfin_extract.readers import office
from govfin_extract.readers.limits import Budget, Limits
from govfin_extract.readers.sheets import xls
from govfin_extract.readers.sheets.layout import Sheet, write_sheets
from govfin_extract.readers.sheets.ods import read_ods
from govfin_extract.readers.sheets.xls import read_xls
from govfin_extract.readers.sheets.xlsx import read_xlsx


def budget(**limits: float) -> Budget:
    return Budget(Limits(**limits), "x.xlsx")  # type: ignore[arg-type]


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def income() -> Workbook:
    """A sheet with title, unit line, merged header, percent and a note; one more, and a hidden one."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "收入表"
    rows = [
        ["收入决算表"],
        ["编制单位：甲局", None, None, "单位：万元"],
        ["项目", "决算数", None, "占比"],
        [None, "小计", "其中：财政", None],
        ["合计", 1204.5, 1000, 0.9738],
        ["其中：", None, None, None],
        ["事业收入", 0, None, None],
        ["注：本表含结转。"],
    ]
    for row in rows:
        sheet.append(row)
    for place, form in {"B5": "#,##0.00", "C5": "0.00", "D5": "0.00%", "B7": '0.00;-0.00;"-"'}.items():
        sheet[place].number_format = form
    for merge in ("A1:D1", "A3:A4", "B3:C3", "D3:D4"):
        sheet.merge_cells(merge)
    second = book.create_sheet("Sheet2")
    second.append(["年末人数", 12])
    book.create_sheet("草稿").append(["不可见", 1])
    book["草稿"].sheet_state = "hidden"
    return book


SHOWN = (
    "收入表\n收入决算表\n编制单位：甲局 单位：万元\n\n项目\t决算数\t\t占比\n\t小计\t其中：财政\t\n"
    "合计\t1,204.50\t1000.00\t97.38%\n其中：\t\t\t\n事业收入\t-\t\t\n\n注：本表含结转。\n\n年末人数\t12\n\n"
)


def test_a_workbook_reads_as_a_person_sees_it() -> None:
    linear = read_xlsx(saved(income()), "x.xlsx", budget())
    assert linear.text == SHOWN
    assert linear.places.page_at(linear.text.index("12\n")) == 2


def test_a_fact_knows_its_sheet_row_and_header() -> None:
    document = gfe.read(saved(income()))
    fact = next(fact for fact in document.facts if fact.text == "1,204.50")
    assert (fact.page, fact.table, fact.row, fact.column_path, str(fact.value)) == (
        1,
        0,
        2,
        ("决算数", "小计"),
        "12045000",
    )


@pytest.mark.parametrize(("target", "reader"), [("xls", read_xls), ("ods", read_ods)])
def test_the_other_formats_read_alike(target: str, reader: Any) -> None:
    if not os.environ.get("CI") and not any(map(shutil.which, ("soffice", "libreoffice"))):
        pytest.skip("LibreOffice is not installed")
    data = office.converted(saved(income()), "x.xlsx", budget(), suffix="xlsx", target=target)
    assert reader(data, f"x.{target}", budget()).text == SHOWN


def test_hidden_rows_and_columns_are_left_out() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["项目", "旧", "新"], ["甲", 1, 2], ["乙", 3, 4]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    assert read_xlsx(saved(book), "x.xlsx", budget()).text == "项目\t新\n甲\t2\n\n"


def test_a_formula_without_result_is_an_empty_cell_and_said_so(caplog: pytest.LogCaptureFixture) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["合计", "=SUM(1,2)", 5])
    with caplog.at_level(logging.WARNING):
        text = read_xlsx(saved(book), "x.xlsx", budget()).text
    assert text == "合计\t5\n\n"
    assert "1 formulas were never computed" in caplog.text
    assert "SUM" not in caplog.text


def test_a_text_that_looks_like_a_formula_is_text() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["B1"] = "x", "y"
    sheet["A1"].value, sheet["A1"].data_type = "=cmd()|'x'!A1", "s"
    assert read_xlsx(saved(book), "x.xlsx", budget()).text == "=cmd()|'x'!A1\ty\n\n"


def test_a_far_cell_costs_nothing_and_a_merge_of_a_whole_sheet_is_refused() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["XFD1048576"] = 1, 2
    started = time.monotonic()
    assert read_xlsx(saved(book), "x.xlsx", budget()).text == "1\n2\n"
    book = income()
    data = saved(book)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A1:D1"', b'ref="A1:XFD1048576"'))
    with pytest.raises(LimitError, match="limit cells=3000000"):
        read_xlsx(stream.getvalue(), "x.xlsx", budget())
    assert time.monotonic() - started < 20


def edited(part: str, old: bytes, new: bytes, encoding: str = "utf-8", renamed: str = "") -> bytes:
    """The workbook with one of its parts changed by hand, as no library writes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(income()))) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new).decode().encode(encoding)
            if renamed:
                data = data.replace(part.encode(), renamed.encode())
            after.writestr(renamed if name == part and renamed else name, data)
    return stream.getvalue()


FIRST = "xl/worksheets/sheet1.xml"
MERGE = b'ref="A1:D1"'
WHOLE = b'ref="A1:XFD1048576"'


@pytest.mark.parametrize(
    "data",
    [
        edited(FIRST, MERGE, b"ref='A1:XFD1048576'"),
        edited(FIRST, MERGE, b'ref = "$A$1:$XFD$1048576"'),
        edited(FIRST, MERGE, WHOLE, "utf-16"),
        edited(FIRST, MERGE, WHOLE, renamed="xl/other/s.bin"),
        edited(FIRST, b"</mergeCells>", b"</mergeCells><hyperlinks><hyperlink " + WHOLE + b"/></hyperlinks>"),
    ],
    ids=["quotes", "dollars", "encoding", "name", "hyperlink"],
)
def test_a_range_of_a_whole_sheet_is_refused_however_it_is_written(data: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(LimitError, match="limit cells=3000000"):
        read_xlsx(data, "x.xlsx", budget())
    assert time.monotonic() - started < 5


def test_hidden_columns_beyond_the_edge_cost_nothing() -> None:
    data = edited(FIRST, b"<sheetData>", b'<cols><col min="4" max="2000000000" hidden="1"/></cols><sheetData>')
    started = time.monotonic()
    assert "97.38%" not in read_xlsx(data, "x.xlsx", budget()).text
    assert time.monotonic() - started < 5


def test_a_date_format_that_chinese_excel_knows_by_number_is_no_amount() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["批复日期", 44896])
    sheet["B1"].number_format = "0.0000001"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb'numFmtId="164"(?! formatCode)', b'numFmtId="31"', old.read(name)))
    assert read_xlsx(stream.getvalue(), "x.xlsx", budget()).text == "批复日期\t2022年12月1日\n\n"


def test_an_old_date_format_without_a_text_is_read() -> None:
    form = SimpleNamespace(format_str=None)  # as xlrd gives the formats that Excel knows by number
    book: Any = SimpleNamespace(datemode=0, format_map={57: form}, xf_list=[SimpleNamespace(format_key=57)])
    cell = SimpleNamespace(ctype=3, value=44896.0, xf_index=0)
    assert xls._shown(book, cell) == "2022年12月"


def test_a_chart_on_a_sheet_of_its_own_has_a_page_number() -> None:
    book = income()
    chart = BarChart()
    chart.add_data(Reference(book.worksheets[0], min_col=2, min_row=5))
    book.create_chartsheet("图", 0).add_chart(chart)
    linear = read_xlsx(saved(book), "x.xlsx", budget())
    assert linear.text == SHOWN
    assert linear.places.page_at(linear.text.index("合计")) == 2


def test_many_cells_are_refused() -> None:
    with pytest.raises(LimitError, match="limit cells=5"):
        read_xlsx(saved(income()), "x.xlsx", budget(cells=5))


def ods(body: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("table", "table"), ("text", "text"), ("office", "office"), ("style", "style"))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="表">{body}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def test_blank_cells_and_rows_repeated_to_the_edge_cost_nothing() -> None:
    row = '<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell><table:table-cell><text:p>1</text:p><text:p>元</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
    rest = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert read_ods(ods(row + rest), "x.ods", budget()).text == "甲\t1 元\n\n"


def test_full_cells_repeated_without_end_are_refused() -> None:
    row = '<table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="9999"><text:p>1</text:p></table:table-cell></table:table-row>'
    with pytest.raises(LimitError, match="limit cells"):
        read_ods(ods(row), "x.ods", budget())


def test_a_note_on_a_cell_and_covered_cells_are_no_text() -> None:
    body = '<table:table-row><table:table-cell><office:annotation><text:p>批注</text:p></office:annotation><text:p>甲<text:s text:c="2"/>乙</text:p></table:table-cell><table:covered-table-cell><text:p>盖</text:p></table:covered-table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row>'
    assert read_ods(ods(body), "x.ods", budget()).text == "甲乙\t2\n\n"


def test_an_encrypted_workbook_is_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr("META-INF/manifest.xml", "<x><manifest:encryption-data/></x>")
        container.writestr("content.xml", b"\x00\x01")
    with pytest.raises(DamagedFileError, match="encrypted; save it without a password"):
        read_ods(stream.getvalue(), "x.ods", budget())


@pytest.mark.parametrize("reader", [read_xlsx, read_xls, read_ods])
def test_what_is_no_workbook_is_damaged(reader: Any) -> None:
    with pytest.raises(DamagedFileError, match=r"x\.any"):
        reader(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 2000, "x.any", budget())


def test_prose_between_rows_ends_a_table() -> None:
    prose = "以上各项收入均已按照规定全额上缴国库，并在年终与财政部门、人民银行逐笔核对无误，特此说明。"
    cells = {(0, 0): "甲", (0, 1): "1", (1, 0): prose, (2, 0): "乙", (2, 1): "2"}
    assert write_sheets([Sheet("", cells)], budget()).text == f"甲\t1\n\n{prose}\n\n乙\t2\n\n"


def test_a_real_path_is_read_by_content(tmp_path: Path) -> None:
    path = tmp_path / "决算.dat"
    path.write_bytes(saved(income()))
    assert gfe.read(path).text == SHOWN


def test_a_merged_cell_that_begins_in_a_hidden_column_is_still_seen() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["收入决算表", None, None], ["序号", "项目", "决算数"], [1, "合计", 12]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["A"].hidden = True
    assert read_xlsx(saved(book), "x.xlsx", budget()).text == "收入决算表\n\n项目\t决算数\n合计\t12\n\n"


def test_rows_behind_prose_keep_the_columns_of_their_table() -> None:
    prose = "以上各项收入均已按照规定全额上缴国库，并在年终与财政部门、人民银行逐笔核对无误，特此说明。"
    cells = {(0, 0): "项目", (0, 1): "预算数", (0, 2): "决算数", (1, 0): prose, (2, 0): "甲", (2, 2): "2"}
    assert write_sheets([Sheet("", cells)], budget()).text.endswith(f"{prose}\n\n甲\t\t2\n\n")
