"""PDF: one text of every page, with the place of every character. The files are drawn here, line by line."""

from __future__ import annotations

import base64
import contextlib
import io
import logging
import time
import zlib
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import govfin_extract as gfe
from govfin_extract.errors import DamagedFileError, LimitError, MissingToolError
from govfin_extract.readers import ocr
from govfin_extract.readers.limits import Budget, Limits
from govfin_extract.readers.linear import Linear
from govfin_extract.readers.pdf import read_pdf

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Draw = Callable[["Page"], None]


class Page:
    """A page to draw on, in points from its upper left corner."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self._height = height

    def words(self, x: float, y: float, text: str, size: float = 12) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self._height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self._height - y0, x1, self._height - y1)

    def grid(self, left: float, top: float, widths: list[float], rows: list[list[str]], size: float = 10) -> None:
        """A table with rules; a cell that begins with < has no rule on its left, one with ^ none above."""
        edges = [left + sum(widths[:number]) for number in range(len(widths) + 1)]
        for number, row in enumerate(rows):
            upper, lower = top + 20 * number, top + 20 * (number + 1)
            for column, text in enumerate(row):
                if not text.startswith("<"):
                    self.line(edges[column], upper, edges[column], lower)
                if not text.startswith("^"):
                    self.line(edges[column], upper, edges[column + 1], upper)
                self.words(edges[column] + 3, lower - 6, text.lstrip("<^"), size)
            self.line(edges[-1], upper, edges[-1], lower)
        bottom = top + 20 * len(rows)
        self.line(edges[0], bottom, edges[-1], bottom)


def drawn(
    *pages: Draw, size: tuple[float, float] = A4, encrypt: StandardEncryption | None = None, turn: int = 0
) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size, encrypt=encrypt)
    for draw in pages:
        if turn:
            canvas.translate(size[0], 0)
            canvas.rotate(90)
        draw(Page(canvas, size[0] if turn else size[1]))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def read(data: bytes, **limits: float) -> Linear:
    return read_pdf(data, "x.pdf", Budget(Limits(**limits), "x.pdf"))  # type: ignore[arg-type]


TABLE = [["项目", "决算数", "<", "备注"], ["^", "小计", "基本支出", "^"], ["合计", "1,204.50", "1,000.00", ""]]
SHOWN = "项目\t决算数\t\t备注\n\t小计\t基本支出\t\n合计\t1,204.50\t1,000.00\t\n"


def income(page: Page) -> None:
    page.words(200, 80, "支出决算表", 16)
    page.words(430, 110, "单位：万元")
    page.grid(60, 120, [120, 90, 90, 90], TABLE)


def test_a_ruled_table_with_merged_cells() -> None:
    assert read(drawn(income)).text == f"支出决算表\n单位：万元\n\n{SHOWN}\n"


def test_a_fact_knows_its_page_its_place_and_its_header() -> None:
    document = gfe.read(drawn(lambda page: page.words(100, 100, "封面"), income))
    fact = document.facts[0]
    assert (fact.text, str(fact.value), fact.page, fact.column_path) == ("1,204.50", "12045000", 2, ("决算数", "小计"))
    assert fact.bbox is not None
    left, top, right, bottom = fact.bbox
    assert 183 <= left < right <= 270
    assert 160 <= top < bottom <= 180
    assert document.tables[0].page == 2


@pytest.mark.parametrize("turn", [90])
def test_a_page_whose_text_runs_upwards_reads_alike(turn: int) -> None:
    assert read(drawn(income, turn=turn, size=A4)).text == f"支出决算表\n单位：万元\n\n{SHOWN}\n"


def test_a_table_without_rules() -> None:
    def draw(page: Page) -> None:
        page.words(200, 80, "收入决算表")
        for number, (name, *figures) in enumerate(
            [
                ["项目", "预算数", "决算数"],
                ["财政拨款收入", "120.00", "118.50"],
                ["其他收入", "", "6.20"],
                ["合计", "120.00", "124.70"],
            ]
        ):
            page.words(60, 120 + 20 * number, name)
            for column, text in enumerate(figures):
                page.words(300 + 100 * column - 6 * len(text), 120 + 20 * number, text)

    text = read(drawn(draw)).text
    assert "项目\t预算数\t决算数\n财政拨款收入\t120.00\t118.50\n其他收入\t\t6.20\n合计\t120.00\t124.70\n" in text


def test_digits_set_lower_stay_in_their_line() -> None:
    def draw(page: Page) -> None:
        x = 72.0
        for text, lower, size in (
            ("本年收入合计", 0, 12),
            ("1204.50", 3, 14),
            ("万元，支出为", 0, 12),
            ("9", 3, 14),
            ("万元。", 0, 12),
        ):
            page.words(x, 100 + lower, text, size)
            x += pdfmetrics.stringWidth(text, FONT, size) + 1

    assert read(drawn(draw)).text == "本年收入合计1204.50万元，支出为9万元。\n"


def test_running_heads_go_and_sentences_join_over_pages() -> None:
    line = "本单位按照规定公开部门决算信息并且接受社会各方面的监督检查情况总体"
    half = len(line)

    def draw(number: int) -> Draw:
        def on(page: Page) -> None:
            page.words(72, 40, "甲局2023年度部门决算")
            page.words(290, 810, f"- {number} -")
            page.words(96, 90, line[: half - 2], 13)
            page.words(72, 110, line, 13)
            if number == 2:
                page.words(72, 130, "支出12万元。", 13)

        return on

    linear = read(drawn(draw(1), draw(2), draw(3)))
    assert "甲局2023" not in linear.text
    assert "- 2 -" not in linear.text
    assert "支出12万元。" in linear.text
    assert linear.places.page_at(linear.text.index("12万元")) == 2


def test_a_sentence_goes_on_over_the_page_and_its_figure_knows_the_page() -> None:
    first = "纳入本单位决算编制范围的预算单位的收入和支出情况汇总如下本年支出合计"

    def one(page: Page) -> None:
        for number in range(3):
            page.words(72, 700 + 20 * number, first, 13)

    document = gfe.read(drawn(one, lambda page: page.words(72, 90, "为12.5万元。", 13)))
    assert document.text.endswith(f"{first}为12.5万元。\n")
    assert [(fact.text, fact.page) for fact in document.facts] == [("12.5万元", 2)]


def test_a_table_goes_on_over_the_page_without_its_header() -> None:
    widths = [160.0, 100.0, 100.0]
    head = [["项目", "预算数", "决算数"]]
    rows = [[f"{name}支出", f"{number}.00", f"{number}.50"] for number, name in enumerate("教育文化卫生农业水利", 1)]

    def one(page: Page) -> None:
        page.words(200, 80, "支出决算表")
        page.words(430, 100, "单位：万元")
        page.grid(60, 120, widths, head + rows[:5])

    document = gfe.read(drawn(one, lambda page: page.grid(60, 60, widths, rows[5:])))
    facts = {fact.text: fact for fact in document.facts}
    assert len(facts) == 20
    late = facts["10.50"]
    assert (late.page, late.basis, late.column_path, late.label and late.label.text) == (
        2,
        "actual",
        ("决算数",),
        "利支出",
    )
    assert facts["9.00"].basis == "budget"


def test_a_number_broken_over_lines_of_a_cell_is_one() -> None:
    def draw(page: Page) -> None:
        page.grid(60, 120, [120, 90], [["项目", "决算数"], ["合计", ""], ["^甲", "^9.00"]])
        page.words(183, 152, "12,345,6", 10)
        page.words(183, 164, "78.90", 10)

    assert "12,345,678.90" in read(drawn(draw)).text


def test_a_frame_around_text_is_no_table() -> None:
    assert read(drawn(lambda page: page.grid(60, 120, [300], [["收入12万元。"]]))).text == "收入12万元。\n"


def test_owner_passwords_do_not_hinder_and_user_passwords_are_named() -> None:
    owner = drawn(income, encrypt=StandardEncryption("", "geheim", canCopy=0))
    assert SHOWN in read(owner).text
    strong = StandardEncryption("", "geheim", strength=128)
    assert SHOWN in read(drawn(income, encrypt=strong)).text
    with pytest.raises(DamagedFileError, match="needs a password; open it in a viewer"):
        read(drawn(income, encrypt=StandardEncryption("geheim")))


@pytest.mark.parametrize("part", [0.1, 0.5])
def test_a_file_cut_short_is_read_or_damaged(part: float) -> None:
    data = drawn(income)
    with contextlib.suppress(DamagedFileError):
        text = read(data[: int(len(data) * part)]).text
        assert text == "" or SHOWN in text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"PDF"])
def test_an_empty_file_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedFileError, match=r"x\.pdf"):
        read(data)


def test_too_many_pages_and_cells_are_refused() -> None:
    with pytest.raises(LimitError, match="limit pages=2"):
        read(drawn(income, income, income), pages=2)
    with pytest.raises(LimitError, match="limit cells=11"):
        read(drawn(income), cells=11)


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb_is_refused_before_it_goes_off(times: int) -> None:
    packed = b"0" * 60_000_000
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    bomb = b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode/Length 9>>\nstream\n" + packed + b"\nendstream\nendobj\n"
    with pytest.raises(LimitError, match="limit unpacked_bytes=50000000"):
        read(bomb, unpacked_bytes=50_000_000)


def scan(page: Page) -> None:
    """A page that is one picture."""
    from reportlab.lib.utils import ImageReader

    page.canvas.drawImage(ImageReader(io.BytesIO(picture())), 0, 0, A4[0], A4[1])


def picture() -> bytes:
    """A table as a picture."""
    import pypdfium2

    stream = io.BytesIO()
    page = pypdfium2.PdfDocument(drawn(income))[0]
    page.render(scale=2.5).to_pil().save(stream, "PNG")
    return stream.getvalue()


def test_a_scan_is_recognised_and_the_remedy_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(MissingToolError, match=r"x\.pdf is a scan without text.*govfin-extract\[ocr\]"):
        read(drawn(scan))
    with caplog.at_level(logging.WARNING):
        assert SHOWN in read(drawn(scan, income)).text
    assert "scanned pages left out (1)" in caplog.text


@pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")
def test_a_scan_is_read_with_the_extra() -> None:
    document = gfe.read(drawn(scan))
    assert "1,204.50" in [fact.text for fact in document.facts]


def test_a_wide_page_reads_alike() -> None:
    assert SHOWN in read(drawn(income, size=landscape(A4))).text


def test_numbers_that_one_blank_parts_stay_apart() -> None:
    text = read(drawn(lambda page: page.words(50, 100, "合计 1100.00 1111.00 2022 12.5"))).text
    assert "1100.00 1111.00 2022 12.5" in text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_with_upright_text_reads_alike(turn: int) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4 if turn == 180 else landscape(A4))
    canvas.setPageRotation(turn)
    income(Page(canvas, 590))
    canvas.showPage()
    canvas.save()
    assert SHOWN in read(stream.getvalue()).text


def test_bombs_behind_other_filters_and_passwords_are_counted() -> None:
    packed = base64.a85encode(zlib.compress(b"0" * 20_000_000, 9)) + b"~>"
    text = b"%PDF-1.4\n1 0 obj\n<</Filter[/ASCII85Decode/FlateDecode]>>\nstream\n" + packed + b"\nendstream\n"
    with pytest.raises(LimitError, match="unpacked_bytes"):
        read(text, unpacked_bytes=1_000_000)


def test_many_streams_without_an_end_cost_linear_time() -> None:
    started = time.monotonic()
    with contextlib.suppress(DamagedFileError):
        read(b"%PDF-1.4\n" + b"stream\nx" * 200_000 + b"endstream")
    assert time.monotonic() - started < 10
