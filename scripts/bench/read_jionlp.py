"""JioNLP: ``ner.extract_money`` on a text, ``parse_money`` on one expression, and on a numeral with 元 behind it."""

from __future__ import annotations

from typing import Any

from serve import Answer, Number, Reader, number, numbers_between, serve


def load() -> dict[str, Reader]:
    import jionlp

    def sentence(text: str) -> Answer:
        return Answer([record(found["detail"], found["text"]) for found in jionlp.ner.extract_money(text)])

    def expression(text: str) -> Answer:
        return Answer([record(jionlp.parse_money(text), text)])

    return {"sentence": sentence, "expression": expression, "numeral": lambda text: expression(text + "元")}


def record(detail: dict[str, Any], text: str) -> Number:
    """A parsed sum of money as a record."""
    value = detail["num"]
    return numbers_between(*value, text) if isinstance(value, list) else number(value, text)


if __name__ == "__main__":
    serve("jionlp", load)
