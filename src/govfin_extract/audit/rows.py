"""Sums down the columns of a table: along the codes of a classification, and under rows of totals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, not_checked, sum_of
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.readings import closing

__all__ = ["code_sums", "total_sums"]

_TOTAL = re.compile(r"(?:合计|总计|小计|共计)(?:（[^）]*）)?$")
_LEVELS = {3: 5, 5: 7}
_ODD = Decimal("0.01")  # the greatest chance of a slip that closes a relation by accident
_SURE = 3
_MOST = 60  # rows of a total

Column = dict[str, Figure]


def is_total(figure: Figure) -> bool:
    """Whether a figure stands in a row of totals."""
    return bool(_TOTAL.search(figure.name))


def code_sums(scene: Scene) -> Iterator[Outcome]:
    """Every code's figure against those of the codes below it, column by column."""
    for number, figures in scene.tables.items():
        if scene.kind_of(number) in ("income_expenditure_summary", "appropriation_summary"):
            continue
        columns = _coded(figures)
        outcomes = [outcome for column in columns for outcome in _hierarchy(column)]
        yield from _judged(outcomes)


def _coded(figures: Sequence[Figure]) -> list[Column]:
    """The columns of a table as figures by code; the total's code is empty. A code that stands twice is left out."""
    columns: dict[tuple[object, ...], Column] = defaultdict(dict)
    twice: set[tuple[tuple[object, ...], str]] = set()
    for figure in figures:
        if not figure.is_level or figure.fact.kind != "amount":
            continue
        code = figure.code if figure.code and figure.name != "合计" else "" if figure.name == "合计" else None
        if code is None:
            continue
        key: tuple[object, ...] = (figure.path or figure.column, figure.basis, figure.period)
        if columns[key].setdefault(code, figure) is not figure:
            twice.add((key, code))
    for key, code in twice:
        columns[key].pop(code, None)
    return [column for column in columns.values() if len(column) > 1]


def _hierarchy(column: Column) -> Iterator[Outcome]:
    below: dict[str, list[Figure]] = defaultdict(list)
    for code, figure in column.items():
        below[code[: len(code) - 2] if len(code) > 3 else ""].append(figure)
    for code, parent in column.items():
        depth = _LEVELS.get(len(code), 3 if not code else 0)
        parts = [part for part in below.get(code, ()) if len(part.code or "") == depth and part is not parent]
        if parts and (code or len(parts) > 1):
            rule = {0: "sum.func.class", 3: "sum.func.group", 5: "sum.func.item"}[len(code)]
            yield sum_of("sum.econ.class" if code[:1] in ("3", "5") else rule, parent, parts)


def _judged(outcomes: list[Outcome]) -> Iterator[Outcome]:
    """A sum that fails is off where a slip would mend it, or where the same codes add up in another column."""
    closed = {tuple(part.code for part in outcome.figures) for outcome in outcomes if outcome.holds}
    for outcome in outcomes:
        same = tuple(part.code for part in outcome.figures) in closed
        above = outcome.difference is not None and outcome.difference < 0 and len(closed) >= _SURE
        speaks = outcome.chance is not None or (len(outcome.figures) > 2 and (same or above))
        yield outcome if outcome.holds or speaks else outcome.as_verdict("incomplete")


def total_sums(scene: Scene) -> Iterator[Outcome]:
    """Every row of totals against the rows that it may be the total of."""
    for figures in scene.tables.values():
        series: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        for figure in figures:
            if figure.is_level and figure.fact.kind in ("amount", "staffing", "event", "asset"):
                series[figure.column, figure.unit, figure.basis, figure.period].append(figure)
        yield from _totals([column for column in series.values() if not _coded_or_torn(column)])


def _coded_or_torn(column: Sequence[Figure]) -> bool:
    """Whether the rows of a column are those of a classification with levels, or a row stands in it twice."""
    lengths = {len(figure.code) for figure in column if figure.code}
    return len(lengths) > 1 or len({figure.row for figure in column}) < len(column)


def _totals(series: list[list[Figure]]) -> Iterator[Outcome]:
    ways: dict[tuple[int | None, str], list[tuple[int | None, ...]]] = defaultdict(list)
    open_: list[tuple[Figure, list[list[Figure]]]] = []
    for column in series:
        totals = [place for place, figure in enumerate(column) if is_total(figure)]
        for place in totals[:_MOST]:
            figure = column[place]
            candidates = list(_candidates(column, place, totals))
            closed = next((parts for items in candidates if (parts := closing(figure, items, to_end=True))), None)
            if closed:
                ways[figure.row, figure.name].append(tuple(part.row for part in closed))
                yield sum_of("sum.total", figure, closed)
            elif candidates:
                open_.append((figure, candidates))
    for figure, candidates in open_:
        yield _unclosed(figure, candidates, ways.get((figure.row, figure.name), []))


def _candidates(column: Sequence[Figure], place: int, totals: Sequence[int]) -> Iterator[list[Figure]]:
    """The lists that a total may be the sum of: above it since the last total, with that, all above, all below."""
    last = max((number for number in totals if number < place), default=-1)
    after = min((number for number in totals if number > place), default=len(column))
    before = [figure for figure in column[:place] if not is_total(figure)]
    lists = [
        column[last + 1 : place],
        column[max(last, 0) : place],
        before,
        [column[number] for number in totals if number < place],
        column[place + 1 : after],
        [figure for figure in column[place + 1 :] if not is_total(figure)],
    ]
    seen: list[list[Figure]] = []
    for items in lists:
        items = list(items)
        if 1 < len(items) <= _MOST and items not in seen:
            seen.append(items)
            yield items


def _unclosed(figure: Figure, candidates: list[list[Figure]], ways: list[tuple[int | None, ...]]) -> Outcome:
    """A total that no reading closes: off where another column closes with the same rows, or a slip mends it."""
    for items in candidates:
        parts = [part for part in items if any(part.row in way for way in ways)]
        if ways and len(parts) > 1 and _covers(figure, parts, ways):
            return sum_of("sum.total", figure, parts)
    for items in candidates:
        outcome = sum_of("sum.total", figure, items)
        if outcome.chance is not None and outcome.chance <= _ODD and not _all_but_one(figure, items):
            return outcome
    return not_checked("sum.total", (figure,))


def _all_but_one(figure: Figure, items: Sequence[Figure]) -> bool:
    """Whether the total is that of all items but one, or one of them: the other belongs elsewhere."""
    whole = sum((item.value for item in items), Decimal(0))
    return any(figure.value in (whole - item.value, item.value) for item in items)


def _covers(figure: Figure, parts: Sequence[Figure], ways: list[tuple[int | None, ...]]) -> bool:
    """Whether the parts are those of a way of another column, blanks apart, and a slip or two ways speak for it."""
    rows = {part.row for part in parts}
    fitting = [way for way in ways if rows <= set(way)]
    if not fitting:
        return False
    return len(fitting) > 1 or sum_of("sum.total", figure, parts).chance is not None
