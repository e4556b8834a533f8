"""How sure a table's fact is: the shares of ``data/confidence.toml``."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from govfin_extract.text.datafiles import read_toml


@lru_cache(maxsize=256)
def confidence_of(how: str, form: str, kind: str, basis: str) -> Decimal:
    """The confidence of a fact whose label was found so, in a table of this form; in hundredths.

    >>> confidence_of("row head", "tabs", "amount", "actual")
    Decimal('0.97')
    """
    table = read_toml("confidence.toml")
    sure = table["table"][how] * table["table"][form] * table["kind"][kind] * table["basis"][basis]
    return Decimal(f"{min(sure, 0.99):.2f}")
