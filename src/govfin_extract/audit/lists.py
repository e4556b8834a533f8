"""Lists in prose: a total and the items that it is the sum of, by the words and marks between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.audit.check import Outcome, not_checked, sum_of
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.readings import closing

__all__ = ["listed"]

_LONGEST_LEAD = 90
_MOST_ITEMS = 40
# how a list begins behind its total
_COLON = re.compile(r"^[^，。；：:\n]{0,12}[：:]|分别[为是]?|由.{0,30}(?:组成|构成)|(?:下列|如下|为)[：:]|[：:]\s*$")
_FIRST = re.compile(r"(?:一是|其一|首先|[（(]?[1１①一][）)、．.]|第一[，、])")
_AMONG = re.compile(r"其中|包括|包含|含|主要[是为用]|用于")
_OPEN = re.compile(r"等|主要|重点|部分|约|左右|含|之一|另|此外")
_MARKER = re.compile(r"[一二三四五六七八九十]是|其[一二三四五六七八九十]|[（(]?(?:\d{1,2}|[①-⑳]|[一二三四五六七八九十])[）)、．.]")
_NEXT = re.compile(r"\n\s*[〔【<一二三四五六七八九十]")
_SUM = re.compile(r"(?:合计|共计|总计|三项|两项|各项)[^，。；：]{0,4}$")
_COUNTED = re.compile(r"([一二两三四五六七八九十]|\d{1,2})(?:个|项|类|种|方面|部分)")
_ODD_CERTAIN = Decimal("0.2")
_ODD_OPEN = Decimal("0.03")


@dataclass(slots=True)
class _List:
    """A total, the figures that follow it, and how sure their list is complete."""

    whole: Figure
    items: list[Figure]
    complete: bool
    marked: bool


def listed(scene: Scene) -> Iterator[Outcome]:
    """The lists of a document's prose."""
    streams: dict[tuple[str, str], list[Figure]] = {}
    for figure in scene.prose:
        if figure.is_level:
            streams.setdefault((figure.fact.kind, figure.unit), []).append(figure)
    for stream in streams.values():
        for place in range(len(stream) - 2):
            found = _list_at(scene, stream, place)
            if found is not None:
                yield _judged(found)
        for place in range(2, len(stream)):
            yield from _trailing(scene, stream, place)


def _alike(whole: Figure, other: Figure) -> bool:
    return other.basis == whole.basis and other.period == whole.period


def _list_at(scene: Scene, stream: Sequence[Figure], place: int) -> _List | None:
    """The list that begins behind a figure, None where none does."""
    whole, first = stream[place], stream[place + 1]
    gap = scene.between(whole, first)
    if len(gap) > _LONGEST_LEAD and not _FIRST.search(gap[:20]):
        return None
    if first.basis != whole.basis or not whole.value:
        return None
    colon, numbered, among = _COLON.search(_bare(gap)), _FIRST.search(gap), _AMONG.search(gap)
    if "。" in gap and not (numbered or re.search(r"。\s*(?:其中|包括|[^，。]{2,12}[：:])", gap)):
        return None
    if not (colon or numbered or among):
        return None
    items = _items(scene, stream, place, marked=bool(numbered))
    if len(items) < 2:
        return None
    tail = _tail(scene, items[-1])
    complete = bool(colon or numbered) and not _OPEN.search(_lead(gap)) and not tail.startswith("等")
    return _List(whole, items, complete, bool(numbered))


def _bare(gap: str) -> str:
    """What follows a figure without shares and changes: ，占52%，比上年增加3万元。"""
    return re.sub(r"^[，,]?\s*(?:占|比上年|较上年|同比|增长|下降)[^，。；：:]*", "", gap.lstrip("。 \n"))


def _lead(gap: str) -> str:
    """The words between a total and the name of the first item, without brackets."""
    gap = re.sub(r"[（(][^）)]*[）)]", "", gap)
    first = _FIRST.search(gap)
    return gap[: first.start()] if first else gap


def _tail(scene: Scene, last: Figure) -> str:
    return scene.text[last.end : last.end + 3]


def _items(scene: Scene, stream: Sequence[Figure], place: int, *, marked: bool) -> list[Figure]:
    """The figures of a list: to the end of its sentence, or of its markers; what stands in brackets of its own is left out."""
    whole = stream[place]
    found: list[Figure] = []
    depth = inner = 0
    last = whole
    for figure in stream[place + 1 : place + 1 + _MOST_ITEMS]:
        gap = scene.between(last, figure)
        depth = max(0, depth + gap.count("（") - gap.count("）"))
        if found and depth < inner:
            break
        if found and _ends(gap, marked):
            break
        if not _alike(found[0] if found else figure, figure) or figure.basis != whole.basis:
            break
        if not found:
            inner = depth
        if (depth == inner) and (not marked or not found or _MARKER.search(gap)):
            found.append(figure)
        last = figure
    return found


def _ends(gap: str, marked: bool) -> bool:
    """Whether a list ends in the text between two figures."""
    if marked:
        cut = re.split(r"[。\n]", gap)
        return len(gap) > 400 or (len(cut) > 1 and not any(_MARKER.match(part.strip()) for part in cut[1:] if part.strip()) and "\n" in gap)
    if _SUM.search(gap):
        return True
    lines = [part for part in gap.split("\n") if part.strip()]
    if "\n" in gap:
        return "。" in gap or len(lines) > 1 + gap.startswith("\n") or len(gap) > 40 or bool(_NEXT.search(gap))
    return "。" in gap or len(gap) > 80


def _judged(found: _List) -> Outcome:
    """The verdict on a list: any reading that closes holds; else off only where something else speaks for the list."""
    rule = "enum.amount" if found.whole.fact.kind == "amount" else "enum.count"
    closed = closing(found.whole, found.items)
    if closed:
        return sum_of(rule, found.whole, closed)
    outcome = sum_of(rule, found.whole, found.items)
    odd = _ODD_CERTAIN if found.complete else _ODD_OPEN
    if outcome.chance is not None and outcome.chance <= odd:
        return outcome
    over = outcome.difference is not None and outcome.difference < 0
    if found.marked and found.complete and over and outcome.chance is not None:
        return outcome
    return not_checked(rule, outcome.figures)


def _trailing(scene: Scene, stream: Sequence[Figure], place: int) -> Iterator[Outcome]:
    """A total behind its items: …，合计2,611.61万元."""
    whole = stream[place]
    before = scene.between(stream[place - 1], whole)
    if not _SUM.search(before) or "。" in before or "\n" in before:
        return
    items: list[Figure] = []
    last = whole
    for figure in reversed(stream[max(0, place - _MOST_ITEMS) : place]):
        gap = scene.between(figure, last)
        if items and ("。" in gap or "\n" in gap or len(gap) > 80):
            break
        if not _alike(whole, figure):
            break
        items.insert(0, figure)
        last = figure
    if len(items) < 2:
        return
    rule = "enum.amount" if whole.fact.kind == "amount" else "enum.count"
    for start in range(len(items) - 1):
        if closed := closing(whole, items[start:], to_end=True):
            yield sum_of(rule, whole, closed)
            return
    outcome = sum_of(rule, whole, items)
    yield outcome if outcome.chance is not None and outcome.chance <= _ODD_CERTAIN else not_checked(rule, outcome.figures)
