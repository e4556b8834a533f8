"""Write what the words of jieba's dictionary give us, to ``data/words``.

``short_terms.tsv`` has the lexicon's short terms, each with the frequency that keeps it in one piece; ``classes.tsv``
the common words that are no nouns, by their part of speech: where one stands, a label begins or ends.

    python scripts/build_words.py [--check]

Run it after a change of the taxonomy or of ``fiscal.tsv``; ``--check`` only says whether the file is up to date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import jieba

from govfin_extract.text.lexicon import lexicon

FOLDER = Path(__file__).parents[1] / "src/govfin_extract/data/words"
CLASSES = (
    "vdpcrtfmau"  # verbs, adverbs, prepositions, conjunctions, pronouns, times, places, numerals, adjectives, particles
)
COMMON = 3  # a rarer word is as likely a slip of the dictionary


def short_terms() -> str:
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    terms = sorted(key for key in lexicon() if re.fullmatch("[\u4e00-\u9fff]{2,3}", key))
    rows = [f"{term}\t{max(1, tokenizer.suggest_freq(term))}" for term in terms]
    return "\n".join(("term\tfreq", *rows, ""))


def classes() -> str:
    found: dict[str, list[str]] = {letter: [] for letter in CLASSES}
    with jieba.Tokenizer().get_dict_file() as lines:
        for line in lines:
            word, frequency, tag = line.decode("utf-8").split()
            common = int(frequency) >= COMMON and re.fullmatch("[\u4e00-\u9fff]{1,3}", word)
            if common and tag[0] in CLASSES and tag != "vn":
                found[tag[0]].append(word)
    return "\n".join(("class\twords", *(f"{letter}\t{' '.join(sorted(words))}" for letter, words in found.items()), ""))


def main() -> int:
    files = {"short_terms.tsv": short_terms(), "classes.tsv": classes()}
    if "--check" in sys.argv[1:]:
        return int(any((FOLDER / name).read_text(encoding="utf-8") != text for name, text in files.items()))
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
