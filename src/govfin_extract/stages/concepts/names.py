"""From the words of a label to the concept that they mean: rules of ``data/concepts/names.toml``, then the taxonomy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from govfin_extract.records import Fact
from govfin_extract.stages.concepts.scene import Tags
from govfin_extract.stages.concepts.wording import variants, wording
from govfin_extract.taxonomy import Row, Taxonomy, default, name_key
from govfin_extract.text.datafiles import read_toml

_SHARED = frozenset(("amount", "ratio", "score", "staffing"))  # kinds of what has shares and grows by percents
_ACCOUNTS = ("revenue.", "expenditure.", "three_public.", "procurement.", "gov.", "operating_funds.")
PART = "part"  # a share, a growth, a completion: of whatever kind the thing itself is
_PARTS = frozenset(("growth", "share", "completion"))
_KIND_OF = {"staff": "staffing", "count": "event"}
_FUNCTION = "expenditure.function."
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


class Names:
    """What labels mean, by the rules and one taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        known = {row.code: row for row in taxonomy if row.system in ("concept", "income")}
        self._ids = frozenset(known)
        self._code_of = {code: link for code, row in known.items() if (link := _link(row))}
        self._each = tuple(wording()["strip"]["each"])
        self._rules, self._endings, self._beginnings = _rules()
        self._added, self._named = _by_name(taxonomy)
        self._classes = frozenset(
            name_key(name)
            for row in taxonomy
            if row.system == "functional" and row.level == "类"
            for name in (row.name, *row.variants)
            if name != "其他支出"
        )
        self._concept_of = {
            link.partition(":")[2]: row.code
            for family in ("three_public.", "expenditure.")  # the later counts
            for row in taxonomy
            if row.system == "concept" and row.code.startswith(family)
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

    def code_of(self, concept: str, name: str = "") -> str | None:
        """The code of a concept's figure: of spending always, of a government's account where the name is a 类's.

        A 三公 or 一般性支出 line has none.
        """
        coded = concept.startswith("expenditure.") or (concept.startswith("gov.") and self.is_class(name))
        return self._code_of.get(concept) if coded else None

    def known(self, meaning: Meaning | None) -> Meaning | None:
        """A meaning without the concept that this taxonomy lacks."""
        if meaning is None or meaning.concept is None or meaning.concept in self._ids:
            return meaning
        return meaning._replace(concept=None)

    def meaning(self, label: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        """What a label means, None where nothing is sure."""
        for form in variants(label):
            found = self._exact(form, what, unit, tags)
            if found is not None:
                return found
        return None

    def parted(self, label: str, tags: Tags) -> Meaning | None:
        """What a percentage is of that does not say whether it is a share or a growth: money of an account."""
        found = self.meaning(label, PART, "", tags)
        return found if found is not None and (found.concept or "").startswith(_ACCOUNTS) else None

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
        row = self._added.get(form)
        if row is None:
            found = self._ruled(form, what, unit, tags)
            if found is not None:
                return found
            row = self._named.get(form)
        if row is None:
            return None
        if what not in (PART, _KIND_OF.get(row.level, row.level)):
            return None
        return Meaning(row.code, self.code_of(row.code, form), "name")

    def _ruled(self, form: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        rules = self._rules.get(form)
        return self._first(rules, what, unit, tags, form) if rules else None

    def _ending(self, form: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        for start in range(1, len(form) - 1):
            rules = self._endings.get(form[start:])
            if rules is None and len(form) - start >= _SAFE:
                rules = self._rules.get(form[start:])
            if rules and form[:start].endswith(self._each) and form[start] not in "每均":
                return None
            found = self._first(rules, what, unit, tags) if rules else None
            if found is not None:
                return found
        return None

    def _beginning(self, form: str, what: str, unit: str, tags: Tags) -> Meaning | None:
        rules = self._beginnings.get(form[:2])
        return self._first(rules, what, unit, tags) if rules else None

    def _first(self, rules: Sequence[Rule], what: str, unit: str, tags: Tags, name: str = "") -> Meaning | None:
        for rule in rules:
            if rule.holds(what, unit, tags):
                code = self.code_of(rule.concept, name) if rule.code is None else rule.code or None
                return Meaning(rule.concept or None, code, "rule")
        return None


def _link(row: Row) -> str | None:
    return next((link.partition(":")[2] for link in row.links if link.startswith(("econ:", "func:"))), None)


def _by_name(taxonomy: Taxonomy) -> tuple[Mapping[str, Row], Mapping[str, Row]]:
    """The concepts by those of their names that mean one thing only: those that were added to ours, and ours.

    Of ours without what the rules see to.
    """
    by_rule = frozenset(wording()["by_rule"])
    ours = frozenset(row for row in default() if row.system == "concept")
    added: dict[str, Row | None] = {}
    named: dict[str, Row | None] = {}
    for row in taxonomy:
        if row.system != "concept" or row.level == "member":
            continue
        if row in ours and row.code.partition(".")[0] in by_rule:
            continue
        found = named if row in ours else added
        for name in _names_of_row(row):
            key = name_key(name)
            found[key] = row if found.get(key, row) == row else None
    return _sure(added), _sure(named)


def _names_of_row(row: Row) -> Iterator[str]:
    """The names of a concept; 教育 alone is no 教育支出."""
    for name in (row.name, *row.variants):
        if not row.code.startswith(_FUNCTION) or "支出" in name:
            yield name


def _sure(found: Mapping[str, Row | None]) -> Mapping[str, Row]:
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
