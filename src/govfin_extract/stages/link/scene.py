"""What is known around one figure when its label is looked for, and the record of what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.memory import Memory, Place
from govfin_extract.stages.link.peeled import Left

_CERTAIN = frozenset(("own words", "list"))
_MOST_ALTERNATIVES = 2


class Proposal(NamedTuple):
    """A label that a rule finds, and the rule's name."""

    how: str
    place: Place


@dataclass(slots=True)
class Link:
    """A figure tied to its label, with how it is to be read.

    Attributes:
        sentence, clause: where the figure's sentence and its own clause begin.
        headings: the headings above it, outermost first.
        proposals: the labels that rules propose, the chosen one first.
        how: the name of the rule that found the label.
        compared: the figure is what another is compared with.
    """

    figure: Figure
    sentence: int
    clause: int
    headings: tuple[Place, ...] = ()
    kind: str = ""
    label: Place | None = None
    how: str = "none"
    measure: str = "level"
    basis: str = "actual"
    period: str | None = None
    sign: int = 1
    compared: bool = False
    unit: str = ""
    value: Decimal | str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    max_score: Decimal | None = None
    proposals: list[Proposal] = field(default_factory=list)
    confidence: Decimal = Decimal(1)
    evidence: list[str] = field(default_factory=list)

    @property
    def alternatives(self) -> list[Place]:
        """Other labels that were close; none where the label stands in the figure's own words."""
        return (
            [] if self.how in _CERTAIN else [proposal.place for proposal in self.proposals[1 : 1 + _MOST_ALTERNATIVES]]
        )


@dataclass(slots=True)
class Situation:
    """Where a sentence stands: the year reported on, planned or done, under aims or tasks, the headings above."""

    year: str | None
    planned: bool = False
    heading: str = ""
    heading_place: Place | None = None
    aim: bool = False
    tasks: bool = False
    headings: tuple[Place, ...] = ()


@dataclass(slots=True)
class Scene:
    """One figure in its sentence.

    Attributes:
        sentence: where the sentence begins.
        low, high: the stretch between the figure before and the figure after that may belong to this one.
        left: what the words before it say; own: the label that they hold, or None.
        before: the links of the sentence's earlier figures; next: the figure after.
        listed: for a figure of a distributed list, its number, the list's length, and where the cue word stands.
    """

    text: str
    memory: Memory
    situation: Situation
    figure: Figure
    sentence: int
    low: int
    high: int
    left: Left
    own: Place | None
    before: list[Link]
    listed: tuple[int, int, int] | None = None
    next: Figure | None = None

    def words(self, place: Place | None) -> str:
        return self.text[place[0] : place[1]] if place else ""

    @property
    def clause(self) -> str:
        """The figure's clause up to the figure."""
        return self.text[self.left.clause : self.figure.start]

    @property
    def between(self) -> str:
        """The words since the figure before."""
        return self.text[self.low : self.figure.start]

    @property
    def previous(self) -> Link | None:
        return self.before[-1] if self.before else None
