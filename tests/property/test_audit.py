"""Sums of rounded parts are never off, and a figure changed beyond what rounding explains is found."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

import govfin_extract as gfe

CENT = Decimal("0.01")
EXACT = st.integers(10_000_000, 900_000_000).map(lambda units: Decimal(units).scaleb(-4))
NAMES = ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def of(total: Decimal, parts: list[Decimal]) -> str:
    items = "，".join(f"{name}{part}万元" for name, part in zip(NAMES, parts, strict=True))
    return f"青禾县水利局2022年度部门决算\n“三公”经费支出{total}万元，其中：{items}。"


@given(st.lists(EXACT, min_size=3, max_size=3))
def test_a_sum_of_rounded_parts_is_never_off(parts: list[Decimal]) -> None:
    document = gfe.extract(of(cents(sum(parts, Decimal(0))), [cents(part) for part in parts]), model=None)
    assert document.audit() == ()
    assert document.relations is not None
    assert document.relations.held > 0


@given(st.lists(EXACT, min_size=3, max_size=3), st.integers(0, 2), st.integers(-9999, 9999))
def test_a_part_changed_beyond_rounding_is_found(parts: list[Decimal], at: int, by: int) -> None:
    assume(abs(by) > 4)
    shown = [cents(part) for part in parts]
    total = cents(sum(parts, Decimal(0)))
    shown[at] += CENT * by
    assume(shown[at] > 0)
    rules = [finding.rule for finding in gfe.extract(of(total, shown), model=None).audit()]
    assert rules == ["sum.three_public"]


@given(EXACT, EXACT)
def test_a_share_that_was_rounded_is_never_off(part: Decimal, rest: Decimal) -> None:
    whole = part + rest
    share = (100 * part / whole).quantize(CENT, ROUND_HALF_UP)
    text = (
        f"青禾县水利局2022年度部门决算\n本年支出合计{cents(whole)}万元，其中：基本支出{cents(part)}万元，占{share}%；"
        f"项目支出{cents(rest)}万元，占{100 - share}%。"
    )
    assert gfe.extract(text, model=None).audit() == ()


@given(EXACT, EXACT)
def test_growth_that_was_rounded_is_never_off(before: Decimal, after: Decimal) -> None:
    assume(before != after)
    now, change = cents(after), cents(after) - cents(before)
    assume(change)
    growth = abs(100 * change / cents(before)).quantize(CENT, ROUND_HALF_UP)
    word = ("增加", "增长") if change > 0 else ("减少", "下降")
    text = (
        f"青禾县水利局2022年度部门决算\n收入总计{now}万元，与上年相比，{word[0]}{abs(change)}万元，{word[1]}{growth}%。"
    )
    assert gfe.extract(text, model=None).audit() == ()


@given(st.text(alphabet="收入支出合计其中：，。占比万元%人\n\t1234567890.", max_size=300))
def test_no_text_breaks_the_audit(text: str) -> None:
    document = gfe.extract(f"2022年度部门决算\n{text}", model=None)
    document.audit()
    counts = document.relations
    assert counts is not None
    assert counts.found == counts.held + counts.off + counts.not_checkable
