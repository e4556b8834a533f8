"""Words that are no nouns, by their part of speech, after jieba's dictionary (``data/words/classes.tsv``).

Cutting every text into words would cost as much as extracting it; asking a dictionary where a stretch of text ends or
begins costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govfin_extract.text.datafiles import read_tsv

LONGEST = 3


@cache
def word_classes() -> Mapping[str, str]:
    """The class of each word: v, d (adverb), p (preposition), c, r, t (time), f (place), m, a (adjective), u.

    >>> word_classes()["占去"], "处室" in word_classes()
    ('v', False)
    """
    return {word: row["class"] for row in read_tsv("words/classes.tsv") for word in row["words"].split(" ")}


def last_word(text: str, start: int, end: int) -> tuple[str, str]:
    """The longest listed word that ``text[start:end]`` ends with, and its class; two empty strings where none does.

    >>> last_word("人员经费占去", 0, 6)
    ('占去', 'v')
    """
    classes = word_classes()
    for size in range(min(LONGEST, end - start), 0, -1):
        word = text[end - size : end]
        if word in classes:
            return word, classes[word]
    return "", ""


def first_word(text: str, start: int, end: int) -> tuple[str, str]:
    """The longest listed word that ``text[start:end]`` begins with, and its class.

    >>> first_word("派出分局", 0, 4)
    ('派出', 'v')
    """
    classes = word_classes()
    for size in range(min(LONGEST, end - start), 0, -1):
        word = text[start : start + size]
        if word in classes:
            return word, classes[word]
    return "", ""
