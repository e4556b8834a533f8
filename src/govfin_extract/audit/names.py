"""What a fact is called and which concept it has, behind one small door."""

from __future__ import annotations

from functools import cache

from govfin_extract.records import Fact
from govfin_extract.text.datafiles import read_toml, read_tsv

__all__ = ["concept_of", "name_key", "name_of"]


def name_key(words: str) -> str:
    """Words in the form in which names are compared: without blanks and quotes.

    >>> name_key("“三公” 经费")
    '三公经费'
    """
    return "".join(letter for letter in words if not letter.isspace() and letter not in "“”\"'《》")


def name_of(fact: Fact) -> str:
    """The words that name a fact; where the label is a stand-in (支出决算), the nearest other label that is none."""
    label = name_key(fact.label.text) if fact.label else ""
    if label not in _stand_ins():
        return label
    return next((name for other in fact.alternatives if (name := name_key(other.text)) not in _stand_ins()), label)


def concept_of(fact: Fact) -> str | None:
    """The concept of a fact; of one whose label is a stand-in, that of its name."""
    label = name_key(fact.label.text) if fact.label else ""
    if label not in _stand_ins():
        return fact.concept
    name = name_of(fact)
    return _concepts().get(name) or _concepts().get(name.rpartition("中")[2])


@cache
def _stand_ins() -> frozenset[str]:
    return frozenset(read_toml("audit/words.toml")["stand_ins"])


@cache
def _concepts() -> dict[str, str]:
    """Concepts by name, where a name has one concept only."""
    names: dict[str, str] = {}
    shared: set[str] = set()
    for row in read_tsv("taxonomy/concepts.tsv"):
        if row["kind"] == "member":
            continue
        for name in {row["label_zh"], *row["synonyms"].split("|")}:
            key = name_key(name)
            if key and names.setdefault(key, row["id"]) != row["id"]:
                shared.add(key)
    return {name: concept for name, concept in names.items() if name not in shared}
