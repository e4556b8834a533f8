"""The word lists of the quantify stage, loaded once from ``data/*.tsv`` and indexed by first or last character.

- ``units.tsv``, units and measure words: ``kind`` is what a number with it is, ``class`` what sort of thing it counts,
  ``factor`` the value of one in the kind's base unit, ``not_before`` what must not follow, since it makes another word
  (台账, 支出); with ``~`` only behind a Chinese numeral, which may be an ordinal (二期工程).
- ``modifiers.tsv``: ``side`` is before the number, after the unit, or inner (between number, multiplier and unit);
  ``clash`` must not stand on the word's outer side, since together they are another word (节约, 附近, 以上述).
- ``idioms.tsv``: fixed phrases, policies, names and places with a numeral inside; no quantity begins there.

Flags of ``units.tsv``:

| flag | meaning |
| --- | --- |
| ``a`` | with 一 it is an indefinite article (一个, 一项) unless the context counts |
| ``b`` | a boundary must follow: the character also begins common words (本) |
| ``d`` | 日: a date unless 内 or 以内 follows |
| ``i`` | whole numbers only: 2.2本 is an item number |
| ``l`` | needs a word before it that counts (共, 设, 建成): else it is an ordinal (3版, 二层) |
| ``m`` | money only before 毛 or 角 or behind 万: else it counts pieces (块) |
| ``o`` | a single Chinese numeral before it is an ordinal (二期, 三处) unless the context counts |
| ``x`` | no unit: a longer word that starts like one (项目, 台账) |
| ``y`` | 年: years are dates |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeVar

from govfin_extract.text.datafiles import read_tsv

__all__ = ["Idiom", "Lexicon", "Modifier", "Unit", "lexicon", "unit_class"]


class Unit(NamedTuple):
    """A row of ``units.tsv``."""

    text: str
    kind: str
    sort: str
    factor: Decimal
    flags: str
    not_before: tuple[str, ...]
    not_before_chinese: tuple[str, ...] = ()


class Modifier(NamedTuple):
    """A row of ``modifiers.tsv``; ``clash`` holds what must not stand on its outer side."""

    word: str
    modifier: str
    clash: tuple[str, ...]


class Idiom(NamedTuple):
    """A fixed phrase, found from one of its numerals (at ``offset``) and the character behind it."""

    offset: int
    phrase: str


class Lexicon(NamedTuple):
    """All lists, longest entries first under each key."""

    units: dict[str, tuple[Unit, ...]]
    before: dict[str, tuple[Modifier, ...]]
    after: dict[str, tuple[Modifier, ...]]
    money_before: dict[str, tuple[tuple[str, str], ...]]
    money_after: dict[str, tuple[tuple[str, str], ...]]
    idioms: dict[str, tuple[Idiom, ...]]
    currencies: dict[str, str]
    nouns: tuple[str, ...]
    sorts: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lists, read on first use."""
    modifiers = read_tsv("modifiers.tsv")
    money = [(row["word"], row["place"], row["code"]) for row in read_tsv("currencies.tsv")]
    names = (word for word, place, _ in money if place != "before")
    units = [*_units(), *(Unit(word, "amount", "money", Decimal(1), "", ()) for word in names)]
    return Lexicon(
        units=_keyed((unit.text[0], unit) for unit in units),
        before=_keyed((row["word"][-1], _modifier(row)) for row in modifiers if row["side"] == "before"),
        after=_keyed((row["word"][0], _modifier(row)) for row in modifiers if row["side"] == "after"),
        money_before=_keyed((word[-1], (word, code)) for word, place, code in money if place != "after"),
        money_after=_keyed((word[0], (word, code)) for word, place, code in money if place != "before"),
        idioms=_keyed(_idiom_keys()),
        currencies={word: code for word, _, code in money},
        nouns=tuple(row["noun"] for row in read_tsv("counted_nouns.tsv")),
        sorts={unit.text: unit.sort for unit in units if "x" not in unit.flags},
    )


def unit_class(unit: str) -> str | None:
    """What sort of thing a unit counts, by ``units.tsv``: person, person_visit, organisation, household, place, event,
    thing, vehicle, area, length, volume, weight, energy, time, age, money, percent, mark, ratio. None where unknown.

    >>> unit_class("名"), unit_class("台（套）"), unit_class("平方米"), unit_class("CNY"), unit_class("朵儿")
    ('person', 'vehicle', 'area', 'money', None)
    """
    words = lexicon()
    if unit == "pp":
        return "percent"
    return "money" if unit in words.currencies.values() else words.sorts.get(unit.replace("(", "（").replace(")", "）"))


_Entry = TypeVar("_Entry")


def _keyed(pairs: Iterable[tuple[str, _Entry]]) -> dict[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = {}
    for key, entry in pairs:
        found.setdefault(key, []).append(entry)
    return {key: tuple(sorted(entries, key=_length, reverse=True)) for key, entries in found.items()}


def _length(entry: object) -> int:
    """Length of an entry's text: its first string field."""
    if isinstance(entry, Idiom):
        return len(entry.phrase)
    return len(entry[0]) if isinstance(entry, tuple) else 0


def _units() -> Iterator[Unit]:
    for row in read_tsv("units.tsv"):
        words = _split(row["not_before"])
        always = tuple(word for word in words if word[0] != "~")
        behind_chinese = tuple(word.removeprefix("~") for word in words)
        factor = Decimal(row["factor"] or 1)
        yield Unit(row["unit"], row["kind"], row["class"], factor, row["flags"], always, behind_chinese)


def _modifier(row: dict[str, str]) -> Modifier:
    return Modifier(row["word"], row["modifier"], _split(row["clash"]))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)


def _idiom_keys() -> Iterator[tuple[str, Idiom]]:
    numerals = frozenset("一二三四五六七八九十百千万亿两零0123456789")
    for phrase in (row["phrase"] for row in read_tsv("idioms.tsv")):
        for offset, character in enumerate(phrase):
            # A numeral inside a run is never where a candidate begins.
            if character in numerals and (offset == 0 or phrase[offset - 1] not in numerals):
                yield phrase[offset : offset + 2], Idiom(offset, phrase)
