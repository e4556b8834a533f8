"""The labels that a figure may have: what the rules propose, clauses and headings before it, each cut at its verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govfin_extract.learn.case import Candidate, Case
from govfin_extract.text.wordclass import LONGEST, word_classes

Place = tuple[int, int]

_CUTS = frozenset("vdpcu")  # a label neither ends nor goes on before a word of these classes
_JOINTS = frozenset("的，、：；。和及与或即（）“”《》〔〕【】 \n\t")
_STOPS = frozenset("，。；：、（）\n\t")
_EMPTY = "，。；：、 \n\t—-."
_CUT_PROPOSALS = 2
_CLAUSES = 2
_LONGEST = 60  # of a clause that is looked at
_BACK = 600
_MOST = 20
_MOST_CUTS = 3


def candidates_of(text: str, case: Case, earlier: Sequence[Place]) -> list[Candidate]:
    """Every label that the model ranks, each place once, the rules' choice first.

    Args:
        earlier: the labels of the figures before, the nearest first.
    """
    found: dict[Place, Candidate] = {}
    for candidate in _all(text, case, earlier):
        if candidate.end > candidate.start:
            found.setdefault((candidate.start, candidate.end), candidate)
            if len(found) == _MOST:
                break
    return list(found.values())


def _all(text: str, case: Case, earlier: Sequence[Place]) -> Iterator[Candidate]:
    yield from case.candidates
    for candidate in case.candidates[:_CUT_PROPOSALS]:
        yield from _cut(text, candidate)
    for number, place in enumerate(earlier, 1):
        if case.fact.start - place[0] < _BACK:
            yield Candidate(*place, f"earlier {number}")
    for number, (start, end) in enumerate(_clauses(text, case)):
        whole = Candidate(start, end, f"clause {number}")
        yield whole
        yield from _cut(text, whole)
    for number, place in enumerate(case.headings):
        whole = Candidate(*place, f"heading {number}")
        yield whole
        yield from _cut(text, whole)


def _clauses(text: str, case: Case) -> Iterator[Place]:
    """The figure's own clause and those before it, the nearest first."""
    end = case.fact.start
    low = max(0, end - _BACK, case.sentence - _LONGEST)
    for _ in range(_CLAUSES):
        while end > low and text[end - 1] in _EMPTY:
            end -= 1
        start = end
        while start > low and text[start - 1] not in _STOPS and end - start < _LONGEST:
            start -= 1
        if end - start >= 2:
            yield start, end
        end = start
        if end <= low:
            return


def _cut(text: str, whole: Candidate) -> Iterator[Candidate]:
    """The stretches of a proposal between the words in it that are no nouns: those at its end and at its start."""
    start, end, how = whole
    cuts = list(_cut_points(text, start, end))
    begins = [start, *(last for _, last in cuts[-_MOST_CUTS:])]
    ends = [end, *(first for first, _ in cuts[:_MOST_CUTS]), *(first for first, _ in cuts[-2:])]
    for stop in dict.fromkeys(ends):
        for begin in begins:
            if stop - begin >= 2 and (begin, stop) != (start, end):
                yield Candidate(begin, stop, f"{how} {'+' if begin > start else ''}{'-' if stop < end else ''}")


def _cut_points(text: str, start: int, end: int) -> Iterator[Place]:
    """Where words and marks stand that are no part of a noun."""
    classes = word_classes()
    at = start
    while at < end:
        if text[at] in _JOINTS:
            yield at, at + 1
            at += 1
            continue
        for size in range(min(LONGEST, end - at), 0, -1):
            if classes.get(text[at : at + size], "") in _CUTS:
                yield at, at + size
                at += size
                break
        else:
            at += 1
