"""Scores: no score above its full mark, totals of a table, what a rate of execution earns, grades of their band."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, not_checked, ratio, sum_of
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.readings import closing
from govfin_extract.records import decimal_text

__all__ = ["execution_rates", "score_bounds", "score_totals"]

_TOTAL = re.compile(
    r"^(?:总分|合计|总计|总得分|综合得分|自评得分|评价得分|得分合计|分值合计)(?:（[^）]*）)?$|总分|合计$"
)
_BONUS = re.compile(r"加分|附加")
_WILD = Decimal("1.5")
_USUAL = 100
_ODD = Decimal("0.05")


def score_bounds(scene: Scene) -> Iterator[Outcome]:
    """Every score against its full mark."""
    for figure in scene.figures:
        full = figure.fact.max_score
        if figure.fact.kind != "score" or full is None or not figure.is_level or figure.basis != "actual":
            continue
        if _BONUS.search(figure.name):
            continue
        if figure.value > full * _WILD or (figure.concept == "perf.score.total" and full < _USUAL):
            continue  # that full mark is another's
        over = figure.value - full
        verdict = "bound_off" if over > 0 or figure.value < 0 else "bound_ok"
        mark = ">" if over > 0 else "≤"
        text = f"{decimal_text(figure.value)} {mark} {decimal_text(full)} 分"
        yield Outcome("score.bound", verdict, (figure,), text, max(over, Decimal(0)), Decimal(0))


def score_totals(scene: Scene) -> Iterator[Outcome]:
    """The total of every table of scores against its rows."""
    for figures in scene.tables.values():
        scores = [figure for figure in figures if figure.fact.kind == "score" and figure.basis == "actual"]
        totals = [figure for figure in scores if _TOTAL.search(figure.name) and figure is scores[-1]]
        if len(scores) < 4 or not totals:
            continue
        whole = totals[-1]
        yield _total(whole, [figure for figure in scores if figure is not whole])


def _total(whole: Figure, items: Sequence[Figure]) -> Outcome:
    closed = closing(whole, items, to_end=True)
    if closed:
        return sum_of("score.total", whole, closed)
    outcome = sum_of("score.total", whole, items)
    marks = [figure.fact.max_score for figure in items]
    complete = all(mark is not None for mark in marks) and sum(mark or 0 for mark in marks) == whole.fact.max_score
    if complete or (outcome.chance is not None and outcome.chance <= _ODD):
        return outcome
    return not_checked("score.total", (whole, *items))


def execution_rates(scene: Scene) -> Iterator[Outcome]:
    """The rate of execution printed in a row of funds against the amounts beside it."""
    for figures in scene.tables.values():
        rows: dict[int | None, list[Figure]] = {}
        for figure in figures:
            rows.setdefault(figure.row, []).append(figure)
        for row in rows.values():
            yield from _rates(row)


def _rates(row: Sequence[Figure]) -> Iterator[Outcome]:
    stated = [f for f in row if f.measure == "completion" and f.basis == "actual" and f.unit == "%"]
    amounts = {f.basis: f for f in row if f.fact.kind == "amount" and f.is_level}
    done = amounts.get("actual")
    if len(stated) != 1 or done is None or sum(f.fact.kind == "amount" for f in row) != len(amounts):
        return
    outcomes = [
        ratio("score.exec_rate", stated[0], done, amounts[b])
        for b in ("adjusted_budget", "budget", "target")
        if b in amounts
    ]
    best = next((outcome for outcome in outcomes if outcome.holds), None)
    if best is not None or outcomes:
        yield best or outcomes[0]
