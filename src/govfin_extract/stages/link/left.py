"""Reading the words before a figure: connectors, change words, shares, roles; what is left names what is measured.

The words are peeled from the right: ``三公经费支出决算数比上年减少了`` loses the connector (了), the change word
(减少), the comparison (比上年) and the role (决算数), and 三公经费支出 stays.
"""

from __future__ import annotations

import re

from govfin_extract.stages.link import rates
from govfin_extract.stages.link.changes import compares, is_midway, weighed
from govfin_extract.stages.link.clauses import clause_start
from govfin_extract.stages.link.peeled import ADVERB, NO_PLAN, Left, Prior, longest_role, only_role, peel
from govfin_extract.text.cues import affixes, cue

# Words between a label and its figure. A connector that is also the end of a noun (总计, 国有, 审计) is guarded.
_LINK = cue(
    r"(?:(?<![行作认])为|是|依次|(?<=率)平均|仍|控制|维持|(?<![下到送抵传])达到?了?|[：:]|力争|确保|争取|预期|预计|突破|保持|稳定|控制|拟|(?<![签节预契违公条制])约|近|仅|共计?|(?<![总合审设统小预累会估核])计|(?<![月人年平户生日季件车])均|变(?=[为成到])|都|即|也|则|"
    r"(?<![国占拥所保持具享实尚])有|了|等(?!级)|(?<![目标])的|大约|左右|已|就|(?<![夏冬])至|到|——?|—|－|＝|=|其中|"
    r"(?<=[率数额量比重例幅费款度值入出分级积制持定高升])[在于]|“|\"|‘|'|(?<=[，。；])实际?|\s|，|、)+$"
)
_EACH = re.compile(r"(?<=[到为至])每[人户亩生床](?:每?[月年天日])?$")  # 提高到每人每月780元
_EACH_OF = re.compile(r"每[人户亩生床辆](?:每?[月年天日])?")  # 价格由每亩420元涨到510元
_VERB = cue(r"(?:{connect.verb})$")

_PLAN = cue(r"{share.plan}|序时进度|限额|进度")

