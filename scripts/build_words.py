"""Write ``data/words/short_terms.tsv``: the lexicon's short terms, each with the frequency that keeps it in one piece.

    python scripts/build_words.py [--check]

Run it after a change of the taxonomy or of ``fiscal.tsv``; ``--check`` only says whether the file is up to date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import jieba

from govfin_extract.text.lexicon import lexicon

TARGET = Path(__file__).parents[1] / "src/govfin_extract/data/words/short_terms.tsv"


def content() -> str:
    """The file as it should be."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    terms = sorted(key for key in lexicon() if re.fullmatch("[\u4e00-\u9fff]{2,3}", key))
    rows = [f"{term}\t{max(1, tokenizer.suggest_freq(term))}" for term in terms]
    return "\n".join(("term\tfreq", *rows, ""))


def main() -> int:
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text(encoding="utf-8") == content() else 1
    TARGET.write_text(content(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
