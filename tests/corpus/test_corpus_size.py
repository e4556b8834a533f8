"""The labelled corpus is as large and as broad as it is said to be."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from govfin_extract.bench import corpus, markup

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "corpora/src"


@cache
def splits() -> dict[str, list[corpus.Gold]]:
    return {folder.name: corpus.load(folder) for folder in sorted(SOURCES.iterdir()) if folder.is_dir()}


def test_there_are_150_documents_and_10_000_facts() -> None:
    documents = [document for split in splits().values() for document in split]
    assert len(documents) >= 150
    assert sum(not fact.get("optional") for document in documents for fact in document.facts) >= 10_000


def test_a_document_is_in_one_split_only() -> None:
    assert set(splits()) == {"train", "dev", "test"}
    names = Counter(document.name for split in splits().values() for document in split)
    texts = Counter(document.text for split in splits().values() for document in split)
    assert max(names.values()) == max(texts.values()) == 1


def test_every_split_has_the_usual_genres() -> None:
    usual = ("部门决算", "部门预算", "“三公”经费", "绩效", "报告")
    for name, documents in splits().items():
        for genre in usual:
            assert any(genre in document.meta["doc_type"] for document in documents), f"{name} has no {genre}"


def test_errors_are_planted_in_some_documents_of_train_and_test() -> None:
    for split in ("train", "test"):
        paths = sorted((SOURCES / split).glob("*.mark"))
        planted = [path for path in paths if markup.parse(path.read_text("utf-8"), name=path.stem).audit]
        assert len(planted) >= 2, split
