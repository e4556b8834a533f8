"""What reading costs: a PDF beside pdfplumber's own search for its tables, and the share of reading in other formats.

    python scripts/measure_files.py [PDF …]

Without a PDF, one of 25 pages is made of a labelled document. Times are the best of three.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber

from govfin_extract.api import extractor_for
from govfin_extract.bench.markup import parse
from govfin_extract.readers.formats import read_bytes
from govfin_extract.readers.limits import Budget, Limits

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGES = 25


def best(function: Callable[[], Any]) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        function()
        times.append(time.perf_counter() - started)
    return min(times)


def own_tables(data: bytes) -> int:
    """What pdfplumber itself takes: every page's tables and text."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return sum(len(page.extract_tables()) + len(page.extract_text()) for page in pdf.pages)


def read(data: bytes, name: str) -> Any:
    return read_bytes(data, name, Budget(Limits(), name))


def report_pdf(name: str, data: bytes) -> None:
    linear = read(data, name)
    theirs, ours = best(lambda: own_tables(data)), best(lambda: read(data, name))
    rest = best(lambda: extractor_for("default")(linear.text, places=linear.places))
    pages = len(linear.places.page_starts)
    print(f"{name}: {pages} pages  pdfplumber {theirs:.2f} s  read {ours:.2f} s  extract {rest:.2f} s", end="  ")
    print(f"all {(ours + rest) / theirs:.2f} × pdfplumber")


def report_format(name: str, data: bytes) -> None:
    text = read(data, name).text
    ours, rest = best(lambda: read(data, name)), best(lambda: extractor_for("default")(text))
    share = ours / (ours + rest)
    print(f"{name}: {len(text)} characters  read {ours * 1000:.0f} ms  extract {rest * 1000:.0f} ms", end="  ")
    print(f"{share:.0%} is reading")


def main(paths: list[str]) -> None:
    from tests.formats import build

    sources = sorted((ROOT / "corpora/src/train").glob("tab-acc-grain-*.mark"))
    labelled = parse(sources[0].read_text("utf-8"), name=sources[0].stem)
    for name, write in (("docx", build.docx), ("xlsx", build.xlsx), ("html", build.html)):
        report_format(f"{labelled.name}.{name}", write(labelled, True))
    for path in map(Path, paths):
        report_pdf(path.name, path.read_bytes())
    if not paths and build.find("chromium"):
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "many.html")
            page.write_bytes(build.html(labelled, True) * PAGES)
            build.print_pdf([page], Path(folder))
            report_pdf("many.pdf", page.with_suffix(".pdf").read_bytes())


if __name__ == "__main__":
    main(sys.argv[1:])