_CHANGE_TAIL = cue(
    r"(?:了|约|近|(?<=[长加降少幅高升收支])率|幅度?|额|的?比例|百分比|数额?|金额|部分|为|是|达到?|：|:|\s|“|不到|超过?|均|各|分别|共|仅|高达|（减少）|（下降）|（增长）|（增加）|（减）|（增）)+$"
)
_COMPARISON = cue(
    r"(?:落后于?|领先于?|[与和跟同](?=[^，。；（）]{0,24}?(?:相比|对比|比较|持平|相较))|同?比(?!如|例|重|赛|武)|较(?!大|多|好|高|快|为|少|小)|比较|相比|相较于?|对比|相对于?|高于|低于|快于|慢于|超出|高出|超过|大于|小于|好于|优于|少于|多于|突破)[^，。；：（）]{0,14}?"
    r"(?:{change.base}|(?:19|20)\d\d(?:年度?|年同期)?|\d{1,2}月份?|水平)"
    r"(?:[^，。；的]{0,10}?(?:相比|对比|比较|比|同期)|(?:决算|预算|执行|完成|支出|收入|财政拨款|进度|水平|平均|目标|区间|指标)*(?:数额?|值|金额)?)?(?:的)?(?:略有?|有所|实际|基本|相比|同口径|同期)*"
)
_OF_LAST_YEAR = re.compile(r"(?:累计|实际|全年)?(?:支出|完成|执行|发生|安排)")  # 比上年累计支出433万元减少…
_SAME_TIME = re.compile(r"同比(?:变化|增减)?(?:分别|各)?$")  # 同比分别为-8.5%、+3.2%
_OTHER_BUDGET = re.compile(r"(?:上年|去年|(?:19|20)\d\d年)[^，]{0,6}预算(?!执行)")
_BEYOND = re.compile(
    r"(?P<more>领先于?|高于|快于|超出|高出|超过|大于|好于|优于|多于)|(?P<less>低于|慢于|小于|少于|落后)"
)
_AIMED = re.compile(r"目标|(?<!控制)指标|计划|任务|标准|要求|(?P<mean>平均|水平)")
_TO_YEAR = re.compile(r"(?<=[到至])(?:19|20)\d\d\s?年(?:度|末|底)?的?$")  # 上升到2024年的91.5%
_TIMES_OF = re.compile(r"(?:均|也)?(?:是|为)(?:上年|去年|“?[一二三四五六七八九十]+五”?|(?:19|20)\d\d年)[^，。；]{0,6}$")
_DRIVEN = re.compile(
    r"(?:受|因|在)[^，。；]{2,18}?(?:带动|影响|拉动|推动|作用|拖累|制约|冲击|支撑|刺激|因素|所致)(?:下)?$|因[^，。；]{2,24}而$"
)
_OVER = cue(
    r"(?:超(?:出|过)?|突破)(?:年初|调整|年度|全年)?(?:预算|概算|计划|投资|限额|定额|任务|目标|(?:序时|时间)?进度)$"
)
_BEYOND_RATE = re.compile(
    r"(?:高于|快于|超出|高出|大于|(?P<less>低于|慢于|小于))[^，。；]{2,24}?(?:增幅|增速|增长率|水平|平均|进度)$"
)
_DENOMINATOR = cue(r"占(?!地(?!方)|[用道有领据卜线])(?P<base>[^，。；占]{2,30})$")
_FROM = cue(r"(?:由|从|自)(?P<rest>[^，。；由从自]{0,16})$")
_TO_ROLE = cue(r"(?<=[到至])(?:{role.actual}|{role.adjusted}|{role.budget})(?:的)?$")  # 上升到决算的
_TO = re.compile(r"[到至]$")
_FUND_BUDGET = re.compile(r"(?:一般公共|政府性基金|国有资本经营|社会保险基金|公共财政|基金)预算(?:支出|收入)?$")
_NEEDS_COMPARISON = frozenset("多少高低超快慢增减降升压跌涨")
_MOVES = frozenset("增减降升压跌涨")
_NOT_BEFORE = frozenset("至不最很较更偏提升许众")
_BY_ITSELF = frozenset(("新增", "追加", "净增", "变动", "调增", "调减"))
_WORKS = re.compile(r"(?:改造|巩固|整治|修缮|治理|优化|完善|修复)$")
_ALONE = Prior()
TIMES = "times"  # 是上年的2倍
_BACKWARD = re.compile(r"\s*(?:到|至|为|成)")


def read_left(text: str, low: int, high: int, *, rate: bool, mark: bool = False, prior: Prior = _ALONE) -> Left:
    """Read ``text[low:high]``, the words between the last boundary and a figure.

    ``rate`` for percentages; ``mark`` for scores, which have neither roles nor shares (预算执行9.8分);
    ``prior``: what the figures before it may be compared with.
    """
    end = peel(text, low, high, _LINK)
    head = peel(text, low, end, _EACH)
    end = peel(text, low, head, _LINK) if head < end else end
    end = peel(text, low, end, _TO_YEAR)
    reached = peel(text, low, end, _TO_ROLE)
    end = peel(text, low, reached, _TO) if reached < end else end
    linked = text[end:high]
    if linked.strip(" \n")[:1] in ("，", "、") and end > low:
        linked, end = linked.lstrip("，、 \n"), high - len(linked.lstrip("，、 \n"))  # a clause of its own, empty
        return Left(end, end, end, bracket=clause_start(text, low, end)[1])
    start, bracket = clause_start(text, low, end)
    left = Left(start, end, start, bracket=bracket)
    if not _change(text, left, linked, prior, rate=rate):
        if rate:
            _ = (
                rates.completion_noun(text, left)
                or rates.share(text, left)
                or rates.completion(text, left, linked)
                or rates.part_of(text, left, linked)
                or rates.verb_object(text, left)
            )
        if left.measure is None and mark:
            left.end = peel(text, left.start, left.end, ADVERB)
        elif left.measure is None:
            _level(text, left, prior, rate=rate)
    return _finish(text, left)


