"""The benchmark's plots as SVG: the same figures give the same bytes. English labels, so that no font is missing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govfin_extract.bench import quantities
from govfin_extract.bench.results import Results
from govfin_extract.errors import MissingToolError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SALT = {"svg.hashsalt": "govfin", "svg.fonttype": "none"}
_WIDTH = 8.0
_COLOURS = ("#1b6ca8", "#d1495b", "#66a182", "#edae49")
_SETS = {"sentences": "labelled sentences", "expressions": "expressions of the test split"}


def require() -> None:
    """Say what to do where matplotlib is missing.

    Raises:
        MissingToolError: the extra ``bench`` is not installed.
    """
    if find_spec("matplotlib") is None:
        raise MissingToolError("the plots need matplotlib; pip install 'govfin-extract[bench]'")


def draw(measured: Results, folder: Path) -> dict[str, str]:
    """Draw what was measured; the files' names by plot, in the order of the page."""
    drawings: dict[str, Callable[[Results], Figure | None]] = {
        "genres": _genres,
        "confidence": _confidence,
        "curve": _curve,
        "quantities": _quantities,
        "speed": _speed,
    }
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {}
    for name, drawing in drawings.items():
        path = folder / f"{name}.svg"
        figure = drawing(measured)
        if figure is None:
            path.unlink(missing_ok=True)
        else:
            _save(figure, path)
            drawn[name] = path.name
    return drawn


def _save(figure: Figure, path: Path) -> None:
    from matplotlib import rc_context

    with rc_context(dict[Any, Any](_SALT)):
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")


@cache
def english() -> Mapping[str, str]:
    """The kinds of documents in English."""
    content = files("govfin_extract.bench").joinpath("genres.tsv").read_text("utf-8")
    return {row["doc_type"]: row["english"] for row in csv.DictReader(content.splitlines(), delimiter="\t")}


def _axes(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height))
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(True, axis="x", color="#dddddd")
    axes.set_axisbelow(True)
    return figure, axes


def _genres(measured: Results) -> Figure | None:
    """F1 of whole facts by kind of document in the test split, each system with its intervals."""
    systems = measured.get("facts", {}).get("test", {}).get("systems", {})
    if not systems:
        return None
    first = next(iter(systems.values()))["table"]
    genres = sorted((key for key in first if key.startswith("genre:")), key=lambda key: int(first[key]["gold"]))
    rows = ["all", *genres]
    figure, axes = _axes(0.36 * len(rows) + 1)
    for number, (name, record) in enumerate(systems.items()):
        shift = 0.2 * (number - (len(systems) - 1) / 2)
        points = [record["table"][key]["f1"] for key in rows if key in record["table"]]
        heights = [place + shift for place, key in enumerate(rows) if key in record["table"]]
        _points(axes, points, heights, name, number)
    labels = [english().get(key.removeprefix("genre:"), key.removeprefix("genre:")) for key in rows]
    axes.set_yticks(
        range(len(rows)), [f"{label} ({first[key]['gold']})" for label, key in zip(labels, rows, strict=True)]
    )
    axes.set_xlabel("F1 of whole facts, 95 % interval over documents (number of facts)")
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4)
    return figure


def _points(axes: Axes, estimates: list[list[float | None]], heights: list[float], name: str, number: int) -> None:
    colour = _COLOURS[number % len(_COLOURS)]
    axes.plot([each[0] or 0.0 for each in estimates], heights, "o", color=colour, label=name)
    for (_, low, high), height in zip(estimates, heights, strict=True):
        if low is not None and high is not None:
            axes.plot([low, high], [height, height], color=colour, linewidth=1.5)


