"""The classifications that figures are linked to: look codes and names up, by year; add rows of your own.

>>> from govfin_extract import taxonomy
>>> taxonomy.lookup("2013701").name
'行政运行'
>>> [(row.system, row.code) for row in taxonomy.find("公务接待费") if row.confirmed]
[('concept', 'three_public.reception'), ('department', '30217'), ('government', '50206')]

The rows are those of ``data/taxonomy/*.tsv``. Each has a mark: ``S`` seen in sample documents, ``P`` in a public
source, ``H`` in a code list of about 2009, ``K`` from knowledge alone. Rows marked ``H`` or ``K`` are unconfirmed: they
link, but say nothing of an error in a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from govfin_extract.errors import InputTypeError, ReadError, SchemaError, SettingError
from govfin_extract.records import _Record
from govfin_extract.text.datafiles import read_text
from govfin_extract.text.lexicon import fold_key

__all__ = ["SYSTEMS", "Row", "Taxonomy", "default", "find", "load", "lookup", "name_key"]

SYSTEMS = ("concept", "functional", "department", "government", "income")
_FILES = ("concepts", "functional", "economic", "income")
_UNCONFIRMED = frozenset("HK")
_BLANKS = re.compile(r'[\s"]+')
# what the header of each file must have; the first that fits says which file it is
_HEADERS = {
    "economic": {"system", "code", "name"},
    "functional": {"code", "name"},
    "concepts": {"id", "label_zh", "synonyms"},
    "income": {"id", "label_zh", "variants"},
}
_ECONOMIC = {"dept": "department", "gov": "government"}


@dataclass(frozen=True, slots=True)
class Row(_Record):
    """A row of a classification.

    Attributes:
        system: one of ``SYSTEMS``; code: its code, or a concept's id.
        name: the official name; variants: other wordings, abbreviations and names of earlier years.
        level: 类, 款 or 项; for a concept its kind (amount, staff, count, score, ratio, member).
        parent: the code above it, or the concept that it adds up to.
        links: the codes that it stands for in other classifications: ``econ:30217``, ``func:201``, ``dept:301``.
        budget: of a functional code: general, gov_fund, state_capital, social_insurance.
        from_year, to_year: in force from and to, as far as known.
        mark: how well the row is confirmed: ``S``, ``P``, ``SP``, ``H`` or ``K``.
    """

    system: str
    code: str
    name: str
    variants: tuple[str, ...] = ()
    level: str = ""
    parent: str | None = None
    links: tuple[str, ...] = ()
    budget: str | None = None
    from_year: int | None = None
    to_year: int | None = None
    mark: str = ""
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a document may be measured by it: not where it comes from knowledge or an old list alone.

        >>> lookup("30217").confirmed, lookup("50301").confirmed
        (True, False)
        """
        return self.mark not in _UNCONFIRMED

    def in_force(self, year: int | str) -> bool:
        """Whether it holds for a fiscal year; where nothing is known it does.

        >>> lookup("39906").in_force(2019), lookup("39906").in_force("2023")
        (True, False)
        """
        year = int(year)
        return (self.from_year is None or self.from_year <= year) and (self.to_year is None or year <= self.to_year)

    def __repr__(self) -> str:
        years = f" {self.from_year or ''}–{self.to_year or ''}" if self.from_year or self.to_year else ""
        return f"<Row {self.system} {self.code} {self.name!r}{years} {self.mark}>"


@lru_cache(maxsize=32768)
def name_key(name: str) -> str:
    """The form in which names are compared: without blanks and quotes, brackets and characters folded.

    >>> name_key('“三公” 經費(境)') == name_key("三公经费（境）")
    True
    """
    return _BLANKS.sub("", fold_key(name)).replace("(", "（").replace(")", "）")


class Taxonomy:
    """Rows to look up; it never changes, so it can be shared and pickled.

    >>> default()
    <Taxonomy 2325 rows>
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: tuple[Row, ...] = tuple(rows)
        self._codes: dict[str, list[Row]] = {}
        self._names: dict[str, list[Row]] = {}
        for row in self.rows:
            self._codes.setdefault(row.code, []).append(row)
        for row in self.rows:
            self._names.setdefault(name_key(row.name), []).append(row)
        for row in self.rows:
            for name in row.variants:
                known = self._names.setdefault(name_key(name), [])
                if row not in known:
                    known.append(row)

    def lookup(self, code: str, *, year: int | str | None = None, system: str | None = None) -> Row | None:
        """The row of a code (``201-37-01`` and ``2013701`` are the same) or of a concept's id, or None.

        Args:
            year: only where it is in force in that year.
            system: only in that classification, one of ``SYSTEMS``.

        >>> default().lookup("2010307", year=2017).name, default().lookup("2010307", year=2022)
        ('法制建设', None)
        """
        _require_text("lookup", code)
        key = re.sub(r"[\s-]", "", code) if code[:1].isdecimal() else code
        return next(iter(_chosen(self._codes.get(key, ()), year, system)), None)

    def find(self, name: str, *, year: int | str | None = None, system: str | None = None) -> tuple[Row, ...]:
        """The rows of that name, then those of which it is another wording.

        >>> [row.code for row in default().find("行政事业单位离退休")]
        ['20805']
        """
        _require_text("find", name)
        return tuple(_chosen(self._names.get(name_key(name), ()), year, system))

    def children(self, code: str) -> tuple[Row, ...]:
        """The rows directly below a code or concept.

        >>> [row.code for row in default().children("20137")][:2]
        ['2013701', '2013702']
        """
        return tuple(row for row in self.rows if row.parent == code)

    def with_rows(self, rows: Iterable[Row]) -> Taxonomy:
        """This taxonomy and further rows; one with the same system and code takes the older one's place."""
        merged = {(row.system, row.code): row for row in self.rows}
        merged.update({(row.system, row.code): row for row in rows})
        return Taxonomy(merged.values())

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __reduce__(self) -> tuple[type[Taxonomy], tuple[tuple[Row, ...]]]:
        return Taxonomy, (self.rows,)

    def __repr__(self) -> str:
        return f"<Taxonomy {len(self.rows)} rows>"


