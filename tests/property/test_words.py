"""Laws of tokens and terms, on whatever text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from govfin_extract.text.lexicon import PrefixMatcher
from govfin_extract.text.words import find_terms, fold_key, lexicon, tokenize

TERMS = sorted(lexicon())
fiscal = st.lists(st.one_of(st.sampled_from(TERMS), st.sampled_from(["为", "34.34", "万元", "，", " ", "\n", "(", "”", "\t", "a"])), max_size=20).map("".join)  # fmt: skip
texts = st.one_of(fiscal, st.text())


@given(texts)
@settings(deadline=None)
def test_tokens_tile_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens[1:]] == [token.end for token in tokens[:-1]]
    assert all(token.text for token in tokens)


@given(texts)
@settings(deadline=None)
def test_terms_do_not_overlap_and_are_in_the_lexicon(text: str) -> None:
    done = 0
    for term in find_terms(text, members=True):
        assert done <= term.start < term.end <= len(text)
        assert lexicon()[fold_key(term.text)].ids == term.ids
        done = term.end


@given(st.text(alphabet="ab", max_size=60), st.sets(st.text(alphabet="ab", min_size=2, max_size=5), max_size=8))
def test_matches_are_leftmost_longest(text: str, terms: set[str]) -> None:
    expected = []
    at = 0
    while at < len(text):
        lengths = [len(term) for term in terms if text.startswith(term, at)]
        if lengths:
            expected.append((at, at + max(lengths)))
        at += max(lengths, default=1)
    assert list(PrefixMatcher(terms).spans(text)) == expected
