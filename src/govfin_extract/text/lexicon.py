"""The fiscal lexicon: the taxonomy's names with their ids, and the words of the trade; longest match over a text.

Terms are compared on a folded 1:1 form (``fold_key``): traditional characters, half-width brackets and odd quotes find
their term, and an offset in the folded text is an offset in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from govfin_extract.text.datafiles import read_tsv
from govfin_extract.text.normalise import fold_characters

# a name that is an enumeration, a unit or a year is none that a text prints
_NOT_PRINTED = re.compile(r"[|/%]|^\d+年?$|^(?:万|亿)?元$|^.$")
_KEY_QUOTES = str.maketrans("“”„‟‘’'", '"""""""', "")
MEMBER, WORD, CODE = "member", "word", "code"


class Entry(NamedTuple):
    """What a term means.

    ``ids`` are concepts (``expenditure.total``) and codes (``func:2010101``, ``econ:30201``, ``gov:50201``).
    ``kinds`` has the kinds of the ids: a concept's (amount, staff, count, score, ratio, member) or ``code``. A word of
    the trade that no taxonomy names has no ids and the one kind ``word``.
    """

    term: str
    ids: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """An occurrence of a lexicon term."""

    start: int
    end: int
    text: str
    ids: tuple[str, ...]
    kinds: tuple[str, ...]


def fold_key(text: str) -> str:
    """The form in which terms are compared; as long as ``text``.

    >>> fold_key("“三公”經費(境)") == fold_key('"三公"经费（境）')
    True
    """
    text = fold_characters(text)
    if any(quote in text for quote in "“”„‟‘’'"):
        text = text.translate(_KEY_QUOTES)
    return text.replace(",", "，") if "," in text else text


@cache
def lexicon() -> Mapping[str, Entry]:
    """Every term by its folded key; look a text up with ``lexicon().get(fold_key(text))``.

    >>> lexicon()[fold_key("公务接待费")].ids
    ('three_public.reception', 'econ:30217', 'gov:50206')
    """
    found: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for name, identifier, kind in _taxonomy():
        if _NOT_PRINTED.search(name):
            continue
        key = fold_key(name)
        names.setdefault(key, name)
        found.setdefault(key, {}).setdefault(identifier, kind)
    for row in read_tsv("words/fiscal.tsv"):
        key = fold_key(row["term"])
        names.setdefault(key, row["term"])
        found.setdefault(key, {})
    return MappingProxyType(
        {
            key: Entry(names[key], tuple(ids), tuple(dict.fromkeys(ids.values())) or (WORD,))
            for key, ids in found.items()
        }
    )


def _taxonomy() -> Iterator[tuple[str, str, str]]:
    """Name, id and kind of every name and wording variant."""
    for row in read_tsv("taxonomy/concepts.tsv"):
        for name in _names(row["label_zh"], row["synonyms"]):
            yield name, row["id"], row["kind"]
    for row in read_tsv("taxonomy/income.tsv"):
        for name in _names(row["label_zh"], row["variants"]):
            yield name, row["id"], "amount"
    for row in read_tsv("taxonomy/functional.tsv"):
        for name in _names(row["name"], row["variants"]):
            yield name, f"func:{row['code']}", CODE
    for row in read_tsv("taxonomy/economic.tsv"):
        system = "econ" if row["system"] == "dept" else "gov"
        for name in _names(row["name"], row["variants"]):
            yield name, f"{system}:{row['code']}", CODE


def _names(name: str, variants: str) -> Iterator[str]:
    yield from filter(None, (name, *variants.split("|")))


def is_term(text: str) -> bool:
    """Whether the whole text is a term that the taxonomy names.

    >>> is_term("对个人和家庭的补助"), is_term("漏发的补助")
    (True, False)
    """
    entry = lexicon().get(fold_key(text))
    return entry is not None and bool(entry.ids)


def find_terms(text: str, *, members: bool = False) -> list[Term]:
    """The taxonomy's terms in a text, leftmost-longest, without overlaps. Works on source and view text.

    Args:
        members: also the members of closed lists (fund, rank, role, grade, …), which name no figure of their own.

    >>> [(term.text, term.ids) for term in find_terms("其中:因公出国(境)费0万元")]
    [('因公出国(境)费', ('three_public.overseas', 'econ:30212'))]
    """
    entries = lexicon()
    folded = fold_key(text)
    found = []
    for start, end in _matcher("members" if members else "labels").spans(folded):
        entry = entries[folded[start:end]]
        found.append(Term(start, end, text[start:end], entry.ids, entry.kinds))
    return found


def lexicon_spans(folded: str) -> Iterable[tuple[int, int]]:
    """Where terms of four and more characters stand in a folded text: what a tokenizer must not cut."""
    return _matcher("long").spans(folded)


class Matcher(Protocol):
    """Leftmost-longest search for many terms."""

    def spans(self, folded: str) -> Iterable[tuple[int, int]]:
        """The matches in a text, in order, without overlaps."""


@cache
def _matcher(which: str) -> Matcher:
    entries = lexicon()
    if which == "labels":
        terms = [key for key, entry in entries.items() if entry.ids and set(entry.kinds) != {MEMBER}]
    elif which == "members":
        terms = [key for key, entry in entries.items() if entry.ids]
    else:
        terms = [key for key in entries if len(key) >= 4]
    return make_matcher(terms)


def make_matcher(terms: Iterable[str]) -> Matcher:
    """The fastest matcher at hand: ``ahocorasick-rs`` where it is installed, else pure Python.

    >>> list(make_matcher(["基本支出", "支出"]).spans("支出基本支出"))
    [(0, 2), (2, 6)]
    """
    try:
        import ahocorasick_rs
    except ImportError:
        return PrefixMatcher(terms)
    return AutomatonMatcher(ahocorasick_rs, terms)


class AutomatonMatcher:
    """``ahocorasick-rs`` in leftmost-longest mode."""

    def __init__(self, module: Any, terms: Iterable[str]) -> None:
        self._automaton = module.AhoCorasick(list(terms), matchkind=module.MatchKind.LeftmostLongest)

    def spans(self, folded: str) -> Iterable[tuple[int, int]]:
        try:
            return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(folded)]
        except UnicodeEncodeError:  # a lone surrogate: no term holds one
            clean = folded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            clean = (
                clean if len(clean) == len(folded) else "".join("?" if "\ud800" <= c <= "\udfff" else c for c in folded)
            )
            return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(clean)]


class PrefixMatcher:
    """Pure Python: the first two characters lead to the possible lengths, longest first."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(terms)
        lengths: dict[str, set[int]] = {}
        for term in self._terms:
            lengths.setdefault(term[:2], set()).add(len(term))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
        firsts = "".join(sorted({re.escape(head[0]) for head in lengths}))
        self._start = re.compile(f"[{firsts}]") if firsts else re.compile(r"(?!)")

    def spans(self, folded: str) -> Iterable[tuple[int, int]]:
        lengths, terms = self._lengths, self._terms
        found = []
        done = 0
        for match in self._start.finditer(folded):
            start = match.start()
            if start < done:
                continue
            for length in lengths.get(folded[start : start + 2], ()):
                candidate = folded[start : start + length]
                if candidate in terms:
                    done = start + len(candidate)  # at the end of the text a slice is shorter than asked for
                    found.append((start, done))
                    break
        return found
