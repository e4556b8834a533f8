"""What a document speaks of."""

from itertools import pairwise

import govfin_extract as gfe

TEXT = "青河县林业局2022年度部门决算\n一、支出情况\n青河县林业局基 本 支 出30万元，开展护林巡查12次，在职人员9人。\n"


def test_terms_labels_organisations_and_periods_in_order() -> None:
    found = [(mention.text, mention.kind) for mention in gfe.extract(TEXT).mentions]
    assert ("青河县林业局", "organization") in found
    assert ("2022年", "period") in found
    assert ("基 本 支 出", "expenditure_category") in found
    assert any(text.endswith("护林巡查") and kind == "event" for text, kind in found)
    assert ("在职人员", "staffing") in found


def test_a_term_carries_its_concept_and_every_mention_its_place() -> None:
    document = gfe.extract(TEXT)
    assert {mention.text: mention.concept for mention in document.mentions}["基 本 支 出"] == "expenditure.basic"
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in document.mentions)


def test_mentions_do_not_overlap() -> None:
    mentions = gfe.extract(TEXT * 3).mentions
    assert all(before.end <= after.start for before, after in pairwise(mentions))


def test_every_family_of_the_taxonomy_has_a_kind() -> None:
    from govfin_extract.stages.mention import mentions_of
    from govfin_extract.text.lexicon import lexicon

    names = [entry.term for entry in lexicon().values() if entry.ids and entry.kinds != ("member",)]
    assert sum(bool(mentions_of(name)) for name in names) > 0.9 * len(names)


def test_mentions_are_nouns_that_could_be_measured() -> None:
    text = "公务接待费完成年初预算的66%，比上年增加3万元，同比增加，未发生事故，培训300人次，与上年相比减少，预算完成率90%，满意度"
    document = gfe.Document(text, metadata=gfe.Metadata(), facts=())
    assert [mention.text for mention in document.mentions] == ["公务接待费", "培训", "预算完成率", "满意度"]
