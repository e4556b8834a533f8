"""What the rules propose for one figure, and between what the model may choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from govfin_extract.records import Fact


class Candidate(NamedTuple):
    """Words that a figure may measure; ``how`` names the rule that proposes them."""

    start: int
    end: int
    how: str


@dataclass(slots=True)
class Case:
    """A figure as the rules read it; offsets are those of the view.

    Attributes:
        fact: the rules' own reading, its label the first of the candidates.
        candidates: the labels that it may have, each place once; empty where none was found.
        clause: where the figure's own words begin.
        sentence: where its sentence, or its table's row, begins.
        heading: the words of the headings above it; headings: their places, the nearest first.
        column: the header above a table's cell.
    """

    fact: Fact
    candidates: tuple[Candidate, ...]
    clause: int
    sentence: int
    heading: str = ""
    headings: tuple[tuple[int, int], ...] = ()
    column: str = ""

    @property
    def is_worded(self) -> bool:
        """Whether words tell the label: in a table its row and column do, and of a score the heading or indicator."""
        return self.fact.source == "prose" and self.fact.kind != "score"

    @property
    def how(self) -> str:
        """The rule that found the label."""
        return self.candidates[0].how if self.candidates else "none"
