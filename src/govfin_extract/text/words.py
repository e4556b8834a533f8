"""Words with offsets: the taxonomy's names and the numbers whole, everything between them by jieba.

``tokenize`` works on the source text as it stands; the tokens tile it. ``find_terms`` and ``lexicon`` (from the module
``lexicon``) are offered here too.
"""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from govfin_extract.errors import InputTypeError
from govfin_extract.records import Token
from govfin_extract.text.datafiles import read_tsv
from govfin_extract.text.lexicon import Entry, Term, find_terms, fold_key, lexicon, lexicon_spans

__all__ = ["Entry", "Term", "find_terms", "fold_key", "lexicon", "tokenize"]

_NUMBER = re.compile(r"\d+(?:[,，]\d{3}(?!\d))*(?:\.\d+)?")
# jieba's own blocks, but none longer than any clause: on a run of unknown characters its work is quadratic
_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]{1,500}|[^\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")
_LOCK = threading.Lock()
Cut = Callable[[str], list[str]]


def tokenize(text: str) -> list[Token]:
    """The words of a text; their texts put together are the text.

    Raises:
        InputTypeError: ``text`` is not a str.

    >>> [token.text for token in tokenize("“三公”经费支出预算为34.34万元")]
    ['“三公”经费支出', '预算', '为', '34.34', '万元']
    """
    if not isinstance(text, str):
        raise InputTypeError(f"tokenize() takes a str, not {type(text).__name__}; for a file use read(path).tokens")
    folded = fold_key(text)
    tokens: list[Token] = []
    done = 0
    for start, end in _whole(folded):
        tokens += _words(text, folded, done, start)
        tokens.append(Token(start, end, text[start:end]))
        done = end
    tokens += _words(text, folded, done, len(text))
    return tokens


def _whole(folded: str) -> Iterator[tuple[int, int]]:
    """Terms and numbers in order; where both claim a character the earlier one has it, the term on a tie."""
    numbers = iter([match.span() for match in _NUMBER.finditer(folded)])
    number = next(numbers, None)
    done = 0
    for start, end in lexicon_spans(folded):
        while number and number[0] < start:
            if number[0] >= done and number[1] <= start:
                yield number
            number = next(numbers, None)
        yield start, end
        done = end
    while number:
        if number[0] >= done:
            yield number
        number = next(numbers, None)


def _words(text: str, folded: str, start: int, end: int) -> Iterator[Token]:
    if end - start == 1:
        yield Token(start, end, text[start:end])
        return
    if start >= end:
        return
    piece = folded[start:end]
    words = _engine()(piece)
    if sum(map(len, words)) != len(
        piece
    ):  # an engine that loses a character: better single characters than wrong offsets
        words = list(piece)
    for word in words:
        if word:
            yield Token(start, start + len(word), text[start : start + len(word)])
            start += len(word)


def _engine() -> Cut:
    """The word segmenter: built once, whichever thread comes first."""
    with _LOCK:
        return _built_engine()


@cache
def _built_engine() -> Cut:
    try:
        return rjieba_engine()
    except ImportError:
        return jieba_engine()


def jieba_engine() -> Cut:
    """A segmenter of our own by ``jieba.Tokenizer``: jieba's global one is left alone, and no cache file is written.

    >>> jieba_engine()("支付电费")
    ['支付', '电费']
    """
    with warnings.catch_warnings():  # jieba has invalid escapes, and asks for pkg_resources
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    # what initialize() does without its cache: that file would lie in the shared temporary folder, where any user can
    # put one of their own, and loading it takes as long as reading the dictionary
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for term, freq in _short_terms():
        tokenizer.add_word(term, freq)

    def cut(text: str) -> list[str]:
        return [word for block in _BLOCK.findall(text) for word in tokenizer.cut(block)]

    return cut


def rjieba_engine() -> Cut:
    """The same by ``rjieba`` (extra ``fast``), twenty times as fast."""
    import rjieba

    tokenizer: Any = rjieba.Jieba()
    for term, freq in _short_terms():
        tokenizer.add_word(term, freq, "n")

    def cut(text: str) -> list[str]:
        try:
            return list(tokenizer.cut(text))
        except UnicodeEncodeError:  # a lone surrogate
            return list(text)

    return cut


def _short_terms() -> list[tuple[str, int]]:
    """Terms of two and three characters with the frequency that keeps jieba from cutting them (scripts/build_words.py).

    They are left to jieba, because so short a term is often part of another word: 电费 in 水电费.
    """
    return [(row["term"], int(row["freq"])) for row in read_tsv("words/short_terms.tsv")]
