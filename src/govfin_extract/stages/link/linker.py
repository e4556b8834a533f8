"""Tying figures to what they measure: one walk through the document, sentence by sentence, remembering the subject."""

from __future__ import annotations

import re
from decimal import Decimal

from govfin_extract.stages.link import kinds, lists, periods, scores, values
from govfin_extract.stages.link.against import compared_behind
from govfin_extract.stages.link.bases import basis_of
from govfin_extract.stages.link.changes import prior_of
from govfin_extract.stages.link.choose import STUB, choose, own_label
from govfin_extract.stages.link.clauses import bracket_depth
from govfin_extract.stages.link.confidence import confidence_of
from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.labels import is_empty, is_thing, trim_left, trim_right
from govfin_extract.stages.link.left import TIMES, read_left
from govfin_extract.stages.link.measures import measure_of
from govfin_extract.stages.link.memory import Memory, Place
from govfin_extract.stages.link.scene import Link, Scene, Situation
from govfin_extract.text.cues import cue

_CAUSE = cue(r"{cause.words}")
_CAUSE_BACK = 40
_AGAINST = re.compile(r"\s*(?:与|较|比|相比)(?:上年|去年|全|平均|(?:19|20)\d\d)")
_GOES_ON = frozenset("，的高低多少增减占、；为是")  # behind a bracket: the words before it go on
_GOES_ON_LISTING = re.compile(r"\s*(?:其中|分别为|分别是|具体为|具体是|包括)")
_BUDGET_LIST = re.compile(r"(?:批准|批复|年初)[^。；]{0,16}预算(?:数|安排)?(?:为|是|如下)：")
_AIMS = re.compile(r"(?:年度|绩效|总体|预期|工作)目标[^，。；：]{0,6}：(?![^。；]{0,40}(?:已|实际|完成情况))")
_ITEM = re.compile(r"\s*(?:[一二三四五六七八九十]是|[①-⑳]|（\d+）|\d+[.．、）)]|[\u4e00-\u9fff]{2,4}指标：)")
_PURPOSE = re.compile(r"\s*(?:主要|全部|专项)?(?:用于|反映|包括)")
_PRICE = re.compile(r"价|标准|均|能力|定额|单位")
_LAST_YEARS = re.compile(r"(?:上年|去年)(?:同期)?的?$")
_NAMES_A_SUBJECT = frozenset(("own words", "noun after", "before the bracket", "list", "clause before"))
_TAKES_UP_A_SUBJECT = frozenset(("heading", "role words", "subject of the sentence before"))


