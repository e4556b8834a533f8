"""The cue words of ``data/cues.toml``, compiled once into alternations, longest word first."""

from __future__ import annotations

import re
from functools import lru_cache

from govfin_extract.text.datafiles import read_toml


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return read_toml("cues.toml")


def cue_words(name: str) -> tuple[str, ...]:
    """The words of one list, named ``table.list``.

    >>> "包括" in cue_words("lead.words")
    True
    """
    table, _, key = name.partition(".")
    return tuple(dict.fromkeys(_tables()[table][key]))


def any_of(*names: str) -> str:
    """A non-capturing alternation of the words of the named lists, longest first."""
    words = {word for name in names for word in cue_words(name)}
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


@lru_cache(maxsize=256)
def cue(pattern: str) -> re.Pattern[str]:
    """A compiled pattern in which ``{table.list}`` stands for any word of that list.

    >>> bool(cue("{change.up}$").search("比上年增加"))
    True
    """
    return re.compile(re.sub(r"\{([a-z_]+\.[a-z_]+)\}", lambda match: any_of(match.group(1)), pattern))


def last_match(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match of a pattern in ``text[start:end]``.

    >>> match = last_match(cue("[一-三]"), "一二三四", 0, 4)
    >>> match and match[0]
    '三'
    """
    found = None
    for found in pattern.finditer(text, start, end):  # noqa: B007
        pass
    return found


class Affixes:
    """A set of words that is asked which of them a stretch of text begins or ends with.

    >>> nouns = Affixes("completion.nouns")
    >>> nouns.suffix("预算执行率", 0, 5)
    5
    """

    def __init__(self, *names: str) -> None:
        self.words = frozenset(word for name in names for word in cue_words(name))
        self._lengths = sorted({len(word) for word in self.words}, reverse=True)

    def suffix(self, text: str, start: int, end: int) -> int:
        """The length of the longest word that ends ``text[start:end]``, 0 where none does."""
        for length in self._lengths:
            if length <= end - start and text[end - length : end] in self.words:
                return length
        return 0

    def prefix(self, text: str, start: int, end: int) -> int:
        """The length of the longest word that begins ``text[start:end]``, 0 where none does."""
        for length in self._lengths:
            if length <= end - start and text[start : start + length] in self.words:
                return length
        return 0


@lru_cache(maxsize=64)
def affixes(*names: str) -> Affixes:
    """The shared ``Affixes`` of the named lists."""
    return Affixes(*names)
