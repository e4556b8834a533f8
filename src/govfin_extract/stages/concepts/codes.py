"""Classification codes: printed beside a name, remembered from the document's tables, or told by name and context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from govfin_extract.records import Fact
from govfin_extract.stages.concepts.scene import Tags
from govfin_extract.stages.concepts.wording import variants
from govfin_extract.taxonomy import Row, Taxonomy, default, name_key
from govfin_extract.text.cues import last_match
from govfin_extract.text.datafiles import read_toml

_CODE = re.compile(r"[1235]\d{2}(?:\d{2}){0,2}")
_BEFORE = re.compile(r"(?<![\d.,，])(\d{3}(?:\d{2}){0,2})\s?[“\"]?$")
_BEHIND = re.compile(r"\s?[”\"]?\s?[（(]\s?(?:科目)?(?:编码|代码)?[：:]?\s?(\d{3}(?:\d{2}){0,2})\s?[类款项]?\s?[）)]")
_LEVEL = re.compile(r"\s?[”\"]?\s?[（(]\s?(?:\d{2,7})?\s?([类款项])\s?级?(?:科目)?\s?[）)]")
_LEVEL_WITHIN = re.compile(r"[（(]\s?(?:\d{2,7})?\s?([类款项])\s?[）)]")
_REST = re.compile(r"(?:支出|科目|一项|合计|[ ”\"])*")  # behind the last mark of a chain
_CLOSE = 150  # characters between a 款 and the names of its 项 in a running text
_LOOK_BACK = 700  # characters before a label in which the name of the 款 above it may stand
_TRANSFERS = "230"  # between governments; their names (年终结余) are lines of every account
_GOVERNMENT = frozenset(("gov", "audit"))
_LONG_NAME = 6
_SHORT_NAME = 3


def as_code(text: str | None) -> str | None:
    """A printed code that is one of the classifications: 3, 5 or 7 digits of revenue or expenditure.

    >>> as_code("2013701"), as_code("10301"), as_code("405"), as_code(None)
    ('2013701', '10301', None, None)
    """
    return text if text is not None and _CODE.fullmatch(text) else None


class Index:
    """The codes of a taxonomy by name."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.rows: Mapping[str, Row] = {
            row.code: row for row in taxonomy if row.system in ("functional", "department", "government")
        }
        self._named: dict[str, list[Row]] = {}
        self._above: dict[tuple[str, ...], tuple[re.Pattern[str] | None, dict[str, set[str]]]] = {}
        for row in self.rows.values():
            for name in dict.fromkeys(map(name_key, (row.name, *row.variants))):
                self._named.setdefault(name, []).append(row)
        for entry in read_toml("concepts/codes.toml")["code"]:
            meant = self.rows.get(entry["code"])
            for name in map(name_key, entry["names"]):
                known = self._named.setdefault(name, [])
                if meant is not None and meant not in known:
                    known.append(meant)

    def named(self, label: str, *systems: str) -> Sequence[Row]:
        """The rows of a label's fullest form that names any; those with that official name before other wordings."""
        for form in variants(label):
            rows = [row for row in self._named.get(form, ()) if row.system in systems]
            if rows:
                return rows
        return ()

    def below(self, rows: Sequence[Row], before: str) -> set[str]:
        """The codes among the rows whose 款 a text names last."""
        key = tuple(row.code for row in rows)
        if key not in self._above:
            self._above[key] = self._signs(rows)
        pattern, codes = self._above[key]
        sign = last_match(pattern, before, 0, len(before)) if pattern else None
        return codes[sign[0]] if sign else set()

    def _signs(self, rows: Sequence[Row]) -> tuple[re.Pattern[str] | None, dict[str, set[str]]]:
        codes: dict[str, set[str]] = {}
        for row in rows:
            parent = self.rows.get(row.parent or "")
            if parent is not None and parent.level != "类":
                for sign in _signs(parent):
                    codes.setdefault(sign, set()).add(row.code)
        longest_first = sorted(codes, key=lambda sign: (-len(sign), sign))
        return (re.compile("|".join(map(re.escape, longest_first))) if codes else None), codes

    def exactly(self, label: str) -> Sequence[Row]:
        """The rows that are called so, in any of their wordings."""
        return self._named.get(name_key(label), ())


@lru_cache(maxsize=4)
def index_of(taxonomy: Taxonomy | None) -> Index:
    """The codes of a taxonomy, None for the shipped one."""
    return Index(default() if taxonomy is None else taxonomy)


def printed_code(text: str, start: int, end: int) -> str | None:
    """The code that prose prints before or behind the label at ``start:end``.

    >>> printed_code("特殊学校教育（2050701）130元", 0, 6), printed_code("2081601行政运行612元", 7, 11)
    ('2050701', '2081601')
    """
    match = _BEHIND.match(text, end) or _BEFORE.search(text, max(0, start - 9), start)
    return as_code(match[1]) if match else None


def printed_level(text: str, start: int, end: int) -> str | None:
    """The level that prose writes behind a label or in it: 行政运行（项）."""
    match = _LEVEL.match(text, end) or _LEVEL_WITHIN.search(text, start, end)
    return match[1] if match else None


