"""The public verbs: a text, a file or many files to documents; a text to its quantities."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Literal

from govfin_extract.document import Document
from govfin_extract.errors import InputTypeError, ModelError, QuantityError, SettingError
from govfin_extract.pipeline import Extractor
from govfin_extract.readers.limits import Limits
from govfin_extract.readers.source import Readable, load
from govfin_extract.records import Quantity
from govfin_extract.scale.local import outcomes
from govfin_extract.stages import quantify
from govfin_extract.text.normalise import normalise
from govfin_extract.text.offsets import View

Model = str | os.PathLike[str] | None
OnError = Literal["raise", "skip"] | Callable[[Readable, Exception], None]

_log = logging.getLogger(__name__)


def extract(text: str, *, model: Model = "default") -> Document:
    """The facts of a text.

    Args:
        text: any string; offsets of the result count its code points.
        model: ``"default"``, the path of a model's folder, or None for rules alone.

    Raises:
        InputTypeError: ``text`` is not a str.
        ModelError: there is no such model.

    >>> document = extract("2023年度收入合计1,204.35万元。")
    >>> [(fact.text, str(fact.value), fact.unit) for fact in document.facts]
    [('1,204.35万元', '12043500', 'CNY')]
    """
    _require_str("extract", text, "for a path, bytes or an open file use read()")
    return extractor_for(model)(text)


def read(source: Readable, *, model: Model = "default", limits: Limits | None = None) -> Document:
    """The facts of a file, given as a path, as bytes or as an open file: PDF, Word, Excel, web page or text.

    The text of the document is the file's, tables as lines of TAB-separated cells. The format is told by what the
    file holds. A file that would cost more than a limit is refused; but the clock is looked at between steps only
    (parts of a file, pages, rows), and memory is bounded by the other limits alone: one long step inside a parser,
    such as a page of a PDF that draws the same thing a million times, or a crash of one, cannot be stopped from
    inside the process. For files that you do not trust use ``extract_many(…, isolated=True)`` or the
    command line, which read each file in a process that they can end.

    Args:
        source: a ``str`` is a path, never a text.
        model: as for :func:`extract`.
        limits: bytes, unpacked bytes, pages, cells and seconds that one file may cost; None for the usual ones.

    Raises:
        InputTypeError: ``source`` is none of these.
        ReadError: the file does not exist or cannot be opened.
        FormatError, DecodeError: it is of no format, or in no encoding, that is read.
        DamagedFileError: it is broken, cut short, empty or encrypted.
        LimitError: it would cost more than a limit allows.
        MissingToolError: reading it needs LibreOffice (.doc) or the extra ``ocr`` (scans).

    >>> read("2023年度收入合计10万元。".encode("gb18030")).facts[0].text
    '10万元'
    """
    loaded = load(source, limits)
    return extractor_for(model)(loaded.text, name=loaded.name, sha256=loaded.sha256, places=loaded.places)


def extract_many(
    sources: Iterable[Readable],
    *,
    workers: int = 1,
    on_error: OnError = "raise",
    model: Model = "default",
    limits: Limits | None = None,
    isolated: bool = False,
) -> Iterator[Document]:
    """The documents of many files, one by one and in their order; memory stays flat however many there are.

    Args:
        sources: paths, bytes or open files (with several workers paths or bytes); may be endless.
        workers: processes; a script that uses several needs ``if __name__ == "__main__":`` around its loop.
        on_error: what a document that fails does: ``"raise"`` ends the run with its error, ``"skip"`` logs it and goes
            on, a function is called with the source and the error, and the run goes on.
        model, limits: as for :func:`read`.
        isolated: each file is read in another process, which is ended when it takes longer than the limit ``seconds``
            and whose death costs that file alone; always so with several workers.

    Raises:
        InputTypeError: ``sources`` is one source, or cannot be gone through.
        SettingError: ``workers`` or ``on_error`` has a value that it cannot take.
        ModelError: there is no such model.

    >>> failed = []
    >>> files = ["收入10万元。".encode(), "missing.txt", "支出3万元。".encode()]
    >>> documents = extract_many(files, on_error=lambda source, error: failed.append(source))
    >>> [document.facts[0].text for document in documents], failed
    (['10万元', '3万元'], ['missing.txt'])
    """
    if not (callable(on_error) or on_error in ("raise", "skip")):
        raise SettingError(f"on_error is 'raise', 'skip' or a function of a source and an error, not {on_error!r}")
    _require_several(sources)
    extractor_for(model)
    limits = limits or Limits()
    function = partial(read, model=model, limits=limits)
    results = outcomes(function, sources, workers=workers, isolated=isolated, seconds=limits.seconds)
    return _documents(results, on_error)


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, fact or not, in its order; never raises on a str.

    >>> [(found.text, str(found.value), found.unit) for found in find_quantities("共12人，约３.5万元")]
    [('12人', '12', '人'), ('约３.5万元', '35000', 'CNY')]
    """
    _require_str("find_quantities", text, "for a file use read(path) and its text")
    view = normalise(text)
    return [_in_source(quantity, view) for quantity in quantify.quantify(view.text)]


