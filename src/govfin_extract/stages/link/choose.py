"""Which words a figure measures: rules propose a label in turn; what later rules say is kept as alternatives."""

from __future__ import annotations

import re
from collections.abc import Callable

from govfin_extract.stages.link import lists, right, scores
from govfin_extract.stages.link.clauses import clause_before
from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.items import clause_head, colon_head, item_head
from govfin_extract.stages.link.labels import (
    is_empty,
    is_thing,
    money_head,
    tighten,
    trim_left,
    trim_right,
    with_quotes,
    without_bracket,
)
from govfin_extract.stages.link.left import read_left
from govfin_extract.stages.link.marks import (
    NAMES_THE_DOCUMENT,
    indicator_before,
    indicator_heading,
    indicator_named,
    total_score,
)
from govfin_extract.stages.link.memory import Place
from govfin_extract.stages.link.peeled import Left
from govfin_extract.stages.link.scene import Proposal, Scene
from govfin_extract.stages.link.tails import drop_tail, last_of_several, names_money, without_money
from govfin_extract.text.cues import affixes, cue
from govfin_extract.text.lexicon import is_term

Finder = Callable[[Scene], Place | None]

STUB = cue(
    r"(?:(?:[省市县区州]级?)?(?:人大常委会|人大|人代会|财政局|财政厅|财政部门)(?:批准|批复|核定|下达|审议通过|通过)?的?|部门|单位|本级|年度|本单位|全年|财政|总|项目|[省市县区]|{lead.subjects})*"
)
_PAYER = cue(r"(?:当年|本年|全年|年初)?(?:[省市县区]级?)?(?:财政|财政部门|上级|上级财政|{lead.subjects})")
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_SHORT_NAME = 4
_TERM_LENGTH = 4  # shorter official names (收入, 合计) are too common to stand alone
_NEXT_LABEL = cue(r"{noun_after.next}")
_PART_OF = cue(r"\s*(?:约|也|只|仅|已|恰|正好|大致|大约)*(?:{share.like})(?:了|到)?(?=[^，。；]{2,20}$)")
_NONE_OF = re.compile(r"[^，。；：、和及\n]{2,28}")
_DONE_TO = re.compile(r"(?:予以|给予|被|受到|不符合)[^，。；、]{2,16}")
_RATED = re.compile(r"(?:的[是为])?(?P<noun>[\u4e00-\u9fff]{2,12})(?=[，。；”、]|$)")
_NOT_RATED = re.compile(r"以[上下内]|左右|的|和|与|及|上下")
_FIRST = re.compile(r"前[两二三四五六]")
_BUDGETED = re.compile(r"预算数$|^(?:年初|全年|调整)?预算$")
_BARE_VERB = cue(r"实际完成值|完成值|结算|自评")
_BARE_ACTION = cue(r"{lead.actions}|编发|建成")
_ANOTHER_TIME = cue(
    r"(?:(?:19|20)\d\d年|今年|去年|[一二三四]季度|\d{1,2}月份?)(?:同期)?(?:{lead.verbs}|支出|收入)?(?:为|是)?"
)
_GIVES = cue(r"(?:累计|共计?|已|全年)?(?:投入|拨付|下达|发放|支付|安排|争取|筹集|筹措|兑现|兑付|落实)")
_PARTS_BACK = 20  # so that a sentence of any length is read in linear time
_SUM_WORD = re.compile(r"[，；\s]*(?P<word>共计|合计|总计|总共)(?:为|是)?")
_BARE_SPENDING = frozenset(("支出", "开支", "费用", "金额", "花费", "支出金额"))
_ONLY = re.compile(r"(?:只|仅|才)[\u4e00-\u9fff]{1,3}")  # 应签订协议21份，只签了13份
_PEOPLE = cue(r"(?:{staffing.strong}|人数|人员|职工|编制)数?$")
_PAID = re.compile(r"(?:累计|实际|已|共)*(?:支付|使用|拨付|下达|支用)")
_SPENT = re.compile(r"(?:全年|当年|本年)?(?:实际)?支出")
_REST = re.compile(r"其余|其他|其它")


