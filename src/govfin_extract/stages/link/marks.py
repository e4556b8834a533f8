"""The indicator that a score without a name of its own belongs to: 本环节得分, 按比例得, 综合得分."""

from __future__ import annotations

import re

from govfin_extract.stages.link import scores
from govfin_extract.stages.link.items import clause_head, score_head
from govfin_extract.stages.link.labels import trim_left, trim_right
from govfin_extract.stages.link.memory import Place
from govfin_extract.stages.link.scene import Scene

NAMES_THE_DOCUMENT = re.compile(r"(?:部门|单位|年度|年|财政)(?:整体支出)?(?:预算|决算|自评|收支)$|报告$|公开$|说明$")
_BY_RULE = re.compile(r"\s*(?:按|根据|经|依据|最终|因|由于)[^，]*得分?$")
_STANDS_IN = ("本", "该", "此")
_TOTAL_SCORE = re.compile(
    r"\s*(?P<words>(?:综合|合计|总计?|最终|总体|累计)(?:评价|自评|考评|评定|评审|绩效)?(?:得分|评分|分)?)(?:为|是|：|达)?\s*(?=\d)"
)


def total_score(scene: Scene) -> Place | None:
    """综合得分94.5分, 合计97.4分: the sum of the marks is named by its own words."""
    if scene.figure.kind != "score":
        return None
    match = _TOTAL_SCORE.match(scene.text, scene.left.clause, scene.figure.start + 1)
    return match.span("words") if match else None


def _score_words(scene: Scene) -> str | None:
    """The words of a score that stand for an indicator named elsewhere (本环节得分, 按比例得), or None."""
    if scene.figure.kind != "score":
        return None
    raw = scene.text[scene.left.clause : scene.left.end].strip("，：） ")
    if scores.is_stand_in(raw):
        return raw
    own = scene.words(scene.own)
    stands_in = scores.is_stand_in(own) or _BY_RULE.match(scene.text, scene.left.clause, scene.left.end)
    return own if scene.own and stands_in else None


def indicator_before(scene: Scene) -> Place | None:
    words = _score_words(scene)
    if words is None or words.startswith(_STANDS_IN) or scene.own is None:
        return None
    return score_head(scene) or clause_head(scene)


def indicator_named(scene: Scene) -> Place | None:
    words = _score_words(scene)
    if words is None or words.startswith(_STANDS_IN):
        return None
    counted = scene.previous is not None and scene.previous.figure.kind == "count"
    return None if counted else scene.memory.last  # 资助学生940人次，自评得分86.4分


def indicator_heading(scene: Scene) -> Place | None:
    """The heading that a stand-in speaks of: the nearest that states a full mark, else the nearest."""
    if _score_words(scene) is None or scene.own is None:
        return None
    marked = [place for place in scene.situation.headings if scores.heading_full_mark(scene.words(place))]
    place = marked[-1] if marked else scene.situation.heading_place
    words = scene.words(place)
    if place is None or scores.speaks_of_marks(words) or NAMES_THE_DOCUMENT.search(words):
        return None
    start = trim_left(scene.text, *place)
    return start, trim_right(scene.text, start, place[1])
