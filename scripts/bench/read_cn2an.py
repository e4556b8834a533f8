"""cn2an: ``transform`` rewrites a text, whose digits ``arabic.py`` reads; a number alone goes to ``cn2an`` first."""

from __future__ import annotations

import warnings

import arabic
from serve import Answer, Reader, number, serve


def load() -> dict[str, Reader]:
    import cn2an

    warnings.simplefilter("ignore")

    def sentence(text: str) -> Answer:
        rewrite = cn2an.transform(text, "cn2an")
        return Answer(arabic.numbers(rewrite), rewrite)

    def numeral(text: str) -> Answer:
        try:
            return Answer([number(cn2an.cn2an(text, "smart"), text)])
        except ValueError:
            return sentence(text)

    return {"sentence": sentence, "expression": numeral, "numeral": numeral}


if __name__ == "__main__":
    serve("cn2an", load)
