"""One number as it is being read."""

from __future__ import annotations

from dataclasses import dataclass

from govfin_extract.stages.quantify.lexicon import Unit
from govfin_extract.text.numerals import Reading

LARGE = "万亿萬億"
BARE = frozenset("百千万亿佰仟萬億")


@dataclass(slots=True)
class Side:
    """One number with what follows it, up to and including its unit.

    ``plain`` is the numeral without separators, ``power`` that of the multiplier behind it, ``inner`` a modifier
    between number and unit, ``vague`` that it has no value (几十).
    """

    start: int
    end: int
    plain: str = ""
    chinese: bool = False
    reading: Reading | None = None
    vague: bool = False
    power: int = 0
    inner: str = ""
    unit: Unit | None = None
    unit_text: str = ""
    gap: str = ""
    negative: bool = False

    @property
    def large(self) -> bool:
        """Whether 万 or 亿 is written: such a number stands for money without a unit."""
        return self.power >= 4 or (self.chinese and any(mark in self.plain for mark in LARGE)) or "万" in self.plain

    @property
    def bare(self) -> bool:
        """百余人, 上万元: the numeral begins with its multiplier."""
        return self.chinese and self.plain[:1] in BARE