def own_label(text: str, figure: Figure, left: Left) -> Place | None:
    """The label in the figure's own clause, trimmed to what an annotator would mark."""
    if figure.is_rate and left.measure is None and _PART_OF.match(text, left.clause, left.end):
        return None  # 项目支出62万元，相当于本年支出的23%
    start = trim_left(text, max(left.start, text.rfind("\n\n", left.start, left.end) + 1), left.end)
    if left.end - start >= _TERM_LENGTH and is_term(text[start : left.end]):
        return start, left.end
    end = without_bracket(text, start, trim_right(text, start, left.end))
    start = tighten(text, start, end, counted=figure.kind == "count")
    if figure.kind == "amount":
        start = money_head(text, start, end)
    elif figure.kind == "score":
        end = start + len(scores.without_full(text[start:end]))
    start = with_quotes(text, left.start, start, end)
    if figure.kind != "score":
        end = drop_tail(text, start, end)
    if figure.kind == "amount":
        start = last_of_several(text, start, end, figure.start)
    if left.evidence.startswith("verb") and end > start and _PAYER.fullmatch(text, start, end):
        return None  # 当年财政安排62万元
    if left.role and end > start and STUB.fullmatch(text, start, end):
        end = left.role[1]  # 部门预算收入: without the role nothing would be named
        start = trim_left(text, start, end)
    if end <= start or not _HAN.search(text, start, end) or is_empty(text[start:end]):
        return None
    return start, end


def choose(scene: Scene) -> list[Proposal]:
    """The labels that the rules propose, in the order of their trust, each place once; the first is their choice."""
    found: list[Proposal] = []
    for name, finder in FINDERS:
        place = finder(scene)
        if place and scene.figure.kind == "count" and place[1] <= scene.low:
            place = without_money(scene.text, place)
        if not place or place[0] >= place[1] or any(place == other.place for other in found):
            continue
        if not found and finder is _bracket_base:
            _compare_with_base(scene)
        found.append(Proposal(name, place))
    return found


def _from_list(scene: Scene) -> Place | None:
    """教育、科技支出分别增长5%、6%: the n-th name, or the n-th subject of the sentence."""
    if not scene.listed:
        return None
    number, count, cue_at = scene.listed
    low = scene.before[-1 - number].figure.end if len(scene.before) > number else scene.sentence
    names = lists.names_before(scene.text, low, cue_at, count)
    if names:
        scene.memory.group = names
        return names[number]
    labels = scene.memory.group or scene.memory.listed()
    if len(labels) > count and _FIRST.search(scene.text, cue_at - 6, cue_at):
        return labels[number]
    if len(labels) > count and _REST.search(scene.text, cue_at - 6, cue_at):
        said = scene.text[scene.sentence : cue_at].split("；")[-1]
        labels = [label for label in labels if scene.words(label) not in said]
    return labels[number - count] if len(labels) >= count else None


def _denied(scene: Scene) -> Place | None:
    """无上缴上级支出, 未发生安全事故: what there was none of."""
    if scene.figure.kind != "nothing":
        return None
    match = _NONE_OF.match(scene.text, scene.figure.end)
    return match.span() if match else None


def _counted_noun(scene: Scene) -> Place | None:
    """51家重点单位: the noun behind a count."""
    figure, left = scene.figure, scene.left
    if figure.kind != "count" or not (left.measure is None or (left.measure == "change" and not scene.own)):
        return None
    after = right.noun_after(scene.text, figure.end, scene.high)
    return None if after is None or (scene.own and _next_owns(scene, after)) else after


def _next_owns(scene: Scene, after: Place) -> bool:
    """The words up to the next figure name that one: 行政编制30人实有19人."""
    if scene.next is None:
        return False
    between = scene.text[scene.figure.end : scene.high].strip()
    if scene.next.kind == "count" and scene.next.unit == scene.figure.unit and _names_next(between):
        return True
    return after[1] >= scene.high and bool(_NEXT_LABEL.match(scene.text, after[0]))


def _names_next(between: str) -> bool:
    return len(between) <= _SHORT_NAME and between.isalpha() and between not in affixes("noun_after.generic").words


def _glued(scene: Scene) -> Place | None:
    """10次87天: the second figure measures what the first does."""
    if scene.figure.kind == "count" and scene.previous and scene.low == scene.figure.start:
        return scene.previous.label
    return None


