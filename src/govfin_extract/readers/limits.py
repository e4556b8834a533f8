"""How much a file may cost before it is refused, and the account that is kept while it is read."""

from __future__ import annotations

import time
from dataclasses import dataclass, fields

from govfin_extract.errors import LimitError, SettingError


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost; a file that needs more is refused with a ``LimitError`` that names the limit.

    Attributes:
        bytes: size of the file.
        unpacked_bytes: what its packed parts (ZIP members; PDF streams packed with Flate, also behind ASCII85) may hold
            unpacked, and its text, in all.
        pages: of a PDF.
        cells: of all tables and sheets, the empty ones included.
        seconds: of wall time; looked at between steps (parts of a file, pages, rows), so that one long step of a parser
            runs on: a page of a PDF, the parsing of a workbook.

    >>> Limits(pages=50).pages
    50
    """

    bytes: int = 200_000_000
    unpacked_bytes: int = 1_000_000_000
    pages: int = 2_000
    cells: int = 3_000_000
    seconds: float = 300.0

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
                raise SettingError(f"Limits({each.name}=…) is a number above 0, not {value!r}")


class Budget:
    """What is left of the limits while one file is read.

    >>> budget = Budget(Limits(cells=10), "x.xlsx")
    >>> budget.spend("cells", 11)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    govfin_extract.errors.LimitError: [GF010] x.xlsx needs more than the limit cells=10; ...
    """

    def __init__(self, limits: Limits, name: str) -> None:
        self._limits = limits
        self._name = name
        self._spent: dict[str, float] = {}
        self._deadline = time.monotonic() + limits.seconds

    def spend(self, limit: str, amount: float = 1) -> None:
        """Count towards a limit and look at the clock.

        Raises:
            LimitError: the limit, or the time, is used up.
        """
        spent = self._spent[limit] = self._spent.get(limit, 0) + amount
        if spent > getattr(self._limits, limit):
            raise self._exceeded(limit)
        self.check_time()

    def left(self, limit: str) -> float:
        """What may still be spent."""
        return float(getattr(self._limits, limit)) - self._spent.get(limit, 0)

    def check_time(self) -> None:
        """Raise the ``LimitError`` of ``seconds`` once they are over."""
        if time.monotonic() > self._deadline:
            raise self._exceeded("seconds")

    def seconds_left(self) -> float:
        """The wall time that is left, below 0 once it is over."""
        return self._deadline - time.monotonic()

    def _exceeded(self, limit: str) -> LimitError:
        most = getattr(self._limits, limit)
        return LimitError(
            f"{self._name} needs more than the limit {limit}={most}; "
            f"if you trust it, raise it: Limits({limit}=…), --limit {limit}=…"
        )
