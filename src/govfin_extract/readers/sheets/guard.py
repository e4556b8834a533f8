"""What an .xlsx workbook would cost in memory, counted before openpyxl makes an object of every cell that it names."""

from __future__ import annotations

import io
from typing import Any

from govfin_extract.readers.limits import Budget
from govfin_extract.readers.package import Package
from govfin_extract.readers.sheets.layout import LONGEST, WIDEST

# openpyxl makes a cell of every place in these elements' ``ref``: one of a whole sheet would be 17 billion
_SPREADING = frozenset(("mergeCell", "hyperlink", "comment"))
_BETWEEN_LOOKS = 10_000  # elements


def missing_results(package: Package, budget: Budget) -> int:
    """Spend the cells that a workbook's parts name, and count the formulas that were never computed.

    Every part is looked through, with openpyxl's own parser: relations give a sheet any name, and XML any encoding
    and quotes, so that a search for names and byte patterns would miss what openpyxl then reads.

    Raises:
        LimitError: the parts name more cells than the limit.
    """
    return sum(_part(package.bytes(part) or b"", budget) for part in package.names)


def _part(data: bytes, budget: Budget) -> int:
    from openpyxl.xml.functions import iterparse

    cells = missing = 0
    elements = iterparse(io.BytesIO(data))
    try:
        for number, (_, element) in enumerate(elements):
            kind = element.tag.rpartition("}")[2]
            if kind == "c":
                cells += 1
                missing += _lacks_result(element)
            elif kind in _SPREADING:
                budget.spend("cells", area(element.get("ref") or ""))
            if kind == "row":
                element.clear()
            if number % _BETWEEN_LOOKS == 0:
                budget.check_time()
    except (SyntaxError, ValueError):  # no XML, or with entities: openpyxl stops there, too, if it needs the part
        pass
    root = getattr(elements, "root", None)
    if root is None or not root.tag.endswith("calcChain"):  # the order of computing names formulas a second time
        budget.spend("cells", cells)
    return missing


def _lacks_result(cell: Any) -> bool:
    children = {child.tag.rpartition("}")[2]: child.text for child in cell}
    return "f" in children and not children.get("v") and "is" not in children


def area(ref: str) -> int:
    """How many cells a range covers; 0 for what is no range.

    >>> area("A1:C2"), area("$A$1:$XFD$1048576"), area("B7"), area("")
    (6, 17179869184, 1, 0)
    """
    from openpyxl.utils.cell import range_boundaries

    if not ref:
        return 0
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return 0
    wide = abs((right or WIDEST) - (left or 1)) + 1
    return int(wide * (abs((bottom or LONGEST) - (top or 1)) + 1))


def hidden_numbers(spans: list[tuple[int, int]]) -> set[int]:
    """The columns of spans, each counted once and none beyond a sheet's edge, whatever the file says.

    >>> sorted(hidden_numbers([(3, 4), (2, 3)])), len(hidden_numbers([(1, 2_000_000_000)]))
    ([2, 3, 4], 16384)
    """
    numbers: set[int] = set()
    done = 0
    for first, last in sorted(spans):
        numbers.update(range(max(first, done + 1), min(last, WIDEST) + 1))
        done = max(done, last)
    return numbers
