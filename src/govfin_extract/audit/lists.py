"""Lists in prose: a total and the items that it is the sum of, by the words and marks between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from govfin_extract.audit.check import Outcome, not_checked, sum_of
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.audit.readings import closing

__all__ = ["listed"]

_LONGEST_LEAD = 90
_LONGEST_MARKED = 400
_FAR = 80
_MOST_ITEMS = 40
_FEW = 2  # a total and one item that is not zero say nothing
# how a list begins behind its total
_COLON = re.compile(r"^[^，。；：:\n]{0,12}[：:]|分别[为是]?|由.{0,30}(?:组成|构成)|(?:下列|如下|为)[：:]|[：:]\s*$")
_FIRST = re.compile(r"(?:一是|其一|首先|[（(]?[1１①一][）)、．.]|第一[，、])")
_AMONG = re.compile(r"其中|包括|包含|含|主要[是为用]|用于")
_AFTER_STOP = re.compile(r"。\s*(?:其中|包括|[^，。]{2,12}[：:])")
_OPEN = re.compile(r"等|主要|重点|部分|约|左右|含|之一|另|此外")
_MARKER = re.compile(
    r"[一二三四五六七八九十]是|其[一二三四五六七八九十]|[（(]?(?:\d{1,2}|[①-⑳]|[一二三四五六七八九十])[）)、．.]"
)
_SUM = re.compile(r"(?:合计|共计|总计|三项|两项|各项)[^，。；：]{0,4}$")
_BREAK = re.compile(r"[。；\n]")
_BULLET = re.compile(r"[\s—\-–·•*]*")
_SHARES = re.compile(r"^[，,]?\s*(?:占|比上年|较上年|同比|增长|下降)[^，。；：:]*")
_IN_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_ODD_CERTAIN = Decimal("0.2")
_ODD_OPEN = Decimal("0.03")


@dataclass(slots=True)
class _List:
    """A total and the figures that follow it.

    Attributes:
        ends: after how many items the list may end: where a sentence, a line or a part of a sentence ends.
        complete: nothing says that it names some items only; marked: its items are numbered.
    """

    whole: Figure
    items: list[Figure]
    ends: list[int]
    complete: bool
    marked: bool


def listed(scene: Scene) -> Iterator[Outcome]:
    """The lists of a document's prose."""
    streams: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in scene.prose:
        if figure.is_level:
            streams[figure.fact.kind, figure.unit].append(figure)
    for stream in streams.values():
        for place in range(len(stream) - 2):
            found = _list_at(scene, stream, place)
            if found is not None:
                yield _judged(found)
        for place in range(2, len(stream)):
            yield from _trailing(scene, stream, place)


def _list_at(scene: Scene, stream: Sequence[Figure], place: int) -> _List | None:
    """The list that begins behind a figure, None where none does."""
    whole, first = stream[place], stream[place + 1]
    gap = scene.between(whole, first)
    numbered = _FIRST.search(gap)
    if len(gap) > (_LONGEST_MARKED if _FIRST.search(gap[:20]) else _LONGEST_LEAD):
        return None
    if first.basis != whole.basis or not whole.value or ("。" in gap and not (numbered or _AFTER_STOP.search(gap))):
        return None
    colon = _COLON.search(_SHARES.sub("", gap.lstrip("。 \n")))
    if not (colon or numbered or _AMONG.search(gap)):
        return None
    items, ends = _items(scene, stream, place, marked=bool(numbered))
    if len(items) < 2:
        return None
    tail = scene.text[items[-1].end : items[-1].end + 1]
    complete = bool(colon or numbered) and not _OPEN.search(_lead(gap)) and tail != "等"
    return _List(whole, items, ends, complete, bool(numbered))


def _lead(gap: str) -> str:
    """The words between a total and the name of the first item, without brackets."""
    gap = _IN_BRACKETS.sub("", gap)
    first = _FIRST.search(gap)
    return gap[: first.start()] if first else gap


