"""JioNLP: ``ner.extract_money`` on a text, ``parse_money`` where the text is one sum or numeral."""

from __future__ import annotations

from typing import Any

from serve import Answer, Number, Reader, number, numbers_between, serve


def load() -> dict[str, Reader]:
    import jionlp

    def sentence(text: str) -> Answer:
        return Answer([record(found["detail"], found["text"]) for found in jionlp.ner.extract_money(text)])

    def expression(text: str) -> Answer:
        try:
            return Answer([record(jionlp.parse_money(text), text)])
        except ValueError:
            return sentence(text)

    return {"sentence": sentence, "expression": expression, "numeral": expression}


def record(detail: dict[str, Any], text: str) -> Number:
    """A parsed sum of money as a record."""
    value = detail["num"]
    if isinstance(value, list):
        low, high = value
        return numbers_between(low, high, text)
    return number(value, text)


if __name__ == "__main__":
    serve("jionlp", load)
