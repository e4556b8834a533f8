"""What the document says of itself: title, organization, fiscal year, document type, region."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from govfin_extract.records import Metadata
from govfin_extract.text.datafiles import read_toml

_HEAD_LINES = 14
_HEAD_CHARACTERS = 1200
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:年度?|学年)")
_REPORTED = re.compile(r"(?:19|20)\d\d\s?年度[^。，]{0,16}?(?:预算执行|决算|审计|绩效|自评)")
_DATE = re.compile(r"(?<!\d)(20\d\d)[-./]\d{1,2}[-./]\d{1,2}(?!\d)")
_GLUED_YEAR = re.compile(r"(20\d\d)年")  # 12009年: a page number right before it
_SPAN = re.compile(r"\s?(?:[至到~—-]|－)\s?(20\d\d)年")
_NAMED = re.compile(r"(?:项目|专项|评价项目)名称[：:\s]{1,3}$")
_AGO = re.compile(r"^(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|前|以来|成立|建|起|至)")
# 填报日期：2019年5月22日 is when it was written
_DATED = re.compile(
    r"(?:日期|时间|时段|印发|发布|公开|生成|编制于|成文)[：:\s]{1,3}(?:[^\n，。；：]{0,14}[至到—~-]\s?)?$"
)
_CHINESE_YEAR = re.compile(r"(二[〇○零][〇○零一二][〇○零一二三四五六七八九])年")
_CHROME = re.compile(
    r"索引号|发布|来源|字号|字体|浏览|阅读|打印|编辑|www\.|http|当前位置|信息公开(?:指南|制度)|监督电话|目\s?录$|分享|主题分类"
)
_SPACED_YEAR = re.compile(r"(?<!\d)(?:19|2\s?0)(?:\s?\d){2}(?=\s?年)")  # （ 2 0 1 9 年 度 ）
_YEAR_OF_THE_FORM = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年\s?度(?!末|初)")
_LEADS_UP = re.compile(r"^.{0,12}?(?:现将|进驻|对|受|由)(?=[\u4e00-\u9fff]{6})")
_SHORT_NAME = re.compile(r"[（(]以下(?:统一)?简称")


def _rules() -> dict[str, Any]:
    return read_toml("metadata.toml")


def metadata_of(text: str) -> Metadata:
    """Read a document's own fields off its normalised text; None where it does not say.

    >>> metadata_of("松原市第三中学2022年度部门决算\\n一、部门概况\\n").fiscal_year
    '2022'
    """
    head = [line.strip() for line in text[:_HEAD_CHARACTERS].splitlines()]
    lines = [_joined_year(line) for line in head if line and not _CHROME.search(line)][:_HEAD_LINES]
    title = _title(lines)
    doc_type = _doc_type(title, lines, text)
    year = _fiscal_year(title, lines, text, doc_type)
    organization = _organization(title, lines, text)
    return Metadata(
        title=title, organization=organization, fiscal_year=year, doc_type=doc_type, region=_region(organization, lines)
    )


def _joined_year(line: str) -> str:
    return _SPACED_YEAR.sub(lambda match: re.sub(r"\s", "", match[0]), line)


def _title(lines: list[str]) -> str | None:
    """The first line (with the next, where a name and a type stand apart) that holds a word of a document type."""
    for index, line in enumerate(lines[:8]):
        if len(line) > 90 or line.endswith(("。", "；")):
            continue
        if _type_of(line):
            before = lines[index - 1] if index else ""
            name = before and len(before) < 40 and not _type_of(before) and not re.search("。$|：", before)
            return re.sub(r"\s+", "", before + line if name else line)
    told = not lines or len(lines[0]) >= 80 or lines[0].endswith(("。", "；"))  # a sentence is no title
    return None if told else re.sub(r"\s+", "", lines[0])


def _type_of(line: str) -> str | None:
    compact = re.sub(r"\s+", "", line)
    for rule in _rules()["doc_type"]:
        if any(word in compact for word in rule.get("none", ())):
            continue
        if not all(word in compact for word in rule.get("all", ())):
            continue
        if "any" in rule and not any(word in compact for word in rule["any"]):
            continue
        return str(rule["name"])
    return None


def _doc_type(title: str | None, lines: list[str], text: str) -> str:
    found = _type_of(title) if title else None
    if found:
        return found
    for line in lines:
        if len(line) < 60 and (found := _type_of(line)):
            return found
    return _type_by_words(text)


def _type_by_words(text: str) -> str:
    """No title tells: count the words that only one genre uses."""
    sample = text[:20000]
    counts = {
        "部门预算": len(
            re.findall(
                r"部门预算|收支预算|预算安排|(?<!全)年预算(?!收入的|支出的|的)|支出预算|采购预算|收入预算|收支总预算|预算拨款|(?:收入|支出|财政)安排\s?\d",
                sample,
            )
        ),
        "部门决算": len(re.findall(r"决算", sample)),
        "预算执行情况报告": 2
        * len(re.findall(r"预算执行情况|完成(?:年初|全年|年度)?预算|为预算的|一般公共预算收入(?:累计)?完成", sample)),
        "项目支出绩效自评报告": 2 * len(re.findall(r"项目绩效|绩效目标完成|绩效自评|产出指标|项目资金", sample)),
        "审计工作报告": 2 * len(re.findall(r"审计发现|审计查出|审计结果|审计机关", sample)),
        "统计公告": 3 * len(re.findall(r"教育经费|生均", sample)),
        "部门整体支出绩效自评报告": 3 * len(re.findall(r"整体支出绩效|部门整体支出", sample)),
    }
    name, count = max(counts.items(), key=lambda item: item[1])
    return name if count >= 2 else "other"


def _fiscal_year(title: str | None, lines: list[str], text: str, doc_type: str) -> str | None:
    """The year of the title, else the one that the text speaks of most, near words of budgets and accounts first."""
    for line in ([title] if title else []) + lines[:6]:
        if line and len(line) < 90 and _type_of(line) and not line.startswith("—") and (match := _YEAR.search(line)):
            return _last_of_span(line, match)
    for line in lines[:6]:  # a form names no type but its year: 项目名称：2018年度…
        if len(line) < 60 and not line.startswith("—") and (match := _YEAR_OF_THE_FORM.search(line)):
            return match[1]
    sample = text[:30000]
    cues = "|".join(_rules()["year"]["cues"])
    counted: Counter[str] = Counter()
    for match in _YEAR.finditer(sample):
        after = sample[match.end() : match.end() + 24].split("。")[0]
        before = sample[max(0, match.start() - 3) : match.start()]
        if _REPORTED.match(sample, match.start()) or _NAMED.search(sample, max(0, match.start() - 14), match.start()):
            counted[match[1]] += 4
        dated = _DATED.search(sample, max(0, match.start() - 30), match.start())
        weight = (
            0
            if dated or before.endswith(("比", "较", "与", "于"))
            else 1
            if _AGO.search(after)
            else 3
            if re.search(cues, after)
            else 2
        )
        counted[match[1]] += 0 if int(match[1]) < 2000 else weight
    for match in _CHINESE_YEAR.finditer(sample):
        counted[
            "".join(
                str("〇一二三四五六七八九".find(digit.replace("○", "〇").replace("零", "〇"))) for digit in match[1]
            )
        ] += 2
    if not counted or not max(counted.values()):
        printed = _DATE.search(sample) or _GLUED_YEAR.search(sample)
        return printed[1] if printed else None
    most = max(counted.values())
    near_most = [year for year, count in counted.items() if count * 2 >= most]
    return max(near_most) if doc_type == "部门预算" else counted.most_common(1)[0][0]


def _last_of_span(line: str, match: re.Match[str]) -> str:
    """2010年至2012年扶贫资金审计结果: the report is on the last year."""
    span = _SPAN.match(line, match.end())
    return span[1] if span else match[1]


def _organization(title: str | None, lines: list[str], text: str) -> str | None:
    labels = "|".join(re.escape(label) for label in _rules()["organization"]["labels"])
    candidates: list[str] = []
    if title:
        candidates += _names(re.split(r"(?:19|20)\d\d\s?年|(?<=.)关于", title.removeprefix("关于"))[0])
        after = re.split(r"(?:19|20)\d\d\s?年度?", title, maxsplit=1)
        if not candidates and len(after) > 1:
            candidates += _names(re.split(r"部门|单位|决算|预算|整体|绩效|区级|“?三公|项目|财政|[“”]", after[1])[0])
    named = rf"(?:{labels})(?:（(?:盖章|公章)）|及代码)?\s?[：:\t|]\s?([\u4e00-\u9fff（）()、]{{3,40}})"
    if match := re.search(named, text[:6000]):
        candidates += _names(match[1])
    for line in lines:
        candidates += _names(line) if len(line) < 40 else []
    candidates = [name for name in candidates if len(name) >= 3]
    if not candidates:
        match = _SHORT_NAME.search(text[:8000])
        if match:
            candidates += _names(text[max(0, match.start() - 40) : match.start()])
    if not candidates:
        return None
    return _longest_form(candidates[0], text)


def _names(words: str) -> list[str]:
    tails = "|".join(sorted(_rules()["organization"]["tails"], key=len, reverse=True))
    match = re.match(
        rf"(?:第.部分|附件\d?|关于|[一二三四五六七八九十]+、|\d+[.．、])?\s*(?P<name>[\u4e00-\u9fff（）()、]{{1,38}}?(?:{tails}))(?=$|[^\u4e00-\u9fff]|概况|部门|单位|基本|20)",
        words.strip(),
    )
    longest = re.match(
        rf"(?:第.部分|附件\d?|关于|[一二三四五六七八九十]+、|\d+[.．、])?\s*(?P<name>[\u4e00-\u9fff（）()、]{{1,38}}(?:{tails}))(?=$|[^\u4e00-\u9fff]|概况|部门|单位|基本|20)",
        words.strip(),
    )
    return [found["name"] for found in (longest, match) if found][:1]


def _longest_form(name: str, text: str) -> str:
    """The longest name in the text that ends like this one: 省市县 before the body's own name."""
    core = name[-6:]
    best = name
    for match in re.finditer(
        rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,24}}{re.escape(core)})(?![\u4e00-\u9fff])", text[:20000]
    ):
        found = _LEADS_UP.sub("", match[1])
        if found.endswith(name) and len(found) > len(best) and re.search(r"省|市|区|县|自治", found[: -len(name)]):
            best = found
    return best


def _region(organization: str | None, lines: list[str]) -> str | None:
    provinces = _rules()["region"]["provinces"]
    for words in [organization or "", *lines]:
        match = re.match(
            rf"(?:关于)?(?P<region>(?:中共)?(?:{'|'.join(provinces)})?(?:[\u4e00-\u9fff]{{2,8}}?(?:自治州|地区|盟|市(?!场|容|政|监)))?(?:[\u4e00-\u9fff]{{1,9}}?(?:自治县|自治旗|县|区|市(?!场|容|政|监)|旗))?)",
            words,
        )
        if match and len(match["region"]) >= 2 and match["region"][0] not in "本我全各该县市省区":
            return match["region"].removeprefix("中共")
    return None