def _items(scene: Scene, stream: Sequence[Figure], place: int, *, marked: bool) -> tuple[list[Figure], list[int]]:
    """The figures of a list and where it may end; what stands in brackets or deeper lines of its own is left out."""
    whole, first = stream[place], stream[place + 1]
    in_lines = not marked and "\n" in scene.between(whole, first)
    level = _indent(scene, first)
    found: list[Figure] = []
    ends: list[int] = []
    depth = inner = 0
    last = whole
    for figure in stream[place + 1 : place + 1 + _MOST_ITEMS]:
        gap = scene.between(last, figure)
        depth = max(0, depth + gap.count("（") - gap.count("）"))
        if not found:
            inner = depth
        elif depth < inner or _stops(gap, marked, in_lines) or not _alike(first, figure):
            break
        if found and _BREAK.search(gap):
            ends.append(len(found))
        if in_lines and _indent(scene, figure) < level:
            break
        here = not in_lines or _indent(scene, figure) == level
        if depth == inner and here and (not marked or not found or _MARKER.search(gap)):
            found.append(figure)
        last = figure
    return found, [*(end for end in dict.fromkeys(ends) if end > 1), len(found)]


def _alike(first: Figure, other: Figure) -> bool:
    return other.basis == first.basis and other.period == first.period


def _indent(scene: Scene, figure: Figure) -> int:
    """How deep a line is set in: its blanks and dashes."""
    start = scene.text.rfind("\n", 0, figure.start) + 1
    match = _BULLET.match(scene.text, start, figure.start)
    return match.end() - start if match else 0


def _stops(gap: str, marked: bool, in_lines: bool) -> bool:
    """Whether a list ends in the text between two figures."""
    if marked:
        parts = [part.strip() for part in re.split(r"[。\n]", gap)[1:] if part.strip()]
        goes_on = any(_MARKER.match(part) for part in parts)
        return len(gap) > _LONGEST_MARKED or ("\n" in gap and not goes_on)
    if _SUM.search(gap) or "。" in gap or len(gap) > _FAR:
        return True
    return "\n" in gap and (not in_lines or gap.count("\n") > 1 or len(gap) > _FAR // 2 or _new_part(gap))


def _new_part(gap: str) -> bool:
    """Whether another part of the text begins on the next line: 〔三公〕, 二、, 2.3."""
    return re.search(r"\n\s*(?:[〔【<]|[一二三四五六七八九十]、|\d+[.、．])", gap) is not None


def _judged(found: _List) -> Outcome:
    """The verdict on a list: any reading that closes holds; else off only where a slip speaks for the list, too."""
    rule = "enum.amount" if found.whole.fact.kind == "amount" else "enum.count"
    closed = closing(found.whole, found.items)
    if closed:
        return sum_of(rule, found.whole, closed)
    if any(item.value == found.whole.value for item in found.items):
        return not_checked(rule, (found.whole, *found.items))  # that item is the total once more
    outcomes = [sum_of(rule, found.whole, found.items[:end]) for end in found.ends]
    slipped = [each for each in outcomes if each.chance is not None and sum(f.value != 0 for f in each.figures) > _FEW]
    best = min(slipped, key=lambda outcome: outcome.chance or Decimal(0), default=None)
    if best is None or best.chance is None:
        return not_checked(rule, outcomes[-1].figures)
    over = best.difference is not None and best.difference < 0
    certain = found.complete and (best.chance <= _ODD_CERTAIN or (found.marked and over))
    return best if certain or best.chance <= _ODD_OPEN else not_checked(rule, best.figures)


def _trailing(scene: Scene, stream: Sequence[Figure], place: int) -> Iterator[Outcome]:
    """A total behind its items: …，合计2,611.61万元."""
    whole = stream[place]
    before = scene.between(stream[place - 1], whole)
    if not _SUM.search(before) or "。" in before or "\n" in before:
        return
    items = _items_before(scene, stream, place)
    if len(items) < 2:
        return
    rule = "enum.amount" if whole.fact.kind == "amount" else "enum.count"
    for start in range(len(items) - 1):
        if closed := closing(whole, items[start:], to_end=True):
            yield sum_of(rule, whole, closed)
            return
    outcome = sum_of(rule, whole, items)
    certain = outcome.chance is not None and outcome.chance <= _ODD_CERTAIN
    yield outcome if certain else not_checked(rule, outcome.figures)


def _items_before(scene: Scene, stream: Sequence[Figure], place: int) -> list[Figure]:
    items: list[Figure] = []
    last = whole = stream[place]
    for figure in reversed(stream[max(0, place - _MOST_ITEMS) : place]):
        gap = scene.between(figure, last)
        if items and ("。" in gap or "\n" in gap or len(gap) > _FAR):
            break
        if not _alike(whole, figure):
            break
        items.insert(0, figure)
        last = figure
    return items
