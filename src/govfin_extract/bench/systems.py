"""What the benchmark measures: systems by name, each a function of a text; and what trains a model on documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from govfin_extract.bench.corpus import Gold, Record
from govfin_extract.pipeline import Extractor

System = Callable[[str], Sequence[Record]]
Trainer = Callable[[Sequence[Gold], Path], System]
"""Trains on documents, may write into the folder, and gives the trained system."""


def extracting(extractor: Extractor) -> System:
    """An extractor as a system.

    >>> [fact["text"] for fact in extracting(Extractor(model=None))("2022年度收入合计3万元。")]
    ['3万元']
    """
    return lambda text: [fact.to_dict() for fact in extractor(text).facts]


def systems() -> Mapping[str, System]:
    """The systems that are compared, the one that others are held against first."""
    return {"rules": extracting(Extractor(model=None))}


def trainer() -> Trainer | None:
    """What the learning curve trains with; None as long as nothing is trained."""
    return None
