"""The formats that are tested, the documents that files are made of, and the files, read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.formats import build
from tests.formats.gold import Score, carried, score

import govfin_extract as gfe
from govfin_extract.bench.markup import Labelled, parse
from govfin_extract.document import Document

SOURCES = Path(__file__).resolve().parents[2] / "corpora/src"


class Format(NamedTuple):
    """A kind of file: who writes it and what it is made from."""

    name: str
    suffix: str
    writer: build.Writer
    source: str = ""
    program: str = ""
    merged: bool = True
    agreement: float = 0.98  # with the facts of the text


class Pair(NamedTuple):
    """A labelled document, read from a file of some format."""

    labelled: Labelled
    document: Document


FORMATS = (
    *(
        Format(name + ("" if merged else "-plain"), name, writer, merged=merged)
        for name, writer in (("html", build.html), ("docx", build.docx), ("xlsx", build.xlsx))
        for merged in (True, False)
    ),
    Format("ods", "ods", build.xlsx, "xlsx", "soffice"),
    Format("xls", "xls", build.xlsx, "xlsx", "soffice"),
    Format("doc", "doc", build.docx, "docx", "soffice"),
    Format("pdf-writer", "pdf", build.docx, "docx", "soffice"),
    Format("pdf-chromium", "pdf", build.html, "html", "chromium"),
    # Without rules a page does not say where a cell of several lines ends: held by the floors alone.
    Format("pdf-unruled", "pdf", build.docx_unruled, "docx", "soffice", agreement=0.0),
)


@lru_cache(maxsize=1)
def documents() -> tuple[Labelled, ...]:
    """The corpus documents with tables; those in lossy text layouts are texts and nothing else."""
    paths = sorted(SOURCES.glob("*/tab-*.mark"), key=lambda path: path.stem)
    kept = [path for path in paths if not path.stem.startswith("tab-layout-")]
    return tuple(parse(path.read_bytes().decode("utf-8"), name=path.stem) for path in kept)


@lru_cache(maxsize=64)
def from_text(text: str) -> Document:
    """What the library finds in a document's own text."""
    return gfe.extract(text)


def missing(form: Format) -> str:
    """Why files of a format cannot be made here; empty where they can."""
    if not form.program or build.find(form.program):
        return ""
    return f"{form.program} is not installed"


def must_be_here() -> bool:
    """Whether a missing program is a failure: where everything is tested, nothing is passed over in silence."""
    return bool(os.environ.get("CI"))


def made(form: Format, labelled: Iterable[Labelled], folder: Path) -> list[Pair]:
    """Every document written to a file of the format and read again."""
    chosen = list(labelled)
    suffix = form.source or form.suffix
    paths = [folder / f"{each.name}.{suffix}" for each in chosen]
    for each, path in zip(chosen, paths, strict=True):
        path.write_bytes(form.writer(each, form.merged))
    if form.program == "soffice":
        build.convert(paths, form.suffix, folder)
    elif form.program == "chromium":
        build.print_pdf(paths, folder)
    files = [path.with_suffix(f".{form.suffix}") for path in paths]
    return [Pair(each, gfe.read(file)) for each, file in zip(chosen, files, strict=True)]


def scores(pairs: Iterable[Pair]) -> dict[str, Score]:
    """How each document's file fares against its labels."""
    return {labelled.name: score(carried(labelled), document) for labelled, document in pairs}