def _repeats(scene: Scene) -> bool:
    """目标值为12期，实际编发15期; 2021年培训费支出4万元，2022年支出5万元: a verb that says the subject's own again."""
    words, previous = scene.words(scene.own), scene.previous
    if _BARE_VERB.fullmatch(words):
        return words != "自评" or previous is None or previous.figure.kind in ("score", "count")
    if previous is None or previous.unit != scene.figure.unit:
        return False
    if scene.figure.kind == "count":
        if _ONLY.fullmatch(words):
            return True
        return previous.basis == "target" and "其中" not in scene.between and bool(_BARE_ACTION.fullmatch(words))
    return bool(_ANOTHER_TIME.fullmatch(scene.clause)) and scene.words(previous.label).endswith((words, "金", "费"))


def _own_words(scene: Scene) -> Place | None:
    own, words = scene.own, scene.words(scene.own)
    if own is None or (scene.memory.last and _repeats(scene)):
        return None
    if scene.figure.kind == "amount" and _GIVES.fullmatch(words) and _purpose(scene):
        return None  # 累计拨付220万元帮扶资金
    if scene.figure.kind == "score":
        return own[0], own[0] + (len(scores.without_got(words)) or len(words))
    if words in _BARE_SPENDING and (head := colon_head(scene)) and names_money(scene.text, *head):
        return head  # （1）因公出国（境）费：没有组团，支出为0
    role = scene.left.role
    named_budget = role and own[1] in (role[0], role[0] + 2) and scene.words(role).endswith(("预算", "预算数"))
    if role and named_budget and scene.situation.planned:
        return own[0], role[1]  # in a budget the 预算 is part of the name
    return own


def _bracket_base(scene: Scene) -> Place | None:
    """为年初预算（23.6亿元）的67%: the bracket says the base; the subject is that of the sentence."""
    subject = scene.memory.last or scene.memory.topic
    return subject if subject and _base_before(scene) else None


def _base_before(scene: Scene) -> Left | None:
    """The words before a bracket, where they say nothing but what a rate is taken of."""
    if scene.left.bracket < scene.low:
        return None
    base = read_left(scene.text, scene.low, scene.left.bracket, rate=True)
    return base if base.measure in ("completion", "share") and base.empty else None


def _compare_with_base(scene: Scene) -> None:
    """The figure is the base of a rate, and a budget where that is a completion."""
    base, left = _base_before(scene), scene.left
    if base and base.measure == "completion":
        left.basis = "adjusted_budget" if "调整" in scene.text[base.clause : left.bracket] else "budget"
    left.compared = True


def _before_bracket(scene: Scene) -> Place | None:
    """住房保障支出（调整预算数0.83万元）: the words that own the bracket."""
    text, bracket = scene.text, scene.left.bracket
    if bracket < scene.low:
        return None
    start = trim_left(text, clause_before(text, bracket, scene.low), bracket)
    start = tighten(text, start, bracket, counted=False)
    if bracket - start < 2 or not _HAN.search(text, start, bracket):
        return None
    return start, trim_right(text, start, bracket)


def _purpose(scene: Scene) -> Place | None:
    """30万元用于线路维修, 新增605万元政府性基金: what stands behind an amount or a rate without words of its own."""
    figure, left = scene.figure, scene.left
    if left.measure is not None or left.role is not None or not (figure.is_rate or figure.kind in ("amount", "score")):
        return None
    purpose = right.verb_phrase_after(scene.text, figure.end, scene.high)
    if purpose and (not scene.before or left.empty or _GIVES.fullmatch(scene.words(scene.own))):
        return purpose
    if left.compared or figure.kind == "score":
        return None
    after = right.noun_after(scene.text, figure.end, scene.high)
    return after if after and (not scene.before or not figure.is_rate) and not _next_owns(scene, after) else None


def _role_noun(scene: Scene) -> Place | None:
    """年初预算收入 with no other subject in the sentence."""
    role = scene.left.role
    return role if role and not scene.memory.last and scene.words(role).endswith(("收入", "支出")) else None


def _rated(scene: Scene) -> Place | None:
    """确保100%按时回复, 占96%的是财政拨款收入: what a rate without words of its own is said of."""
    figure, left = scene.figure, scene.left
    if not figure.is_rate or not left.empty or left.compared or left.measure not in (None, "share"):
        return None
    match = _RATED.match(scene.text, figure.end, scene.high)
    if not match or _NOT_RATED.match(match["noun"]) or (left.measure and not match[0].startswith("的")):
        return None
    return match.span("noun")


