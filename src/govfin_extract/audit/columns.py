"""Sums along the rows of a table: which column is the total of which, found from the rows that close."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from govfin_extract.audit.check import Outcome, sum_of
from govfin_extract.audit.figures import Figure, Scene

__all__ = ["row_sums"]

_TOTAL = re.compile(r"(?:合计|小计|总计|共计|总额|总数|总量)(?:（[^）]*）)?$")
_WIDEST = 24
_PART_OF_ROWS = Decimal("0.75")
_SURE = 3  # closing rows that make a relation of columns sure

Line = dict[tuple[object, ...], Figure]


@dataclass(slots=True)
class _Support:
    """How the rows of a table speak for a total column and its parts."""

    whole: tuple[object, ...]
    parts: tuple[tuple[object, ...], ...]
    closed: list[Outcome] = field(default_factory=list)
    full: int = 0
    failed: list[Outcome] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        rows = len(self.closed) + len(self.failed)
        return rows > 0 and Decimal(len(self.closed)) / rows >= _PART_OF_ROWS


def row_sums(scene: Scene) -> Iterator[Outcome]:
    """The sums along the rows of every table."""
    for figures in scene.tables.values():
        for lines, columns in _matrices(figures):
            yield from _relations(lines, columns)


def _matrices(figures: Sequence[Figure]) -> Iterator[tuple[list[Line], list[tuple[object, ...]]]]:
    """The rows of a table by columns whose figures can be added: one unit, basis and period each."""
    alike: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.is_level and figure.fact.kind != "score":
            alike[figure.unit, figure.basis, figure.period, figure.fact.kind].append(figure)
    for group in alike.values():
        lines: dict[tuple[object, ...], Line] = defaultdict(dict)
        for figure in group:
            lines[figure.row, figure.head].setdefault(figure.column, figure)
        columns = sorted({column for line in lines.values() for column in line}, key=_order)
        if 2 < len(columns) <= _WIDEST:
            yield [line for line in lines.values() if len(line) > 1], columns


def _order(column: tuple[object, ...]) -> tuple[int, str]:
    first = column[0] if column else ""
    return (first, "") if isinstance(first, int) else (0, str(first))


def _relations(lines: list[Line], columns: list[tuple[object, ...]]) -> Iterator[Outcome]:
    left = list(columns)
    for place in range(len(columns) - 1, -1, -1):
        support = _best(lines, left, columns[place])
        if support is not None:
            left = [column for column in left if column not in support.parts]
            yield from support.closed
            for outcome in support.failed:
                yield _judged(outcome, support)


def _judged(outcome: Outcome, support: _Support) -> Outcome:
    several = len(outcome.figures) > 2
    sure = (several and support.full >= _SURE) or (support.full >= 1 and outcome.chance is not None)
    return outcome if sure else outcome.as_verdict("incomplete")


def _best(lines: list[Line], columns: list[tuple[object, ...]], whole: tuple[object, ...]) -> _Support | None:
    """The parts of a column that most rows speak for; None where none stands."""
    if whole not in columns:
        return None
    at = columns.index(whole)
    named = any(_TOTAL.search(figure.path[-1]) for line in lines if (figure := line.get(whole)) and figure.path)
    best: _Support | None = None
    for stop in range(at + 3, len(columns) + 1):
        best = _better(best, _supported(lines, whole, tuple(columns[at + 1 : stop])), named)
    for start in range(at - 2, -1, -1):
        if named:
            best = _better(best, _supported(lines, whole, tuple(columns[start:at])), named)
    return best


def _better(best: _Support | None, other: _Support, named: bool) -> _Support | None:
    if not other.stands or other.full < (1 if named else _SURE):
        return best
    if best is None or (other.full, -len(other.failed)) >= (best.full, -len(best.failed)):
        return other
    return best


def _supported(lines: list[Line], whole: tuple[object, ...], parts: tuple[tuple[object, ...], ...]) -> _Support:
    support = _Support(whole, parts)
    for line in lines:
        total = line.get(whole)
        present = [line[part] for part in parts if part in line]
        if total is None or not present:
            continue
        outcome = sum_of("sum.row", total, present)
        if outcome.holds:
            support.closed.append(outcome)
            support.full += sum(figure.value != 0 for figure in present) > 1
        else:
            support.failed.append(outcome)
    return support
