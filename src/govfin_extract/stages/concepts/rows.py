"""Figures of tables: what the table, its column and the row together say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from govfin_extract.records import Fact, Table
from govfin_extract.stages.concepts.codes import Index, RowCodes, as_code
from govfin_extract.stages.concepts.names import PART, Meaning, Names, what_of
from govfin_extract.stages.concepts.scene import Tags
from govfin_extract.taxonomy import name_key
from govfin_extract.text.datafiles import read_toml

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|合计数|总合计|收支总计|收、支总计)(?:（[^）]*）)?[：:]?$")
_SCORE_TOTAL = re.compile(r"总分|总得分|合计|总计|最终得分|综合得分|自评得分")
_FUNDS = re.compile(r"资金总额|财政拨款|上年结转|其他资金|财政资金|中央补助|自筹|年度资金|支出总额|^(?:基本|项目)支出|总投资|资金来源")
_TARGET = re.compile(r"指标值|目标值|预期目标|年度目标|计划值|预期值|绩效目标|预期指标")
_ACTUAL = re.compile(r"完成值|完成情况|实际完成|实现值|完成数|实际值|执行情况|达成")
_EVALUATIONS = ("self_evaluation", "self_evaluation_overall", "performance_target")
_SUMMARIES = ("income_expenditure_summary", "appropriation_summary")
_CODELESS = frozenset(("three_public", "staffing", "assets", "procurement", "debt", *_EVALUATIONS))
_SIDES = {"收入": "side=income", "支出": "side=expense"}
_ITEMS = ("revenue.", "expenditure.", "three_public.", "balance.", "gov.", "procurement.", "staff.", "operating_funds.")


@dataclass(slots=True)
class TableRows:
    """Links the figures of a document's tables; asked in the order of the text."""

    names: Names
    index: Index
    tables: list[Table]
    text: str
    _codes: RowCodes = field(init=False)
    _first: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._codes = RowCodes(self.index)

    def meaning(self, fact: Fact, label: str, tags: Tags) -> Meaning | None:
        """Concept and code of a figure of a table."""
        assert fact.table is not None
        kind = self.tables[fact.table].kind
        path = fact.column_path or ()
        if fact.kind in ("score", "grade"):
            return self._judged(fact, label, tags)
        indicator = self._indicator(fact, label, kind, path, tags)
        if indicator is not None:
            return indicator
        tags = self._sided(fact, kind, path, tags)
        if _TOTAL.match(name_key(label)):
            return self._total(fact, kind, path, tags)
        coded = self._coded(fact, label, kind, path, tags)
        if coded is not None:
            return coded
        return self._named(fact, label, path, tags)

    def _judged(self, fact: Fact, label: str, tags: Tags) -> Meaning | None:
        if fact.kind == "grade":
            return self.names.meaning(label, "grade", "", tags)
        if _SCORE_TOTAL.search(name_key(label)) and not _FUNDS.search(label):
            return Meaning("perf.score.total", None, "table")
        found = self.names.meaning(label, "score", fact.unit, tags)
        if found is not None and (found.concept or "").startswith("perf.section."):
            return found
        return Meaning("perf.indicator.score", None, "table")

    def _indicator(self, fact: Fact, label: str, kind: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        """What an indicator shall be or is; the rows of money of such a table are linked by name."""
        words = "".join(path)
        aimed, reached = _TARGET.search(words), _ACTUAL.search(words)
        if kind not in _EVALUATIONS and not aimed and not (reached and fact.basis == "target"):
            return None
        if _FUNDS.search(name_key(label)) and fact.kind in ("amount", "ratio"):
            return self._funds(fact, label, tags)
        if aimed or fact.basis == "target":
            return Meaning("perf.indicator.target", None, "table")
        if reached and kind in _EVALUATIONS:
            return Meaning("perf.indicator.actual", None, "table")
        return None

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
            found = self.names.meaning(word, "amount", "", tags)
            if found is not None and found.concept and found.concept.startswith(_ITEMS):
                return found.concept
        return None

    def _total(self, fact: Fact, kind: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        column = self._counted_column(fact, path, tags) if fact.kind == "staffing" else self._column(path, tags)
        usual = _totals().get(kind)
        if usual is None and kind in _SUMMARIES:
            usual = "expenditure.grand_total" if "side=expense" in tags else "revenue.grand_total"
            return Meaning(usual, None, "table") if fact.kind == "amount" or what_of(fact) == PART else None
        if column is not None:
            return Meaning(column, None, "column")
        if usual is None or (fact.kind != "amount" and what_of(fact) != PART):
            return None
        return Meaning(usual, None, "table")

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
        code = as_code(fact.code)
        if code is None:
            code = self._by_name(fact.table, label, tags)
            if code is None:
                return None
        self._codes.seen(fact.table, code)
        column = self._column(path, tags)
        if column is not None and column.startswith("revenue.") and code[0] == "2":
            return Meaning(column if len(code) == 3 else None, code, "column and code")
        return Meaning(self.names.concept_of(code), code, "code")

    def _by_name(self, table: int, label: str, tags: Tags) -> str | None:
        if "econ" in tags:
            return self._codes.of(table, label, "department") or self._codes.of(table, label, "government")
        if "func" in tags and "gov" not in tags:
            return self._codes.of(table, label, "functional")
        return None

    def _named(self, fact: Fact, label: str, path: tuple[str, ...], tags: Tags) -> Meaning | None:
        what = what_of(fact)
        found = self.names.meaning(label, what, fact.unit, tags)
        if found is None and fact.kind in ("staffing", "asset", "institution"):
            concept = self._counted_column(fact, path, tags)
            return Meaning(concept, None, "column") if concept else None
        return found


def _fund_rows() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), concept) for pattern, concept in read_toml("concepts/tables.toml")["funds"].items()]


def _totals() -> dict[str, str]:
    return read_toml("concepts/tables.toml")["totals"]