def _level(text: str, left: Left, prior: Prior, *, rate: bool) -> None:
    """No word of change or share: the figure is a level, perhaps the one that another is compared with."""
    if rate and (against := _SAME_TIME.search(text, left.start, left.end)):
        left.measure, left.evidence, left.end = "growth", f"growth: {against[0]}", against.start()
        return
    _origin(text, left)
    beyond = _COMPARISON.search(text, left.start, left.end)
    if beyond and beyond.end() >= left.end - 1 and (match := _BEYOND.match(text, beyond.start())):
        left.end = beyond.start()
        if prior.alike and (aimed := _AIMED.search(beyond[0])):  # 满意度89%，低于目标值90%
            left.compared = True
            left.basis = None if aimed["mean"] else "target"
            return
        differs = "growth" if rate and "进度" not in beyond[0] else "change"
        left.measure, left.sign = differs, (-1 if match["less"] else 1)
        left.evidence = f"{differs}: {match[0]}"
        return
    over = _OVER.search(text, left.start, left.end)
    if over and text[over.start() - 1 : over.start()] != "未":
        left.measure, left.evidence, left.end = ("growth" if rate else "change"), f"over: {over[0]}", over.start()
        return
    denominator = None if rate else _DENOMINATOR.search(text, left.start, left.end)
    if denominator and longest_role(text, *denominator.span("base"))[0] == len(denominator["base"]):
        left.basis = longest_role(text, *denominator.span("base"))[1]  # 占年度预算22443万元的106.9%
        left.end, left.compared = denominator.start(), True
        return
    if denominator:  # 占一般公共预算支出100万元的比例
        left.whole_of = (left.start, denominator.start())
        left.start = denominator.start("base")
        return
    times = _TIMES_OF.search(text, left.start, left.end) if rate else None
    if times:
        left.end, left.evidence = times.start(), f"{TIMES}: {times[0]}"
        return
    if not rate or (beyond and beyond.start() == left.start and beyond.end() >= left.end):
        _uncompare(text, left)
    _role(text, left)


def _change(text: str, left: Left, linked: str, prior: Prior, *, rate: bool) -> bool:
    """A change word right before the figure: 比上年增加, 下降了, 增幅为; or the level after it: 增加到, 降为."""
    beyond = _BEYOND_RATE.search(text, left.start, left.end)
    if beyond and prior.alike and beyond[0].endswith(("平均", "水平")):
        left.end, left.compared = beyond.start(), True  # 合格率97%，高于全省平均95.2%
        return True
    if beyond:
        left.measure, left.sign = ("growth" if rate else "change"), (-1 if beyond["less"] else 1)
        left.evidence, left.end = f"{left.measure}: {beyond[0][:12]}", beyond.start()
        return True
    down, up, end = _change_word(text, left, prior)
    tail = text[end : left.end] + linked
    size = max(down, up)
    word = text[end - size : end]
    reached = _BACKWARD.match(tail) is not None
    if not size or not _says_change(text, left, (word, end, tail), prior, rate=rate):
        return False
    if reached and not (
        len(word) > 1 and tail.lstrip().startswith("为") and (rate or word.endswith(("幅", "率", "额", "度", "速")))
    ):
        left.reached = True
        if rate and affixes("completion.nouns").suffix(text, left.start, peel(text, left.start, end - size, ADVERB)):
            left.measure = "completion"
        if word.startswith("调整"):
            left.basis = "adjusted_budget"
    else:
        left.measure = "growth" if rate else "change"
        left.sign = -1 if down >= up else 1
    left.evidence = f"{left.measure or 'level after change'}: {word}"
    left.end = peel(text, left.start, end - size, ADVERB)
    left.end = peel(text, left.start, left.end, _DRIVEN, 30)
    _uncompare(text, left, subject=True, rate=rate)
    left.end = peel(text, left.start, left.end, _DRIVEN, 30)
    _origin(text, left)
    only_role(text, left)
    return True


