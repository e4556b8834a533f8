"""Reading the words before a figure: connectors, change words, shares, roles; what is left names what is measured."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govfin_extract.text.cues import affixes, cue

_SEPARATORS = frozenset("，。；：！？\n;:!?\t")
_OPENERS = {"）": "（", "》": "《", "”": "“", "】": "【", "〕": "〔", ")": "(", "]": "[", "’": "‘"}
_BLANKS = " \u3000\n"

# Words between a label and its figure. A connector that is also the end of a noun (总计, 国有, 审计) is guarded.
_LINK = cue(
    r"(?:为|是|达到?了?|[：:]|约|近|仅|共计?|(?<![总合审设统小预累会估核])计|(?<=[，。；])[总合累]计|均|都|即|也|则|"
    r"(?<![国占拥所保持具享])有|了|等|(?<![目标])的|大约|左右|已|就|至|到|——?|—|－|＝|=|其中|"
    r"(?<=[率数额量比重例幅费款度值入出分级积])[在于]|“|\"|‘|'|(?<=[，。；])实际?|\s)+$"
)
_ADVERB = cue(r"(?:分别|各|均|共|总共|一共|累计|先后|又|再|还|另|已经?|实际|同比|环比|相应|各自|也|将|均?已|预计|约)+$")
_VERB = cue(r"(?:{connect.verb})$")
_PERCENT_HOLDERS = ("率", "度", "比", "比例", "比重", "占比")
_AMOUNT_PLAN = cue(r"一般公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算|公共财政预算|公共预算|部门预算单位|预算单位|预算内|预算外|预算稳定调节基金|绩效目标|计划生育|预算管理|全面预算")
_PLAN = cue(r"{share.plan}|序时进度|限额|进度")
_SHARE = cue(r"(?:约?占(?![地用道有领据卜线])(?:到|了)?|占比|比重|比例)(?P<base>[^，。；]{0,48})$")
_SHARE_NOUN = cue(r"(?:占比|比重|所占比例|占[^，。；]{0,40}(?:比重|比例|百分比|份额))(?:约?为|约|达到?|是|：|仅)*$")
_COMPLETED = cue(
    r"(?P<verb>完成了?|达到?了?|实现|为|是|相当于|达成|占|仅为|执行|超)?(?P<base>(?:[^，。；：]{0,24}?)"
    r"(?:{share.plan}|任务数|预期|序时进度|计划任务|目标值|收入任务|盘子|指标|限额)(?:数|额|总额|收入|支出|值|安排数?|指标|任务|总数|资金|的收入|的支出)?"
    r"(?:（[^）]{0,30}）)?)(?:的|之)?\s*$"
)
_CHANGE_TAIL = cue(r"(?:了|约|近|率|幅度?|额|的?比例|百分比|幅|数额?|金额|部分|为|是|达到?|：|:|\s|“|不到|超过?|均|各|分别|共|仅|高达)+$")
_COMPARISON = cue(
    r"(?:与|和|跟|同|比|较|比较|相比|相较于?|对比|相对于?)[^，。；]{0,6}?"
    r"(?:{change.base}|20\d\d(?:年度?|年同期)?|\d{1,2}月份?)(?:[^，。；]{0,16}?)?(?:相比|对比|比较|比|同期|数|决算|预算|执行数?|水平|的|略|有所|实际|基本)*(?P<tail>[，,]?\s*)"
)
_FROM_TO = cue(r"(?:由|从|自)[^，。；]{0,30}$")


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
        compared: the clause compares with another period or the budget.
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
    listed: bool = False
    evidence: str = ""


def clause_start(text: str, low: int, high: int) -> tuple[int, int]:
    """Where the clause that ends at ``high`` begins, and the bracket that it stands in (or -1).

    Separators inside closed brackets do not part.
    """
    at = high
    while at > low:
        char = text[at - 1]
        opener = _OPENERS.get(char)
        if opener is not None:
            back = text.rfind(opener, low, at - 1)
            at = back if back >= 0 else at - 1
            continue
        if char in "（(【":
            return at, at - 1
        if char in _SEPARATORS or (char == "," and not text[at : at + 1].isdigit()):
            return at, -1
        at -= 1
    return low, -1


def peel(text: str, low: int, high: int, pattern: re.Pattern[str], window: int = 14) -> int:
    """The end of what is left of ``text[low:high]`` when the pattern's match at its end is taken off."""
    match = pattern.search(text, max(low, high - window), high)
    return match.start() if match else high


