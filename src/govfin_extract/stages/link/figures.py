"""What could be a fact: the quantities, the zeros said in words, and the grades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.records import Quantity
from govfin_extract.text.cues import cue

_ZERO = Decimal(0)


@dataclass(slots=True)
class Figure:
    """A figure of the view text before it is tied to anything.

    Attributes:
        kind: a quantity's kind, or ``zero`` (a word for nothing), ``bare`` (a 0 without a unit) or ``grade``.
    """

    start: int
    end: int
    kind: str
    value: Decimal | str | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    modifier: str = "exact"
    max_score: Decimal | None = None
    per: str | None = None
    text: str = ""

    @property
    def is_rate(self) -> bool:
        return self.kind in ("percent", "ratio")


def from_quantities(quantities: Iterable[Quantity]) -> list[Figure]:
    """The quantities that have a value or bounds; a vague one (数百万) is no figure."""
    figures = []
    for q in quantities:
        if q.value is None and q.low is None and q.high is None:
            continue
        low, high = (None, None) if q.value is not None else (q.low, q.high)
        figures.append(
            Figure(q.start, q.end, q.kind, q.value, low, high, q.unit, q.modifier, q.max_score, q.per, q.text)
        )
    return figures


# 无 that answers a named item (购置费：无), 为零, and sentences that say that nothing was spent or happened.
_ANSWER = cue(
    r"(?<=[：:])\s{0,2}(无|零)(?=\s{0,2}(?:[，。；,;）)\n]|$))|(?<=[费出境置待款务程物类])\s{0,2}(无)(?=\s{0,2}(?:[，。；）、\n]|$))|(?<!化整为)(?<=为)(零|“零”|无)(?=\s{0,2}(?:[，。；,;）)、\n]|$))"
)
_NOTHING = cue(
    r"(?P<word>未发生一起|未发生|未产生|没有发生|没有产生|无(?![^，。；\n]{0,12}(?:障碍|线|人机|偿|害|烟|法|论|关|须|需|纸|证|主|形|缝|异议|可比|变化|增减|此项|该项|限)))"
    r"(?=[^，。；：\n0-9]{2,28}?(?:事件|事故|案件|情形|问题|现象|费用?|支出|收入|收支|人员|预算|购置|机构|单位)(?:支出|安排|发生)?(?:[，。；、）\n]|$))"
)
_BARE = cue(r"(?<=为)\s?(0)(?=\s?[，。；,;、）\n])|(?<=：)\s?(0)(?=\s?[，。；,;）])")
_GRADE = cue(
    r"(?:{grade.heads})(?:评定|评价|自评|结果|确定|等级|等次)?均?\s{0,2}(?:为|是|：|:|属于|达到)?\s{0,2}[“\"'‘]?"
    r"(?P<word>{grade.words})(?=[”\"'’]|[，。；、）（\s]|[.．](?:\s|$)|等次|等级|档|级|$)"
)


def said_in_words(text: str, start: int, end: int) -> list[Figure]:
    """The zeros and grades of ``text[start:end]``."""
    figures: list[Figure] = []
    for pattern, kind in ((_ANSWER, "zero"), (_BARE, "bare")):
        for match in pattern.finditer(text, start, end):
            group = match.lastindex or 0
            figures.append(Figure(match.start(group), match.end(group), kind, _ZERO))
    figures += [
        Figure(match.start("word"), match.end("word"), "nothing", _ZERO)
        for match in _NOTHING.finditer(text, start, end)
    ]
    for match in _GRADE.finditer(text, start, end):
        figures.append(Figure(match.start("word"), match.end("word"), "grade", match["word"]))
    return figures


def merge(quantities: list[Figure], words: list[Figure]) -> list[Figure]:
    """Both in the order of the text; a word that overlaps a quantity gives way."""
    taken = [(figure.start, figure.end) for figure in quantities]
    free = [word for word in words if not any(start < word.end and word.start < end for start, end in taken)]
    return sorted(quantities + free, key=lambda figure: (figure.start, figure.end))
