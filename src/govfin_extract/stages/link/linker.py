"""Tying figures to what they measure: one walk through the document, sentence by sentence, remembering the subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from govfin_extract.stages.link import kinds, lists, periods, right, scores, values
from govfin_extract.stages.link.clauses import bracket_depth, clause_before
from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.labels import is_thing, money_head, tighten, trim_left, trim_right, with_quotes, without_bracket
from govfin_extract.stages.link.left import Left, read_left
from govfin_extract.stages.link.memory import Memory
from govfin_extract.text.cues import cue
from govfin_extract.text.lexicon import is_term

Place = tuple[int, int]


@dataclass(slots=True)
class Link:
    """A figure tied to its label, with how it is to be read."""

    figure: Figure
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
    alternatives: list[Place] = field(default_factory=list)
    confidence: float = 0.9
    evidence: list[str] = field(default_factory=list)


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
class Around:
    """The surroundings of one figure in its sentence."""

    figure: Figure
    sentence: int
    low: int
    high: int
    left: Left
    own: Place | None
    before: list[Link]
    situation: Situation
    listed: tuple[int, int, int] | None = None
    next: Figure | None = None


class Linker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.memory = Memory()

    def heading(self, place: Place) -> None:
        """A heading is the next elided subject."""
        start = trim_left(self.text, *place)
        self.memory.head((start, trim_right(self.text, start, place[1])))

    def sentence(self, start: int, end: int, figures: list[Figure], situation: Situation) -> list[Link]:
        """The links of one sentence's figures, in order."""
        memory = self.memory
        if not figures:
            self._silent(start, end)
            return []
        memory.begin()
        full = scores.full_marks(self.text, start, figures)
        listed = lists.find_lists(self.text, start, figures)
        links: list[Link] = []
        emitted: dict[int, Link] = {}
        low = start
        opened: list[int] = []
        for index, figure in enumerate(figures):
            following = figures[index + 1] if index + 1 < len(figures) else None
            before = memory.depth
            memory.move(*bracket_depth(self.text, low, figure.start, before))
            if memory.depth > before:
                opened.append(low)
            elif memory.depth < before and opened:
                outer = opened.pop()
                low = outer if self.text[low : low + 1] == "）" and self.text[low + 1 : low + 2] in _GOES_ON else low  # the words before the bracket go on behind it
            left = read_left(self.text, low, figure.start, rate=figure.is_rate, mark=figure.kind == "score")
            own = self._own_label(figure, left)
            high = following.start if following else end
            around = Around(figure, start, low, high, left, own, links, situation, listed.get(index), following)
            link = self._link(around)
            emitted[index] = link
            if index not in full:
                links.append(link)
            low = self._low_after(link, following)
        for index, target in full.items():
            if target in emitted and isinstance(figures[index].value, Decimal):
                emitted[target].max_score = figures[index].value  # type: ignore[assignment]
        memory.end()
        return links

    def _low_after(self, link: Link, following: Figure | None) -> int:
        """Where the next figure's words begin: behind the noun that this one counts, if any are left then."""
        end = link.figure.end
        if following and link.how == "noun after" and link.label and end <= link.label[0]:
            rest = self.text[link.label[1] : following.start].strip()
            if len(rest) >= 2 and link.label[1] <= following.start and not _EMPTY.fullmatch(rest):
                return link.label[1]
        return end

    def _silent(self, start: int, end: int) -> None:
        """A sentence without a figure that only names something is the next elided subject."""
        while end > start and self.text[end - 1] in "。：； \n":
            end -= 1
        begin = trim_left(self.text, start, end)
        if is_thing(self.text, begin, end):
            self.memory.head((begin, end))

    def _link(self, around: Around) -> Link:
        figure, left, situation = around.figure, around.left, around.situation
        link = Link(figure, max_score=figure.max_score, compared=left.compared)
        link.label, link.how = self._choose(around)
        words = self.text[slice(*link.label)] if link.label else ""
        clause = self.text[left.clause : figure.start]
        link.kind = kinds.kind_of(figure, words, clause, situation.heading)
        if link.kind == "event" and around.before:
            link.kind = self._more_of_the_list(around, words) or link.kind
        link.unit = _unit(link.kind, figure)
        link.measure, link.sign = self._measure(around)
        link.value, link.low, link.high = values.stated(figure, link.measure, link.sign)
        link.basis = self._basis(around, link, clause)
        relative = link.measure in ("change", "growth") or left.reached or figure.kind == "ratio"
        link.period, reason = periods.period_of(
            self.text, around.sentence, left.clause, figure.start, year=situation.year, relative=relative
        )
        if link.basis == "target" and situation.year and (link.period or "") > situation.year:
            self.memory.wish = True
        if self.memory.wish and situation.year and link.period:
            if link.period > situation.year:
                self.memory.wish_year = link.period
            elif self.memory.wish_year and link.basis == "target":
                link.period = self.memory.wish_year
        if link.kind == "score" and link.max_score is None and link.how == "heading of a stand-in":
            marks = [scores.heading_full_mark(self.text[slice(*place)]) for place in situation.headings]
            link.max_score = next((mark for mark in reversed(marks) if mark is not None), None)
        link.confidence = _CONFIDENCE[link.how]
        link.evidence = [part for part in (left.evidence, f"label: {link.how}", reason) if part]
        if link.how in _NAMING and link.label and not left.whole_of and not _AGAINST.match(self.text, left.clause):
            self._name(link.label, around, outer=link.how == "before the bracket")
        elif link.how in ("heading", "subject of the sentence before") and link.label:
            self.memory.stack[-1] = link.label
        return link

    def _more_of_the_list(self, around: Around, words: str) -> str | None:
        """A list of people or vehicles goes on: 在职113人、退休75人、财政事务中心10人."""
        previous = around.before[-1]
        between = self.text[previous.figure.end : around.left.clause]
        if previous.figure.unit != around.figure.unit or len(between) > 2:
            return None
        if previous.kind == "staffing" and not kinds.speaks_of_others(words):
            return "staffing"
        if previous.kind == "institution":
            return "institution"
        return "asset" if previous.kind == "asset" and not kinds.speaks_of_buying(words) else None

    def _own_label(self, figure: Figure, left: Left) -> Place | None:
        text = self.text
        start = trim_left(text, left.start, left.end)
        if left.end - start >= 4 and is_term(text[start : left.end]):
            return start, left.end
        end = without_bracket(text, start, trim_right(text, start, left.end))
        start = tighten(text, start, end, counted=figure.kind == "count")
        if figure.kind == "amount":
            start = money_head(text, start, end)
        elif figure.kind == "score":
            end = start + len(scores.without_full(text[start:end]))
        start = with_quotes(text, left.start, start, end)
        if left.role and end > start and _STUB.fullmatch(text, start, end):
            end = left.role[1]  # 部门预算收入: without the role nothing would be named
        if end <= start or not _HAN.search(text, start, end) or _EMPTY.fullmatch(text, start, end):
            return None
        return start, end

    def _choose(self, around: Around) -> tuple[Place | None, str]:
        """The label and how it was found."""
        text, figure, left, own = self.text, around.figure, around.left, around.own
        if around.listed:
            place = self._from_list(around)
            if place:
                return place, "list"
        if figure.kind == "score":
            found = self._score_label(around)
            if found:
                return found
        if left.whole_of:
            self._name_whole(left.whole_of, around)
        if figure.kind == "count" and (left.measure is None or (left.measure == "change" and not own)):
            after = right.noun_after(text, figure.end, around.high)
            if after and not (own and self._next_owns(after, around)):
                left.measure = None  # 增加8个项目: so many new ones, no difference
                return after, "noun after"
        if around.low == figure.start and around.before and figure.kind == "count":
            return around.before[-1].label, "same subject"  # 10次87天
        if own:
            if figure.kind == "score":
                kept = len(scores.without_got(text[slice(*own)]))
                own = (own[0], own[0] + kept) if kept else own
            return own, "own words"
        return self._elided(around)

    def _next_owns(self, after: Place, around: Around) -> bool:
        """The words up to the next figure name that one: 行政编制30人实有19人."""
        if around.next is None:
            return False
        between = self.text[around.figure.end : around.high].strip()
        if around.next.kind == "count" and around.next.unit == around.figure.unit and len(between) <= 4 and between.isalpha():
            return True
        if after[1] < around.high:
            return False
        return bool(_NEXT_LABEL.match(self.text, after[0]))

    def _name_whole(self, place: Place, around: Around) -> None:
        """The part of a share whose whole is the figure: it is the subject of the percentage that follows."""
        start = trim_left(self.text, *place)
        if place[1] - start >= 2:
            self._name((start, place[1]), around)

    def _from_list(self, around: Around) -> Place | None:
        assert around.listed is not None
        number, count, cue_at = around.listed
        names = lists.names_before(self.text, around.sentence if not around.before else around.before[-1 - number].figure.end
                                   if len(around.before) > number else around.sentence, cue_at, count)
        if names:
            self.memory.group = names
            return names[number]
        labels = self.memory.group or self.memory.listed()
        if _FIRST.search(self.text, cue_at - 6, cue_at) and len(labels) > count:
            return labels[number]
        if _REST.search(self.text, cue_at - 6, cue_at) and len(labels) > count:
            labels = [label for label in labels if self.text[slice(*label)] not in self.text[around.sentence : cue_at].split("；")[-1]]
        return labels[number - count] if len(labels) >= count else None

    def _score_label(self, around: Around) -> tuple[Place | None, str] | None:
        if around.own is None:
            bare = scores.is_stand_in(self.text[around.left.clause : around.left.end].strip("，：） "))
            return (self.memory.last, "same subject") if bare and self.memory.last else None
        start, end = around.own
        words = self.text[around.left.clause : around.left.end].strip("，：） ") if around.left.end > around.left.clause else ""
        words = words if scores.is_stand_in(words) else self.text[start:end]
        stand_in = scores.is_stand_in(words)
        if not stand_in:
            if not _BY_RULE.match(self.text, around.left.clause, around.left.end):
                return None
        earlier = self._earlier_clause(around)
        if earlier and not words.startswith(("本", "该", "此")):
            return earlier, "clause before"
        if self.memory.last and not words.startswith(("本", "该", "此")):
            return self.memory.last, "same subject"
        situation = around.situation
        marked = [place for place in situation.headings if scores.heading_full_mark(self.text[slice(*place)])]
        place = marked[-1] if marked else situation.heading_place
        if place and "分" not in self.text[place[0] : place[1]].replace("满分", "").replace("分）", "").replace("部分", ""):
            start = trim_left(self.text, *place)
            return (start, trim_right(self.text, start, place[1])), "heading of a stand-in"
        return None

    def _elided(self, around: Around) -> tuple[Place | None, str]:
        """The subject is left out: a bracket's owner, a clause, the sentence, the heading."""
        text, figure, left, memory = self.text, around.figure, around.left, self.memory
        if left.bracket >= around.low:
            base = read_left(text, around.low, left.bracket, rate=True)
            subject = memory.last or memory.topic
            if base.measure in ("completion", "share") and base.empty and subject:
                left.basis = "adjusted_budget" if "调整" in text[base.clause : left.bracket] else "budget" if base.measure == "completion" else None
                left.compared = True
                return subject, "same subject"  # 为年初预算（23.6亿元）的67%
            start = trim_left(text, clause_before(text, left.bracket, around.low), left.bracket)
            start = tighten(text, start, left.bracket, counted=False)
            if left.bracket - start >= 2 and _HAN.search(text, start, left.bracket):
                return (start, trim_right(text, start, left.bracket)), "before the bracket"
        if left.measure is None and (figure.is_rate or figure.kind in ("amount", "score")) and left.role is None:
            purpose = right.verb_phrase_after(text, figure.end, around.high)
            if purpose and (not around.before or left.empty):
                return purpose, "noun after"
            after = None if left.compared or figure.kind == "score" else right.noun_after(text, figure.end, around.high)
            if after and (not around.before or not figure.is_rate) and not self._next_owns(after, around):
                return after, "noun after"
        if left.role and not memory.last and text[left.role[0] : left.role[1]].endswith(("收入", "支出")):
            return left.role, "role words"
        rate_of = _RATE_OF.match(text, figure.end, around.high) if figure.is_rate and left.empty and left.measure in (None, "share") and not left.compared else None
        if rate_of and not _NOT_RATED.match(rate_of["noun"]) and (left.measure is None or rate_of[0].startswith("的")):
            return rate_of.span("noun"), "noun after"
        done_to = _DONE_TO.match(text, figure.end, around.high) if figure.kind == "count" else None
        if done_to:
            return (figure.end, done_to.end()), "noun after"
        thing = self._earlier_clause(around)
        if thing:
            self._name(thing, around)
            return thing, "clause before"
        if memory.last:
            return memory.last, "same subject"
        if memory.topic_heading and left.evidence.startswith("verb") and left.role is None:
            spoken = (trim_left(text, left.clause, figure.start), trim_right(text, left.clause, figure.start))
            if spoken[1] - spoken[0] >= 2:
                return spoken, "own verb"  # 全年执行341万元
        if memory.topic and (is_thing(text, *memory.topic) or not left.role):
            return memory.topic, "heading" if memory.topic_heading else "subject of the sentence before"
        if left.role:
            return left.role, "role words"
        if around.situation.heading_place:
            return around.situation.heading_place, "heading"
        return None, "none"

    def _earlier_clause(self, around: Around) -> Place | None:
        """A clause without a figure before the figure's own, if it names a thing: 公务接待费，支出决算为…"""
        text, low = self.text, around.low
        at = around.left.clause
        for _ in range(3):
            end = at - 1
            if end <= low:
                return None
            begin = clause_before(text, end, low)
            if _COMPARING.match(text, begin, end):
                at = begin
                continue
            start = trim_left(text, begin, end)
            stop = trim_right(text, start, end)
            ranked = _RANKED.search(text, start, stop)
            stop = ranked.start() if ranked else stop
            against = _COMPARING.search(text, start, stop)
            if against and against.start() > start + 1:
                stop = trim_right(text, start, against.start())
                against = None
            if is_thing(text, start, stop) and not against:
                return start, stop
            at = begin
        return None

    def _measure(self, around: Around) -> tuple[str, int]:
        figure, left = around.figure, around.left
        if left.measure:
            return left.measure, left.sign
        if values.doubled(figure):
            return "growth", 1
        if figure.is_rate and left.bracket >= 0 and _FASTEST.search(self.text, around.low, left.bracket):
            return "growth", 1
        if around.before:
            previous = around.before[-1]
            between = self.text[around.low : figure.start].strip()
            if previous.figure.kind == figure.kind and (around.listed and around.listed[0] or between in _JOINS):
                return previous.measure, previous.sign
            if figure.is_rate and self._is_part(around, between):
                return "share", 1
            if figure.is_rate and left.compared and previous.measure in ("share", "completion"):
                return previous.measure, 1
            if figure.is_rate and between == "的" and previous.figure.kind == "amount":
                return "completion", 1
            if figure.is_rate and between in ("（", "（下降", "（增长") and previous.measure == "change":
                return "growth", previous.sign
        if figure.kind == "percentage_point":
            return "change", 1
        return "level", 1

    def _is_part(self, around: Around, between: str) -> bool:
        """X占…100万元的（比例）5%: the figure before was the whole."""
        whole = around.before[-1].figure
        return bool(_OF_WHOLE.fullmatch(between)) and whole.kind == "amount" and "占" in self.text[max(around.sentence, whole.start - 30) : whole.start]

    def _basis(self, around: Around, link: Link, clause: str) -> str:
        left, situation = around.left, around.situation
        if left.basis and not (link.measure == "change" and left.basis == "target"):
            return left.basis
        if link.kind in ("score", "grade") and "目标" not in clause:
            return "actual"
        hope = _WISH_STRONG.search(clause)
        if hope or (self.memory.wish and not _DONE_STRONG.search(clause)):
            self.memory.wish = True
            return "target"
        if link.measure == "completion" and not situation.aim and not _WISH.search(clause):
            return "actual"
        inherited = self._adjusted(around, link) or self._inherited_basis(around, link)
        if inherited:
            return inherited
        planned = situation.planned and link.kind in ("amount", "ratio") and not _HELD.search(clause)
        wish = (_WISH if link.measure in ("change", "growth", "completion") else _TARGET).search(_FUND_NAMES.sub("", clause))
        if wish and not _DONE.search(clause):
            return "budget" if link.kind == "amount" and not _HOPE.search(clause) else "target"
        if situation.tasks and link.kind in ("event", "ratio") and self._is_effort(around):
            return "target"
        if situation.aim and planned and link.kind == "amount" and around.figure.modifier == "exact":
            return "budget"
        if situation.aim and _COMPILED.search(self.text, around.sentence, around.high):
            return "actual"
        if link.how == "same subject" and around.before and around.before[-1].basis == "target" and link.measure == "level" and around.before[-1].kind == link.kind and not _DONE_STRONG.search(self.text, around.low, around.figure.start):
            return "target"
        if situation.aim or _AIM_LEAD.match(self.text, around.sentence, left.clause):
            return "target"
        if link.kind == "amount" and link.measure == "level" and not left.compared and _BUDGET_NAME.search(_FUND_NAMES.sub("", clause)):
            return "budget"
        return "budget" if planned else "actual"

    def _is_effort(self, around: Around) -> bool:
        """Under a heading of tasks: the sentence tells what is striven for, not what was done."""
        before = self.text[max(around.sentence, around.figure.start - 120) : around.figure.start]
        return bool(_EFFORT.search(before)) and not _PAST.search(before)

    def _adjusted(self, around: Around, link: Link) -> str | None:
        """由A调整为B，调增C: A is the budget, C a change of the adjusted one."""
        if link.kind != "amount":
            return None
        if _TO_ADJUST.match(self.text, around.figure.end, around.high):
            return "budget"
        if around.before and around.before[-1].basis == "adjusted_budget" and link.measure == "change" and "调" in self.text[around.low : around.figure.start]:
            return "adjusted_budget"
        return None

    def _inherited_basis(self, around: Around, link: Link) -> str | None:
        """The parts of a planned sum (其中：…) are planned, too, and so are the changes of a planned figure."""
        if not around.before or _DONE_STRONG.search(self.text, around.low, around.figure.start):
            return None
        previous = around.before[-1]
        if previous.basis == "budget" and link.measure == "growth" and not previous.compared and not around.left.compared and around.left.empty and not previous.figure.is_rate:
            return "budget" if previous.measure == "level" and self._same_clause(around) else None
        if previous.basis in ("budget", "adjusted_budget", "target") and link.kind in ("amount", "ratio"):
            between = self.text[around.low : around.figure.start]
            if _PARTS.search(between) and link.kind == previous.kind == "amount":
                self.memory.parts = previous.basis
                return previous.basis
        if self.memory.parts and link.kind == "amount" and link.measure == "level":
            return self.memory.parts
        return None

    def _same_clause(self, around: Around) -> bool:
        return len(self.text[around.low : around.figure.start]) < 8

    def _name(self, label: Place, around: Around, *, outer: bool = False) -> None:
        memory = self.memory
        if not memory.cause and _CAUSE.search(self.text, max(around.sentence, around.low - 40), around.left.clause):
            memory.cause = True
        memory.name(label, side=memory.cause, outer=outer)


