"""The value that a fact states, from a figure's number and how it is to be read."""

from __future__ import annotations

from decimal import Decimal

from govfin_extract.stages.link.figures import Figure

Number = Decimal | None
_HUNDRED = Decimal(100)


def stated(figure: Figure, measure: str, sign: int) -> tuple[Decimal | str | None, Number, Number]:
    """Value, low and high of a fact: times as percent, changes signed.

    1.2倍 is 120 %; 翻一番 is a growth of 100 %; 减少4.75万元 is negative, and a range that falls is turned round.
    """
    value, low, high = figure.value, figure.low, figure.high
    if isinstance(value, str):
        return value, None, None
    if figure.kind == "ratio":
        base = Decimal(1) if measure == "growth" and figure.unit == "" and doubled(figure) else Decimal(0)
        value, low, high = (None if number is None else (number - base) * _HUNDRED for number in (value, low, high))
    if sign < 0 and measure in ("change", "growth"):
        value = None if value is None else -abs(value)
        low, high = (None if high is None else -abs(high)), (None if low is None else -abs(low))
    return value, low, high


def doubled(figure: Figure) -> bool:
    """Whether the figure is written as 翻番, which counts the level after the growth."""
    return figure.text.lstrip("约近超再").startswith("翻")
