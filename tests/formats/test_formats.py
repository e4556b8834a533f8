"""The same document as text, docx, xlsx, html, PDF and the older formats holds the same facts (value, label, basis)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.formats import floors
from tests.formats.gold import agreement, differences
from tests.formats.layout import Cell, Table, blocks
from tests.formats.material import FORMATS, Format, documents, from_text, made, missing, must_be_here, scores

FLOORS = floors.read()


def test_documents_are_taken_apart_and_put_together_again() -> None:
    for labelled in documents():
        lines: list[str] = []
        for block in blocks(labelled):
            rows = block.rows if isinstance(block, Table) else [[Cell(block)]]
            lines += ["\t".join(cell.text for cell in row).rstrip("\t") for row in rows]
        wanted = [line.rstrip("\t") for line in labelled.text.split("\n") if line.strip(" ")]
        assert lines == wanted, labelled.name


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_format_holds_the_facts_of_the_text(form: Format, tmp_path: Path) -> None:
    """One test for all documents of a format, so that its program starts once."""
    if reason := missing(form):
        if must_be_here():
            pytest.fail(f"{reason}, and CI is set")
        pytest.skip(reason)
    pairs = made(form, documents(), tmp_path)
    complaints = []
    for labelled, document in pairs:
        text = from_text(labelled.text)
        shared = agreement(document, text)
        if shared < form.agreement:
            complaints.append(f"{labelled.name}: {shared:.4f} of the text's facts\n{differences(document, text)}")
        assert all(document.text[fact.start : fact.end] == fact.text for fact in document.facts)
    for name, measured in scores(pairs).items():
        floor = FLOORS.get(form.name, {}).get(name)
        lost = floors.losses(floor, measured) if floor else "no floor yet: run python -m tests.formats.floors"
        if lost:
            complaints.append(f"{name}: {lost}")
    assert not complaints, "\n".join(complaints)
