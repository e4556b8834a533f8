"""WeTextProcessing: its Chinese inverse text normaliser, whose digits ``arabic.py`` reads."""

from __future__ import annotations

import logging
import tempfile

import arabic
from serve import Answer, Reader, serve


def load() -> dict[str, Reader]:
    from itn.chinese.inverse_normalizer import InverseNormalizer

    logging.disable(logging.INFO)
    # As its own tests call it: 一 to 九 are rewritten, too. The grammar is built anew, for the one that it ships
    # ignores the option.
    with tempfile.TemporaryDirectory() as folder:
        normalizer = InverseNormalizer(cache_dir=folder, overwrite_cache=True, enable_0_to_9=True)

    def sentence(text: str) -> Answer:
        rewrite = normalizer.normalize(text)
        return Answer(arabic.numbers(rewrite), rewrite)

    return {"sentence": sentence}


if __name__ == "__main__":
    serve("WeTextProcessing", load)
