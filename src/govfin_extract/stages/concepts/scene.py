"""What stands around a figure and says of which subject it is: tags of ``data/concepts/scenes.toml``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from govfin_extract.records import Fact, Metadata, Table
from govfin_extract.text.datafiles import read_toml
from govfin_extract.text.segment import Layout

Tags = frozenset[str]
NONE: Tags = frozenset()
_LONGEST = 6000  # characters of a line that are looked at
_ECONOMIC = frozenset(("basic_expenditure",))
_FUNCTIONAL = frozenset(
    ("expenditure", "general_budget_expenditure", "income", "government_fund", "government_expenditure")
)


class _Cues(NamedTuple):
    """One pattern for all cue words, what each word says, and the groups of which the last word counts."""

    pattern: re.Pattern[str]
    words: Mapping[str, tuple[str, ...]]
    group_of: Mapping[str, str]


@cache
def _cues() -> _Cues:
    data = read_toml("concepts/scenes.toml")
    words: dict[str, list[str]] = {}
    group_of = {}
    for tag, cues in data["topics"].items():
        for cue in cues:
            words.setdefault(cue, []).append(tag)
    for group, tags in data["groups"].items():
        for name, cues in tags.items():
            group_of[f"{group}={name}"] = group
            for cue in cues:
                words.setdefault(cue, []).append(f"{group}={name}")
    # a word within a longer one says what it says there, too
    for cue, said in words.items():
        for other in words:
            if other != cue and other in cue:
                said.extend(tag for tag in words[other] if tag not in said)
    longest_first = sorted(words, key=lambda cue: (-len(cue), cue))
    pattern = re.compile("|".join(re.escape(cue) for cue in longest_first))
    return _Cues(pattern, {cue: tuple(said) for cue, said in words.items()}, group_of)


@dataclass(frozen=True, slots=True)
class _Line:
    """The tags that hold behind each cue word of a line."""

    ends: list[int]
    tags: list[Tags]

    def at(self, offset: int) -> Tags:
        place = bisect_right(self.ends, offset) - 1
        return self.tags[place] if place >= 0 else NONE


def _read(text: str, start: int, end: int) -> _Line:
    cues = _cues()
    ends: list[int] = []
    tags: list[Tags] = []
    topics: set[str] = set()
    latest: dict[str, str] = {}
    for match in cues.pattern.finditer(text, start, end):
        for said in cues.words[match[0]]:
            group = cues.group_of.get(said)
            if group is None:
                topics.add(said)
            else:
                latest[group] = said
        ends.append(match.end())
        tags.append(frozenset((*topics, *latest.values())))
    return _Line(ends, tags)


@lru_cache(maxsize=4096)
def _of_heading(heading: str) -> Tags:
    line = _read(heading, 0, len(heading))
    return line.tags[-1] if line.tags else NONE


@lru_cache(maxsize=4096)
def _joined(inner: Tags, outer: Tags) -> Tags:
    """What holds inside, and what holds around it where the inside says nothing of that group."""
    if not inner or not outer:
        return inner or outer
    groups = _cues().group_of
    taken = {groups[tag] for tag in inner if tag in groups}
    return inner | {tag for tag in outer if groups.get(tag) not in taken}


@lru_cache(maxsize=4096)
def _of_path(path: tuple[str, ...]) -> Tags:
    """The tags of the headings above: the two innermost ones, the inner first."""
    tags = NONE
    for heading in path[:-3:-1]:
        tags = _joined(tags, _of_heading(heading))
    return tags


@cache
def _genres() -> Mapping[str, Tags]:
    found: dict[str, set[str]] = {}
    for tag, types in read_toml("concepts/scenes.toml")["genre"].items():
        for name in types:
            found.setdefault(name, set()).add(tag)
    return {name: frozenset(tags) for name, tags in found.items()}


class Scenes:
    """The tags of a document's figures; asked in the order of the text. Offsets are those of the view."""

    def __init__(self, layout: Layout, about: Metadata, tables: list[Table]) -> None:
        self._layout = layout
        self._base = _genres().get(about.doc_type or "", NONE)
        self._tables = tables
        self._starts = [block.start for block in layout.blocks]
        self._lines: dict[int, _Line] = {}
        self._of_table: dict[int, Tags] = {}

    def of(self, fact: Fact) -> Tags:
        """The tags of a figure."""
        if fact.table is not None:
            return self._table(fact.table)
        return self._base | self._prose(fact)

    def _prose(self, fact: Fact) -> Tags:
        number = max(bisect_right(self._starts, fact.start) - 1, 0)
        line = self._lines.get(number)
        if line is None:
            block = self._layout.blocks[number]
            start = max(block.start, fact.start - _LONGEST)
            line = self._lines[number] = _read(self._layout.text, start, block.end)
        return _joined(line.at(fact.end), _of_path(self._layout.path_at(fact.start)))

    def _table(self, number: int) -> Tags:
        tags = self._of_table.get(number)
        if tags is None:
            table = self._tables[number]
            heading = _of_heading(table.title or "")
            around = _of_path(self._layout.path_at(table.start)) if not heading else NONE
            tags = self._of_table[number] = frozenset((*self._base, *heading, *around, *_of_kind(table.kind)))
        return tags


def _of_kind(kind: str) -> Iterator[str]:
    yield "table"
    yield f"table:{kind}"
    if kind in _ECONOMIC:
        yield "econ"
    elif kind in _FUNCTIONAL:
        yield "func"
    if kind.startswith("government_") and kind != "government_fund":
        yield "gov"
    if kind == "three_public":
        yield "three_public"
