"""The grade of an evaluation against its score, by the bands that the document itself prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govfin_extract.audit.check import Outcome
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.records import Fact, decimal_text

__all__ = ["grades"]

_BAND = re.compile(
    r"(?P<low>\d{2,3})\s*分?\s*(?:（含）?[^—）]{0,4}）?)?\s*(?:[—\-－–~～至到]+\s*\d{2,3}\s*分?|分?(?:及以上|以上))[^，。；、\d]{0,8}?为?\s*[“\"]?(?P<grade>优|良|中)"
)
_ORDER = "优良中差"
_FAR = 200
_MOST = 100


def grades(scene: Scene, facts: tuple[Fact, ...]) -> Iterator[Outcome]:
    """Every total score beside a grade, where the document says from how many marks a grade is given."""
    bands = {match["grade"]: Decimal(match["low"]) for match in _BAND.finditer(scene.text)}
    if "优" not in bands or "良" not in bands or bands["优"] <= bands["良"]:
        return
    given = [fact for fact in facts if fact.kind == "grade" and isinstance(fact.value, str)][:_MOST]
    totals = [f for f in scene.figures if f.concept == "perf.score.total" and f.is_level and f.value <= 100][:_MOST]
    for fact in given:
        near = [f for f in totals if 0 <= fact.start - f.fact.start <= _FAR]
        if near and str(fact.value)[:1] in _ORDER:
            yield _checked(near[-1], str(fact.value), bands)


def _checked(score: Figure, grade: str, bands: dict[str, Decimal]) -> Outcome:
    expected = next((name for name in "优良中" if name in bands and score.value >= bands[name]), None)
    text = f"{decimal_text(score.value)} 分: {grade}"
    if expected is None or (expected == "中" and grade[:1] not in "优良"):
        return Outcome("score.grade", "incomplete", (score,), text)
    if grade.startswith(expected):
        return Outcome("score.grade", "exact", (score,), text, Decimal(0), Decimal(0))
    limits = ", ".join(f"{name} ≥ {decimal_text(low)}" for name, low in bands.items())
    return Outcome("score.grade", "off", (score,), f"{text}; {limits}", None, None)
