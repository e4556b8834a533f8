"""Tokens against words that must not be cut: labels of facts, and the taxonomy's names where documents have them."""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from govfin_extract.bench.corpus import Gold
from govfin_extract.text.words import find_terms, tokenize

Tokenizer = Callable[[str], Sequence[str]]
Span = tuple[int, int]


def tokenizers() -> dict[str, Tokenizer]:
    """This library's words, and jieba's as they come."""
    import jieba

    plain = jieba.Tokenizer()
    jieba.setLogLevel(logging.WARNING)
    return {"tokenize": lambda text: [token.text for token in tokenize(text)], "jieba": plain.lcut}


def measure(documents: Sequence[Gold], tokenizers: Mapping[str, Tokenizer]) -> dict[str, Any]:
    """For each tokenizer what share of labels and names begin and end where tokens do, and what share is one token.

    ``labels_reached``: the share of labels of which whole tokens make up a form that the scorer accepts.
    """
    spans = {
        "labels": [sorted({shortest for shortest, _ in _labels(document)}) for document in documents],
        "names": [[(term.start, term.end) for term in find_terms(document.text)] for document in documents],
    }
    counted = {what: sum(map(len, of_documents)) for what, of_documents in spans.items()}
    return {
        **counted,
        "tokenizers": {
            name: _measured(documents, spans, [tokenize_(document.text) for document in documents])
            for name, tokenize_ in tokenizers.items()
        },
    }


def _measured(
    documents: Sequence[Gold], spans: Mapping[str, Sequence[Sequence[Span]]], tokens: Sequence[Sequence[str]]
) -> dict[str, float]:
    borders = [_borders(words) for words in tokens]
    whole = [set(pairwise(ends)) for ends in borders]
    found: dict[str, float] = {}
    for what, of_documents in spans.items():
        pairs = [(span, number) for number, items in enumerate(of_documents) for span in items]
        total = max(1, len(pairs))
        inside = [set(ends) for ends in borders]
        found[f"{what}_at_borders"] = round(sum(inside[n].issuperset(span) for span, n in pairs) / total, 4)
        found[f"{what}_whole"] = round(sum(span in whole[n] for span, n in pairs) / total, 4)
    labels = [(label, n) for n, document in enumerate(documents) for label in set(_labels(document))]
    found["labels_reached"] = round(sum(_reached(borders[n], *label) for label, n in labels) / max(1, len(labels)), 4)
    characters = sum(len(document.text) for document in documents)
    found["characters_a_token"] = round(characters / max(1, sum(map(len, tokens))), 2)
    return found


def _labels(document: Gold) -> Iterator[tuple[Span, Span]]:
    """The shortest and the longest form of every label of a fact that counts."""
    for fact in document.facts:
        if not fact.get("optional"):
            for label in fact["labels"]:
                (start, end), (first, last) = label["min"], label["max"]
                yield (start, end), (first, last)


def _reached(borders: Sequence[int], shortest: Span, longest: Span) -> bool:
    """Whether whole tokens make up a label that the scorer accepts: the shortest form, or more within the longest."""
    begin = borders[bisect_right(borders, shortest[0]) - 1]
    end = borders[bisect_left(borders, shortest[1])]
    return longest[0] <= begin and end <= longest[1]


def _borders(tokens: Sequence[str]) -> list[int]:
    place = 0
    borders = [0]
    for token in tokens:
        place += len(token)
        borders.append(place)
    return borders
