"""What is looked at before a PDF is parsed: that it is one, that it opens, and that it unpacks to a bearable size."""

from __future__ import annotations

import base64
import contextlib
import io
import re
import zlib
from collections.abc import Iterator

from govfin_extract.errors import DamagedFileError
from govfin_extract.readers.limits import Budget

_STREAM = re.compile(rb"stream\r?\n")
_HEAD = 1024
_CHUNK = 1 << 20
_WITHOUT_SECURITY = 3  # FPDF_REMOVE_SECURITY
_FED = 1 << 16  # bytes given to the unpacker at once: what it has not used yet is copied each time
_FLATE = tuple(bytes([first]) for first in (0x78, 0x48, 0x58, 0x68, 0x38, 0x28, 0x18, 0x08))
_DICTIONARY = 512  # bytes before a stream in which its filters are named
_DEEPEST = 6
_UPRIGHT_SAMPLE = 400  # characters of a page that say how it is turned


def prepared(data: bytes, name: str, budget: Budget) -> bytes:
    """The file as pdfplumber shall read it: it opens, and its pages are turned so that their text is upright.

    Raises:
        DamagedFileError, LimitError: see :func:`govfin_extract.readers.pdf.read_pdf`.
    """
    if b"%PDF-" not in data[:_HEAD]:
        raise DamagedFileError(f"{name} is no PDF: it does not begin with %PDF-; get the file again")
    _unpack(data, budget)
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise DamagedFileError(f"{name} needs a password; open it in a viewer and save it without one") from None
        raise DamagedFileError(
            f"{name} is broken or cut short and cannot be opened ({str(error)[:80]}); get the file again"
        ) from None
    try:
        pages = len(document)
        if not pages:
            raise DamagedFileError(f"{name} is a PDF without pages; get the file again")
        if pages > budget.left("pages"):
            budget.spend("pages", pages)
        if b"/Encrypt" in data:
            _unpack(_saved(document, flags=_WITHOUT_SECURITY), budget)
        turned = _turn(document)
        return _saved(document) if turned else data
    finally:
        document.close()


def _unpack(data: bytes, budget: Budget) -> None:
    """Unpack every Flate stream a piece at a time, and count: a bomb is refused before it goes off."""
    at = 0
    while match := _STREAM.search(data, at):
        start = match.end()
        end = data.find(b"endstream", start)
        end = end if end > 0 else len(data)
        budget.check_time()
        if b"ASCII85Decode" in data[max(0, match.start() - _DICTIONARY) : match.start()]:
            written = b""
            with contextlib.suppress(ValueError):  # a broken one: the parser will say so
                written = base64.a85decode(data[start:end].strip().removesuffix(b"~>"))
            _count(written, 0, None, budget)
        else:
            _count(data, start, end, budget)
        at = end


def _count(data: bytes, start: int, end: int | None, budget: Budget, depth: int = 0) -> None:
    """Count what a stream unpacks to; of one packed several times, also what its first piece does."""
    if data[start : start + 1] not in _FLATE or depth > _DEEPEST:
        return
    for number, piece in enumerate(_inflated(data, start, len(data) if end is None else end)):
        budget.spend("unpacked_bytes", len(piece))
        if number == 0:
            _count(piece, 0, None, budget, depth + 1)


def _inflated(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """What a stream unpacks to, in pieces; it ends where the stream is broken, and the parser will say so."""
    unpacker = zlib.decompressobj()
    for at in range(start, end, _FED):
        rest = data[at : min(at + _FED, end)]
        while rest and not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _CHUNK)
            except zlib.error:
                return
            yield piece
            rest = unpacker.unconsumed_tail


def _turn(document: object) -> bool:
    """Turn the pages whose text runs upwards or downwards; whether any was."""
    import pypdfium2.raw as raw

    any_turned = False
    for number in range(len(document)):  # type: ignore[arg-type]
        page = document[number]  # type: ignore[index]
        text = page.get_textpage()
        count = min(text.count_chars(), _UPRIGHT_SAMPLE)
        angles = [round(raw.FPDFText_GetCharAngle(text.raw, at) / 1.5708) % 4 for at in range(count)]
        usual = max(set(angles), key=angles.count) if angles else 0
        turns = page.get_rotation() // 90
        shown = (turns + usual) % 4 if angles else 0
        if shown:
            page.set_rotation((-usual * 90) % 360 if not turns else (turns * 90 - shown * 90) % 360)
            any_turned = True
        text.close()
        page.close()
    return any_turned


def _saved(document: object, flags: int = 0) -> bytes:
    target = io.BytesIO()
    document.save(target, flags=flags)  # type: ignore[attr-defined]
    return target.getvalue()
