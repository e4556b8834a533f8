"""chinese2digits: ``takeNumberFromString``; its per cents are fractions of one, here per cents again."""

from __future__ import annotations

import re
from decimal import Decimal

from serve import Answer, Number, Reader, number, serve

_PARTS = re.compile(r"[%％‰]|[百千万]分之")


def load() -> dict[str, Reader]:
    import chinese2digits

    def sentence(text: str) -> Answer:
        taken = chinese2digits.takeNumberFromString(text)
        pairs = zip(taken["CHNumberStringList"], taken["digitsStringList"], strict=True)
        return Answer([value_of(surface, digits) for surface, digits in pairs], taken["replacedText"])

    return {"sentence": sentence}


def value_of(surface: str, digits: str) -> Number:
    """A number as a record, parts of a hundred as the library's users here count them."""
    hundred = 100 if _PARTS.search(surface) else 1
    return number(Decimal(digits) * hundred, surface)


if __name__ == "__main__":
    serve("chinese2digits", load)