def _unit(kind: str, figure: Figure) -> str:
    """The unit of a fact; a zero in words has that of the item that it answers."""
    if figure.kind in ("zero", "bare", "nothing"):
        return {"amount": "CNY", "staffing": "人", "institution": "个"}.get(kind, "起")
    return "%" if figure.kind == "ratio" else figure.unit


_STUB = re.compile(r"(?:部门|单位|本级|年度|本单位|全年|财政|总|项目)*")
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_EMPTY = cue(r"(?:执行中[^，]*|每[人户年月亩生][^，]{0,4}|只|年均|新增了?|但|且|评价期间|[与比较同](?:上年|去年|20\d\d年)[^，]{0,8}|同|对|向|为|给|将|把|被|高|低|快|慢|多|少|受[^，]{1,20}影响|(?:19|20)\d\d\s?年度?|是?上年|最[大高低快小]|(?:的)?(?:比例|比重|占比)|按|自然口径|同口径|可比口径|涉及|尚|仍|未|{connect.verb}|完成|为|月均|决算|合计|共计|累计|其中|全年|本年|当年|收支|分别|实际|开支|共|计|支付|使用|下达|安排|较上年|确保|保持|保持在|同比|达|又|相比|约|以上|上述|总共|是|预计|预算|占|增|减)+")
_JOINS = frozenset(("、", "和", "与", "，", "及", "；", "、和", "，和", "，即", "，即为"))
_NEXT_LABEL = cue(r"涉案|涉及|金额|资金|其中|共|总|合计|累计|查处|处罚|罚款|发放|惠及|受益")
_COMPARING = cue(r"[比较与同和跟][^，]{0,8}{change.base}|原因|主要是|相比")
_TARGET = cue(r"力争|计划(?=[一-龥]?(?:新|建|完成|培训|招|实施|开展|投|购|采|出|接待|安排|改|举办|组织|发|推|引|达|支|到|修|种|覆盖|收|争|结|执行|减|拨|募|录))|拟(?=[^定])|目标|预期|预计|预定|确保")
_DONE = cue(r"完成|实际|实现|执行|占|高于|低于|超")
_OF_WHOLE = re.compile(r"的(?:比例|比重|百分比)?(?:为|是|达|达到|约)?")
_AGAINST = re.compile(r"\s*(?:与|较|比|相比)(?:上年|去年|全|平均|(?:19|20)\d\d)")
_DONE_TO = re.compile(r"(?:予以|给予|被|受到|不符合)[^，。；、]{2,16}")
_TO_ADJUST = re.compile(r"调整[为到至]|调[增减][为到至]")
_RATE_OF = re.compile(r"(?:的[是为])?(?P<noun>[\u4e00-\u9fff]{2,12})(?=[，。；”、]|$)")
_EFFORT = re.compile(r"着力|力争|确保|探索实施|大力推进|进一步|积极")
_NOT_RATED = re.compile(r"以[上下内]|左右|的|和|与|及|上下")
_PAST = re.compile(r"完成|共|累计|已|了|先后")
_BY_RULE = re.compile(r"\s*(?:按|根据|经|依据|最终|因|由于)[^，]*得分?$")
_RANKED = re.compile(r"(?:降幅|增幅|占比|增长|下降|金额|规模)?(?:最[大高多小低]|次之|居首|较大|较多)$")
_COMPILED = re.compile(r"编报(?:了)?绩效目标|编制(?:了)?绩效目标|填报(?:了)?绩效目标")
_GOES_ON = frozenset("，的高低多少增减占、；为是")
_FIRST = re.compile(r"前[两二三四五六]")
_REST = re.compile(r"其余|其他|其它")
_FASTEST = re.compile(r"(?:增长|增幅|增速)[^，。]{0,4}最")
_WISH_STRONG = re.compile(r"力争|确保(?!了)|争取(?=实现|达到|完成|控制|突破|年内|在|全年)")
_WISH = cue(r"力争|计划(?=[一-龥]?(?:新|建|完成|培训|招|实施|开展|投|购|采|出|接待|安排|改|举办|组织|发|推|引|达|支|到|修|种|覆盖|收|争|结|执行|减|拨|募|录))|拟(?=[^定])|预期|预计|确保")
_HOPE = re.compile(r"力争|争取|确保|目标")
_HELD = re.compile(r"资产|债务余额|存款")
_AIM_LEAD = re.compile(r"[^。；：，]{0,12}(?:目标|指标值)(?:[（(][^）)]*[）)])?：")
_BUDGET_NAME = re.compile(r"预算(?!执行|绩效|管理|单位|内|外|法|收入|支出|调整)|批复|批准(?!的)")
_FUND_NAMES = re.compile(r"(?:一般公共|政府性基金|国有资本经营|社会保险基金|公共财政|公共|基金)预算|预算稳定调节基金|绩效目标|目标管理|计划生育|(?:使用|盘活|完成|收回|挪用|支出)(?:了)?预算资金|(?:无|超)预算")
_DONE_STRONG = re.compile(r"实际|执行|决算|完成|支出[^，；]{0,4}$|到位")
_PARTS = re.compile(r"其中|包括|含|分别为")
_CAUSE = cue(r"{cause.words}")
_NAMING = frozenset(("own words", "noun after", "before the bracket", "list"))
_CONFIDENCE = {
    "own words": 0.95, "noun after": 0.92, "before the bracket": 0.9, "list": 0.9, "clause before": 0.8,
    "same subject": 0.88, "subject of the sentence before": 0.7, "heading": 0.65, "heading of a stand-in": 0.8,
    "own verb": 0.6, "role words": 0.6, "none": 0.1,
}
