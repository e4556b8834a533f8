"""The benchmark's page: a run of the benchmark as tables, between the words of ``page.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from govfin_extract.bench import bootstrap
from govfin_extract.bench.plots import english
from govfin_extract.bench.quantities import ALL, NOTHING, meant
from govfin_extract.bench.results import Results

Row = Sequence[str]
_NONE = "–"
_SLICES = {"kind": "By kind of fact", "source": "By source", "genre": "By kind of document"}
_KINDS = ("amount", "count", "percent", "percentage_point", "score", "ratio")
_LEVELS = ("detect", "value", "label")
_FOREIGN = {
    "jionlp_money": "JioNLP: sums of money",
    "cn2an_tests": "cn2an: numerals",
    "cn2an_tests rewritten": "cn2an: texts, their numbers",
    "wetext_itn rewritten": "WeTextProcessing: texts, their numbers",
}
_WORDS = {
    "labels_at_borders": "labels at borders",
    "labels_reached": "labels accepted",
    "labels_whole": "labels whole",
    "names_at_borders": "names at borders",
    "names_whole": "names whole",
}


def render(measured: Results, pictures: Mapping[str, str]) -> str:
    """The page as Markdown; ``pictures`` are the plots' files by name."""
    parts = [_text("head", library=measured["library"], **measured["machine"])]
    parts += [*_facts(measured.get("facts", {})), _picture("genres", pictures)]
    parts += [*_confidence(measured.get("facts", {}).get("test", {})), _picture("confidence", pictures)]
    parts += [*_curve(measured.get("curve", [])), _picture("curve", pictures)]
    parts += _quantities(measured.get("quantities", {}), pictures)
    parts += [*_words(measured.get("words")), *_speed(measured.get("speed"))]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Row, rows: Iterable[Row], *, figures: bool = True) -> str:
    """A Markdown table; the first column is text, the others are figures unless said otherwise.

    >>> print(table(["system", "F1"], [["rules", "0.959"]]))
    | system | F1 |
    | --- | ---: |
    | rules | 0.959 |
    """
    marks = ["---", *["---:" if figures else "---"] * (len(head) - 1)]
    lines = [head, marks, *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


@cache
def _texts() -> Mapping[str, str]:
    content = files("govfin_extract.bench").joinpath("page.toml").read_text("utf-8")
    return {name: text.strip() for name, text in tomllib.loads(content).items()}


def _text(name: str, **values: object) -> str:
    return _texts()[name].format(**values)


def _picture(name: str, pictures: Mapping[str, str]) -> str:
    return f"![{_text('picture_' + name)}](benchmark/{pictures[name]})" if name in pictures else ""


def _facts(splits: Mapping[str, Any]) -> Iterator[str]:
    if not splits:
        return
    yield _text("facts", samples=bootstrap.SAMPLES, fewest=bootstrap.FEWEST)
    head = ["split, system", "documents", "facts", "precision", "recall", "F1", "interval"]
    yield table([*head, *(f"{level} F1" for level in _LEVELS)], _wholes(splits))
    gains = [
        [f"{split}: {gain['of']} over {gain['over']}", *_estimate(gain["f1"], signed=True)]
        for split, of_split in splits.items()
        for gain in of_split["gains"]
    ]
    if gains:
        yield table(["gain", "in F1", "interval"], gains)
    yield "### The test split in parts"
    for prefix, title in _SLICES.items():
        yield _slice(title, f"{prefix}:", splits["test"]["systems"])


def _wholes(splits: Mapping[str, Any]) -> Iterator[Row]:
    for split, of_split in splits.items():
        for name, run in of_split["systems"].items():
            row = run["table"]["all"]
            counts = [
                str(of_split["documents"]),
                str(row["gold"]),
                *(f"{row[key]:.3f}" for key in ("precision", "recall")),
            ]
            yield [
                f"{split}, {name}",
                *counts,
                *_estimate(row["f1"]),
                *(f"{row['levels'][key]:.3f}" for key in _LEVELS),
            ]


def _slice(title: str, prefix: str, systems: Mapping[str, Any]) -> str:
    first = next(iter(systems.values()))["table"]
    keys = [key for key in first if key.startswith(prefix)]
    head = [title, "facts"]
    for name in systems:
        head += [f"{name} F1", "interval"]
    rows = []
    for key in sorted(keys, key=lambda key: (-int(first[key]["gold"]), key)):
        row = [_named(key.removeprefix(prefix)), str(first[key]["gold"])]
        for run in systems.values():
            row += _estimate(run["table"][key]["f1"]) if key in run["table"] else [_NONE, _NONE]
        rows.append(row)
    return table(head, rows)


def _named(name: str) -> str:
    """A slice's name, a kind of document in English, too."""
    other = english().get(name, name)
    return name if other == name else f"{name} ({other})"


def _estimate(estimate: Sequence[float | None], *, signed: bool = False) -> list[str]:
    """A figure and its interval."""
    value, low, high = (_NONE if each is None else f"{each:{'+' * signed}.3f}" for each in estimate)
    return [value, _NONE if low == _NONE else f"{low} to {high}"]


def _confidence(test: Mapping[str, Any]) -> Iterator[str]:
    """Whether the confidence of the rules and of the model means what it says."""
    found = {name: test["systems"][name]["confidence"] for name in ("rules", "both") if name in test.get("systems", {})}
    if not found:
        return
    yield _text("confidence")
    rows = []
    for name, record in found.items():
        sure, right, every = record["sure"]
        rows.append([name, _percent(sure, every), _percent(right, sure), f"{record['error']:.3f}"])
    yield table(["system", "facts with 0.9 or more, %", "of these right, %", "calibration error"], rows)


def _curve(points: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not points:
        return
    yield _text("curve")
    head = ["documents learned from", "facts"]
    for split in points[0]["f1"]:
        head += [f"{split} F1", "interval"]
    rows = []
    for point in points:
        row = [str(point["documents"]), str(point["facts"])]
        for estimate in point["f1"].values():
            row += _estimate(estimate)
        rows.append(row)
    yield table(head, rows)


def _quantities(tools: Mapping[str, Any], pictures: Mapping[str, str]) -> Iterator[str]:
    if not tools:
        return
    yield _text("quantities")
    about = [
        [name, run["version"] or _NONE, run["licence"], f"`{run['entry']}`", run["meant_for"]]
        for name, run in tools.items()
    ]
    yield table(["library", "version", "licence", "entry", "meant for"], about, figures=False)
    failures = [f"- {name}: {run['failure']}" for name, run in tools.items() if run["failure"]]
    if failures:
        yield _text("failures") + "\n\n" + "\n".join(failures)
    ran = {name: run for name, run in tools.items() if run.get("sets")}
    if ran:
        for group in ("sentences", "expressions"):
            yield from _labelled(group, ran)
        yield _picture("quantities", pictures)
        yield from _foreign(ran)
        yield _picture("speed", pictures)


def _totals(ran: Mapping[str, Any]) -> Mapping[str, Any]:
    """The sets by name; every library was given the same."""
    sets: Mapping[str, Any] = next(iter(ran.values()))["sets"]
    return sets


def _labelled(group: str, ran: Mapping[str, Any]) -> Iterator[str]:
    total = _totals(ran).get(group, {})
    kinds = [kind for kind in (*_KINDS, NOTHING) if kind in total]
    if not kinds:
        return
    yield _text(group) + "\n\n" + _text("right")
    heads = ("left alone" if kind == NOTHING else kind.replace("_", " ") for kind in kinds)
    rows = ([name, _percent(*meant(run, group)), *_right(run, group, kinds)] for name, run in ran.items())
    yield table(
        ["library", "% right", *(f"{head} ({total[kind][1]})" for head, kind in zip(heads, kinds, strict=True))], rows
    )
    if NOTHING in kinds:
        yield _text("left_alone")


def _right(run: Mapping[str, Any], group: str, kinds: Sequence[str]) -> Iterator[str]:
    for kind in kinds:
        yield str(run["sets"][group][kind][0]) if kind in (*run["kinds"], NOTHING) else _NONE


def _percent(right: int, total: int) -> str:
    return f"{100 * right / total:.1f}" if total else _NONE


def _foreign(ran: Mapping[str, Any]) -> Iterator[str]:
    totals = _totals(ran)
    groups = [group for group in _FOREIGN if group in totals]
    yield _text("foreign") if groups else _text("only_speed")
    head = ["library", *(f"{_FOREIGN[group]} ({totals[group][ALL][1]})" for group in groups), "characters a second"]
    yield table(head, ([name, *_rights(run, groups), _speed_of(run)] for name, run in ran.items()))
    rewriting = {name: run["rewritten"] for name, run in ran.items() if run.get("rewritten")}
    if rewriting:
        sets = sorted({group for counts in rewriting.values() for group in counts})
        yield _text("rewritten")
        yield table(
            ["library", *(_FOREIGN[group].partition(",")[0] for group in sets)],
            (
                [name, *(f"{counts[group][0]}/{counts[group][1]}" for group in sets)]
                for name, counts in rewriting.items()
            ),
        )


def _rights(run: Mapping[str, Any], groups: Sequence[str]) -> Iterator[str]:
    return (str(run["sets"][group][ALL][0]) for group in groups)


def _speed_of(run: Mapping[str, Any]) -> str:
    return f"{run['characters_a_second']:,}" if run.get("characters_a_second") else _NONE


def _words(words: Mapping[str, Any] | None) -> Iterator[str]:
    if not words:
        return
    yield _text("words", labels=words["labels"], names=words["names"])
    rows = (
        [name, *(f"{100 * run[column]:.1f} %" for column in _WORDS), f"{run['characters_a_token']:.2f}"]
        for name, run in words["tokenizers"].items()
    )
    yield table(["tokenizer", *_WORDS.values(), "characters a token"], rows)


def _speed(speed: Mapping[str, Any] | None) -> Iterator[str]:
    if not speed:
        return
    yield _text("speed", characters=speed["characters"])
    rows = [
        ["characters a second, warm", f"{speed['characters_a_second']:,}"],
        ["import in a new process", f"{speed['import_seconds']:.2f} s"],
        ["first document in a new process, after the import", f"{speed['first_seconds']:.2f} s"],
        ["peak memory over all documents", f"{speed['peak_mib']:.0f} MiB"],
    ]
    yield table(["what", "figure"], rows)
