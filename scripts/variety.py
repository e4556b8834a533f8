"""How much the labelled documents share with one another: no template may be filled many times.

    python scripts/variety.py [--doc NAME] [--top N]

Over the prose sentences of two documents, names of the taxonomy and the phrases of ``corpora/fixed-phrases.txt`` cut
out and every number masked, the share of common character 8-grams is |A∩B| / min(|A|, |B|). A document with fewer than
100 of them is a table without prose and is left out. Prints the nearest pairs, or what one document shares with others.
``tests/corpus/test_variety.py`` holds every pair under 10 %.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from govfin_extract.bench import corpus
from govfin_extract.text.lexicon import WORD, fold_key, lexicon
from govfin_extract.text.normalise import normalise
from govfin_extract.text.segment import segment

ROOT = Path(__file__).resolve().parent.parent
PHRASES = ROOT / "corpora/fixed-phrases.txt"
SIZE = 8
FEW = 100  # grams: less is no prose to compare
_NUMBER = re.compile(r"\d+(?:[,.，．]\d+)*")
_PROSE = re.compile(r"[，。；]")  # a heading or a label–value line has none
_BLANK = re.compile(r"\s+")


def fixed_phrases() -> list[str]:
    """The formal phrases that law and forms prescribe; lines that begin with # are remarks."""
    lines = PHRASES.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _cut() -> re.Pattern[str]:
    """What is cut out of a sentence: longest first, so that a name inside another goes with it."""
    names = [entry.term for entry in lexicon().values() if WORD not in entry.kinds and len(entry.term) > 1]
    cut = sorted({fold_key(name) for name in (*names, *fixed_phrases())}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, cut)))


CUT = _cut()


def prose(document: corpus.Gold) -> Iterator[str]:
    """The sentences of a document that hold no table's figure, folded, without blanks."""
    view = normalise(document.text)
    in_tables = [fact for fact in document.facts if fact["source"] == "table"]
    for sentence in segment(view.text).sentences:
        span = view.span(sentence.start, sentence.end)
        told = bool(_PROSE.search(view.text, sentence.start, sentence.end))
        if told and not any(span.start < fact["end"] and fact["start"] < span.end for fact in in_tables):
            yield _BLANK.sub("", fold_key(view.text[sentence.start : sentence.end]))


def grams(document: corpus.Gold) -> set[str]:
    """The 8-grams of a document's own wording."""
    found: set[str] = set()
    for sentence in prose(document):
        for piece in CUT.split(_NUMBER.sub("0", sentence)):
            found.update(piece[at : at + SIZE] for at in range(len(piece) - SIZE + 1))
    return found


def documents() -> list[corpus.Gold]:
    folders = sorted(folder for folder in (ROOT / "corpora/src").iterdir() if folder.is_dir())
    return [document for folder in folders for document in corpus.load(folder)]


def shares(found: dict[str, set[str]]) -> list[tuple[float, str, str]]:
    """Every pair of documents with the share that they have in common, nearest first."""
    pairs = (
        (len(found[one] & found[other]) / min(len(found[one]), len(found[other])), one, other)
        for one, other in combinations(sorted(found), 2)
        if min(len(found[one]), len(found[other])) >= FEW
    )
    return sorted(pairs, reverse=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--doc", help="show what this document shares with its nearest ones")
    parser.add_argument("--top", type=int, default=20, help="how many pairs or grams to show")
    options = parser.parse_args()
    found = {document.name: grams(document) for document in documents()}
    if options.doc is None:
        for share, one, other in shares(found)[: options.top]:
            print(f"{share:.3f}  {one}  {other}  ({min(len(found[one]), len(found[other]))} grams in the smaller)")
        return 0
    near = [pair for pair in shares(found) if options.doc in pair[1:]][:5]
    for share, one, other in near:
        print(f"{share:.3f}  {one}  {other}")
    common = Counter(gram for name, own in found.items() if name != options.doc for gram in own & found[options.doc])
    for gram, count in common.most_common(options.top):
        print(f"{count:>4} documents  {gram}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
