"""What the words before a figure say, and taking words off their end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from govfin_extract.text.cues import affixes, cue

ADVERB = cue(
    r"(?:分别|各|(?<![月人年平户生日季件车])均|共|总共|一共|(?<=.)累计|先后|又|再|(?<![返偿归退])还|另|已经?|实际|同比|环比|同口径|自然口径|可比口径|按可比口径|相应|各自|也|将|预计|(?<![签节预契违公条制])约|力争|拟|确保|争取|有所|略|基本|净|平均|全部|大幅|小幅|呈|预期)+$"
)
# names that hold 预算, 计划, 目标 without being a plan
NO_PLAN = cue(
    r"一般公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算|公共财政预算|公共预算|基金预算|预算单位|预算内|预算外|预算稳定调节基金|绩效目标|计划生育|预算管理|全面预算|预算收入(?!数|计划)|预算支出(?!数|计划)|预算绩效"
)
_ROLES = (
    ("adjusted_budget", "role.adjusted"),
    ("budget", "role.budget"),
    ("target", "role.target"),
    ("actual", "role.actual"),
)


class Prior(NamedTuple):
    """What the figures before in the sentence lend to one that may be a difference from them.

    Attributes:
        against: one of the same unit is compared with: last year's, the budget's, the aim's.
        compared: its words say so themselves (较2020年的81万元).
        alike: the figure is of the size of the last level of its unit, so no difference from it.
        points: the figure counts percentage points, which are hardly ever a level.
    """

    against: bool = False
    compared: bool = False
    alike: bool = False
    points: bool = False


@dataclass(slots=True)
class Left:
    """What the words before a figure say.

    Attributes:
        start, end: the label's words; equal where nothing is left of them.
        clause: where the figure's own clause begins.
        measure: change, growth, share, completion, or None where the words are silent.
        sign: -1 where a change word says less.
        basis: budget, adjusted_budget, actual, target, or None.
        bracket: where the bracket opens that holds the figure's clause, or -1.
        compared: the figure is what another is compared with (较上年的35万元).
        reached: the figure is the level after a change (增加到).
        whole_of: the figure is the whole of which this subject is a share (X占…100万元的比例).
        role: where the words that set the basis stand.
        evidence: the words that decided.
    """

    start: int
    end: int
    clause: int
    measure: str | None = None
    sign: int = 1
    basis: str | None = None
    bracket: int = -1
    compared: bool = False
    reached: bool = False
    role: tuple[int, int] | None = None
    whole_of: tuple[int, int] | None = None
    evidence: str = ""

    @property
    def empty(self) -> bool:
        return self.end <= self.start


def peel(text: str, low: int, high: int, pattern: re.Pattern[str], window: int = 14) -> int:
    """The end of what is left of ``text[low:high]`` when the pattern's match at its end is taken off."""
    match = pattern.search(text, max(low, high - window), high)
    return match.start() if match else high


def longest_role(text: str, start: int, end: int) -> tuple[int, str]:
    return max(((affixes(name).suffix(text, start, end), basis) for basis, name in _ROLES), key=lambda pair: pair[0])


def only_role(text: str, left: Left) -> None:
    """A label that is nothing but a role (支出决算比上年减少) is no label."""
    size, _ = longest_role(text, left.start, left.end)
    if size and size == left.end - left.start:
        left.end = left.start
