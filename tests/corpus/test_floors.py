"""What the library got right once it keeps getting right, document by document (``make floors`` raises the floors)."""

from __future__ import annotations

import pytest

import raise_floors
from govfin_extract.bench import corpus

FLOORS = raise_floors.read()
DOCUMENTS = [
    pytest.param(name, document, id=f"{name}/{document.name}")
    for name, folder in raise_floors.folders().items()
    for document in corpus.load(folder)
]


@pytest.mark.parametrize(("name", "document"), DOCUMENTS)
def test_a_document_keeps_its_floor(name: str, document: corpus.Gold) -> None:
    floor = FLOORS.get(name, {}).get(document.name)
    assert floor, "a new document has no floor yet: run make floors"
    measured = raise_floors.measure(document)
    assert measured["gold"] == floor["gold"], "the labels changed: run make floors"
    lost = raise_floors.losses(floor, measured)
    assert not lost, f"{lost}: see govfin evaluate --diff; scripts/raise_floors.py --reset if it is worth it"


def test_the_benchmark_is_here() -> None:
    if "benchmark" not in raise_floors.folders():
        pytest.skip("the shared benchmark is not beside the repository; set GOVFIN_SHARED")


def test_no_floor_is_left_over() -> None:
    here = {
        (name, document.name) for name, folder in raise_floors.folders().items() for document in corpus.load(folder)
    }
    known = {(name, key) for name, documents in FLOORS.items() for key in documents if name in raise_floors.folders()}
    assert known == here, "run make floors"
