"""Recognizers-Text: its number, percentage and currency models for Chinese; of overlapping results the longest."""

from __future__ import annotations

from typing import Any

from serve import Answer, Number, Reader, number, serve


def load() -> dict[str, Reader]:
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency

    models = (recognize_currency, recognize_percentage, recognize_number)

    def sentence(text: str) -> Answer:
        return Answer(longest([result for model in models for result in model(text, Culture.Chinese)]))

    return {"sentence": sentence}


def longest(results: list[Any]) -> list[Number]:
    """The values of the results that no longer one overlaps, in the text's order."""
    kept: list[Any] = []
    for result in sorted(results, key=lambda result: result.start - result.end):
        value = (result.resolution or {}).get("value")
        if value and all(result.end < other.start or other.end < result.start for other in kept):
            kept.append(result)
    kept.sort(key=lambda result: result.start)
    return [number(result.resolution["value"].rstrip("%"), result.text) for result in kept]


if __name__ == "__main__":
    serve("recognizers-text-suite", load)