def _confidence(measured: Results) -> Figure | None:
    """How often facts of a confidence are right, and how many are wrong among the surest, on the test split."""
    found = measured.get("facts", {}).get("test", {}).get("systems", {})
    shown = {name: found[name]["confidence"] for name in ("rules", "both") if name in found}
    if not shown:
        return None
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot([0, 1], [0, 1], color="0.8")
    for number, (name, record) in enumerate(shown.items()):
        colour = _COLOURS[number]
        left.plot([each[1] for each in record["bins"]], [each[2] for each in record["bins"]], "o-", color=colour)
        right.plot([each[0] for each in record["risk"]], [each[1] for each in record["risk"]], color=colour, label=name)
    left.set(xlabel="confidence", ylabel="share of facts that are right", xlim=(0, 1), ylim=(0, 1))
    right.set(
        xlabel="share of facts, the surest first", ylabel="share of these that is wrong", xlim=(0, 1), ylim=(0, None)
    )
    right.legend(frameon=False)
    return figure


def _curve(measured: Results) -> Figure | None:
    """F1 by the number of documents that were learned from, beside the rules."""
    points = measured.get("curve")
    if not points:
        return None
    figure, axes = _axes(3.6)
    sizes = [point["documents"] for point in points]
    for number, split in enumerate(points[0]["f1"]):
        value, low, high = zip(*(point["f1"][split] for point in points), strict=True)
        axes.plot(sizes, value, "o-", color=_COLOURS[number], label=f"trained, on {split}")
        if None not in low:
            axes.fill_between(sizes, low, high, color=_COLOURS[number], alpha=0.15)
        for name, f1 in _first_system(measured, split):
            axes.axhline(f1, color=_COLOURS[number], linestyle=":", label=f"{name}, on {split}")
    axes.set_xlabel("documents learned from")
    axes.set_ylabel("F1 of whole facts")
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4)
    return figure


def _first_system(measured: Results, split: str) -> Iterator[tuple[str, float]]:
    systems = measured.get("facts", {}).get(split, {}).get("systems", {})
    for name in list(systems)[:1]:
        yield name, systems[name]["table"]["all"]["f1"][0]


def _quantities(measured: Results) -> Figure | None:
    """The share of numbers that each library reads right, of the kinds that it is meant for."""
    tools = {name: record for name, record in measured.get("quantities", {}).items() if record.get("sets")}
    if not tools:
        return None
    figure, axes = _axes(0.6 * len(tools) + 1)
    places = range(len(tools), 0, -1)
    for number, (group, label) in enumerate(_SETS.items()):
        pairs = [quantities.meant(record, group) for record in tools.values()]
        shares = [100 * right / total if total else 0.0 for right, total in pairs]
        bars = axes.barh([place - 0.36 * number for place in places], shares, 0.34, color=_COLOURS[number], label=label)
        axes.bar_label(bars, fmt="%.1f", padding=2, fontsize=8)
    axes.set_yticks([place - 0.18 for place in places], [_named(name, record) for name, record in tools.items()])
    axes.set_xlim(0, 112)
    axes.set_xlabel("% of numbers with the right value, of the kinds that a library is meant for")
    axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return figure


def _named(name: str, record: Mapping[str, Any]) -> str:
    return f"{name} (amounts only)" if record["kinds"] == ["amount"] else name


def _speed(measured: Results) -> Figure | None:
    """Characters a second of each number reader, on a logarithmic scale."""
    speeds = {
        name: record["characters_a_second"]
        for name, record in measured.get("quantities", {}).items()
        if record.get("characters_a_second")
    }
    if not speeds:
        return None
    figure, axes = _axes(0.36 * len(speeds) + 1)
    names = sorted(speeds, key=lambda name: int(speeds[name]))
    bars = axes.barh(names, [speeds[name] for name in names], 0.6, color=_COLOURS[0])
    axes.bar_label(bars, labels=[f"{speeds[name]:,}" for name in names], padding=3, fontsize=8)
    axes.set_xscale("log")
    axes.set_xlim(right=8 * max(speeds.values()))
    axes.set_xlabel("characters a second (logarithmic)")
    return figure