def read_left(text: str, low: int, high: int, *, rate: bool, points: bool = False) -> Left:
    """Read ``text[low:high]``, the words between the last boundary and a figure."""
    end = peel(text, low, high, _LINK)
    linked = text[end:high]
    start, bracket = clause_start(text, low, end)
    left = Left(start, end, start, bracket=bracket)
    if _change(text, left, linked, rate=rate, points=points):
        return _finish(text, left)
    if rate and (_completion_noun(text, left) or _share(text, left) or _completion(text, left, linked)):
        return _finish(text, left)
    _role(text, left)
    return _finish(text, left)


def _change(text: str, left: Left, linked: str, *, rate: bool, points: bool) -> bool:
    """A change word right before the figure: 比上年增加, 下降了, 增幅为; but not 增加到, 降为."""
    end = peel(text, left.start, left.end, _CHANGE_TAIL)
    tail = text[end : left.end] + linked
    for sign, words in ((-1, affixes("change.down")), (1, affixes("change.up"))):
        size = words.suffix(text, left.start, end)
        if not size:
            continue
        word = text[end - size : end]
        if sign > 0 and _longer_down(text, left.start, end, size):
            continue
        if _is_noun_end(text, left.start, end, word, rate or points):
            return False
        if re.match(r"(?:到|至|为|成)", tail) and not re.match(r"(?:率|幅|额|比例|数)", tail) and len(word) >= 1:
            if not (tail.startswith("为") and rate):
                left.end = end - size
                left.evidence = f"level after change: {word}{tail.strip()}"
                return True
        left.measure = "growth" if rate else "change"
        left.sign = sign
        left.end = end - size
        left.evidence = f"{left.measure}: {word}"
        left.end = peel(text, left.start, left.end, _ADVERB)
        left.end, left.compared = _uncompare(text, left.start, left.end)
        return True
    return False


def _longer_down(text: str, low: int, end: int, size: int) -> bool:
    return affixes("change.down").suffix(text, low, end) > size


_NOT_CHANGE = ("新增", "追加", "净增", "高", "低", "快", "慢", "超", "多", "少", "增", "减", "变动", "节约", "预算调增", "精简", "压缩", "增速")
_KEEP_BEFORE = frozenset("至不最很较更至提偏升许众至")


def _is_noun_end(text: str, low: int, end: int, word: str, rate: bool) -> bool:
    """Whether the change word is really the end of a noun or an adverb (提高 → 高, 至少 → 少, 新增 of new things)."""
    before = text[end - len(word) - 1 : end - len(word)] if end - len(word) > low else ""
    if word in ("多", "少", "高", "低", "超", "快", "慢", "增", "减"):
        if before in _KEEP_BEFORE:
            return True
        clause = text[low:end]
        return not (rate or re.search(r"比|较|同", clause))
    if word in ("新增", "追加", "净增"):
        return not rate
    return False


def _uncompare(text: str, start: int, end: int) -> tuple[int, bool]:
    """Take a comparison (比上年, 与年初预算相比) off the end of a clause; what stands before it may be the label."""
    match = _COMPARISON.search(text, start, end)
    if not match:
        return end, False
    if match.end() >= end - 1:
        return match.start(), True
    return end, True


