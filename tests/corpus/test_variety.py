"""No template filled many times: what any two documents share of their wording."""

from __future__ import annotations

from functools import cache

import pytest

import variety
from govfin_extract.bench.corpus import Gold

MOST = 0.10


@cache
def grams() -> dict[str, set[str]]:
    return {document.name: variety.grams(document) for document in variety.documents()}


def test_no_two_documents_share_a_tenth_of_their_wording() -> None:
    near = [pair for pair in variety.shares(grams()) if pair[0] >= MOST]
    assert not near, "reword one of each pair: scripts/variety.py --doc NAME shows what they share"


def test_most_documents_have_prose_to_compare() -> None:
    compared = [name for name, own in grams().items() if len(own) >= variety.FEW]
    assert len(compared) >= 110


def test_there_are_at_most_300_fixed_phrases() -> None:
    phrases = variety.fixed_phrases()
    assert len(phrases) == len(set(phrases)) <= 300


@pytest.mark.parametrize(("sentence", "expected"), [("本年支出合计3万元。", 0), ("春天里百花盛开春风吹来。", 5)])
def test_names_of_the_taxonomy_are_cut_out(sentence: str, expected: int) -> None:
    assert len(variety.grams(Gold("d", sentence, {}, ()))) == expected


def test_a_copied_document_is_found() -> None:
    text = "今年以来我们跑遍了全县的沟沟坎坎，把每一户人家的难处都记在本子上，" * 4 + "逐条销号。"
    own = variety.grams(Gold("d", text + "".join(map(chr, range(0x4E00, 0x4E80))) + "。", {}, ()))
    assert variety.shares({"one": own, "other": set(own)})[0][0] == 1
