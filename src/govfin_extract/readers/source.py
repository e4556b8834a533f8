"""Whatever ``read`` is given, a path, bytes or an open file, to the text and the name and digest of the source."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO, NamedTuple

from govfin_extract.errors import InputTypeError, ReadError
from govfin_extract.readers import plain

Readable = str | os.PathLike[str] | bytes | IO[bytes] | IO[str]


class Source(NamedTuple):
    """A text as it was given, the file's name without folder (None without a file) and the digest of its bytes."""

    text: str
    name: str | None
    sha256: str


def load(source: Readable) -> Source:
    """Read a path, bytes or an open file.

    Raises:
        InputTypeError: ``source`` is none of these.
        ReadError: the file does not exist or cannot be opened.
        DecodeError, FormatError: see :func:`govfin_extract.readers.plain.decode`.

    >>> load("支出５万元".encode()).text
    '支出５万元'
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _from_bytes(bytes(source), None)
    if isinstance(source, (str, os.PathLike)):
        return _from_path(source)
    if not hasattr(source, "read"):
        raise InputTypeError(
            f"read() takes a path, bytes or an open file, not {type(source).__name__}; for a text use extract(text)"
        )
    return _from_file(source)


def _from_path(path: str | os.PathLike[str]) -> Source:
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        shown = _short(os.fspath(path))
        raise ReadError(f"cannot read {shown}: {reason}; read() takes a path, extract() a text") from None
    return _from_bytes(data, Path(path).name)


def _from_file(file: IO[bytes] | IO[str]) -> Source:
    given = getattr(file, "name", None)
    name = Path(given).name if isinstance(given, str) else None
    content = file.read()
    if isinstance(content, str):
        return Source(content, name, hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest())
    return _from_bytes(content, name)


def _from_bytes(data: bytes, name: str | None) -> Source:
    return Source(plain.decode(data, name or "the input"), name, hashlib.sha256(data).hexdigest())


def _short(path: str) -> str:
    return repr(path if len(path) <= 120 else f"{path[:100]}… ({len(path)} characters)")