def _change_word(text: str, left: Left, prior: Prior) -> tuple[int, int, int]:
    """How long the words are that say less, and more, and where they end."""
    end = left.end
    down, up = affixes("change.down").suffix(text, left.start, end), affixes("change.up").suffix(text, left.start, end)
    if max(down, up) >= 2:
        return down, up, end
    end = peel(text, left.start, left.end, _CHANGE_TAIL)
    down = affixes("change.down").suffix(text, left.start, end)
    up = affixes("change.up", "change.reach").suffix(text, left.start, end)
    if max(down, up) < 2 and max(lengths := weighed(text, left.start, end, prior)) > max(down, up):
        return *lengths, end
    return down, up, end


def _says_change(text: str, left: Left, found: tuple[str, int, str], prior: Prior, *, rate: bool) -> bool:
    """Whether a change word (with its end and what follows it) says how the figure differs."""
    word, end, tail = found
    if word in ("提升", "提高") and _WORKS.search(text, left.start, end - len(word)):
        return False  # 新建1.5万亩、改造提升0.6万亩
    reached = _BACKWARD.match(tail) is not None
    moved = word in _MOVES and tail.startswith("了") and text[end - 2 : end - 1] not in _NOT_BEFORE  # 邮电费降了
    if not (word in _MOVES and reached) and not moved and _is_noun_end(text, left.start, end, word, rate, prior):
        return False
    alone = rate and text[left.start : end].strip() == word
    only_reached = word in affixes("change.reach").words and word not in affixes("change.up", "change.down").words
    if not alone and only_reached and not reached:
        return False
    bare_move = word in _MOVES and not reached and not rate
    return moved or not bare_move or compares(text, left.start, end)


def _is_noun_end(text: str, low: int, end: int, word: str, rate: bool, prior: Prior) -> bool:
    """Whether the change word is really the end of a noun or an adverb (提高 → 高, 至少 → 少, 新增 of new things)."""
    before = text[end - len(word) - 1 : end - len(word)] if end - len(word) > low else ""
    if word in _MOVES and rate and before not in _NOT_BEFORE:
        return False  # 增值税38,916万元，降6.7%
    if word in _NEEDS_COMPARISON:
        against = prior.against or prior.points or re.search(r"比|较|同|高出|数|平均", text[low:end])
        return before in _NOT_BEFORE or not against
    if word in _BY_ITSELF:
        alone = word in ("调增", "调减", "净增") and is_midway(text[low : end - len(word)])
        weighs: bool = alone or (prior.compared and word in ("净增", "变动")) or compares(text, low, end)
        return not rate and not weighs and "同期" not in text[low:end]
    if word == "提升" and not rate:
        return not re.search(r"比|较|同", text[low:end])  # 地力提升168万元
    if word == "增收" and text[low:end].endswith("均增收"):
        return True
    if word in ("超出", "高出", "高于", "低于", "大于", "少于", "小于"):
        return not (rate or prior.against)
    return False


