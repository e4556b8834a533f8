"""Damaged files of every format: each gives a document or an error of the library's own; none hangs, none crashes.

``GOVFIN_DAMAGED`` says how many files of each format; every one is read in a process that can be ended.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from tests.formats import build
from tests.formats.material import documents

import govfin_extract as gfe
from govfin_extract.readers.limits import Budget, Limits
from govfin_extract.readers.office import converted
from govfin_extract.scale.local import outcomes

MANY = int(os.environ.get("GOVFIN_DAMAGED", "20"))
SECONDS = 60.0
FORMATS = ("txt", "html", "mht", "docx", "xlsx", "ods", "xls", "doc", "rtf", "pdf")
MADE_BY_OFFICE = {"ods": "xlsx", "xls": "xlsx", "doc": "docx", "rtf": "docx", "pdf": "docx"}


def flipped(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 5, 50, len(data) // 20 + 1))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def torn(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(len(data) // 4 + 1)]


def doubled(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.randrange(4096)]


def zeroed(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    size = min(chance.randrange(1, 512), len(data) - start)
    data[start : start + size] = bytes(size)


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (flipped, cut, torn, doubled, zeroed)


@lru_cache(maxsize=16)
def whole(form: str) -> bytes:
    """An undamaged file of a format, of one document of ours."""
    labelled = documents()[0]
    if form == "txt":
        return labelled.text.encode("gb18030")
    if form == "mht":
        head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        return head + whole("html")
    source = MADE_BY_OFFICE.get(form)
    if source is None:
        return {"html": build.html, "docx": build.docx, "xlsx": build.xlsx}[form](labelled, True)
    budget = Budget(Limits(), "x")
    return converted(whole(source), "x", budget, suffix=source, target=form)


def damaged(form: str, folder: Path) -> list[Path]:
    """Files with one sort of damage each; every tenth under another format's suffix."""
    paths = []
    for number in range(MANY):
        chance = random.Random(f"{form} {number}")
        data = bytearray(whole(form))
        DAMAGES[number % len(DAMAGES)](data, chance)
        suffix = chance.choice(FORMATS) if number % 10 == 9 else form
        paths.append(folder / f"{number}.{suffix}")
        paths[-1].write_bytes(data)
    return paths


@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_file_is_a_result_or_an_error_of_ours(form: str, tmp_path: Path) -> None:
    if form in MADE_BY_OFFICE and not any(map(shutil.which, ("soffice", "libreoffice"))):
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed, and CI is set")
        pytest.skip("LibreOffice is not installed")
    paths = damaged(form, tmp_path)
    complaints = []
    for path, result in outcomes(gfe.read, paths, workers=2, seconds=SECONDS):
        ours = isinstance(result, (gfe.Document, gfe.GovfinError))
        if not ours or isinstance(result, gfe.WorkerError) or "limit seconds" in str(result):
            complaints.append(f"{path.name}: {type(result).__name__}: {result}")
    assert not complaints, "\n".join(complaints)
    assert gfe.read(whole(form)).facts, "the undamaged file"
