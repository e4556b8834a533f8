"""How sure the rules are: the share of right facts, measured on labelled documents, by how each part was decided."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from govfin_extract.stages.link.scene import Link
from govfin_extract.text.datafiles import read_toml


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, float]]:
    return read_toml("confidence.toml")


@lru_cache(maxsize=1024)
def _confidence(how: str, kind: str, basis: str, modifier: str) -> Decimal:
    table = _table()
    sure = table["label"][how] * table["kind"][kind] * table["basis"][basis] * table["modifier"].get(modifier, 1.0)
    return Decimal(f"{min(sure, 0.99):.2f}")


def confidence_of(link: Link) -> Decimal:
    """The confidence of a link, 0 to 1, in hundredths."""
    return _confidence(link.how, link.kind, link.basis, link.figure.modifier)
