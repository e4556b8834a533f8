"""The arithmetic audit: what a document's figures say of each other, and whether it holds.

Nothing that could not be checked counts as passed, and no finding says which side is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govfin_extract.audit.chains import grouped, ranked
from govfin_extract.audit.check import NOTES, Outcome
from govfin_extract.audit.columns import row_sums
from govfin_extract.audit.duplicates import duplicates
from govfin_extract.audit.families import Rule, concept_relations
from govfin_extract.audit.figures import Audited, Scene, scene_of
from govfin_extract.audit.grades import grades
from govfin_extract.audit.growth import changes, growths
from govfin_extract.audit.lists import listed
from govfin_extract.audit.messages import message_of
from govfin_extract.audit.rates import completions
from govfin_extract.audit.rows import code_sums, total_sums
from govfin_extract.audit.rules import load_rules, shipped_rules
from govfin_extract.audit.scores import execution_rates, score_bounds, score_totals
from govfin_extract.audit.shares import shares
from govfin_extract.audit.staff import staff_parts
from govfin_extract.audit.totals import functions_and_natures, grand_totals
from govfin_extract.audit.twins import per_head, swapped
from govfin_extract.audit.years import names_of_years
from govfin_extract.records import AuditReport, Finding, Relations

__all__ = ["audit", "load_rules", "outcomes_of"]

_UNCHECKED = frozenset(("incomplete", "undefined", "not_run"))


def audit(document: Audited, rules: Sequence[Rule] = ()) -> AuditReport:
    """Every relation of a document: findings, notes, and how many were found, held, and could not be checked.

    Args:
        rules: relations of the user's own, beside those that are shipped.
    """
    scene = scene_of(document)
    every = (*shipped_rules(), *rules)
    outcomes = list(_distinct([*outcomes_of(scene, every), *grades(scene, document.facts)]))
    titles = {rule.id: rule.title for rule in every}
    off = grouped([outcome for outcome in outcomes if outcome.is_off])
    notes = ranked([outcome for outcome in outcomes if outcome.verdict in NOTES])
    unchecked = sum(outcome.verdict in _UNCHECKED for outcome in outcomes)
    return AuditReport(
        tuple(_finding(outcome, titles) for outcome in off),
        tuple(_finding(outcome, titles) for outcome in notes),
        Relations(
            len(outcomes),
            sum(outcome.holds for outcome in outcomes),
            sum(outcome.is_off for outcome in outcomes),
            unchecked + sum(outcome.verdict in ("scope", "ambiguous") for outcome in outcomes),
        ),
    )


def outcomes_of(scene: Scene, rules: Sequence[Rule]) -> Iterator[Outcome]:
    """The outcomes of every kind of relation."""
    yield from code_sums(scene)
    yield from row_sums(scene)
    yield from total_sums(scene)
    yield from concept_relations(scene, rules)
    yield from listed(scene)
    yield from shares(scene)
    yield from completions(scene)
    yield from growths(scene)
    yield from changes(scene)
    yield from score_bounds(scene)
    yield from score_totals(scene)
    yield from execution_rates(scene)
    yield from duplicates(scene)
    yield from swapped(scene)
    yield from per_head(scene)
    yield from staff_parts(scene)
    yield from grand_totals(scene)
    yield from names_of_years(scene)
    yield from functions_and_natures(scene)


def _distinct(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Each relation once: one that was checked before one that could not be, and none of a total that was checked."""
    seen: dict[object, Outcome] = {}
    for outcome in outcomes:
        key: object = frozenset(outcome.figures)
        if len(outcome.figures) == 1:
            key = (outcome.rule, key)
        before = seen.get(key)
        if before is None or (before.verdict in _UNCHECKED and outcome.verdict not in _UNCHECKED):
            seen[key] = outcome
    checked = {each.figures[0] for each in seen.values() if each.verdict not in _UNCHECKED and len(each.figures) > 1}
    yield from (
        each
        for each in seen.values()
        if each.verdict not in _UNCHECKED or len(each.figures) > 1 or each.figures[0] not in checked
    )


def _finding(outcome: Outcome, titles: Mapping[str, Mapping[str, str]]) -> Finding:
    return Finding(
        outcome.rule,
        outcome.verdict,
        tuple(figure.id for figure in outcome.figures),
        outcome.arithmetic,
        outcome.difference,
        outcome.tolerance,
        outcome.readings,
        message_of(outcome, titles),
    )
