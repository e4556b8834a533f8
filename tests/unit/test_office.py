"""Files that LibreOffice reads for us."""

from __future__ import annotations

import os
import shutil
import time

import pytest

import govfin_extract as gfe
from govfin_extract.errors import LimitError, MissingToolError
from govfin_extract.readers import office
from govfin_extract.readers.limits import Budget, Limits

RTF = rb"{\rtf1\ansi\ansicpg936\uc1 \u25910?\u20837?12.5\u19975?\u20803?\u12290?\par}"

needs_office = pytest.mark.skipif(
    not os.environ.get("CI") and not any(map(shutil.which, ("soffice", "libreoffice"))),
    reason="LibreOffice is not installed",
)


@needs_office
def test_rich_text_is_read() -> None:
    document = gfe.read(RTF)
    assert document.text.strip() == "收入12.5万元。"
    assert [(fact.label and fact.label.text, fact.text) for fact in document.facts] == [("收入", "12.5万元")]


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingToolError, match=r"x\.doc is a \.doc file.*install it.*save the file as \.docx"):
        office.converted(b"", "x.doc", Budget(Limits(), "x.doc"), suffix="doc", target="docx")


def test_a_program_that_hangs_is_ended_with_its_children() -> None:
    started = time.monotonic()
    budget = Budget(Limits(seconds=0.5), "x.doc")
    with pytest.raises(LimitError, match="longer than the limit seconds"):
        office._run(["/bin/sh", "-c", "sleep 60 & sleep 60"], "x.doc", budget)
    assert time.monotonic() - started < 20
