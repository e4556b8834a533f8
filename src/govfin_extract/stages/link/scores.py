"""Marks: which figure is the full mark, and which heading a stand-in (本环节得分) speaks of."""

from __future__ import annotations

import re
from decimal import Decimal

from govfin_extract.stages.link.figures import Figure

_FULL_BEFORE = re.compile(
    r"(?:分值|满分|标准分|权重|总分值|指标分|设定分值|计划分|基础分)(?:数|分)?(?:设置|设定)?[为：共是]?\s?$"
)
_GOT_BEFORE = re.compile(r"(?:得分?|自评|评分|实得分?|评价得分|自评得分?|评得)(?:数|结果)?(?:为|：|是|共)?\s?$")
_HEADING_FULL = re.compile(r"[（(](?:满分|分值|权重|总分|共)?[：:]?\s?(\d+(?:\.\d+)?)\s?分[）)]")
_STAND_IN = re.compile(
    r"^(?:本|该|此)(?:环节|部分|项|指标|项指标|类|项目|方面|大类|小项|类指标|一级指标|二级指标)(?:自评|实际|综合|评价|共|合计)?(?:得分?|实得分?|评分)?(?:合计|为)?$|^(?:自评|实际|综合|评价|实)?得分?$|^评分$"
)
_FULL_TAIL = re.compile(
    r"(?:的|[\s，、（])*(?:分值|满分|标准分|权重|总分值|指标分)(?:[为：]?\s?\d{1,4}(?:\.\d{1,2})?(?:分)?[\s，、；）]*)?$"
)
# a full mark without 分, which is no quantity: 满分15  得14分, 18分（满分20）
_MARK_BEFORE = re.compile(
    r"(?:满分|分值|标准分|权重)[为：]?\s?(\d{1,4}(?:\.\d{1,2})?)分?[\s，、；）]{1,4}(?:自评|实际|评价|最终|实)?(?:得分?|评分)[为：]?\s?$"
)
_MARK_BEHIND = re.compile(r"\s?[（(](?:满分|分值|标准分|权重|总分)[为：]?\s?(\d{1,4}(?:\.\d{1,2})?)\s?分?[）)]")
_FARTHEST_MARK = 28
_GOT_TAIL = re.compile(r"(?:自评|实际|综合|评价|最终|共)?得$")


_FULL_LIST = re.compile(r"(?:分值|满分|标准分|权重|总分值)(?:分别|依次|各)(?:为|是)?\s?$")
_IN_LIST = re.compile(r"\s?(?:、|和|与|及|以及|，)\s?")


def _run(text: str, figures: list[Figure], first: int) -> list[int]:
    """The numbers of the scores that stand in one list from ``first`` on."""
    run = [first]
    while run[-1] + 1 < len(figures) and figures[run[-1] + 1].kind == "score":
        if not _IN_LIST.fullmatch(text, figures[run[-1]].end, figures[run[-1] + 1].start):
            break
        run.append(run[-1] + 1)
    return run


def _listed_full_marks(text: str, start: int, figures: list[Figure]) -> dict[int, int]:
    """满分分别为20、30分，得分分别为19、28分: the n-th full mark is that of the n-th score."""
    pairs: dict[int, int] = {}
    for index, figure in enumerate(figures):
        if figure.kind != "score" or index in pairs:
            continue
        if not _FULL_LIST.search(text, max(start, figure.start - 12), figure.start):
            continue
        full = _run(text, figures, index)
        after = full[-1] + 1
        got = _run(text, figures, after) if after < len(figures) and figures[after].kind == "score" else []
        pairs.update(zip(full, got if len(got) == len(full) else [-1] * len(full), strict=True))
    return pairs


def full_marks(text: str, start: int, figures: list[Figure]) -> dict[int, int]:
    """Which scores only say the full mark of another: index of the full mark → index of its score."""
    pairs = _listed_full_marks(text, start, figures)
    listed = {*pairs, *pairs.values()}
    scores = [index for index, figure in enumerate(figures) if figure.kind == "score" and figure.max_score is None]
    for order, index in enumerate(scores):
        if index in listed:
            continue
        figure = figures[index]
        before = text[max(start, figure.start - 10) : figure.start]
        following = scores[order + 1] if order + 1 < len(scores) else None
        between = text[figure.end : figures[following].start] if following is not None else ""
        same = following is not None and not re.search(r"[；。]", between)
        alone = text[figure.start - 1 : figure.start] in ("（", "(") and text[figure.end : figure.end + 1] in (
            "）",
            ")",
        )
        if alone and not _FULL_BEFORE.search(before):
            touching = order > 0 and figures[scores[order - 1]].end == figure.start - 1
            got = same and following is not None and _GOT_BEFORE.search(between)
            pairs[index] = scores[order - 1] if touching else following if got and following is not None else -1
        elif _FULL_BEFORE.search(before):
            bracketed = re.search(r"[（(][^（）()]{0,8}$", before) is not None
            if (
                bracketed
                and order
                and scores[order - 1] not in pairs
                and not re.search(r"[；。]", text[figures[scores[order - 1]].end : figure.start])
            ):
                pairs[index] = scores[order - 1]
            elif same and following is not None:
                pairs[index] = following
            elif order and scores[order - 1] not in pairs:
                pairs[index] = scores[order - 1]
            else:
                pairs[index] = -1
        elif (
            same
            and following is not None
            and not _GOT_BEFORE.search(before)
            and _GOT_BEFORE.search(between)
            and index not in pairs.values()
        ):
            pairs[index] = following
    return pairs


def mark_beside(text: str, figure: Figure, start: int) -> Decimal | None:
    """The full mark right before or behind a score, where it is written without 分.

    >>> words = "决策18分（满分20）"
    >>> mark_beside(words, Figure(2, 5, "score", Decimal(18)), 0)
    Decimal('20')
    """
    found = _MARK_BEHIND.match(text, figure.end) or _MARK_BEFORE.search(
        text, max(start, figure.start - _FARTHEST_MARK), figure.start
    )
    return Decimal(found[1]) if found else None


def heading_full_mark(heading: str) -> Decimal | None:
    """The full mark that a heading states: （二）项目过程（满分20分）.

    >>> heading_full_mark("（二）项目过程（满分20分）")
    Decimal('20')
    """
    match = _HEADING_FULL.search(heading)
    return Decimal(match[1]) if match else None


def speaks_of_marks(heading: str) -> bool:
    """Whether a heading is about the marks themselves (自评得分情况), not about an indicator.

    >>> speaks_of_marks("四、自评得分"), speaks_of_marks("（二）项目过程（满分20分）")
    (True, False)
    """
    return "分" in re.sub(r"满分|分）|部分", "", heading)


def is_stand_in(words: str) -> bool:
    """Whether a score's own words stand for an indicator named elsewhere: 本环节得分, 得."""
    return bool(_STAND_IN.match(words))


def without_full(words: str) -> str:
    """The indicator before the word for its full mark: 资金到位率指标分值 → 资金到位率指标."""
    return _FULL_TAIL.sub("", words)


def without_got(words: str) -> str:
    """The indicator before the word for its score, and its full mark: 资金使用合规性得, 投入  满分15  得 → 投入."""
    return _FULL_TAIL.sub("", _GOT_TAIL.sub("", words))
