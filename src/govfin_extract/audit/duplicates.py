"""One thing printed twice: in prose and in a table, in two places of the prose, in two units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, equal
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.text.datafiles import read_toml

__all__ = ["duplicates"]

_ODD = Decimal("0.05")
_TOTAL_ROW = re.compile(r"^(?:合计|总计|本年.*合计|小计)$")
_UNIT = 4
_MOST = 40
_ONE = re.compile(r"指标|投入|过程|产出|效[果益]|满意")  # scores of a part


def duplicates(scene: Scene) -> Iterator[Outcome]:
    """Figures of the prose against those of the same thing elsewhere."""
    known: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in scene.figures:
        key = _key(figure)
        if key is not None:
            known[key].append(figure)
    for same in known.values():
        if len(same) > 1 and any(figure.table is None for figure in same):
            yield from _compared(scene, same)
    yield from _strict(scene)


def _key(figure: Figure) -> tuple[object, ...] | None:
    """What a figure is, for comparison; None for one that cannot be told from its like."""
    if not figure.is_level or figure.fact.kind in ("grade", "ratio"):
        return None
    if figure.fact.kind == "score" and (figure.concept != "perf.score.total" or _ONE.search(figure.name)):
        return None
    if figure.concept and figure.concept.startswith(("perf.indicator", "perf.funds", "event.", "staff.by")):
        what = figure.name
    elif figure.concept:
        what = figure.concept
    else:
        what = figure.name
    if not what or len(what) < 3 or (figure.table is not None and not _speaks_for_itself(figure)):
        return None
    code = figure.code if figure.code and len(figure.code) > 3 else None
    return what if code is None else code, figure.unit, figure.basis, figure.period, figure.fact.kind


def _speaks_for_itself(figure: Figure) -> bool:
    """Whether the figure of a cell is that of its concept: not that of a row in a column of a kind of spending."""
    if figure.code and figure.concept is None:
        return not figure.path or bool(re.search(r"合计|小计|决算数|预算数|金额|支出$", figure.path[-1]))
    return True


def _compared(scene: Scene, same: Sequence[Figure]) -> Iterator[Outcome]:
    """Each figure of the prose against the others: it holds where any agrees, is off where a slip tells them apart."""
    for figure in same:
        if figure.table is not None:
            continue
        others = [other for other in same[:_MOST] if other is not figure and other.value]
        rule = "text.table" if any(other.table is not None for other in others) else "dup.value"
        outcomes = [equal(rule, figure, other) for other in others]
        held = next((each for each in outcomes if each.holds), None)
        if held is not None:
            yield held
            continue
        if not figure.value:
            continue
        yield from _slipped(scene, outcomes)


def _slipped(scene: Scene, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if outcome.chance is None or outcome.chance > _ODD:
            continue
        first, second = outcome.figures
        if known := _scope(scene, outcome):
            yield outcome.as_verdict("scope", f"difference = {known.name} {known.words}")
        elif max(abs(first.value), abs(second.value)) == min(abs(first.value), abs(second.value)).scaleb(_UNIT):
            yield Outcome(
                "unit.scale",
                "off",
                outcome.figures,
                outcome.arithmetic,
                outcome.difference,
                outcome.tolerance,
                outcome.chance,
            )
        else:
            yield outcome
        return


def _scope(scene: Scene, outcome: Outcome) -> Figure | None:
    """The printed item that the two differ by: other income, balances brought forward."""
    items = read_toml("audit/words.toml")["scope_items"]
    difference, tolerance = outcome.difference, outcome.tolerance
    if difference is None or tolerance is None:
        return None
    return next(
        (
            figure
            for item in items
            for figure in scene.by_concept.get(item, ())[:_MOST]
            if figure.value and abs(figure.value - abs(difference)) <= tolerance
        ),
        None,
    )


def _strict(scene: Scene) -> Iterator[Outcome]:
    """Counts that a document gives once, whatever tells them apart (内设机构 in the body and in an annex)."""
    concepts = read_toml("audit/words.toml")["counted_once"]
    for concept in concepts:
        known = scene.by_concept.get(concept, ())
        figures = [f for f in known if f.table is None and f.period == scene.about.fiscal_year]
        values = {figure.value: figure for figure in reversed(figures)}
        if len(values) == 2 and Decimal(0) in values:  # some and none
            first, second = sorted(values.values(), key=lambda f: f.start)
            if first.line == second.line:
                continue
            yield equal("dup.count", first, second)
