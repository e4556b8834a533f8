"""Laws of the normalised view, on whatever text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govfin_extract.text.lexicon import fold_key
from govfin_extract.text.normalise import fold, fold_characters, normalise
from govfin_extract.text.segment import segment

PIECES = [
    "一、", "（一）", "1.", "（1）", "①", "第一部分", "附件1", "注：", "基本支出", "收 入", "因公出国(境)费", "34.34", "1,204", "1，204", "万元", "万", "元",
    "%", "％", "，", ",", "。", "；", "：", ":", "（", "）", "《", "》", "“", "”", '"', "\n", "\n\n", "\r\n", "\f", "\t", "|", " ", "  ", "\u3000", "\u200b",
    "- 7 -", "第 3 页 共 20 页", "7", "……", "....3", "PAGE 2", "PAGEREF _Toc1 \\h 3", "情况说明", "决算表", "單位", "经费", "-", "—", "～", "\ufeff", "其中",
]  # fmt: skip
fiscal = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
texts = st.one_of(fiscal, st.text(), st.text(alphabet="基本支出 \n，。34.5万元（）\t"))


@given(texts)
def test_the_source_is_never_changed(source: str) -> None:
    assert normalise(source).source == source


@given(texts)
def test_every_character_goes_back_to_one_that_folds_to_it(source: str) -> None:
    view = normalise(source)
    places = [view.to_source(offset) for offset in range(len(view.text))]
    assert places == sorted(set(places))
    for offset, place in enumerate(places):
        assert view.span(offset, offset + 1).start == place
        assert len(view.span(offset, offset + 1)) == 1
        assert view.to_view(place) == offset


@given(texts, st.data())
def test_spans_grow_with_their_ends(source: str, data: st.DataObject) -> None:
    view = normalise(source)
    ends = st.integers(0, len(view.text))
    a, b, c = sorted((data.draw(ends), data.draw(ends), data.draw(ends)))
    assert view.span(a, b).start <= view.span(a, c).end
    if a < b:
        assert view.span(a, c).contains(view.span(a, b))
        assert 0 <= view.span(a, b).start < view.span(a, b).end <= len(source)


@given(texts)
def test_offsets_of_the_source_map_monotonically(source: str) -> None:
    view = normalise(source)
    places = [view.to_view(offset) for offset in range(len(source) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(view.text)


@given(texts)
def test_folds_keep_the_length(source: str) -> None:
    assert len(fold(source)) == len(fold_characters(source)) == len(fold_key(source)) == len(source)


@given(fiscal)
def test_digits_are_never_lost_but_in_page_numbers_and_fields(source: str) -> None:
    if not any(piece in source for piece in ("7", "页", "PAGE", "\f", "....")):
        kept = [char for char in normalise(source).text if char.isdigit()]
        assert kept == [char for char in source if char.isdigit()]


@given(texts)
def test_blocks_sections_and_sentences_hold_together(source: str) -> None:
    text = normalise(source).text
    layout = segment(text)
    covered = [False] * len(text)
    for block in layout.blocks:
        for offset in range(block.start, block.end):
            assert not covered[offset]
            covered[offset] = True
    assert all(covered[at] for at, char in enumerate(text) if not char.isspace())
    assert [block.start for block in layout.blocks] == sorted(block.start for block in layout.blocks)
    done = 0
    for sentence in layout.sentences:
        assert done <= sentence.start < sentence.end <= len(text)
        done = sentence.end
        for clause in layout.clauses(sentence.start, sentence.end):
            assert sentence.start <= clause.start < clause.end <= sentence.end
    for section in layout.sections:
        assert 0 <= section.start < section.end <= len(text)
        assert text[section.heading_span.start : section.heading_span.end] == section.heading
        assert layout.section_at(section.start) == section