def last_of_chain(label: str, start: int, end: int) -> tuple[str, int, int]:
    """The last link of a chain of 类, 款 and 项, and where it stands.

    >>> last_of_chain("住房保障支出（类）住房改革支出（款）购房补贴（项）", 0, 25)
    ('购房补贴', 18, 22)
    """
    marks = list(_LEVEL_WITHIN.finditer(label))
    if not marks:
        return label, start, end
    stop = marks[-1].start() if _REST.fullmatch(label, marks[-1].end()) else len(label)
    first = max((mark.end() for mark in marks if mark.end() <= stop), default=0)
    return label[first:stop], start + first, start + stop if stop < len(label) else end


class Codes:
    """The codes of one document: what its tables print, and what its prose says by name. Offsets are the view's."""

    def __init__(self, index: Index, text: str, facts: Iterable[Fact], body: str | None) -> None:
        self._index = index
        self._text = text
        self._body = _own_group(body) if body else None
        self._printed: dict[str, set[str]] = {}
        for fact in facts:
            code = as_code(fact.code)
            if code is not None and fact.label is not None:
                self._printed.setdefault(name_key(text[fact.label.start : fact.label.end]), set()).add(code)

    def remembered(self, label: str) -> set[str]:
        """The codes that the document's tables print beside a name."""
        for form in variants(label):
            if form in self._printed:
                return self._printed[form]
        return set()

    def functional(self, label: str, start: int, end: int, tags: Tags) -> str | None:
        """The functional code of 款 or 项 that a label in prose names, None where it is not sure."""
        if "（" in label or "(" in label:
            label, start, end = last_of_chain(label, start, end)
        rows = self._index.named(label, "functional")
        if not rows:
            return None
        level = printed_level(self._text, start, end)
        if level is None and tags & _GOVERNMENT:
            return None  # a government's report speaks of policies in the words of the classification
        if level not in ("款", "项") and any(row.level == "类" for row in rows):
            return next(row.code for row in rows if row.level == "类") if level == "类" else None
        known = self.remembered(label) & {row.code for row in rows}
        if level is None and len(known) == 1:
            return next(iter(known))
        presented = bool(level) or bool(known) or bool(tags & {"function", "func"})
        if level in ("款", "项"):
            rows = [row for row in rows if row.level == level]
        code = self._one(rows, start, _LOOK_BACK if presented or self._tells(label, rows) else _CLOSE)
        if code is not None and level is not None:
            self._printed.setdefault(name_key(label), set()).add(code)
        return code

    def economic(self, label: str) -> str | None:
        """The economic code of a 款 that is called so and no otherwise: 取暖费."""
        rows = [row for row in self._index.exactly(label) if row.system == "department" and row.level == "款"]
        return rows[0].code if len(rows) == 1 else None

    def _tells(self, label: str, rows: Sequence[Row]) -> bool:
        """Whether a name is one of a single code and long enough to be no other thing's."""
        key = name_key(label)
        return len(rows) == 1 and len(key) >= _LONG_NAME and key == name_key(rows[0].name)

    def _one(self, rows: Sequence[Row], start: int, back: int) -> str | None:
        """The only row of a presented name, or the one whose 款 stands nearest before the label, or the body's own."""
        if not rows:
            return None
        if len(rows) == 1 and back == _LOOK_BACK:
            return rows[0].code
        codes = self._index.below(rows, self._text[max(0, start - back) : start])
        if not codes:
            codes = {row.code for row in rows if row.parent == self._body} if back == _LOOK_BACK else set()
        return next(iter(codes)) if len(codes) == 1 else None


@lru_cache(maxsize=1024)
def _own_group(body: str) -> str | None:
    """The 款 in which a body's own running costs stand, by its name.

    >>> _own_group("临江县人民检察院"), _own_group("某某协会")
    ('20404', None)
    """
    groups = read_toml("concepts/codes.toml")["bodies"]
    return next((code for code, words in groups.items() if any(word in body for word in words)), None)


@lru_cache(maxsize=2048)
def _signs(row: Row) -> tuple[str, ...]:
    """How a text may name a 款; the short names (公安, 检察) are words of their own without a mark."""
    names = (row.name, *row.variants)
    names += tuple(name.removesuffix("支出") for name in names if name.endswith("支出") and len(name) > _LONG_NAME)
    marked = ("{}（款）", "{}款", "（款）{}", "“{}”")
    return tuple(
        sign for name in names for sign in ((name,) if len(name) > _SHORT_NAME else (m.format(name) for m in marked))
    )


class RowCodes:
    """The codes of the rows of tables that print none: by name, and by the 款 or 类 of the rows above."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._above: dict[int, dict[str, list[str]]] = {}  # by table, then by the first digit

    def seen(self, table: int, code: str) -> None:
        """Note the code of a row, so that the rows below it know where they belong."""
        above = [code[:width] for width in (3, 5, 7) if width <= len(code)]
        self._above.setdefault(table, {})[code[0]] = above

    def of(self, table: int, label: str, *systems: str) -> str | None:
        """The code of a row by its name; None where several fit."""
        rows: Sequence[Row] = [row for row in self._index.named(label, *systems) if not row.code.startswith(_TRANSFERS)]
        if len(rows) > 1:
            rows = self._below(rows, table)
        return rows[0].code if len(rows) == 1 else None

    def _below(self, rows: Sequence[Row], table: int) -> Sequence[Row]:
        """The rows that belong right below those seen last, the deepest; else those of the top level."""
        above = [code for codes in self._above.get(table, {}).values() for code in codes]
        deepest = max((len(row.parent or "") for row in rows if row.parent in above), default=0)
        if deepest:
            return [row for row in rows if row.parent in above and len(row.parent or "") == deepest]
        return [row for row in rows if row.level == "类"]
