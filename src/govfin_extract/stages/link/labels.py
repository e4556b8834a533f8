"""Trimming a stretch of words to the label that an annotator would mark."""

from __future__ import annotations

import re

from govfin_extract.text.cues import cue

_NUMBERING = re.compile(
    r"(?:[（(]?\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?[）)]\s?[、.．]?|"
    r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?(?:、|[.．](?!\d))|"
    r"[〔【〖\[［][^〕】〗\]］\n]{1,8}[〕】〗\]］]\s?(?=[^\s，。；：])|"  # a marker of its own: 〔人员〕编制74名
    r"\d(?:\.\d){1,3}\s+(?=[\u4e00-\u9fff“])|[A-Z]\d\s(?=[\u4e00-\u9fff“])|"
    r"[甲乙丙丁戊己庚辛]、|[甲乙丙丁戊己庚辛]\s+(?=[\u4e00-\u9fff“])|"
    r"\d{3,7}\s?[-—_ ]?\s?(?=[\u4e00-\u9fff“])(?!年|人|个|万|元)|"  # a classification code
    r"[①-⑳⑴-⒇➀-➉]|第[一二三四五六七八九十][，、]|[●•▪◆■·*★√–—-]\s?)\s*"
)
_YEAR_LEAD = re.compile(
    r"(?:截[至止]到?|至|到)?(?:20|19)\d{2}\s?年(?:度)?(?:\d{1,2}月(?:\d{1,2}日|底|末|份)?)?(?:年?底|年?末)?"
    r"(?:[至-]\d{1,2}月份?)?[，,]?(?:\s*(?=\S)|$)"
)
_MONTHS = re.compile(
    r"(?:\d{1,2}[-—－至~]\d{1,2}月份?|\d{1,2}月(?:份|底|末|初|上旬|中旬|下旬)?(?:前|起)?(?![\d日])|"
    r"上半年|前三季度|[一二三四]季度|年底)[，,]?"
)
# names that begin like a lead-in
_NAME = re.compile(
    r"对个人|对附属|其他|本级|本年收|本年支|当年财政|合计数|预计(?:收入|支出)数|因公|在职|在编|在岗|现金|对口|对外|已婚|需求|要素|全年|正在"
)
_YEAR_TAIL = re.compile(r"(?<=.)(?:上年度?|去年|本年度?|当年|今年)$")
_SO_MANY = re.compile(r"[两二三四五六七八九十]项(?:同比|环比|合计)?$")
_GIVEN_TO = re.compile(r"(?:下达|拨付|分配|划拨|补助)(?:给)?我[区县市省局镇乡院校]$")
_MARK_OF_FULL = re.compile(r"(?:（满分|（分值|（\d+分).*$")
# a lead-in that may also begin a name is guarded by what follows it: 共｜设, not 共青团
_LEADS = cue(
    r"(?:其中[：:，]?|[一二三四五六七八九十]是|(?:同时|另外|此外)，?|从[^，]{1,6}看，?|{lead.words}|(?:{lead.subjects})(?=[^的]..)|"
    r"因(?!公|病|地)|而(?=.{2})|使(?!用|馆|命|领)(?=.{2})|已(?=[^婚故])|如(?![实期何])|(?:评价|审计)期间已?|但(?!书)|将(?![军来])|加上(?![级解年])|"
    r"加(?=[补上中债调转地下])|按(?![时期照揭])|除(?=.{2})|均(?!衡)|本年度?(?=[^收支预决])|(?:全年|共计|累计|合计)(?=.)|"
    r"对(?=.{4,})(?!个人|附属|企业|社会|民间|下级|外|市县|地方|口|象)|另有?|共有(?!产|权|财)(?=.{2})|(?<!公)共(?!青|产|同|享|用|建)|并且?|"
    r"现(?=在编|在职|已)|是(?!否)(?=.{2})|(?:剔除|扣除)[^，。；]{1,16}后|(?:含|及(?![时格])|与|实际)(?=.)|和(?!谐|解|平)|[，、；：）\s]|设(?![备施计立置])|有(?=在)|安排(?=.{2})|由(?=.{2}))"
)
_AMOUNT_VERBS = cue(
    r"(?:{lead.verbs})(?:了|出)?(?!的|金|上级|下级|总|数|率|额|情况|收入|进度|权|费|款|合计|支出|预算|决算|部分|成本)(?=.{2})"
)
_USED_FOR = cue(r"(?:主要|专项|全部)?用于(?:支付|发放|购买|购置|弥补)?")


