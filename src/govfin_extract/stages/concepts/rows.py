"""Figures of tables: what the table, its column and the row together say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from govfin_extract.records import Fact, Table
from govfin_extract.stages.concepts.codes import Index, RowCodes, as_code
from govfin_extract.stages.concepts.names import PART, Meaning, Names, what_of
from govfin_extract.stages.concepts.scene import Tags
from govfin_extract.taxonomy import name_key
from govfin_extract.text.datafiles import read_toml

_THREE = re.compile(r"因公出国|公务接待|公务用车|三公|出国（境）|公车|(?:购置|运行(?:维护)?)费?$")
_SUMS = {"t": "three_public.total", "f": "expenditure.total", "e": "expenditure.basic"}
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|合计数|总合计|收支总计|收、支总计)(?:（[^）]*）)?[：:]?$")
_NO_ITEM = re.compile(  # header words that say which version or sum a column holds, not of what
    r"(?!本年(?:收入|支出)|(?:收入|支出)合计)"
    r"(?:(?:19|20)\d{2}年?度?|本年|上年|全年|年初|实际|累计|本期|预计|决算|预算|执行|调整后?|（.*）)*"
    r"(?:收入|支出|合计|总计|小计|金额|额|数|预算|决算|执行|完成)*"
)
_SCORE_TOTAL = re.compile(r"总分|总得分|合计|总计|最终得分|综合得分|自评得分")
_FUNDS = re.compile(
    r"资金总额|财政拨款|上年结转|其他资金|财政资金|中央补助|自筹|年度资金|支出总额|^(?:基本|项目)支出|总投资|资金来源|^合计$"
)
_REACHED = re.compile(r"(?:实际|全年|年度)?完成值|实际完成(?:情况|指标值|数)?$|全年实际值|实际实现值|指标完成")
_RATE = re.compile(r"执行率|支付率|支出率|完成率")
_NEAR = 6  # rows around a sum that say of what it is
_TARGET = re.compile(r"指标值|目标值|预期目标|年度目标|计划值|预期值|绩效目标|预期指标")
_ACTUAL = re.compile(r"完成值|完成情况|实际完成|实现值|完成数|实际值|执行情况|达成")
_EVALUATIONS = ("self_evaluation", "self_evaluation_overall", "performance_target")
_SUMMARIES = ("income_expenditure_summary", "appropriation_summary")
_CODELESS = frozenset(("three_public", "staffing", "assets", "procurement", "debt", *_EVALUATIONS))
_SIDES = {"收入": "side=income", "支出": "side=expense"}
_POSTS = {
    "staff.authorized.total": "staff.authorized",
    "staff.actual.total": "staff.actual",
    "staff.actual.on_establishment": "staff.actual",
}
_ITEMS = ("revenue.", "expenditure.", "three_public.", "balance.", "gov.", "procurement.", "staff.", "operating_funds.")


@dataclass(slots=True)
class TableRows:
    """Links the figures of a document's tables; asked in the order of the text."""

    names: Names
    index: Index
    tables: list[Table]
    text: str
    facts: Sequence[Fact]
    _by_table: dict[int, list[Fact]] = field(default_factory=dict)
    _by_row: dict[tuple[int | None, int], list[Fact]] = field(default_factory=dict)
    _content: dict[int, Tags] = field(default_factory=dict)
    _codes: RowCodes = field(init=False)
    _row_codes: dict[tuple[int, int, str], str | None] = field(default_factory=dict)
    _first: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._codes = RowCodes(self.index)
        for fact in self.facts:
            if fact.table is not None:
                self._by_table.setdefault(fact.table, []).append(fact)
                self._by_row.setdefault((fact.table, fact.row or 0), []).append(fact)

    def meaning(self, fact: Fact, label: str, tags: Tags) -> Meaning | None:
        """Concept and code of a figure of a table."""
        assert fact.table is not None
        kind = self.tables[fact.table].kind
        path = fact.column_path or ()
        label = self._row_head(fact, label, path)
        if fact.kind in ("score", "grade"):
            return self._judged(fact, label, tags)
        indicator = self._indicator(fact, label, kind, path, tags)
        if indicator is not None:
            return indicator
        tags = self._sided(fact, kind, path, self._told(fact.table, kind, tags))
        if _TOTAL.match(name_key(label)):
            return self._total(fact, kind, path, tags)
        coded = self._coded(fact, label, kind, path, tags)
        if coded is not None:
            return coded
        return self._named(fact, label, path, tags)

    def _row_head(self, fact: Fact, label: str, path: tuple[str, ...]) -> str:
        """The words of the row where the label is its column's header."""
        headers = {name_key(word) for word in path}
        if name_key(label) not in headers:
            return label
        words = (self.text[other.start : other.end] for other in fact.alternatives)
        return next((word for word in words if name_key(word) not in headers and not word.isdecimal()), label)

    def _told(self, table: int, kind: str, tags: Tags) -> Tags:
        """The tags, with what the rows of a table say where its title says nothing."""
        said = self._content.get(table)
        if said is None:
            letters = self._said(self._by_table[table])
            said = self._content[table] = frozenset(_tags_of(letters, kind, tags))
        return tags | said if said else tags

    def _judged(self, fact: Fact, label: str, tags: Tags) -> Meaning | None:
        if fact.kind == "grade":
            return self.names.meaning(label, "grade", "", tags)
        if _SCORE_TOTAL.search(name_key(label)) and not _FUNDS.search(label):
            rated = _RATE.search("".join(fact.column_path or ()))
            return Meaning("perf.indicator.score" if rated else "perf.score.total", None, "table")
        found = self.names.meaning(label, "score", fact.unit, tags)
        if found is not None and (found.concept or "").startswith("perf.section."):
            return found
        return Meaning("perf.indicator.score", None, "table")

    def _indicator(self, fact: Fact, label: str, kind: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        """What an indicator shall be or is; the rows of money of such a table are linked by name."""
        words = "".join(path).replace(" ", "")
        aimed = _TARGET.search(words)
        plain = _REACHED.search(words)
        reached = plain or (kind in _EVALUATIONS and _ACTUAL.search(words))
        if kind not in _EVALUATIONS and not aimed and not reached:
            return None
        if not aimed and _FUNDS.search(name_key(label)) and fact.kind in ("amount", "ratio"):
            return self._funds(fact, label, tags)
        if aimed or fact.basis == "target":
            return Meaning("perf.indicator.target", None, "table")
        if reached and (plain or label not in path):
            return Meaning("perf.indicator.actual", None, "table")
        return Meaning(None, None, "table") if kind in _EVALUATIONS and label in path else None

    def _funds(self, fact: Fact, label: str, tags: Tags) -> Meaning | None:
        for pattern, concept in _fund_rows():
            if pattern.search(name_key(label)):
                if fact.measure == "completion" and concept == "perf.funds.total":
                    concept = "perf.funds.execution_rate"
                return Meaning(concept, None, "table")
        return self.names.meaning(label, what_of(fact), fact.unit, tags)

    def _sided(self, fact: Fact, kind: str, path: tuple[str, ...], tags: Tags) -> Tags:
        """The tags, with the side of the table that a figure stands on."""
        side = next((said for word in path for key, said in _SIDES.items() if word.startswith(key)), None)
        if kind in _SUMMARIES and fact.label is not None and fact.row is not None and fact.table is not None:
            first = self._first.setdefault((fact.table, fact.row), fact.label.start)
            if side is None:
                side = "side=income" if first == fact.label.start else "side=expense"
        return (tags - {*_SIDES.values()}) | {side} if side else tags

    def _column(self, path: tuple[str, ...], tags: Tags) -> str | None:
        """The item that a column is for, the lowest header cell first."""
        for word in reversed(path):
            if _NO_ITEM.fullmatch(name_key(word)):
                continue
            found = self.names.meaning(word, "amount", "", tags)
            if found is not None and found.concept and found.concept.startswith(_ITEMS):
                return found.concept
        return None

    def _total(self, fact: Fact, kind: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        if fact.kind not in ("amount", "ratio"):
            concept = self._counted_column(fact, path, tags)
            return Meaning(concept, None, "column") if concept else None
        column = self._column(path, tags)
        around = self._around(fact)
        if around is None and kind in _SUMMARIES:
            side = "expenditure" if "side=expense" in tags else "revenue"
            return Meaning(f"{side}.grand_total", None, "table")
        if around == "three_public.total" and not (column or "").startswith("three_public."):
            return Meaning(around, None, "table")
        if column is not None and column != around:
            return Meaning(column, None, "column")
        usual = _totals()[kind] if kind == "income" else around or _totals().get(kind)
        if usual is None or (not path and usual != "three_public.total" and not self._leads(fact)):
            return None
        return Meaning(usual, None, "table")

    def _leads(self, fact: Fact) -> bool:
        """Whether a figure without a header is the first one of its row."""
        return self._row(fact, 0)[0].start >= fact.start

    def _around(self, fact: Fact) -> str | None:
        """What the rows next to a sum are: the sum's concept by the nearest of them; None where they do not say."""
        if fact.row is None or fact.label is None:
            return None
        for side in (1, -1):  # below a sum that comes first, above one that comes last
            if self._row(fact, side) or self._row(fact, 2 * side):
                rows = [other for distance in range(1, _NEAR + 1) for other in self._row(fact, side * distance)]
                found = _sum_of(self._said(rows))
                if found is not None:
                    return found
        return None

    def _row(self, fact: Fact, distance: int) -> list[Fact]:
        """The figures of the row so many rows below a figure's own."""
        return self._by_row.get((fact.table, (fact.row or 0) + distance), [])

    def _said(self, facts: list[Fact]) -> str:
        """A letter for each row: t 三公, f a functional code, c a 类 without code, e an economic code, x other."""
        letters = {}
        for fact in facts:
            if fact.label is None:
                continue
            name = name_key(self.text[fact.label.start : fact.label.end])
            code = as_code(fact.code)
            letters[fact.row] = self._letter(name, code)
        return "".join(letter for _, letter in sorted(letters.items(), key=lambda item: item[0] or 0))

    def _letter(self, name: str, code: str | None) -> str:
        if _THREE.match(name):
            return "t"
        if code is not None:
            return {"1": "x", "2": "f"}.get(code[0], "e")
        return "c" if self.names.is_class(name) else "x"

    def _counted_column(self, fact: Fact, path: tuple[str, ...], tags: Tags) -> str | None:
        for word in reversed(path):
            found = self.names.meaning(word, fact.kind, fact.unit, tags)
            if found is not None and found.concept:
                return found.concept
        return None

    def _coded(self, fact: Fact, label: str, kind: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        """A row of a classification: by its printed code, else by its name."""
        assert fact.table is not None
        if kind in _CODELESS or (fact.kind != "amount" and what_of(fact) != PART):
            return None
        code = as_code(fact.code) or self._code_of_row(fact, label, tags)
        if code is None:
            return None
        if code[0] == "1":  # of revenue: the taxonomy has its names alone
            found = self._named(fact, label, path, tags)
            return Meaning(found.concept if found else None, code, "printed code")
        self._codes.seen(fact.table, code)
        column = self._column(path, tags)
        if column is not None and column.startswith("revenue.") and code[0] == "2" and _of_income(kind, path):
            return Meaning(column if len(code) == 3 else None, code, "column and code")
        return Meaning(self.names.concept_of(code), code, "code")

    def _code_of_row(self, fact: Fact, label: str, tags: Tags) -> str | None:
        """The code of a row that prints none; all its figures have the same."""
        assert fact.table is not None
        row = (fact.table, fact.row or 0, label)
        if row not in self._row_codes:
            self._row_codes[row] = self._by_name(fact.table, label, tags)
        return self._row_codes[row]

    def _by_name(self, table: int, label: str, tags: Tags) -> str | None:
        if "econ" in tags:
            return self._codes.of(table, label, "department") or self._codes.of(table, label, "government")
        if "func" in tags and "gov" not in tags:
            return self._codes.of(table, label, "functional")
        return None

    def _named(self, fact: Fact, label: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        what = what_of(fact)
        if fact.kind == "staffing":
            return self._people(fact, label, path, tags)
        found = self.names.meaning(label, what, fact.unit, tags) or self.names.likeness(
            "", label, what, fact.unit, tags
        )
        if found is None and what == "ratio":
            found = self.names.parted(label, tags)
        if found is None and fact.kind in ("asset", "institution"):
            concept = self._counted_column(fact, path, tags)
            return Meaning(concept, None, "column") if concept else None
        return found

    def _people(self, fact: Fact, label: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        """People by post and column: 行政人员 below 编制数 are posts, below 年末实有 people."""
        column = self._counted_column(fact, path, tags)
        if column in _POSTS:
            for pattern, suffix in _people_rows():
                if pattern.search(name_key(label)):
                    return Meaning(f"{_POSTS[column]}.{suffix}", None, "row and column")
        found = self.names.meaning(label, fact.kind, fact.unit, tags)
        if found is None and column is not None:
            return Meaning(column, None, "column")
        return found


def _of_income(kind: str, path: tuple[str, ...]) -> bool:
    return kind == "income" or any("收入" in word for word in path)


def _tags_of(letters: str, kind: str, tags: Tags) -> Iterator[str]:
    if letters.count("t") >= 2:
        yield "three_public"
    if kind in ("other", *_SUMMARIES) and "econ" not in tags:
        functional, economic = letters.count("f") + letters.count("c"), letters.count("e")
        if economic > functional:
            yield "econ"
        elif functional or ("function" in tags and "economic" not in tags):
            yield "func"


def _sum_of(letters: str) -> str | None:
    """What a sum over rows is of: 三公 lines, functional codes, economic codes.

    >>> _sum_of("ttt"), _sum_of("fxff"), _sum_of("xx")
    ('three_public.total', 'expenditure.total', None)
    """
    counts = [(letters.count(letter), concept) for letter, concept in _SUMS.items()]
    most, concept = max(counts)
    return concept if most >= 2 and most * 2 > len(letters) else None


@cache
def _people_rows() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), suffix) for pattern, suffix in read_toml("concepts/tables.toml")["people"].items()]


@cache
def _fund_rows() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), concept) for pattern, concept in read_toml("concepts/tables.toml")["funds"].items()]


def _totals() -> dict[str, str]:
    totals: dict[str, str] = read_toml("concepts/tables.toml")["totals"]
    return totals