def _completion_noun(text: str, left: Left) -> bool:
    end = left.end
    size = affixes("completion.nouns").suffix(text, left.start, end)
    if not size:
        return False
    left.measure, left.evidence = "completion", f"completion: {text[end - size:end]}"
    return True


def _share(text: str, left: Left) -> bool:
    clause = text[left.start : left.end]
    match = _SHARE.search(clause)
    if not match:
        return False
    base = match["base"]
    plan = _PLAN.search(_AMOUNT_PLAN.sub("", base))
    left.measure = "completion" if plan and not base.endswith(("收入", "支出", "总额")) else "share"
    left.evidence = f"{left.measure}: {match[0][:24]}"
    left.end = left.start + match.start()
    left.end = peel(text, left.start, left.end, _ADVERB)
    return True


def _completion(text: str, left: Left, linked: str) -> bool:
    clause = text[left.start : left.end]
    masked = _AMOUNT_PLAN.sub(lambda match: "某" * len(match[0]), clause)
    match = _COMPLETED.search(masked)
    if match and (match["verb"] or "的" in linked):
        at = left.start + match.start()
        left.measure, left.evidence = "completion", f"completion: {clause[match.start():][:24]}"
        left.end = peel(text, left.start, at, _ADVERB)
        return True
    if clause.endswith(("完成", "执行")) and not linked.strip(" 约近"):
        left.measure, left.evidence = "completion", f"completion: {clause[-2:]}"
        left.end -= 2
        return True
    return False


_ROLES = (("adjusted_budget", "role.adjusted"), ("budget", "role.budget"), ("target", "role.target"), ("actual", "role.actual"))


def _role(text: str, left: Left) -> None:
    """A role at the end of the clause (年初预算数, 支出决算): it sets the basis and is no part of the label."""
    end = peel(text, left.start, left.end, _ADVERB)
    best = max(((affixes(name).suffix(text, left.start, end), basis) for basis, name in _ROLES), key=lambda pair: pair[0])
    size, basis = best
    if not size:
        verb = _VERB.search(text, max(left.start, end - 6), end)
        if verb and verb.start() > left.start:
            left.end = peel(text, left.start, verb.start(), _ADVERB)
            left.evidence = f"verb: {verb[0]}"
            size, basis = max(
                ((affixes(name).suffix(text, left.start, left.end), basis) for basis, name in _ROLES), key=lambda pair: pair[0]
            )
            if size and basis != "actual" and not _plain_budget_name(text, left.start, left.end):
                left.basis = basis
        elif verb and verb.start() == left.start:
            left.end = left.start
            left.evidence = f"verb: {verb[0]}"
        else:
            left.end = end
        return
    word = text[end - size : end]
    if word in ("支出", "支出数", "收入数", "预算支出", "预算收入", "决算支出", "决算收入", "目标") and end - size > left.start:
        if word in ("预算支出", "预算收入", "目标") and not _plain_budget_name(text, left.start, end):
            left.basis = basis
        left.end = end
        return
    if basis != "actual" and _plain_budget_name(text, left.start, end):
        left.end = end
        return
    left.basis = basis
    left.end = peel(text, left.start, end - size, cue(r"(?:的|之|：)$"))
    left.evidence = f"{basis}: {word}"


def _plain_budget_name(text: str, start: int, end: int) -> bool:
    """一般公共预算 and its siblings end in 预算 without being a budget figure."""
    return bool(re.search(r"(?:一般公共|政府性基金|国有资本经营|社会保险基金|公共财政)预算(?:支出|收入)?$", text[start:end]))


def _finish(text: str, left: Left) -> Left:
    while left.end > left.start and text[left.end - 1] in _BLANKS + "、，":
        left.end -= 1
    if not left.compared and left.end > left.start:
        match = _COMPARISON.match(text, left.start, left.end)
        if match:
            left.compared = True
            left.start = match.end()
    left.end = max(left.start, left.end)
    return left
