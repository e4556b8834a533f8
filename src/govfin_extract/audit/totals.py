"""Grand totals against what they hold, and spending by function against spending by nature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome, bound, equal, sum_of
from govfin_extract.audit.figures import Figure, Scene

__all__ = ["functions_and_natures", "grand_totals"]

_GRAND = ("revenue.grand_total", "expenditure.grand_total")
_ALL = ("revenue.total", "expenditure.total", "revenue.appropriation", "expenditure.appropriation")
_APPROPRIATED = ("revenue.appropriation", "expenditure.appropriation")
_OTHER_FUNDS = re.compile(r"政府性基金|国有资本|社会保险")
_TYPES = ("部门决算", "部门预算")
_WHOLES = ("revenue.appropriation", "revenue.appropriation.general", "expenditure.appropriation", "revenue.total")
_MOST = 60
_FUNCTION = "expenditure.function."


def grand_totals(scene: Scene) -> Iterator[Outcome]:
    """A grand total of the prose is not below its parts, and is that of its table."""
    if scene.about.doc_type not in _TYPES:
        return
    for whole in scene.prose:
        named = whole.concept in _GRAND and "总计" in whole.name
        if not named or not whole.is_level or _OTHER_FUNDS.search(whole.name):
            continue
        appropriated = "财政拨款" in whole.name
        parts = [
            figure
            for concept in (_APPROPRIATED if appropriated else _ALL)
            for figure in scene.by_concept.get(concept, ())[:_MOST]
            if figure.table is None
            and not _OTHER_FUNDS.search(figure.name)
            and (figure.basis, figure.period) == (whole.basis, whole.period)
        ]
        if parts:
            yield bound("bound.total", max(parts, key=lambda figure: figure.value), whole)
        yield from _in_table(scene, whole, "appropriation_summary" if appropriated else "income_expenditure_summary")


def _in_table(scene: Scene, whole: Figure, kind: str) -> Iterator[Outcome]:
    same = [
        figure
        for number, figures in scene.tables.items()
        if scene.kind_of(number) == kind
        for figure in figures
        if figure.concept in _GRAND and figure.is_level and (figure.basis, figure.period) == (whole.basis, whole.period)
    ]
    if len({figure.value for figure in same}) != 1:
        return
    outcome = equal("text.table", whole, same[0])
    table = scene.tables[same[0].table] if same[0].table is not None else []
    if outcome.is_off and any(figure.value == whole.value for figure in table):
        yield outcome.as_verdict("scope", "the figure is another row of the table")
    else:
        yield outcome


def functions_and_natures(scene: Scene) -> Iterator[Outcome]:
    """Spending by function, complete by a printed total, against basic and project expenditure.

    Neither side is printed as one figure, so that what is found ranks last.
    """
    if scene.tables:
        return
    for figures in scene.by_sentence.values():
        functions = [f for f in figures if f.concept and f.concept.startswith(_FUNCTION) and f.is_level]
        if len(functions) < 2 or len({f.concept for f in functions}) < len(functions):
            continue
        natures = [_only(scene, concept, functions[0]) for concept in ("expenditure.basic", "expenditure.project")]
        if not _is_complete(scene, functions) or None in natures or _only(scene, "expenditure.total", functions[0]):
            continue
        yield _derived(functions, [figure for figure in natures if figure is not None])


def _only(scene: Scene, concept: str, like: Figure) -> Figure | None:
    """The figure of a concept that the prose gives once."""
    found = [
        figure
        for figure in scene.by_concept.get(concept, ())[:_MOST]
        if figure.table is None and (figure.basis, figure.period) == (like.basis, like.period)
    ]
    return found[0] if found and len({figure.value for figure in found}) == 1 else None


def _is_complete(scene: Scene, functions: Sequence[Figure]) -> bool:
    wholes = [figure for concept in _WHOLES for figure in scene.by_concept.get(concept, ())[:_MOST]]
    return any(sum_of("", whole, functions).holds for whole in wholes)


def _derived(functions: Sequence[Figure], natures: Sequence[Figure]) -> Outcome:
    first, *rest = functions
    signs = (1,) * len(natures) + (-1,) * len(rest)
    outcome = sum_of("sum.expenditure.function", first, (*natures, *rest), signs)
    verdict = outcome.verdict
    left, right = sum((f.value for f in natures), Decimal(0)), sum((f.value for f in functions), Decimal(0))
    power = -first.own.power
    text = (
        f"{' + '.join(str(f.value.scaleb(power).normalize()) for f in natures)} = {left.scaleb(power).normalize()}; "
        f"{' + '.join(str(f.value.scaleb(power).normalize()) for f in functions)} = {right.scaleb(power).normalize()}"
    )
    return Outcome(
        outcome.rule, verdict, (*natures, *functions), text, left - right, outcome.tolerance, None, weak=True
    )
