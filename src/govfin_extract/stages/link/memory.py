"""The subjects that an elided one may take up."""

from __future__ import annotations

from dataclasses import dataclass, field

Place = tuple[int, int]
_KEPT = 40


@dataclass(slots=True)
class Memory:
    """What was named last, outside and inside of brackets.

    Attributes:
        topic: the first subject of the last sentence that named one, or the heading since.
        topic_heading: the topic is a heading.
        first: the first subject of this sentence.
        labels: the subjects of this sentence with their depth, in order, a repeated one once.
        cause: a reason is being told.
        wish: a hope (力争, 确保) governs the rest of the sentence.
        aim: what is listed are aims (年度目标：…).
        year: that of the figures so far, where the sentence opens with it.
        planned: what is counted is planned (计划新建…).
        told: the measure and sign that the words before a colon give to all rates of a list.
        group: the names of the last distributed list.
        parts: the basis of a sum whose parts are being listed.
        last_basis: the basis of the last figure.
        stack: the last subject at each depth of brackets; what is named in a bracket is forgotten when it closes.
    """

    topic: Place | None = None
    topic_heading: bool = False
    first: Place | None = None
    labels: list[tuple[Place, int]] = field(default_factory=list)
    stack: list[Place | None] = field(default_factory=lambda: [None])
    cause: bool = False
    parts: str | None = None
    last_basis: str = "actual"
    wish: bool = False
    aim: bool = False
    wish_year: str | None = None
    year: str | None = None
    planned: bool = False
    told: tuple[str, int] | None = None
    group: list[Place] = field(default_factory=list)

    def begin(self, *, goes_on: bool = False) -> None:
        """A new sentence begins; one that ``goes_on`` (其中：…) lists parts of the sum before."""
        self.parts = self.last_basis if goes_on and self.last_basis != "actual" else None
        self.first = None
        self.labels = []
        self.stack = [None]
        self.cause = False
        self.wish = False
        self.wish_year = None
        self.group = []
        self.told = None
        self.year = None
        self.planned = False

    def end(self) -> None:
        """The sentence is over: its first subject is what the next may leave out."""
        if self.first:
            self.topic, self.topic_heading = self.first, False

    def move(self, least: int, depth: int) -> None:
        """Follow the brackets between two figures: closed down to ``least``, then opened up to ``depth``."""
        del self.stack[least + 1 :]
        while len(self.stack) <= depth:
            self.stack.append(self.stack[-1])

    @property
    def depth(self) -> int:
        return len(self.stack) - 1

    def listed(self) -> list[Place]:
        """The subjects of this sentence at this depth of brackets or outside, in order."""
        return [place for place, depth in self.labels if depth <= self.depth]

    @property
    def last(self) -> Place | None:
        return self.stack[-1]

    def name(self, place: Place, *, side: bool = False, outer: bool = False) -> None:
        """A subject was named; one named on the ``side`` (in a reason) does not become the sentence's
        topic, one that owns a bracket (``outer``) outlives it."""
        self.stack[-1] = place
        if outer and len(self.stack) > 1:
            self.stack[-2] = place
        if place not in [other for other, _ in self.labels[-_KEPT:]]:
            self.labels.append((place, self.depth - outer))
        if self.first is None and not side:
            self.first = place

    def take_up(self, place: Place) -> None:
        """A subject was taken up from a heading or the sentence before: it is the last one now."""
        self.stack[-1] = place

    def head(self, place: Place) -> None:
        """A heading, or a sentence that only names something."""
        self.topic, self.topic_heading = place, True
