"""Names of the classification that were not in force in the document's year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govfin_extract.audit.check import Outcome
from govfin_extract.audit.figures import Figure, Scene
from govfin_extract.text.datafiles import read_toml

__all__ = ["names_of_years"]

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\d{3,7})")
_LEVEL = re.compile(r"（[类款项]）")


def names_of_years(scene: Scene) -> Iterator[Outcome]:
    """Each name once, where it stands first; only names whose years are known."""
    year = scene.about.fiscal_year
    if year is None:
        return
    known = read_toml("audit/names.toml")
    seen: set[str] = set()
    for figure in scene.figures:
        name = _official(figure, known)
        if name is None or name in seen or figure.period != year:
            continue
        seen.add(name)
        since, until = known[name].get("since"), known[name].get("until")
        early, late = since is not None and int(year) < since, until is not None and int(year) > until
        years = f"{since or ''}–{until or ''}"
        verdict = "off" if early or late else "exact"
        yield Outcome("code.name_year", verdict, (figure,), f"{name}: {years}; {year}", weak=True)


def _official(figure: Figure, known: dict[str, object]) -> str | None:
    """The name of a figure as the list has it."""
    name = _LEVEL.sub("", _NUMBER.sub("", figure.name))
    return next((each for each in (name, f"{name}支出") if each in known), None)
