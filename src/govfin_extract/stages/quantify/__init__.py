"""Stage: every quantity of a text, by the contract of the quantity guide.

>>> quantify("本年收入74.50万元，增长8.1%")
[<Quantity '74.50万元' amount 745000 CNY exact [4:11]>, <Quantity '8.1%' percent 8.1 % exact [14:18]>]
>>> parse("1.2亿余元").low
Decimal('120000000')
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from govfin_extract.errors import QuantityError
from govfin_extract.records import Quantity
from govfin_extract.stages.quantify.lexicon import unit_class
from govfin_extract.stages.quantify.scan import scan
from govfin_extract.stages.quantify.shared import with_shared_units

__all__ = ["parse", "quantify", "unit_class"]

_FOLD = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_EXPECTED = "one well-formed number with its unit and nothing else, such as '1.2亿元', '三百人', '8.5%'"
_WIDE = re.compile("[０-９％]")
_BLANK = " \t\r\n\u00a0\u2002\u2003\u2009\u202f\u3000"


def quantify(text: str) -> list[Quantity]:
    """All quantities of a text in order, none overlapping; never raises on any string.

    Offsets are those of ``text``, ``text[q.start:q.end] == q.text``. A foreign amount keeps its value in its own
    currency and has the ISO code as its unit. A count after 万 without a measure word (20万网民) has an empty unit, and
    so has a vague number alone (几十).

    >>> [q.text for q in quantify("2020年召开三次会议，约50余人参加，支出人民币1 200.5万元。")]
    ['三次', '约50余人', '人民币1 200.5万元']
    """
    folded = _folded(text)
    return _restored(with_shared_units(scan(folded), folded, partial(scan, alone=True)), text)


def parse(text: str) -> Quantity:
    """Exactly one quantity, nothing else but blanks around it.

    >>> parse("翻两番").value, parse("25.75（30）分").max_score
    (Decimal('4'), Decimal('30'))

    Raises:
        QuantityError: empty, no number, more than one quantity, ungrammatical, or words besides the quantity.
    """
    begin = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip(_BLANK))
    if begin >= end:
        raise QuantityError(f"empty input {text[:20]!r}; expected {_EXPECTED}")
    found = _restored(scan(_folded(text), alone=True), text)
    shown = text if len(text) <= 60 else text[:57] + "…"
    if not found:
        raise QuantityError(f"no quantity in {shown!r}; expected {_EXPECTED}")
    if len(found) > 1:
        names = ", ".join(repr(quantity.text) for quantity in found[:5])
        raise QuantityError(f"{len(found)} quantities in {shown!r} ({names}); expected one (find_quantities reads all)")
    quantity = found[0]
    if (quantity.start, quantity.end) != (begin, end):
        rest = (text[begin : quantity.start] + "…" + text[quantity.end : end]).strip("…")
        raise QuantityError(f"{rest[:40]!r} beside the quantity {quantity.text!r} in {shown!r}; expected {_EXPECTED}")
    return quantity


def _folded(text: str) -> str:
    return text.translate(_FOLD) if _WIDE.search(text) else text


def _restored(found: list[Quantity], text: str) -> list[Quantity]:
    """Surfaces as they stand in the text given: folding digits is one to one."""
    return [q if text.startswith(q.text, q.start) else replace(q, text=text[q.start : q.end]) for q in found]