def parse_quantity(text: str) -> Quantity:
    """The one quantity that a text consists of.

    Raises:
        InputTypeError: ``text`` is not a str.
        QuantityError: it is no quantity, more than one, or one among other words.

    >>> parse_quantity("百分之九十七点一").value
    Decimal('97.1')
    """
    _require_str("parse_quantity", text, "give the expression as text, such as '1.2亿余元'")
    view = normalise(text)
    try:
        return _in_source(quantify.parse(view.text), view)
    except QuantityError:
        raise QuantityError(_no_quantity(text)) from None


def _no_quantity(text: str) -> str:
    """Why a text is not one quantity, quoting it as it was given and not as the stages see it."""
    shown = repr(text if len(text) <= 60 else f"{text[:57]}…")
    found = find_quantities(text)
    names = ", ".join(repr(quantity.text) for quantity in found[:5])
    if not normalise(text).text.strip():
        complaint = f"empty input {shown}"
    elif len(found) > 1:
        complaint = f"{len(found)} quantities in {shown} ({names})"
    elif found and found[0].text != text.strip():
        complaint = f"more than the quantity {names} in {shown}"
    else:
        complaint = f"no quantity in {shown}"
    return f"{complaint}; expected one, such as '1.2亿余元' (find_quantities reads all of a text)"


def _in_source(quantity: Quantity, view: View) -> Quantity:
    span = view.span(quantity.start, quantity.end)
    return replace(quantity, start=span.start, end=span.end, text=view.source[span.start : span.end])


def extractor_for(model: Model) -> Extractor:
    """The extractor that this process keeps for a model."""
    if not (model is None or isinstance(model, (str, os.PathLike))):
        raise ModelError(f"no model {model!r}; a model is 'default', the path of its folder, or None (rules alone)")
    return _extractor(None if model is None else os.fspath(model))


@lru_cache(maxsize=4)
def _extractor(model: str | None) -> Extractor:
    return Extractor(model=model)


def _documents(results: Iterable[tuple[Readable, Document | Exception]], on_error: OnError) -> Iterator[Document]:
    for source, result in results:
        if isinstance(result, Document):
            yield result
        elif callable(on_error):
            on_error(source, result)
        elif on_error == "raise":
            raise result
        else:
            _log.warning("skipped %s: %s", _named(source), type(result).__name__)


def _named(source: Readable) -> str:
    return os.fspath(source) if isinstance(source, (str, os.PathLike)) else f"<{type(source).__name__}>"


def _require_str(function: str, text: object, remedy: str) -> None:
    if not isinstance(text, str):
        raise InputTypeError(f"{function}() takes a str, not {type(text).__name__}; {remedy}")


def _require_several(sources: object) -> None:
    if isinstance(sources, (str, bytes, bytearray, memoryview, os.PathLike)) or hasattr(sources, "read"):
        raise InputTypeError(f"extract_many() takes several sources, not one {type(sources).__name__}; use read()")
    if not (hasattr(sources, "__iter__") or hasattr(sources, "__getitem__")):
        kind = type(sources).__name__
        raise InputTypeError(f"extract_many() takes a list or iterator of paths, bytes or open files, not {kind}")