def _done_to(scene: Scene) -> Place | None:
    """对2人予以提醒谈话: what was done to those counted."""
    match = _DONE_TO.match(scene.text, scene.figure.end, scene.high) if scene.figure.kind == "count" else None
    return (scene.figure.end, match.end()) if match else None


def _sum_word(scene: Scene) -> Place | None:
    """多计工程款12万元、8万元，共计20万元: after several of its kind a sum is named by its own word."""
    match = _SUM_WORD.fullmatch(scene.between)
    if match is None or scene.previous is None or scene.previous.how != "list":
        return None
    near = scene.before[-_PARTS_BACK:]
    if len({link.label for link in near if link.figure.unit == scene.figure.unit}) < 2:
        return None
    return scene.low + match.start("word"), scene.low + match.end("word")


def _named_last(scene: Scene) -> Place | None:
    by_role = scene.previous is not None and scene.previous.how == "role words"
    return None if by_role and scene.left.role else scene.memory.last  # 年初预算3万元，决算支出4万元: each its own


def _other_side(scene: Scene) -> Place | None:
    """…收入62万元，当年实际支出60万元: spending is no role of an income."""
    last, left = scene.memory.last, scene.left
    if last is None or scene.own is not None or not scene.words(last).endswith("收入"):
        return None
    start = trim_left(scene.text, left.clause, scene.figure.start)
    end = trim_right(scene.text, start, scene.figure.start)
    return (start, end) if _SPENT.fullmatch(scene.text, start, end) else None


def _own_verb(scene: Scene) -> Place | None:
    """全年执行341万元 under a heading only, or after 项目全年预算数: the verb itself is what is measured."""
    left = scene.left
    paid = scene.own is None and _PAID.fullmatch(scene.text, trim_left(scene.text, left.clause, left.end), left.end)
    if left.role is not None or not (paid or left.evidence.startswith("verb")):
        return None
    topic = scene.memory.topic if scene.memory.last is None and scene.memory.topic_heading else None
    if (topic is None or names_money(scene.text, *topic)) and not _BUDGETED.search(scene.words(scene.memory.last)):
        return None
    start = trim_left(scene.text, left.clause, scene.figure.start)
    end = trim_right(scene.text, start, scene.figure.start)
    return (start, end) if end - start >= 2 else None


def _topic(scene: Scene, *, heading: bool) -> Place | None:
    memory = scene.memory
    if memory.topic is None or memory.topic_heading is not heading:
        return None
    if not heading and scene.figure.kind == "amount" and _PEOPLE.search(scene.words(memory.topic)):
        return None  # no sum of money is a number of people
    if heading and (scene.left.role or scene.own) and NAMES_THE_DOCUMENT.search(scene.words(memory.topic)):
        return None
    return memory.topic if is_thing(scene.text, *memory.topic) or not scene.left.role else None


def _topic_sentence(scene: Scene) -> Place | None:
    return _topic(scene, heading=False)


def _topic_heading(scene: Scene) -> Place | None:
    return _topic(scene, heading=True)


def _role_words(scene: Scene) -> Place | None:
    return scene.left.role


def _heading(scene: Scene) -> Place | None:
    return scene.situation.heading_place


# The order is the order of trust: a name in a list, words of the figure's own, then ever farther antecedents.
FINDERS: tuple[tuple[str, Finder], ...] = (
    ("list", _from_list),
    ("own words", total_score),
    ("clause before", indicator_before),
    ("same subject", indicator_named),
    ("heading of a stand-in", indicator_heading),
    ("noun after", _denied),
    ("noun after", _counted_noun),
    ("same subject", _glued),
    ("own words", _own_words),
    ("same subject", _bracket_base),
    ("before the bracket", _before_bracket),
    ("noun after", _purpose),
    ("role words", _role_noun),
    ("noun after", _rated),
    ("noun after", _done_to),
    ("clause before", item_head),
    ("clause before", clause_head),
    ("role words", _sum_word),
    ("role words", _other_side),
    ("own verb", _own_verb),
    ("same subject", _named_last),
    ("subject of the sentence before", _topic_sentence),
    ("heading", _topic_heading),
    ("role words", _role_words),
    ("heading", _heading),
)
