"""Reading the words after a figure: the noun that it counts (51家重点单位), and what makes it a threshold."""

from __future__ import annotations

import re

from govfin_extract.text.cues import affixes, cue

_END = frozenset("，。；：！？、\n;:!?\t（）()—")
_SKIP = cue(r"[ \t的“\"‘]{0,3}")
_QUOTES = {"“": "”", "《": "》", "‘": "’"}
_NOT_NOUN = cue(
    r"{noun_after.stop}|为(?!农|民|主|企)|是|的|由|和(?!谐|解|平)|及|与|达(?!标)|(?<!公)共(?!建|享|青|产|同)|占|较|比(?!例|赛|重)|从(?!业)|有(?!关|机|效|线|色|限|偿)|将|获|按(?!揭)|经(?!济|费|营|办|常|开|侦)|受(?!访|益|助|灾|训|理)|需(?!求)|于|至|到(?!位)|向|让|使(?!用)|都(?!市)|也|就(?!业|医|诊)|则|因(?!公)|而|还(?!款|本|建)|又|再(?!生|就)|仍|且|等(?!级)|均(?!衡)|已(?!故|婚|退)|(?<!相)(?<!针)(?<!应)对(?!象|口|外)|在(?!职|编|岗|校|建|册)|以(?!工代)|(?:降|升|增|减|压减|压降|提高|增加|减少|上升|下降)(?:至|到|为)|尚|未|没|不(?!符|合|满)|应(?!享|征|收|急|届|用|对)|被|先|闲置|滞留|空置|长期|[，。；：！？、）)\d]|的?(?:基础|范围|情况|目标|任务数|标准)?(?:上(?!级)|下(?!属|级|设)|内(?!设|部|容|科)|中(?!央|小|心|级|型|学|医|高|国|队)|前(?!期|端)|后(?!勤|续|备))|至|-|/|每|%|％|[（(]"
)
_VERB_CUT = cue(
    r"(?<=..)(?:{noun_after.stop}|为(?!农|民|主|企)|是|的|由|和(?!谐|解|平)|及|与|达(?!标)|(?<!公)共(?!建|享|青|产|同)|占|较|比(?!例|赛|重)|从(?!业)|有(?!关|机|效|线|色|限|偿)|将|获|按(?!揭)|经(?!济|费|营|办|常|开|侦)|受(?!访|益|助|灾|训|理)|需(?!求)|于|至|到(?!位)|向|让|使(?!用)|都(?!市)|也|就(?!业|医|诊)|则|因(?!公)|而|还(?!款|本|建)|又|再(?!生|就)|仍|且|等(?!级)|均(?!衡)|已|(?<!相)(?<!针)(?<!应)对(?!象|口|外)|在(?!职|编|岗|校|建|册)|以(?!工代))|(?<=.)(?:，|开展|进行|参加|完成|纳入|接受|受到|均|已|全部|(?<!公)共|占|以及|采用|发现|未(?!成年|来|婚)|全面|较上年|比上年|为|予以|通过|办理|签订|组成|构成|组织|发放|提供|获得|多计|多收|欠缴|退回|支出(?=$|[，。])|建设(?=、|，|$)|逐个|发生)"
)


def noun_after(text: str, start: int, high: int) -> tuple[int, int] | None:
    """The noun phrase that begins right after a count, or None where a verb, a mark or the next figure follows.

    >>> words = "51家重点单位开展了检查"
    >>> words[slice(*noun_after(words, 3, len(words)))]
    '重点单位'
    """
    high = min(high, start + _REACH)
    skipped = _SKIP.match(text, start, high)
    begin = skipped.end() if skipped else start
    if begin >= high or _NOT_NOUN.match(text, begin, high):
        return None
    phrase = _phrase_end(text, begin, high)
    end = _head_end(text, begin, phrase, runs_on=phrase == high)
    while end > begin and (text[end - 1] in ' "’' or (text[end - 1] == "中" and end - begin > 2)):
        end -= 1
    return (begin, end) if end > begin else None


def _phrase_end(text: str, begin: int, high: int) -> int:
    """Up to the next mark; a quotation or a title is passed over whole."""
    end = begin
    while end < high and text[end] not in _END:
        closer = _QUOTES.get(text[end])
        jump = text.find(closer, end, high) if closer else -1
        end = jump + 1 if jump > 0 else end + 1
    return end


def _head_end(text: str, begin: int, end: int, *, runs_on: bool) -> int:
    """Where the noun ends and a verb, or what the next figure measures, begins."""
    of = text.find("的", begin + 2, end)
    described = of > 0 and _DESCRIBES.match(text, begin, of) is not None
    if of > 0 and not described:
        end = of  # 互联网企业的信息 counts companies; with a description before 的 the head stands last
    if end - begin > _SHORT and not described:
        cut = _VERB_CUT.search(text, begin + 1, end)
        end = cut.start() if cut and cut.start() > begin else end
    if runs_on or end - begin > _LONG:
        generic = _GENERIC.match(text, begin, end)
        if generic and generic.end() < end:
            return generic.end()
    if not runs_on and text[end : end + 1] != "的":
        return end
    for pattern in (_FOUND_BY, _NEXT_OWNS):
        owed = pattern.search(text, begin + 1, end)
        if owed and owed.start() > begin + 1:
            return owed.start()
    return end


_REACH = 80
_SHORT = 4
_LONG = 9
_FOUND_BY = re.compile(r"(?:查出|发现|涉及|反映|指出|提出|移送|安排|实施)的?$")
_DESCRIBES = re.compile(r"具有|含有|带有|符合|不符合|达到|从事|参与|未|无|有|受|新|享受|需|已|正在")
_GENERIC = cue(
    r"[^，。；]{0,6}?(?:{noun_after.generic})(?=[^，。；员户的]{2})(?!镇|支出|资金|经费|建设|类|化|卫生|委|民|级|庄|组|医)"
)
# words before the next figure that name that one: 27个乡镇｜补助4.15亿元
_NEXT_OWNS = cue(
    r"(?:发放|拨付|补助|支付|投入|安排|退回|收回|上缴|欠缴|多计|多收|涉及|追回|处罚|奖励|资助|提供)[^，。；]{0,12}$"
    r"|(?:资金|金额|经费|津贴|补贴)$"
)


def threshold(text: str, end: int) -> bool:
    """Whether the words after an amount make it a bound inside a name: 50万元以上设备."""
    return bool(_THRESHOLD.match(text, end))


_THRESHOLD = cue(
    r"(?:（?含）?)?(?:以[上下内]|及以[上下])?(?:（含[^）]{0,8}）)?的?[^，。；0-9]{0,12}(?:设备|车辆|仪器|项目|工程|合同|资产)"
)


def verb_phrase_after(text: str, start: int, high: int) -> tuple[int, int] | None:
    """What an amount is for, said after it: 15万元用于线路维修."""
    size = affixes("noun_after.amount").prefix(text, start, high)
    if not size:
        return None
    end = begin = start + size
    while end < high and text[end] not in _END:
        end += 1
    return (begin, end) if end > begin + 1 else None
