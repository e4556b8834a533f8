"""The value that a fact states, from a figure's number and how it is to be read."""

from __future__ import annotations

from decimal import Context, Decimal

from govfin_extract.stages.link.figures import Figure

Number = Decimal | None
_HUNDRED = Decimal(100)
_EXACT = Context(prec=60, traps=[])  # times as percent: a long repeating fraction is cut there


def stated(figure: Figure, measure: str, sign: int) -> tuple[Decimal | str | None, Number, Number]:
    """Value, low and high of a fact: times as percent, changes signed.

    1.2倍 is 120 %; 翻一番 is a growth of 100 %; 减少4.75万元 is negative, and a range that falls is turned round.
    """
    value, low, high = figure.value, figure.low, figure.high
    if isinstance(value, str):
        return value, None, None
    if figure.kind == "ratio":
        base = Decimal(1) if measure == "growth" and figure.unit == "" and doubled(figure) else Decimal(0)
        value, low, high = (None if number is None else _percent(number, base) for number in (value, low, high))
    if sign < 0 and measure in ("change", "growth"):
        value, low, high = _fall(value), _fall(high), _fall(low)
    return value, low, high


def _percent(times: Decimal, base: Decimal) -> Decimal:
    return _EXACT.multiply(_EXACT.subtract(times, base), _HUNDRED)


def _fall(value: Number) -> Number:
    return None if value is None else value.copy_abs().copy_negate()  # never rounded, whatever the caller's context


def doubled(figure: Figure) -> bool:
    """Whether the figure is written as 翻番, which counts the level after the growth."""
    return figure.text.lstrip("约近超再").startswith("翻")