def trim_left(text: str, start: int, end: int) -> int:
    """Skip item numbers, years, lead-ins and stand-ins for the body at the head of a label."""
    while start < end:
        if text[start] in "〔【〖" and text[end - 1] in "〕】〗" and end - start > 3:
            return start + 1
        if text[start] in "“《" or _NAME.match(text, start, end):
            return start
        if (
            text[start] == "（"
            and (closer := text.find("）", start, end)) > 0
            and closer < end - 2
            and not _NUMBERING.match(text, start, end)
        ):
            start = closer + 1
            continue
        for pattern in (_NUMBERING, _YEAR_LEAD, _MONTHS, _LEADS):
            match = pattern.match(text, start, end)
            if match and match.end() > start:
                start = match.end()
                break
        else:
            return start
    return start


def with_quotes(text: str, low: int, start: int, end: int) -> int:
    """Take the opening quotation mark in where the label holds its closing one: “三公”经费."""
    words = text[start:end]
    if "”" in words and "“" not in words[: words.index("”")] and start > low and text[start - 1] == "“":
        return start - 1
    return start


def trim_right(text: str, start: int, end: int) -> int:
    """Drop blanks, marks and sums said twice (其他各项税收合计) at the tail."""
    while end > start and text[end - 1] in " \n，、：:；“‘(（的":
        end -= 1
    tail = _YEAR_TAIL.search(text, start + 2, end)
    if tail and tail.end() == end:
        end = tail.start()
    counted = _SO_MANY.search(text, start, end)
    if counted and counted.start() > start + 1:
        end = counted.start()
    given = _GIVEN_TO.search(text, start, end)
    if given and given.start() > start + 1:
        end = given.start()
    full = _MARK_OF_FULL.search(text, start, end)
    if full and full.start() > start:
        end = full.start()
    if (
        end - start > 4
        and text[end - 2 : end] in ("合计", "共计", "累计")
        and not text[start : end - 2].endswith(("收入", "支出", "收、支", "资产", "原值", "净值", "负债"))
    ):
        end -= 2
    return end


def money_head(text: str, start: int, end: int) -> int:
    """For an amount: skip the verbs before the noun (拨付项目资金 → 项目资金), not those inside official names."""
    while (match := _AMOUNT_VERBS.match(text, start, end)) and match.end() < end - 1:
        start = match.end()
    for match in _USED_FOR.finditer(text, start, end - 1):
        start = match.end()
    return start


_ACTIONS = cue(r"{lead.actions}")
_MONEY_ACTIONS = cue(r"(?<!转移)(?<!有偿){lead.money_actions}(?!的|率|数|金|权|收入|面积|费)")
_INTRODUCED = re.compile(
    r"由?[^，。；]{0,6}?(?:编办|编委|机构编制委员会)(?:办公室)?(?=核定|批准|下达)|经[^，]{2,30}?(?:批准|审议通过|审查批准|同意)|(?:会同|联合|委托|邀请)[^，]{2,14}?(?=开展|组织|召开|举办|实施)|内容[为是]|最[快多高大好]的是|原因是|包括|包含|主要是|主要为|主要有|情况说明\s+(?:\d\s)?|(?:19|20)\d\d\s?年(?:度|末|底)?(?:\d{1,2}月(?:底|末|份)?)?前?(?=\s?[^-—至到和、\d])"
)


_BRACKET_WITHIN = re.compile(r"(?<=[费金])（[^（）]{5,30}）(?:支出|收入|金额)?$")


def without_bracket(text: str, start: int, end: int) -> int:
    """Leave out a bracket at the tail: 国家财政性教育经费（主要包括…）, 科员（事业编制）."""
    if end - start > 2 and start > 0 and text[start - 1] in "〔【〖" and text[end - 1] in "〕】〗":
        return end - 1
    spoken = _BRACKET_WITHIN.search(text, start + 2, end)
    if spoken:
        return spoken.start()  # 机关运行经费（仅统计局本级）支出
    if end > start and text[end - 1] == "）":
        opener = text.rfind("（", start, end)
        if opener >= start + 2:
            return opener if end - opener > 3 else end  # 出国（境） keeps its own
        if opener == start:
            return start
    return end


