"""From the words of a label to the concept that they mean: rules of ``data/concepts/names.toml``, then the taxonomy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from govfin_extract.records import Fact
from govfin_extract.stages.concepts.scene import Tags
from govfin_extract.taxonomy import Row, Taxonomy, default, name_key
from govfin_extract.text.datafiles import read_toml

_SHARED = frozenset(("amount", "ratio", "score", "staffing"))  # kinds of what has shares and grows by percents
_EACH = ("人均", "平均", "户均", "生均", "亩均", "车均", "每人")
PART = "part"  # a share, a growth, a completion: of whatever kind the thing itself is
_PARTS = frozenset(("growth", "share", "completion"))
_CODED = ("expenditure.", "gov.")  # concepts whose code is that of the figure; a 三公 line has none
# families of ours whose names need the rules: verbs, units and words of many meanings are among them
_BY_RULE = frozenset(
    "assets audit balance change edu event gov grade indicator org perf procurement ratio revenue role fund staff unit"
    " general_spending operating_funds three_public".split()
)
_KIND_OF = {"staff": "staffing", "count": "event"}
_FUNCTION = "expenditure.function."
_LEAD = re.compile(
    r"(?:(?:19|20)\d{2}年(?:度|末|底|初)?|全年|本年度?|当年|年[末底初中终]|本期|今年|去年|上年度?|上半年|其中(?:的|：|:)?|实际|预计|计划|安排|"
    r"[我本](?:部门|单位|[局办委院校站所区县市省镇乡馆队会厅部])的?|全[市县区省州镇乡局]|[市县区省州](?:本?级|直)|部门|单位|"
    r"财政拨款|一般公共预算(?:财政拨款)?|核定|期末|累计|共|各项|实现|地方|用于|机关|总|（[一二三四五六七八九十\d]{1,2}）|开支|未?举办|"
    r"[一二三四五六七八九十]{1,2}、|\d{1,2}(?:[-.．]\d{1,2})*[.．、，]?(?!\d|年|个|万|亿)|[①-⑳⑴-⒇]|[—-]+|〔[^〕]{1,8}〕|"
    r"再减|再加|另用|另|而|使|减去|加上|加|减|扣除|其余为|新|由|从|支付|收到|完成|取得)"
)
_TAIL = re.compile(
    r"(?:（[类款项]）|[类款项]级?|支出|经费|情况|总额|合计|金额|科目|一项|方面|预算数?|决算数?|执行数|总数|人数|数量?|额|累计|草案|部分|小计|总计|"
    r"[从由随之占去只仅仍可共合尚有花拿得已则也又还同均各为是达至到的了中用掉]+|花费|年末)$"
)
_LEVELS = re.compile(r"（(?:\d{2,7})?([类款项])(?:级)?(?:科目)?）")
_DOUBLE = re.compile(r"支出(（[类款项]）)?支出$")
_NOTE = re.compile(r"（[^（）]{2,}）(?!费)")
_LONGEST = 40
_SAFE = 6  # characters of a name that means the same behind whatever words


class Rule(NamedTuple):
    """What a name means under conditions."""

    concept: str
    code: str | None
    kinds: frozenset[str]
    units: frozenset[str]
    needs: tuple[tuple[tuple[str, bool], ...], ...]

    def holds(self, what: str, unit: str, tags: Tags) -> bool:
        if (self.kinds.isdisjoint(_SHARED)) if what == PART else (what not in self.kinds):
            return False
        if self.units and what != PART and unit not in self.units:
            return False
        return all(any((tag in tags) is wanted for tag, wanted in options) for options in self.needs)


class Meaning(NamedTuple):
    """A concept, a code of its own, and how it was found."""

    concept: str | None
    code: str | None
    how: str


def what_of(fact: Fact) -> str:
    """The kind of thing that a figure measures: its own kind, ``part`` for a share, a growth, a completion."""
    if fact.kind == "ratio" and (fact.measure in _PARTS or fact.measure == "change"):
        return PART
    return fact.kind


@lru_cache(maxsize=16384)
def variants(label: str) -> tuple[str, ...]:
    """The forms in which a label is looked up, the whole first.

    >>> variants("2022年度“三公”经费支出")[:2]
    ('2022年度三公经费支出', '三公经费支出')
    """
    key = name_key(label)[:_LONGEST]
    plain = _LEVELS.sub("", key)
    plain = plain[: -len("支出")] if _DOUBLE.search(plain) else plain
    found = dict.fromkeys((key, plain, _NOTE.sub("", plain)))
    for form in tuple(found):
        bare = form
        while len(bare) > 1 and (match := _LEAD.match(bare)) and match.end() < len(bare):
            bare = bare[match.end() :]
            found.setdefault(bare)
    for form in tuple(found):
        short = form
        while len(short) > 2 and (match := _TAIL.search(short)) and match.start() > 1:
            short = short[: match.start()]
            found.setdefault(short)
    behind = plain.rpartition("的")[2]
    if 1 < len(behind) < len(plain):
        found.setdefault(behind)
    return tuple(form for form in found if form)


class Names:
    """What labels mean, by the rules and one taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        known = {row.code: row for row in taxonomy if row.system in ("concept", "income")}
        self._code_of = {code: link for code, row in known.items() if (link := _link(row))}
        self._rules, self._endings, self._beginnings = _rules()
        self._named = _by_name(taxonomy)
        self._classes = frozenset(
            name_key(name)
            for row in taxonomy
            if row.system == "functional" and row.level == "类"
            for name in (row.name, *row.variants)
            if name != "其他支出"
        )
        self._concept_of = {
            link.partition(":")[2]: row.code
            for row in taxonomy
            if row.system == "concept" and row.code.startswith("expenditure.")
            for link in row.links
        }

    def is_class(self, name: str) -> bool:
        """Whether a row's name is that of a 类 of spending by function.

        >>> names_of(None).is_class("住房保障支出")
        True
        """
        return name_key(name) in self._classes

    def concept_of(self, code: str) -> str | None:
        """The concept that a code stands for, where there is one: ``expenditure.function.housing`` for 221."""
        return self._concept_of.get(code)

    def code_of(self, concept: str) -> str | None:
        """The code of a concept's figure; a 三公 or 一般性支出 line has none."""
        return self._code_of.get(concept) if concept.startswith(_CODED) else None

    def meaning(self, label: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        """What a label means, None where nothing is sure."""
        for form in variants(label):
            found = self._exact(form, what, unit, tags)
            if found is not None:
                return found
        return None

    def likeness(self, before: str, label: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        """What a label means by its end (学生满意度) or the verb that it begins with (约谈网站)."""
        forms = variants(label)
        lead = name_key(before)
        for form in (lead + forms[0], *forms[:3]) if forms else ():
            found = self._ending(form, what, unit, tags) or self._beginning(form, what, unit, tags)
            if found is not None:
                return found
        return None

    def extended(self, before: str, label: str, behind: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        """What a label means together with words right before and behind it: 在校 and 学生, 收入 and 预算."""
        key, lead, tail = name_key(label), name_key(before), name_key(behind)
        for end in (tail, "") if tail else ("",):
            for start in range(len(lead) + 1):
                found = self._ruled(lead[start:] + key + end, what, unit, tags) if start < len(lead) or end else None
                if found is not None:
                    return found
        return None

    def _exact(self, form: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        found = self._ruled(form, what, unit, tags)
        if found is not None:
            return found
        row = self._named.get(form)
        if row is None:
            return None
        if what not in (PART, _KIND_OF.get(row.level, row.level)):
            return None
        return Meaning(row.code, self.code_of(row.code), "name")

    def _ruled(self, form: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        rules = self._rules.get(form)
        return self._first(rules, what, unit, tags) if rules else None

    def _ending(self, form: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        for start in range(1, len(form) - 1):
            rules = self._endings.get(form[start:])
            if rules is None and len(form) - start >= _SAFE:
                rules = self._rules.get(form[start:])
            if rules and form[:start].endswith(_EACH):
                return None
            found = self._first(rules, what, unit, tags) if rules else None
            if found is not None:
                return found
        return None

    def _beginning(self, form: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        rules = self._beginnings.get(form[:2])
        return self._first(rules, what, unit, tags) if rules else None

    def _first(self, rules: Sequence[Rule], what: str, unit: str, tags: Tags) -> Meaning | None:
        for rule in rules:
            if rule.holds(what, unit, tags):
                code = self.code_of(rule.concept) if rule.code is None else rule.code or None
                return Meaning(rule.concept or None, code, "rule")
        return None


def _link(row: Row) -> str | None:
    return next((link.partition(":")[2] for link in row.links if link.startswith(("econ:", "func:"))), None)


def _by_name(taxonomy: Taxonomy) -> Mapping[str, Row]:
    """The concepts by those of their names that mean one thing only; of ours without what the rules see to."""
    ours = {row.code for row in default() if row.system == "concept"}
    found: dict[str, Row | None] = {}
    for row in taxonomy:
        if row.system != "concept" or row.level == "member":
            continue
        if row.code in ours and row.code.partition(".")[0] in _BY_RULE:
            continue
        names = (row.name, *row.variants)
        if row.code.startswith(_FUNCTION):
            names = tuple(name for name in names if "支出" in name)
        for name in names:
            key = name_key(name)
            found[key] = row if found.get(key, row) == row else None
    return {name: row for name, row in found.items() if row is not None}


@lru_cache(maxsize=4)
def names_of(taxonomy: Taxonomy | None) -> Names:
    """The names of a taxonomy, None for the shipped one."""
    return Names(default() if taxonomy is None else taxonomy)


@cache
def _rules() -> tuple[Mapping[str, list[Rule]], ...]:
    """The rules by whole name, by the end of a name, and by its first two characters."""
    whole: dict[str, list[Rule]] = {}
    endings: dict[str, list[Rule]] = {}
    beginnings: dict[str, list[Rule]] = {}
    for entry in read_toml("concepts/names.toml")["link"]:
        rule = _rule(entry)
        for name in entry["names"]:
            if name.endswith("*"):
                beginnings.setdefault(name_key(name[:2]), []).append(rule)
            elif name.startswith("*"):
                endings.setdefault(name_key(name[1:]), []).append(rule)
                whole.setdefault(name_key(name[1:]), []).append(rule)
            else:
                whole.setdefault(name_key(name), []).append(rule)
    return whole, endings, beginnings


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        entry["concept"],
        entry.get("code"),
        frozenset(entry.get("kinds", ("amount",))),
        frozenset(entry.get("units", ())),
        tuple(tuple(_options(need)) for need in entry.get("needs", ())),
    )


def _options(need: str) -> Iterator[tuple[str, bool]]:
    for option in need.split("|"):
        yield option.removeprefix("!"), not option.startswith("!")


@cache
def nothing() -> re.Pattern[str]:
    """What a label that names no thing consists of."""
    words = sorted(read_toml("concepts/scenes.toml")["empty"]["words"], key=lambda word: (-len(word), word))
    return re.compile(r"(?:(?:19|20)\d{2}年?度?|" + "|".join(map(re.escape, words)) + ")+")