class Linker:
    """Reads the sentences of one document in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.memory = Memory()

    def heading(self, place: Place) -> None:
        """A heading is the next elided subject."""
        start = trim_left(self.text, *place)
        self.memory.head((start, trim_right(self.text, start, place[1])))

    def sentence(self, start: int, end: int, figures: list[Figure], situation: Situation) -> list[Link]:
        """The links of one sentence's figures, in order."""
        if not figures:
            self._silent(start, end)
            return []
        self.memory.begin(goes_on=bool(_GOES_ON_LISTING.match(self.text, start)))
        self._aims(start, figures[0].start)
        if _BUDGET_LIST.search(self.text, start, figures[0].start):
            self.memory.parts = "budget"
        full = scores.full_marks(self.text, start, figures)
        listed = lists.find_lists(self.text, start, figures)
        links: list[Link] = []
        every: list[Link] = []
        opened: list[int] = []
        low = start
        for index, figure in enumerate(figures):
            following = figures[index + 1] if index + 1 < len(figures) else None
            low = self._through_brackets(low, figure.start, opened)
            prior = prior_of(figure, links, situation.year)
            mark = figure.kind == "score"
            left = read_left(self.text, low, figure.start, rate=figure.is_rate, mark=mark, prior=prior)
            left = compared_behind(self.text, figure, left)
            high = following.start if following else end
            scene = Scene(
                self.text,
                self.memory,
                situation,
                figure,
                start,
                low,
                high,
                left,
                own_label(self.text, figure, left),
                links,
                listed.get(index),
                following,
            )
            link = self._link(scene)
            every.append(link)
            if index not in full:  # a full mark names its indicator and belongs to the score
                links.append(link)
            low = self._low_after(link, following)
        for index, target in full.items():
            value = figures[index].value
            if target >= 0 and isinstance(value, Decimal):
                every[target].max_score = value
        for link in every:
            if link.max_score is None and link.figure.kind == "score":
                link.max_score = scores.mark_beside(self.text, link.figure, start)
        self.memory.end()
        return links

    def _aims(self, start: int, end: int) -> None:
        """年度目标：…；一是…；二是…: a list of aims goes on as long as its items do."""
        if _AIMS.search(self.text, start, end):
            self.memory.aim = True
        elif not _ITEM.match(self.text, start):
            self.memory.aim = False

    def _silent(self, start: int, end: int) -> None:
        """A sentence without a figure that only names something is the next elided subject.

        One that says what that is for (主要用于：…) leaves the subject as it is.
        """
        if _PURPOSE.match(self.text, start):
            return
        while end > start and self.text[end - 1] in "。：； \n":
            end -= 1
        begin = trim_left(self.text, start, end)
        if is_thing(self.text, begin, end):
            self.memory.head((begin, end))

    def _through_brackets(self, low: int, at: int, opened: list[int]) -> int:
        """Follow the brackets up to a figure; behind one that closes, the words before it may go on."""
        before = self.memory.depth
        self.memory.move(*bracket_depth(self.text, low, at, before))
        if self.memory.depth > before:
            opened.append(low)
        elif self.memory.depth < before and opened:
            outer = opened.pop()
            if self.text[low : low + 1] == "）" and self.text[low + 1 : low + 2] in _GOES_ON:
                return outer
        return low

    def _low_after(self, link: Link, following: Figure | None) -> int:
        """Where the next figure's words begin: behind the noun that this one counts, if any are left then."""
        end = link.figure.end
        if following and link.how == "noun after" and link.label and end <= link.label[0]:
            rest = self.text[link.label[1] : following.start].strip()
            if len(rest) >= 2 and link.label[1] <= following.start and not is_empty(rest):
                return link.label[1]
        return end

    def _link(self, scene: Scene) -> Link:
        figure, left, situation = scene.figure, scene.left, scene.situation
        if left.whole_of:
            self._name_part(scene, left.whole_of)
        places = situation.headings
        link = Link(figure, scene.sentence, left.clause, places, max_score=figure.max_score, compared=left.compared)
        link.proposals = choose(scene)
        if link.proposals:
            link.how, link.label = link.proposals[0]
        if link.how == "noun after" and figure.kind == "count":
            left.measure = None  # 增加8个项目: so many new ones, no difference
        link.compared = left.compared
        link.kind = kinds.kind_in(scene, link)
        link.unit = _unit(link.kind, figure)
        link.measure, link.sign = measure_of(scene)
        link.value, link.low, link.high = values.stated(figure, link.measure, link.sign)
        if left.basis == "actual":
            self.memory.parts = None  # what follows is part of what was done
        link.basis = basis_of(scene, link)
        relative = link.measure in ("change", "growth") or left.reached or figure.kind == "ratio"
        # a year in what the figure is a part of is not its own, unless that was 上年的
        part = left.measure in ("share", "completion") or left.evidence.startswith(TIMES)
        part = part and not _LAST_YEARS.search(scene.clause)
        link.period, reason = periods.period_of(
            self.text,
            scene.sentence,
            left.clause,
            max(left.clause, left.end) if part else figure.start,
            year=situation.year,
            relative=relative,
        )
        self._year_goes_on(scene, link)
        self._hoped_year(link, situation)
        if link.how == "heading of a stand-in" and link.max_score is None:
            marks = [scores.heading_full_mark(scene.words(place)) for place in situation.headings]
            link.max_score = next((mark for mark in reversed(marks) if mark is not None), None)
        link.confidence = confidence_of(link)
        link.evidence = [part for part in (left.evidence, f"label: {link.how}", reason) if part]
        self.memory.last_basis = link.basis
        self._remember(scene, link)
        return link

    def _year_goes_on(self, scene: Scene, link: Link) -> None:
        """2017年受理8,934件，其中新收8,102件；审执结…: the year that a sentence opens with is that of what follows."""
        memory, figure, year = self.memory, scene.figure, scene.situation.year
        if link.compared or scene.left.reached or link.measure in ("change", "growth"):
            return
        if link.period == year and link.kind in ("amount", "event") and year and year.isdecimal():
            once = periods.is_former(self.text, figure.start, figure.end, scene.high)
            if once and not _PRICE.search(scene.words(link.label) + scene.clause):
                link.period = str(int(year) - 1)
                return
        if memory.year and link.period == year and periods.goes_on(scene.between):
            link.period = memory.year
        elif scene.left.bracket < 0:
            memory.year = link.period if periods.opens(self.text, scene.sentence, figure.start, link.period) else None

    def _hoped_year(self, link: Link, situation: Situation) -> None:
        """力争到2020年…达到80%，…达到90%: the year of the first hope is that of the others."""
        memory = self.memory
        if not situation.year or not link.period:
            return
        if link.basis == "target" and link.period > situation.year:
            memory.wish, memory.wish_year = True, link.period
        elif memory.wish and memory.wish_year and link.basis == "target":
            link.period = memory.wish_year

    def _name_part(self, scene: Scene, place: Place) -> None:
        """The part of a share whose whole is the figure: it is the subject of the percentage that follows."""
        start = trim_left(self.text, *place)
        if place[1] - start >= 2:
            self._name(scene, (start, place[1]))

    def _remember(self, scene: Scene, link: Link) -> None:
        if not link.label or _is_stub(scene, link):
            return
        if link.how in _TAKES_UP_A_SUBJECT:
            self.memory.take_up(link.label)
        elif link.how in _NAMES_A_SUBJECT and not scene.left.whole_of and not _is_against(scene, link):
            self._name(scene, link.label, outer=link.how == "before the bracket")

    def _name(self, scene: Scene, label: Place, *, outer: bool = False) -> None:
        memory = self.memory
        if not memory.cause and _CAUSE.search(
            self.text, max(scene.sentence, scene.low - _CAUSE_BACK), scene.left.clause
        ):
            memory.cause = True
        memory.name(label, side=memory.cause, outer=outer)


def _is_stub(scene: Scene, link: Link) -> bool:
    """部门年初预算: without its role the label names nothing; 项目年初预算 still says what for."""
    role = scene.left.role
    if link.how != "own words" or role is None or link.label is None or link.label[1] != role[1]:
        return False
    if scene.words(role)[:2] in ("收入", "支出"):
        return False
    before = scene.text[link.label[0] : role[0]]
    return STUB.fullmatch(before) is not None and not before.endswith("项目")


def _is_against(scene: Scene, link: Link) -> bool:
    """与2016年收入1631万元相比: what is compared with is no subject of what follows."""
    return link.how != "clause before" and _AGAINST.match(scene.text, scene.left.clause) is not None


def _unit(kind: str, figure: Figure) -> str:
    """The unit of a fact; a zero in words has that of the item that it answers."""
    if figure.kind in ("zero", "bare", "nothing"):
        return {"amount": "CNY", "staffing": "人", "institution": "个"}.get(kind, "起")
    return "%" if figure.kind == "ratio" else figure.unit