def tighten(text: str, start: int, end: int, *, counted: bool) -> int:
    """Skip who acts and what leads up to the head: 审计局会同督查室开展回头看 → 开展回头看, 漏发的绩效奖 → 绩效奖."""
    for match in _INTRODUCED.finditer(text, start, end - 1):
        start = match.end()
    start = after_such_as(text, start, end)
    of = _last_of(text, start, end)
    if of:
        start = of
    found = (_ACTIONS if counted else _MONEY_ACTIONS).search(text, start, end - 2)
    if found:
        start = found.end() if found[0] == "涉及" else found.start()
    return trim_left(text, start, end)


_SUCH_AS = re.compile(r"[^，。；（）“”]{2,40}等(?:[\d一二三四五六七八九十]+[类项种个])?(?![级候待同额])")


def after_such_as(text: str, start: int, end: int) -> int:
    """Skip the examples before the noun that sums them up: 法制股、稽查股等股室 → 股室."""
    match = _SUCH_AS.match(text, start, end - 2)
    return match.end() if match and "、" in match[0] else start


_BARE_HEADS = frozenset(("资金", "经费", "支出", "收入", "费用", "补助"))


def _last_of(text: str, start: int, end: int) -> int:
    """After the last 的 that stands outside brackets and quotations and has a noun behind it; 0 where there is none."""
    at = text.rfind("的", start + 1, end - 2)
    while at > start:
        tail = text[at + 1 : end]
        if (
            tail not in _BARE_HEADS
            and not any(mark in tail for mark in "”）》")
            and text[at - 2 : at] not in ("安排", "项目", "管理")
            and text[at - 1] not in "目”"  # 绩效评级为“优”的项目 without it is any project
        ):
            return at + 1
        at = text.rfind("的", start + 1, at)
    return 0


_EMPTY = cue(
    r"(?:在?(?:预算)?执行(?:过程)?中[^，]*|(?:财政|上级)?(?:年初|全年|当年)?(?:批复|核定|下达|拨付|拨给|核给)(?:给|了)?(?:{lead.subjects})|"
    r"每[人户年月亩生][^，]{0,4}|[与比较同](?:上年|去年|20\d\d年)[^，]{0,8}|受[^，]{1,20}影响|(?:19|20)\d\d\s?年度?|"
    r"最[大高低快小]|(?:的)?(?:比例|比重|占比)|{label.empty}|{connect.verb})+"
)


_NOT_YET = re.compile(r"未(?:支付|使用|下达|拨付|执行|支用)")


def is_empty(words: str) -> bool:
    """Whether words name nothing: a verb, an adverb, a comparison (实际完成, 与上年相比).

    >>> is_empty("实际完成"), is_empty("公务接待费")
    (True, False)
    """
    return bool(_EMPTY.fullmatch(words)) and not _NOT_YET.fullmatch(words)


def tells(words: str) -> bool:
    """Whether words tell what was done, rather than name something."""
    return bool(_TELLS.search(words))


def is_thing(text: str, start: int, end: int) -> bool:
    """Whether the words could name what is measured, rather than tell something."""
    words = text[start:end]
    if tells(words):
        return False
    return 2 <= len(words) <= 60 and not re.search(r"[。！？]", words) and bool(_THING.search(words))


_TELLS = re.compile(
    r"^(?:执行中|通过|按照|根据|由于|为了|针对|围绕|坚持|落实|推进|加强|统筹)|使用|等安排|未安排|严格|积极"
)
_THING = re.compile(
    r"(?:费用?|支出|收入|经费|资金|款|预算|补助|工资|津贴|奖金|税|基金|项目|事务|运行|合计|总计|结余|结转|资产|债券|债务|余额|限额|公积金|保险|补贴|拨款|用车|人数|编制|得分|指标|（项）|（款）|（类）|业务|管理|投资|接待|采购|（境）|活动|总体|总量|决算|执行数|方面|增加值|生产总值)"
    r"(?:（[^）]*）)?[。：]?$"
)
