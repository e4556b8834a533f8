"""The forms in which a label is looked up: without what stands before, behind and within the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from govfin_extract.taxonomy import name_key
from govfin_extract.text.datafiles import read_toml

_LEVELS = re.compile(r"（(?:\d{2,7})?([类款项])(?:级)?(?:科目)?）")
_DOUBLE = re.compile(r"支出支出$")
_BRACKETED = re.compile(r"^[〔【][^〕】]*[〕】](?=.)")
_NOTE = re.compile(r"（[^（）]{2,}）(?!费)")
_LONGEST = 40


def wording() -> dict[str, Any]:
    """The data file."""
    return read_toml("concepts/wording.toml")


@cache
def _stripped() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    strip = wording()["strip"]
    lead = re.compile("(?:" + "|".join(strip["lead"]) + ")")
    tail = re.compile("(?:" + "|".join(strip["tail"]) + ")$")
    return lead, tail, re.compile(strip["said"])


@lru_cache(maxsize=16384)
def variants(label: str) -> tuple[str, ...]:
    """The forms in which a label is looked up, the whole first.

    >>> variants("2022年度“三公”经费支出")[:2]
    ('2022年度三公经费支出', '三公经费支出')
    >>> "增值税" in variants("增值税受水电拖累只收"), "政府性基金收入" in variants("使市级政府性基金收入只")
    (True, True)
    """
    key = _BRACKETED.sub("", name_key(label)[:_LONGEST]).strip("〔〕【】")
    plain = _LEVELS.sub("", key)
    plain = plain[: -len("支出")] if _DOUBLE.search(plain) else plain
    found = dict.fromkeys((key, plain, _NOTE.sub("", plain)))
    for form in tuple(found):
        for bare in _without_lead(form):
            found.setdefault(bare)
    for form in tuple(found):
        for short in _without_tail(form):
            found.setdefault(short)
    for part in _parts(plain):
        found.setdefault(part)
    return tuple(form for form in found if form)


def _without_lead(form: str) -> Iterator[str]:
    lead = _stripped()[0]
    while len(form) > 1 and (match := lead.match(form)) and match.end() < len(form):
        form = form[match.end() :]
        yield form


def _without_tail(form: str) -> Iterator[str]:
    tail = _stripped()[1]
    while len(form) > 2 and (match := tail.search(form)) and match.start() > 1:
        form = form[: match.start()]
        yield form


def _parts(plain: str) -> Iterator[str]:
    """The noun that 的 or 等 lead to, and what stands before a cause or a comparison."""
    for mark in "的等":
        behind = plain.rpartition(mark)[2]
        if 1 < len(behind) < len(plain):
            yield behind
    said = _stripped()[2].search(plain, 2)
    if said is not None:
        yield plain[: said.start()]
