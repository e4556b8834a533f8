"""Clauses seen from a figure: where its own begins, and the bracket that it stands in."""

from __future__ import annotations

SEPARATORS = frozenset("，。；：！？\n;:!?\t")
_CLOSERS = {"）": "（", "》": "《", "”": "“", "】": "【", "〕": "〔", ")": "(", "]": "[", "’": "‘"}


def clause_start(text: str, low: int, high: int) -> tuple[int, int]:
    """Where the clause that ends at ``high`` begins, and the bracket that it stands in (or -1).

    Separators inside closed brackets do not part.

    >>> clause_start("其中，专项经费（含其他，专项）", 0, 15)
    (3, -1)
    """
    at = high
    while at > low:
        char = text[at - 1]
        opener = _CLOSERS.get(char)
        if opener is not None:
            back = text.rfind(opener, low, at - 1)
            if back < 0 and char in "）)":
                return at, -1  # it closes what an earlier figure stands in
            at = back if back >= 0 else at - 1
            continue
        if char in "（(【":
            return at, at - 1
        if char in SEPARATORS or (char == "," and not text[at : at + 1].isdecimal()):
            return at, -1
        at -= 1
    return low, -1


def clause_before(text: str, at: int, low: int) -> int:
    """Where the clause that ends at ``at`` begins: at the next separator to the left, or at ``low``."""
    while at > low and text[at - 1] not in "，。；：（":
        at -= 1
    return at


def bracket_depth(text: str, start: int, end: int, depth: int) -> tuple[int, int]:
    """Walk ``text[start:end]`` from a depth: the least depth on the way and the depth at the end."""
    least = depth
    for char in text[start:end]:
        if char == "（":
            depth += 1
        elif char == "）" and depth > 0:
            depth -= 1
            least = min(least, depth)
    return least, depth
