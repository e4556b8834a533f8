"""The library's errors: one base class, a stable code each, and a message that names the input and the remedy."""

from __future__ import annotations


class GovfinError(Exception):
    """Base of every error this library raises on purpose.

    Attributes:
        code: a stable identifier, ``GF001`` and so on, safe to match on.
    """

    code = "GF000"

    def __str__(self) -> str:
        return f"[{self.code}] {super().__str__()}"


class InputTypeError(GovfinError, TypeError):
    """The argument is not of a type that the function reads."""

    code = "GF001"


class QuantityError(GovfinError, ValueError):
    """The text given to ``parse_quantity`` is not exactly one quantity."""

    code = "GF002"


class ReadError(GovfinError, OSError):
    """The file does not exist or cannot be opened."""

    code = "GF003"


class DecodeError(GovfinError, ValueError):
    """The bytes are not text in any encoding that the library reads."""

    code = "GF004"


class FormatError(GovfinError, ValueError):
    """The file's format is not one that the library reads."""

    code = "GF005"


class SchemaError(GovfinError, ValueError):
    """A JSON record does not follow the schema that the library writes."""

    code = "GF006"


class ModelError(GovfinError, ValueError):
    """The named model does not exist or cannot be loaded."""

    code = "GF007"


class WorkerError(GovfinError, RuntimeError):
    """The process that worked on a document ended without a result."""

    code = "GF008"


class SettingError(GovfinError, ValueError):
    """An option has a value that it cannot take."""

    code = "GF009"


class LimitError(GovfinError, ValueError):
    """Reading the file would cost more than a limit allows."""

    code = "GF010"


class DamagedFileError(GovfinError, ValueError):
    """The file is of a known format, but broken, cut short, empty or encrypted."""

    code = "GF011"


class MissingToolError(GovfinError, RuntimeError):
    """Reading the file, or drawing the benchmark, needs an extra or a program that is not installed."""

    code = "GF012"
