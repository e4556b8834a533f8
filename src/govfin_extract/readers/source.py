"""Whatever ``read`` is given, a path, bytes or an open file, to the text, its places, its name and its digest."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import IO, NamedTuple

from govfin_extract.errors import InputTypeError, ReadError
from govfin_extract.readers.formats import read_bytes
from govfin_extract.readers.limits import Budget, Limits
from govfin_extract.text.places import Places

Readable = str | os.PathLike[str] | bytes | IO[bytes] | IO[str]

_CHUNK = 1 << 22


class Source(NamedTuple):
    """A file's text, its name without folder (None without a file), the digest of its bytes, and the text's places."""

    text: str
    name: str | None
    sha256: str
    places: Places = Places()


def load(source: Readable, limits: Limits | None = None) -> Source:
    """Read a path, bytes or an open file.

    Raises:
        InputTypeError: ``source`` is none of these.
        ReadError: the file does not exist or cannot be opened.
        FormatError, DecodeError, DamagedFileError, LimitError, MissingToolError: see
            :func:`govfin_extract.readers.formats.read_bytes`.

    >>> load("支出５万元".encode()).text
    '支出５万元'
    """
    limits = limits or Limits()
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _from_bytes(bytes(source), None, limits)
    if isinstance(source, (str, os.PathLike)):
        return _from_path(source, limits)
    if not hasattr(source, "read"):
        raise InputTypeError(
            f"read() takes a path, bytes or an open file, not {type(source).__name__}; for a text use extract(text)"
        )
    return _from_file(source, limits)


def _from_path(path: str | os.PathLike[str], limits: Limits) -> Source:
    try:
        with Path(path).open("rb") as file:
            return _from_file(file, limits)
    except (OSError, ValueError) as error:
        if hasattr(error, "code"):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        shown = _short(os.fspath(path))
        raise ReadError(f"cannot read {shown}: {reason}; read() takes a path, extract() a text") from None


def _from_file(file: IO[bytes] | IO[str], limits: Limits) -> Source:
    given = getattr(file, "name", None)
    name = Path(given).name if isinstance(given, str) else None
    budget = Budget(limits, name or "the input")
    held: list[bytes] = []
    text: list[str] = []
    # In pieces: a stream may be endless, and is refused once it holds more than the limit.
    while chunk := file.read(_CHUNK):
        budget.spend("bytes", len(chunk))
        if isinstance(chunk, str):
            text.append(chunk)
        else:
            held.append(chunk)
    if text or isinstance(file, io.TextIOBase):
        words = "".join(text)
        return Source(words, name, hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest())
    return _from_bytes(b"".join(held), name, limits)


def _from_bytes(data: bytes, name: str | None, limits: Limits) -> Source:
    called = name or "the input"
    linear = read_bytes(data, called, Budget(limits, called))
    return Source(linear.text, name, hashlib.sha256(data).hexdigest(), linear.places)


def _short(path: str) -> str:
    return repr(path if len(path) <= 120 else f"{path[:100]}… ({len(path)} characters)")
