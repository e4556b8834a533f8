"""Chains: one figure that breaks several relations is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from govfin_extract.audit.check import Outcome

__all__ = ["grouped", "ranked"]

_MATERIAL = 10


def grouped(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The smallest set of findings: of those that share the figure in most of them only the first is kept.

    The others go into its readings, so that nothing is lost.
    """
    weak = [outcome for outcome in outcomes if outcome.weak]
    left = ranked([outcome for outcome in outcomes if not outcome.weak])
    kept: list[Outcome] = []
    while left:
        counts = Counter(figure for outcome in left for figure in set(outcome.figures))
        most = max(counts.values())
        if most == 1:
            return ranked([*kept, *left, *weak])
        hub = min((each for each, count in counts.items() if count == most), key=lambda figure: figure.start)
        chain = [outcome for outcome in left if hub in outcome.figures]
        left = [outcome for outcome in left if hub not in outcome.figures]
        others = [f"{other.rule}: {other.arithmetic}" for other in chain[1:]]
        kept.append(chain[0].as_verdict(chain[0].verdict, *others))
    return ranked([*kept, *weak])


def ranked(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The material ones first, then in the order of the text; those with a computed side last."""
    return sorted(outcomes, key=lambda each: (each.weak, not _material(each), each.figures[0].start))


def _material(outcome: Outcome) -> bool:
    """Whether an outcome is off by more than ten units of the last digit, or of a kind that always matters."""
    if outcome.rule.startswith(("ratio.", "score.")):
        return True
    step = max((figure.own.step for figure in outcome.figures), default=Decimal(1))
    return outcome.difference is not None and abs(outcome.difference) > _MATERIAL * step
