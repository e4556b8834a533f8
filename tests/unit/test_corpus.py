"""Labelled documents from disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from govfin_extract.bench import corpus, markup
from govfin_extract.errors import ReadError, SchemaError

MARK = "doc: d\norganization: 甲局\nfiscal_year: 2022\ndoc_type: 部门决算\n---\n收入⟦10万元|amount 100000 CNY|收入⟧\r\n"


def test_marked_and_built_documents_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "d.mark").write_text(MARK, "utf-8", newline="")
    (marked,) = corpus.load(tmp_path)
    markup.write(markup.parse(MARK), tmp_path / "built")
    (built,) = corpus.load(tmp_path / "built")
    assert marked == built
    assert marked.text == "收入10万元\r\n"
    assert repr(marked) == "<Gold d: 8 characters, 1 facts>"


def test_a_document_without_a_prediction_has_no_facts(tmp_path: Path) -> None:
    (tmp_path / "d.mark").write_text(MARK, "utf-8")
    documents = corpus.load(tmp_path)
    assert corpus.predictions(tmp_path, documents) == {"d": []}
    (tmp_path / "d.json").write_text('{"facts": [{"start": 1, "end": 2}]}', "utf-8")
    assert corpus.predictions(tmp_path, documents) == {"d": [{"start": 1, "end": 2}]}
    with pytest.raises(ReadError, match="nowhere is no folder"):
        corpus.predictions(tmp_path / "nowhere", documents)


SPAN = '"start": 1, "end": 2'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('{"doc": "x"}', "no list 'facts'"),
        ('{"facts": [1]}', "fact 1 of 'facts': it must be an object"),
        ('{"facts": [{"id": "f1"}]}', "'start' must be a whole number"),
        ('{"facts": [{"start": 3, "end": 2, "kind": "ratio"}]}', "span 3:2"),
        (f'{{"facts": [{{{SPAN}, "kind": []}}]}}', "'kind' must be a string"),
        (f'{{"facts": [{{{SPAN}, "kind": "ratio", "unit": 1}}]}}', "'unit' must be a string"),
    ],
)
def test_facts_of_another_shape_are_named_with_their_file(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "d.txt").write_text("收入10万元", "utf-8")
    for name in ("d.gold.json", "d.json"):
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(SchemaError, match=rf"d\.gold\.json.*{complaint}"):
        corpus.load(tmp_path)
    with pytest.raises(SchemaError, match=rf"d\.json.*{complaint}"):
        corpus.predictions(tmp_path, [corpus.Gold("d", "", {}, ())])


@pytest.mark.parametrize(
    ("fact", "complaint"),
    [
        (SPAN, "'kind' must be given"),
        ('"start": 1, "end": 99, "kind": "ratio"', "ends after the text"),
        (f'{SPAN}, "kind": "ratio", "labels": [{{"min": [1, 2]}}]', "'labels' must be"),
        (f'{SPAN}, "kind": "ratio", "concept_alt": "x"', "'concept_alt' must be"),
    ],
)
def test_labelled_facts_are_whole(tmp_path: Path, fact: str, complaint: str) -> None:
    (tmp_path / "d.txt").write_text("收入10万元", "utf-8")
    (tmp_path / "d.gold.json").write_text(f'{{"facts": [{{{fact}}}]}}', "utf-8")
    with pytest.raises(SchemaError, match=complaint):
        corpus.load(tmp_path)


@pytest.mark.parametrize("label", ['"x"', '{"end": 3}', '{"start": "1", "end": 3}'])
def test_a_predicted_label_has_a_place_or_a_text(tmp_path: Path, label: str) -> None:
    (tmp_path / "d.json").write_text(f'{{"facts": [{{{SPAN}, "label": {label}}}]}}', "utf-8")
    with pytest.raises(SchemaError, match="label"):
        corpus.predictions(tmp_path, [corpus.Gold("d", "", {}, ())])


def test_what_is_no_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no folder"):
        corpus.load(tmp_path / "missing")
    with pytest.raises(ReadError, match="no labelled document"):
        corpus.load(tmp_path)
    (tmp_path / "d.gold.json").write_text("[", "utf-8")
    with pytest.raises(SchemaError, match="no JSON"):
        corpus.load(tmp_path)
    (tmp_path / "d.gold.json").write_text("{}", "utf-8")
    with pytest.raises(ReadError, match=r"d\.txt"):
        corpus.load(tmp_path)
    (tmp_path / "d.gold.json").unlink()
    (tmp_path / "d.mark").write_text("nothing", "utf-8")
    with pytest.raises(SchemaError, match="no line '---'"):
        corpus.load(tmp_path)


def test_every_labelled_document_of_the_repository_follows_the_format(root: Path) -> None:
    folders = sorted({path.parent for path in (root / "corpora/src").glob("*/*.mark")})
    assert folders
    names = [document.name for folder in folders for document in corpus.load(folder)]
    assert len(set(names)) == len(names)