@cache
def default() -> Taxonomy:
    """The taxonomy that the library ships."""
    return Taxonomy(row for name in _FILES for row in _rows(read_text(f"taxonomy/{name}.tsv"), f"{name}.tsv"))


def lookup(code: str, *, year: int | str | None = None, system: str | None = None) -> Row | None:
    """:meth:`Taxonomy.lookup` in the shipped taxonomy.

    >>> lookup("30217")
    <Row department 30217 '公务接待费' 2018– SP>
    """
    return default().lookup(code, year=year, system=system)


def find(name: str, *, year: int | str | None = None, system: str | None = None) -> tuple[Row, ...]:
    """:meth:`Taxonomy.find` in the shipped taxonomy.

    >>> [row.code for row in find("其他支出") if row.level in ("类", "amount")]
    ['expenditure.other', '229', '399', '599', 'expenditure.other_economic']
    """
    return default().find(name, year=year, system=system)


def load(path: str | Path, *, base: Taxonomy | None = None, replace: bool = False) -> Taxonomy:
    """A taxonomy with the rows of a TSV file, for ``Extractor(taxonomy=…)``.

    The file has the columns of one of ours (``concepts``, ``functional``, ``economic`` or ``income``; the header says
    which); columns that it leaves out are empty.

    Args:
        base: what the rows are added to; None for the shipped taxonomy.
        replace: all rows of the file's classifications give way, not only those with the same code.

    Raises:
        ReadError: the file cannot be read.
        SchemaError: its header or a line is of no such file; the message names it.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot read {path}: {error}") from None
    rows = list(_rows(text, str(path)))
    base = default() if base is None else base
    if replace:
        systems = {row.system for row in rows}
        base = Taxonomy(row for row in base if row.system not in systems)
    return base.with_rows(rows)


def _chosen(rows: Iterable[Row], year: int | str | None, system: str | None) -> Iterator[Row]:
    if system is not None and system not in SYSTEMS:
        raise SettingError(f"no system {system!r}; known: {', '.join(SYSTEMS)}")
    if year is not None and not str(year).isdecimal():
        raise SettingError(f"year is a fiscal year such as 2023, not {year!r}")
    for row in rows:
        if (system is None or row.system == system) and (year is None or row.in_force(year)):
            yield row


def _require_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise InputTypeError(f"{name}() looks up a str, not {type(value).__name__}")


def _rows(text: str, name: str) -> Iterator[Row]:
    head, *lines = text.splitlines() or [""]
    keys = head.split("\t")
    kind = next((kind for kind, needed in _HEADERS.items() if needed <= set(keys)), None)
    if kind is None:
        raise SchemaError(f"{name}: the header {head[:80]!r} is of none of {', '.join(_FILES)}.tsv (TAB-separated)")
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > len(keys):
            raise SchemaError(f"{name}: line {number} has {len(cells)} cells, the header {len(keys)}")
        fields = dict.fromkeys(_ALL_COLUMNS, "") | dict(zip(keys, cells, strict=False))
        row = (
            _concept(fields, kind) if kind in ("concepts", "income") else _code(fields, kind, f"{name}: line {number}")
        )
        if not row.code or not row.name:
            raise SchemaError(f"{name}: line {number} has no code or no name")
        yield row


_ALL_COLUMNS = (
    *("id", "label_zh", "synonyms", "variants", "kind", "parent", "code", "mark", "note", "system", "level", "name"),
    *("from_year", "to_year", "budget", "other_system", "position"),
)


def _concept(fields: Mapping[str, str], kind: str) -> Row:
    concept = kind == "concepts"
    return Row(
        "concept" if concept else "income",
        fields["id"],
        fields["label_zh"],
        _parts(fields["synonyms" if concept else "variants"]),
        fields["kind" if concept else "position"],
        fields["parent"] or None,
        _parts(fields["code"]),
        mark=fields["mark"],
        note=fields["note"],
    )


def _code(fields: Mapping[str, str], kind: str, where: str) -> Row:
    system = "functional"
    if kind == "economic":
        system = _ECONOMIC.get(fields["system"], "")
        if not system:
            raise SchemaError(f"{where}: system is {fields['system']!r}, expected dept or gov")
    other = "gov" if system == "department" else "dept"
    return Row(
        system,
        fields["code"],
        fields["name"],
        _parts(fields["variants"]),
        fields["level"],
        fields["parent"] or None,
        tuple(f"{other}:{code}" for code in _parts(fields["other_system"])),
        fields["budget"] or None,
        _year(fields["from_year"]),
        _year(fields["to_year"]),
        fields["mark"],
        fields["note"],
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _year(text: Any) -> int | None:
    """A year of the table, with or without the sign of doubt: ``2018?``."""
    match = re.match(r"\d{4}", text)
    return int(match[0]) if match else None
