"""Numbers as a spreadsheet shows them. What is expected follows ECMA-376 18.8.31."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govfin_extract.readers.sheets.numberformat import Value, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1204.35, "General", "1204.35"),
        (1204.0, "General", "1204"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890123, "General", "1234567890123"),
        (0.00001234, "General", "0.00001234"),
        (-0.0, "General", "0"),
        (1 / 3, "General", "0.333333333"),
        (1204.5, "#,##0.00", "1,204.50"),
        (1204.5, "0", "1205"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (1.005, "0.00", "1.01"),
        (0.9738, "0%", "97%"),
        (0.9738, "0.00%", "97.38%"),
        (1, "0.0%", "100.0%"),
        (-0.012, "0.0%", "-1.2%"),
        (7, "000", "007"),
        (0.5, "#.##", ".5"),
        (0, "#,##0.00", "0.00"),
        (-3, "#,##0;(#,##0)", "(3)"),
        (-3.5, "0.0_);[Red]\\(0.0\\)", "(3.5)"),
        (-3.5, "0.00;[Red]0.00", "3.50"),
        (0, ACCOUNTING, "-"),
        (12.3, ACCOUNTING, "12.30"),
        (-1234.5, ACCOUNTING, "-1,234.50"),
        (12345678, "#,##0,", "12,346"),
        (12345678, "0.00,,", "12.35"),
        (12.5, '0.00"万元"', "12.50万元"),
        (12.5, "0.00\\万", "12.50万"),
        (123456, "0\\.0,", "12.3"),
        (123456, "#,##0\\.0000", "12.3456"),
        (123456, "0!.0000", "12.3456"),
        (2010101, "000\\-00\\-00", "201-01-01"),
        (28.499999999999996, "0", "29"),
        (5, '[>=10]"多";[<10]"少"0', "少5"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234.5, '"¥"#,##0.00;"¥"\\-#,##0.00', "¥1,234.50"),
        (5, '"a;b"0', "a;b5"),
        (2022, "@", "2022"),
        (12345678, '0\\.0,"万元"', "1234.6万元"),
        (12345678, '0"."0,', "1234.6"),
        (12345678, '0!.0,"万元"', "1234.6万元"),
        (123456789, '0\\.00,,"亿元"', "1.23亿元"),
        (1234567890, '#,##0\\.0,"万元"', "123,456.8万元"),
        (12345678, "#,##0,.00", "12,345.68"),
        (12, "0,000", "0,012"),
        (1204, "000-0000", "000-1204"),
        (0.5, ".00", ".50"),
        (1204.5, "G/通用格式", "1204.5"),
        # Excel keeps the sign unless only negatives come to the section (SheetJS issues 2132, 2573, 2586).
        (-500, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "-500"),
        (-12.3, "[=0]?;#,##0.00", "-12.30"),
        (-2, "[>=1]0;0", "-2"),
        (-2, "[>=-1]0;0", "2"),
        (-25, "[<=-25]General;[>=25]General;General", "25"),
        (-3, '[<0]"减"0;"增"0', "减3"),
        (1234.5, "0.00E+00", "1234.5"),
        (0.25, "# ?/?", "0.25"),
        (5, "0;;", "5"),
        (0, "0;-0;", ""),
        (True, "0", "TRUE"),
        ("=1+1", "0", "=1+1"),
        (None, "0", ""),
        (float("nan"), "0", "nan"),
    ],
)
def test_a_number_has_the_digits_that_a_person_sees(value: Value, form: str, text: str) -> None:
    assert shown(value, form) == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (datetime(2023, 1, 5), 'yyyy"年"m"月"d"日"', "2023年1月5日"),
        (datetime(2023, 1, 5), 'yyyy"年"m"月"', "2023年1月"),
        (datetime(2023, 1, 5), "yyyy", "2023"),
        (datetime(2023, 1, 5), "yyyy-mm-dd", "2023-01-05"),
        (datetime(2023, 1, 5, 9, 30), "yyyy/m/d h:mm", "2023-01-05 09:30"),
        (date(2023, 1, 5), 'm"月"d"日"', "1月5日"),
        (time(9, 30), "h:mm", "09:30"),
        (44931, "yyyy-mm-dd", "2023-01-05"),
        (timedelta(hours=36, minutes=5), "[h]:mm", "36:05"),
        (1e12, "yyyy-mm-dd", "1000000000000"),
    ],
)
def test_a_date_is_no_number(value: Value, form: str, text: str) -> None:
    assert shown(value, form) == text


@given(st.floats() | st.integers(), st.text('0#?.,;%E+-_*"\\[]<>=@年万ymdhsGeneral/ ', max_size=30))
def test_any_number_in_any_format_is_a_text(value: float, form: str) -> None:
    assert isinstance(shown(value, form), str)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_two_decimals_come_back_as_they_were(value: object) -> None:
    text = shown(float(str(value)), "0.00")
    assert text == f"{value:.2f}" or float(text) == 0
