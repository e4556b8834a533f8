"""A figure that others are compared with, where the comparison is said behind it: 同2018年的21,406万元相比."""

from __future__ import annotations

from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.peeled import Left
from govfin_extract.text.cues import cue

_COMPARED = cue(r"\s{0,2}(?:（[^（）]{0,20}）)?(?:的[^，。；]{0,6})?(?:{compare.behind})")
_OPENS = cue(r"[\s，]{0,2}(?:{compare.with})")
_WITH = cue(r"(?:与|和|跟|同|较之?)(?={change.base}|(?:19|20)\d\d|上一|调整|整[合改]前)")


def compared_behind(text: str, figure: Figure, left: Left) -> Left:
    """Mark a figure that is said to be compared behind it; only what stands before the comparison may name it.

    >>> from govfin_extract.stages.link.left import read_left
    >>> text = "支出预算与上年的98万元比较"
    >>> left = compared_behind(text, Figure(8, 12, "amount", None), read_left(text, 0, 8, rate=False))
    >>> left.compared, text[left.start : left.end]
    (True, '支出预算')
    """
    if figure.kind == "score" or not _COMPARED.match(text, figure.end, figure.end + 40):
        return left
    opened = _OPENS.match(text, left.clause, figure.start)
    against = opened or _WITH.search(text, left.clause, figure.start)
    if against is None:
        return left
    left.measure, left.sign, left.role, left.compared = None, 1, None, True
    left.start, left.end = left.clause, left.clause if opened else against.start()
    return left
