"""Exact, traceable figures from Chinese government fiscal disclosure documents.

>>> import govfin_extract as gfe
>>> gfe.parse_quantity("1.2亿余元").value
Decimal('120000000')

The public names below are loaded on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from govfin_extract._version import __version__

if TYPE_CHECKING:
    from govfin_extract import taxonomy
    from govfin_extract.api import extract, extract_many, find_quantities, parse_quantity, read
    from govfin_extract.document import Document
    from govfin_extract.errors import (
        DamagedFileError,
        DecodeError,
        FormatError,
        GovfinError,
        InputTypeError,
        LimitError,
        MissingToolError,
        ModelError,
        QuantityError,
        ReadError,
        SchemaError,
        SettingError,
        WorkerError,
    )
    from govfin_extract.pipeline import Extractor
    from govfin_extract.readers.limits import Limits
    from govfin_extract.records import Fact, Finding, Label, Mention, Metadata, Quantity, Relations, Span, Table, Token
    from govfin_extract.text.words import tokenize

_HOMES = {
    "extract": "api",
    "extract_many": "api",
    "find_quantities": "api",
    "parse_quantity": "api",
    "read": "api",
    "taxonomy": "taxonomy",
    "tokenize": "text.words",
    "Extractor": "pipeline",
    "Document": "document",
    "Fact": "records",
    "Finding": "records",
    "Label": "records",
    "Mention": "records",
    "Metadata": "records",
    "Quantity": "records",
    "Relations": "records",
    "Span": "records",
    "Table": "records",
    "Limits": "readers.limits",
    "Token": "records",
    "DamagedFileError": "errors",
    "DecodeError": "errors",
    "FormatError": "errors",
    "GovfinError": "errors",
    "InputTypeError": "errors",
    "LimitError": "errors",
    "MissingToolError": "errors",
    "ModelError": "errors",
    "QuantityError": "errors",
    "ReadError": "errors",
    "SchemaError": "errors",
    "SettingError": "errors",
    "WorkerError": "errors",
}

__all__ = [
    "DamagedFileError",
    "DecodeError",
    "Document",
    "Extractor",
    "Fact",
    "Finding",
    "FormatError",
    "GovfinError",
    "InputTypeError",
    "Label",
    "LimitError",
    "Limits",
    "Mention",
    "Metadata",
    "MissingToolError",
    "ModelError",
    "Quantity",
    "QuantityError",
    "ReadError",
    "Relations",
    "SchemaError",
    "SettingError",
    "Span",
    "Table",
    "Token",
    "WorkerError",
    "__version__",
    "extract",
    "extract_many",
    "find_quantities",
    "parse_quantity",
    "read",
    "taxonomy",
    "tokenize",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{home}")
    value = module if name == home else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
