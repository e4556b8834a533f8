"""An evaluation as a record, as lines to read, and as the difference from an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govfin_extract._version import __version__
from govfin_extract.bench import score
from govfin_extract.bench.corpus import Record, json_object
from govfin_extract.bench.score import Judgement, Level
from govfin_extract.errors import SchemaError

SCHEMA = "govfin-evaluation/1"
_SHOWN = ("text", "kind", "value", "low", "high", "unit", "measure", "basis", "period", "max_score")


@dataclass(frozen=True, slots=True, repr=False)
class Evaluation:
    """What became of every fact of a labelled corpus, and which of the documents' own fields were right.

    Attributes:
        judgements: of all documents, in their order.
        fields: by document the fields that the labels name, each right or not; empty where facts alone were compared.
        texts: by document its text, to show labels.
    """

    judgements: Sequence[Judgement]
    fields: Mapping[str, Mapping[str, bool]]
    texts: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "library": __version__,
            "table": score.table(self.judgements),
            "links": dict(sorted(score.links(self.judgements).items())),
            "fields": {name: dict(fields) for name, fields in self.fields.items()},
            "levels": score.levels(self.judgements),
            "spurious": score.spurious(self.judgements),
        }

    def lines(self, *, errors: int = 0) -> Iterator[str]:
        """The table, the links, the fields; before them the first ``errors`` errors."""
        wrong = [judgement for judgement in self.judgements if judgement.level < Level.FACT]
        yield from (self._error(judgement) for judgement in wrong[:errors])
        yield from _table(score.table(self.judgements))
        links = score.links(self.judgements)
        if links["concepts"] or links["codes"]:
            concepts = _share(links["concepts_right"], links["concepts"])
            codes = _share(links["codes_right"], links["codes"])
            missed = links["links_wrong"]
            yield f"of the right values: concepts right {concepts}, links wrong {missed}, codes right {codes}"
        if any(self.fields.values()):
            yield "of the documents' own fields: " + ", ".join(self._field_counts())

    def _field_counts(self) -> Iterator[str]:
        total: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for fields in self.fields.values():
            total.update(fields.keys())
            right.update(name for name, is_right in fields.items() if is_right)
        return (f"{name} {right[name]}/{count}" for name, count in total.items())

    def _error(self, judgement: Judgement) -> str:
        text = self.texts[judgement.document]
        gold = _shown(judgement.gold, _gold_label(judgement.gold, text))
        label = (judgement.predicted or {}).get("label") or {}
        predicted = _shown(judgement.predicted, label.get("text"))
        return f"{judgement.document}\t{judgement.why}\tgold: {gold}\tfound: {predicted}"


def earlier(path: Path) -> dict[str, Any]:
    """The evaluation that an earlier ``--json`` wrote to a file.

    Raises:
        ReadError: the file cannot be read.
        SchemaError: it holds no evaluation.
    """
    content = json_object(path)
    _require_evaluation(content, str(path))
    return content


def differences(old: Mapping[str, Any], new: Evaluation) -> Iterator[str]:
    """What was gained and lost since ``old`` (an evaluation's JSON), document by document.

    Raises:
        SchemaError: ``old`` is no evaluation.
    """
    _require_evaluation(old, "the older evaluation")
    now = new.to_dict()
    before, after = old["table"].get("all"), now["table"].get("all")
    if before and after:
        yield f"fact F1 {before['fact'][2]:.4f} → {after['fact'][2]:.4f}"
    for name in sorted({*old["levels"], *now["levels"], *old["spurious"], *now["spurious"]}):
        lines = [*_moved(name, old, now, new.texts.get(name, "")), *_spurious(name, old, now)]
        if lines:
            yield f"{name}:"
            yield from lines


def _require_evaluation(content: Mapping[str, Any], name: str) -> None:
    if content.get("schema") != SCHEMA:
        raise SchemaError(f"{name} has the schema {content.get('schema')!r}, not {SCHEMA!r}; write it with --json")
    parts = {"table": _is_row, "levels": _is_levels, "spurious": _is_strings}
    for key, fits in parts.items():
        part = content.get(key)
        if not isinstance(part, dict) or not all(map(fits, part.values())):
            raise SchemaError(f"{name} has no whole {key!r}, as if cut or edited; write it again with --json")


def _is_row(row: object) -> bool:
    figures = row.get("fact") if isinstance(row, dict) else None
    return isinstance(figures, list) and [type(figure) in (int, float) for figure in figures] == [True] * 3


def _is_levels(levels: object) -> bool:
    known = {int(level) for level in Level}
    return isinstance(levels, dict) and all(type(level) is int and level in known for level in levels.values())


def _is_strings(items: object) -> bool:
    return isinstance(items, list) and all(isinstance(item, str) for item in items)


def _moved(name: str, old: Mapping[str, Any], now: Mapping[str, Any], text: str) -> Iterator[str]:
    before, after = old["levels"].get(name, {}), now["levels"].get(name, {})
    for place, level in after.items():
        was = before.get(place)
        if was is not None and was != level:
            word = "gained" if level > was else "lost"
            yield f"  {word} {place} {around(text, place)}: {_name(was)} → {_name(level)}"
    relabelled = len(before.keys() ^ after.keys())
    if relabelled and before and after:
        yield f"  labels changed: {relabelled} facts stand in one of the two only"


def _spurious(name: str, old: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    before, after = Counter(old["spurious"].get(name, ())), Counter(now["spurious"].get(name, ()))
    yield from (f"  lost: now spurious {fact}" for fact in after - before)
    yield from (f"  gained: no more spurious {fact}" for fact in before - after)


def _share(right: int, labelled: int) -> str:
    """A count of a total, and what share it is.

    >>> _share(3, 4)
    '3/4 (75.0 %)'
    """
    return f"{right}/{labelled} ({100 * right / labelled:.1f} %)" if labelled else "0/0"


def _name(level: int) -> str:
    return Level(level).name.lower()


def around(text: str, place: str) -> str:
    """What stands at a place (``start:end``) of a text, in brackets, with the words before it.

    >>> around("收入10万元", "2:6")
    '收入[10万元]'
    """
    start, end = (int(part) for part in place.rstrip("+").split(":"))
    return f"{text[max(0, start - 12) : start]}[{text[start:end]}]".replace("\n", "⏎")


def _gold_label(fact: Record | None, text: str) -> str | None:
    if fact is None:
        return None
    return " / ".join(text[slice(*entry["min"])] for entry in fact.get("labels", ()))


def _shown(fact: Record | None, label: str | None) -> str:
    if fact is None:
        return "nothing"
    parts = [f"{key}={fact[key]}" for key in _SHOWN if fact.get(key) not in (None, "")]
    return " ".join([*parts, f"label={label}"]).replace("\n", "⏎")


def _table(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    heads = "".join(f"{column + ' F1':>10}" for column in score.COLUMNS)
    yield f"{'slice':<28}{'gold':>6}{'pred':>6}   {heads}{'fact P':>9}{'fact R':>8}"
    for key, row in rows.items():
        figures = "".join(f"{row[column][2]:>10.3f}" for column in score.COLUMNS)
        yield f"{key:<28}{row['gold']:>6}{row['pred']:>6}   {figures}{row['fact'][0]:>9.3f}{row['fact'][1]:>8.3f}"
