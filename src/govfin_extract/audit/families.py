"""Sums and bounds between concepts, from the rules in ``data/audit/relations.toml`` and those of the user."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.audit.check import Outcome, bound, not_checked, sum_of
from govfin_extract.audit.figures import Figure, Scene

__all__ = ["Rule", "concept_relations"]

_MOST = 24  # figures of one concept in one place
_ODD = Decimal("0.1")
_ODD_ALONE = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between concepts.

    Attributes:
        id: of the rule; kind: ``sum`` or ``bound``; total, parts: concepts, or codes as ``econ:301``.
        required: parts without which nothing is checked; complete: whether the parts are all that there can be.
        where: ``prose``, ``table`` or both; title: in Chinese and English.
    """

    id: str
    kind: str
    total: str
    parts: tuple[str, ...]
    required: tuple[str, ...]
    complete: bool
    where: tuple[str, ...]
    title: Mapping[str, str]


def concept_relations(scene: Scene, rules: Sequence[Rule]) -> Iterator[Outcome]:
    """Every rule on every place of the document that prints its total."""
    for group in _places(scene):
        by_key: dict[str, list[Figure]] = defaultdict(list)
        for figure in group.figures:
            for key in _keys(figure) or ("",):
                if len(by_key[key]) < _MOST:
                    by_key[key].append(figure)
        for rule in rules:
            if rule.total not in by_key:
                continue
            if group.kind in rule.where:
                yield from _applied(rule, by_key)
            elif group.kind == "document" and rule.complete and "prose" in rule.where:
                yield from (outcome for outcome in _applied(rule, by_key) if outcome.holds or _single(rule, by_key))


@dataclass(slots=True)
class _Group:
    kind: str
    figures: list[Figure]


def _places(scene: Scene) -> Iterator[_Group]:
    """Figures that may be related: of a section's prose, of a table's column or row, by basis and period."""
    prose = [figure for figure in scene.prose if figure.is_level]
    yield from _groups("prose", prose, lambda figure: (figure.fact.section, *_role(figure)))
    if not scene.tables:
        yield from _groups("document", prose, _role)
    for table in scene.tables.values():
        plain = [figure for figure in table if figure.is_level]
        yield from _groups("table", plain, lambda figure: (figure.path or figure.column, *_role(figure)))
        yield from _groups("table", plain, lambda figure: (figure.row, *_role(figure)))


def _role(figure: Figure) -> tuple[object, ...]:
    return figure.basis, figure.period


def _groups(kind: str, figures: Sequence[Figure], key: Callable[[Figure], tuple[object, ...]]) -> Iterator[_Group]:
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[key(figure)].append(figure)
    yield from (_Group(kind, group) for group in groups.values() if len(group) > 1)


def _keys(figure: Figure) -> list[str]:
    keys = [figure.concept] if figure.concept else []
    if figure.code and figure.table is not None:
        keys.append(f"econ:{figure.code}" if figure.code[0] in "35" else f"func:{figure.code}")
    return keys


def _applied(rule: Rule, by_key: Mapping[str, list[Figure]]) -> Iterator[Outcome]:
    wholes = by_key[rule.total]
    parts = [by_key[part] for part in rule.parts if part in by_key]
    if rule.kind == "bound":
        for whole in wholes:
            yield from (bound(rule.id, part, whole) for several in parts for part in several if part is not whole)
        return
    present = {part for part in rule.parts if part in by_key}
    if not present or not present.issuperset(rule.required) or not (rule.required or len(present) > 1):
        if present:
            yield not_checked(rule.id, wholes[:1])
        return
    outcomes = []
    for whole in wholes:
        if whole.table is not None and any(len(several) > 1 for several in parts):
            continue
        chosen = [_nearest(whole, several) for several in parts]
        outcomes.append(_judged(rule, sum_of(rule.id, whole, chosen), by_key))
    held = [outcome for outcome in outcomes if outcome.holds]
    yield from held or outcomes


def _nearest(whole: Figure, several: Sequence[Figure]) -> Figure:
    """The figure behind the whole and nearest to it, else the nearest before it."""
    behind = [figure for figure in several if figure.start > whole.start]
    return min(behind, key=lambda f: f.start) if behind else max(several, key=lambda f: f.start)


def _is_printed(outcome: Outcome, by_key: Mapping[str, list[Figure]]) -> bool:
    """Whether a figure of the same line or row is what the parts lack."""
    whole, *parts = outcome.figures
    return any(
        figure.value == outcome.difference and figure.line in (whole.line, parts[-1].line)
        for several in by_key.values()
        for figure in several
        if figure.value and figure is not whole and figure not in parts
    )


def _single(rule: Rule, by_key: Mapping[str, list[Figure]]) -> bool:
    """Whether every concept of a rule has one value."""
    return all(len({f.value for f in by_key.get(key, ())}) <= 1 for key in (rule.total, *rule.parts))


def _judged(rule: Rule, outcome: Outcome, by_key: Mapping[str, list[Figure]]) -> Outcome:
    if not outcome.is_off:
        return outcome
    parts = outcome.figures[1:]
    if _is_printed(outcome, by_key):
        return outcome.as_verdict("incomplete")  # the part that is missing stands beside the others
    optional = [part for part in parts if not set(_keys(part)) & set(rule.required)]
    if any(outcome.difference == -part.value for part in optional):
        return outcome.as_verdict("incomplete")  # one of them belongs elsewhere
    if (
        len(parts) > 1
        and _single(rule, by_key)
        and (rule.complete or (outcome.difference is not None and outcome.difference < 0))
    ):
        return outcome
    if outcome.chance is not None and outcome.chance <= (_ODD if len(parts) > 1 else _ODD_ALONE):
        return outcome
    return outcome.as_verdict("incomplete")
