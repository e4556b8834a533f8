"""This library: ``find_quantities`` on sentences and expressions; a bare numeral is read with 元 behind it."""

from __future__ import annotations

from serve import Answer, Number, Reader, number, numbers_between, serve


def load() -> dict[str, Reader]:
    from govfin_extract.api import find_quantities
    from govfin_extract.records import Quantity

    def record(quantity: Quantity) -> Number:
        if quantity.value is None:
            return numbers_between(quantity.low, quantity.high, quantity.text)
        return number(quantity.value, quantity.text)

    def sentence(text: str) -> Answer:
        return Answer([record(quantity) for quantity in find_quantities(text)])

    return {"sentence": sentence, "numeral": lambda text: sentence(text + "元")}


if __name__ == "__main__":
    serve("govfin-extract", load)