def _uncompare(text: str, left: Left, *, subject: bool = False, rate: bool = False) -> None:
    """Take a comparison (比上年, 与年初预算相比) out of the clause; what stands before or after it may be the label."""
    match = _COMPARISON.search(text, left.start, left.end)
    if not match:
        return
    if not subject and match.end() < left.end - 1 and match.start() > left.start:
        if match.start() >= left.start + 4 and match[0].startswith(("比", "较")):
            left.whole_of, left.start = (left.start, match.start()), match.end()  # 今年的支出比上年的支出212万元增加…
        return
    rest = (match.end(), left.end)
    before = (left.start, match.start())
    of_last_year = not subject and _OF_LAST_YEAR.fullmatch(text, *rest) is not None
    if rest[1] - rest[0] >= 2 and text[rest[0] : rest[1]].strip("， ") and not of_last_year:
        left.start = rest[0]
    else:
        left.start, left.end = before
        left.compared = not subject
        if not subject and _PLAN.search(NO_PLAN.sub("", match[0])):
            left.basis = "adjusted_budget" if "调整" in match[0] else "budget"
    if rate and "进度" in match[0]:
        left.measure = "change"
    if subject and _OTHER_BUDGET.search(NO_PLAN.sub("", match[0])):
        left.basis = "budget"


def _origin(text: str, left: Left) -> None:
    """由上年的, 从2019年底的: the figure is the level before a change."""
    match = _FROM.search(text, left.start, left.end)
    if match and re.fullmatch(
        r"(?:上一?年度?|去年|年初|期初|原来?|最初|整改前|(?:19|20)\d\d年?(?:年?初|年?底|年?末|度)?)?(?:同期)?的?",
        match["rest"],
    ):
        left.end = match.start()
        return
    size, basis = longest_role(text, *match.span("rest")) if match else (0, "")
    if match and ((size and size == len(match["rest"])) or _EACH_OF.fullmatch(match["rest"])):
        left.basis, left.end = basis if size else left.basis, match.start()  # 财政拨款支出从年初预算的1亿元上升到…


def _role(text: str, left: Left) -> None:
    """A role at the end of the clause (年初预算数, 支出决算): it sets the basis and is no part of the label."""
    left.end = peel(text, left.start, left.end, ADVERB)
    size, _ = longest_role(text, left.start, left.end)
    verb = _VERB.search(text, max(left.start, left.end - 6), left.end)
    if verb and size <= verb.end() - verb.start():
        left.evidence = f"verb: {verb[0]}"
        left.end = peel(text, left.start, verb.start(), ADVERB)
    size, basis = longest_role(text, left.start, left.end)
    if not size:
        return
    if basis != "actual" and _FUND_BUDGET.search(text, max(left.start, left.end - 14), left.end):
        return
    word = text[left.end - size : left.end]
    left.basis = "budget" if "批准" in text[left.start : left.end] else basis
    if text[left.end - size - 1 : left.end - size] in ("总", "”") and left.end - size > left.start:
        return  # 收支总预算 is a name
    if word == "预算金额" and text[left.start : left.end - size].endswith("采购项目"):
        return  # 面向中小企业预留政府采购项目预算金额: what is reserved is the amount
    left.role = (left.end - size, left.end)
    if left.end - size > left.start + 1 and word[:2] in ("支出", "收入"):
        size -= 2  # 财政拨款支出｜年初预算数: the noun keeps its 支出
    left.end = peel(text, left.start, left.end - size, cue(r"(?:的|之|：)$"))
    left.evidence = f"{basis}: {word}"
    before = left.end
    size, other = longest_role(text, left.start, left.end)
    if size == left.end - left.start and size:
        left.end = left.start  # 支出决算数（预算完成数）: roles only
    elif other == "actual" and size and text[before - size : before] in ("实际", "本年", "支出实际"):
        left.end -= size
    bare = cue(
        r"(?:完成|达到?|为|占|是|仅为|超过?|低于|未超过?|实现)(?:了)?(?:[^，。；]{0,20}(?:批准|审议通过|下达|核定|通过|确定|的)[^，。；]{0,6})?$"
    )
    match = bare.fullmatch(text, left.start, left.end)
    if match:
        left.end = left.start


def _finish(text: str, left: Left) -> Left:
    while left.end > left.start and text[left.end - 1] in " \n、，：":
        left.end -= 1
    left.end = max(left.start, left.end)
    return left
