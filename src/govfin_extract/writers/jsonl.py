"""A document as bytes of JSON: one object to a file, or one a line."""

from __future__ import annotations

from govfin_extract.document import Document


def to_json(document: Document) -> bytes:
    """One indented JSON object and a line break."""
    return _encode(document.to_json())


def to_line(document: Document) -> bytes:
    """One JSON object on one line."""
    return _encode(document.to_json(indent=None))


def _encode(text: str) -> bytes:
    # A lone surrogate has no UTF-8 form; its backslash escape is exactly JSON's.
    return (text + "\n").encode("utf-8", "backslashreplace")
