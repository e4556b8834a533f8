"""What a document speaks of: terms of the taxonomy, the labels of its facts, organisations and periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from govfin_extract.records import Fact, Mention
from govfin_extract.text.cues import cue_words
from govfin_extract.text.datafiles import read_tsv
from govfin_extract.text.lexicon import find_terms
from govfin_extract.text.normalise import normalise
from govfin_extract.text.years import years_in

# what a label names that the taxonomy does not know, by the kind of its fact
_OF_KIND = {
    "amount": "expenditure_category",
    "staffing": "staffing",
    "event": "event",
    "asset": "asset",
    "institution": "institution",
}
# wordings of the taxonomy that say how something is or went, not what is measured; 比例, 完成率 are nouns
_NO_NOUN = re.compile(r"(?:比(?![例重])|与|较|占(?!比)|完成(?!率|值|预算比例)|未(?!成年|归口)).*|.*[的为]|同比")


def mentions_of(text: str, facts: Iterable[Fact] = (), organization: str | None = None) -> tuple[Mention, ...]:
    """The mentions of a source text, in order.

    Where two overlap, an organisation goes before a term, a term before a label.

    >>> [(mention.text, mention.kind) for mention in mentions_of("2022年会议费3万元")]
    [('2022年', 'period'), ('会议费', 'expenditure_category')]
    """
    view = normalise(text)
    found = [*_named(view.text, organization), *_terms(view.text), *_periods(view.text)]
    named = []
    for mention in found:
        span = view.span(mention.start, mention.end)
        named.append(replace(mention, start=span.start, end=span.end, text=text[span.start : span.end]))
    return tuple(_without_overlaps([*named, *_labels(facts)]))


def _without_overlaps(mentions: list[Mention]) -> Iterator[Mention]:
    """In order of the text; of two that overlap the first named stands."""
    covered: set[int] = set()
    kept = []
    for mention in mentions:
        places = range(mention.start, mention.end)
        if covered.isdisjoint(places):
            covered.update(places)
            kept.append(mention)
    yield from sorted(kept, key=lambda mention: mention.start)


def _terms(text: str) -> Iterator[Mention]:
    for term in find_terms(text):
        if not _is_noun(term.text):
            continue
        for identifier in term.ids:
            concept = None if ":" in identifier else identifier
            kind = _kinds().get(concept.split(".")[0] if concept else "code")
            if kind:  # a member of a closed list (a fund, a grade) measures nothing by itself
                yield Mention(term.start, term.end, term.text, kind, concept)
                break


def _periods(text: str) -> Iterator[Mention]:
    for year in years_in(text):
        yield Mention(year.start, year.end, text[year.start : year.end], "period")


def _named(text: str, organization: str | None) -> Iterator[Mention]:
    start = text.find(organization) if organization else -1
    while organization and start >= 0:
        yield Mention(start, start + len(organization), organization, "organization")
        start = text.find(organization, start + len(organization))


def _labels(facts: Iterable[Fact]) -> Iterator[Mention]:
    for fact in facts:
        if fact.label is not None:
            yield Mention(fact.label.start, fact.label.end, fact.label.text, _OF_KIND.get(fact.kind, "indicator"))


def _is_noun(term: str) -> bool:
    """Whether a term could be measured: no verb of change, no unit, no lead-in.

    >>> [term for term in ("完成率", "完成预算的", "增加", "人次", "未发生") if _is_noun(term)]
    ['完成率']
    """
    return term not in _no_nouns() and _NO_NOUN.fullmatch(term) is None


@cache
def _no_nouns() -> frozenset[str]:
    units = (row["unit"] for row in read_tsv("units.tsv"))
    return frozenset((*cue_words("change.up"), *cue_words("change.down"), *units))


@cache
def _kinds() -> dict[str, str]:
    return {row["family"]: row["kind"] for row in read_tsv("mention_kinds.tsv")}
