"""``govfin evaluate``: extracted facts against labelled ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govfin_extract.cli.common import FAILED, chosen_model, document_options, log_to_stderr, name_failure, progress

if TYPE_CHECKING:
    from govfin_extract.bench.corpus import Gold
    from govfin_extract.bench.report import Evaluation
    from govfin_extract.document import Document

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("gold_dir", type=_FOLDER)
@click.option("--predictions", type=_FOLDER, help="Score these <name>.json files instead of extracting the texts.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Print the first N errors, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with the level that each fact reaches.")
@click.option("--diff", type=_FOLDER, metavar="OLD.json", help="Print gains and losses since an earlier --json.")
@document_options
def evaluate(
    gold_dir: Path,
    predictions: Path | None,
    errors: int,
    as_json: bool,
    diff: Path | None,
    model: str,
    workers: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Score the library on labelled documents.

    GOLD_DIR holds x.gold.json beside x.txt, or .mark files. A fact counts for detect, value, label and fact
    as its span and kind, then its value and unit, its label, and all else are right.

    \b
    govfin evaluate corpora/src/dev --errors 20
    govfin evaluate corpora/src/dev --json > before.json
    govfin evaluate corpora/src/dev --diff before.json
    """
    if as_json and errors:
        raise click.UsageError("--json prints no errors as lines; leave out --errors (or --json)")
    log_to_stderr(verbose)
    from govfin_extract.bench import corpus, report

    documents = corpus.load(gold_dir)
    old = report.earlier(diff) if diff else None
    if predictions:
        results: Iterable[Document | Exception | list[Any]] = corpus.predictions(predictions, documents).values()
    else:
        results = _extracted(documents, model, workers, quiet)
    evaluation, failed = _evaluation(documents, results, verbose)
    _print(evaluation, errors, as_json, old)
    sys.exit(FAILED if failed else 0)


def _extracted(documents: list[Gold], model: str, workers: int, quiet: bool) -> Iterator[Document | Exception]:
    from govfin_extract import api
    from govfin_extract.scale.local import outcomes

    extract = partial(api.extract, model=chosen_model(model))
    texts = (document.text for document in documents)
    with progress(len(documents), quiet) as advance:
        for _, result in outcomes(extract, texts, workers=min(workers, len(documents))):
            yield result
            advance()


def _evaluation(
    documents: list[Gold], results: Iterable[Document | Exception | list[Any]], verbose: bool
) -> tuple[Evaluation, int]:
    """A document that fails counts as one without facts, and is named."""
    from govfin_extract.bench.report import Evaluation
    from govfin_extract.bench.score import judge, right_fields

    judgements, fields, failed = [], {}, 0
    for gold, result in zip(documents, results, strict=True):
        if isinstance(result, list):
            facts = result
        elif isinstance(result, Exception):
            failed += 1
            facts = []
            name_failure(gold.name, result, verbose)
        else:
            facts = [fact.to_dict() for fact in result.facts]
            fields[gold.name] = right_fields(gold.meta, result.metadata.to_dict())
        judgements += judge(gold, facts)
    return Evaluation(judgements, fields, {gold.name: gold.text for gold in documents}), failed


def _print(evaluation: Evaluation, errors: int, as_json: bool, old: dict[str, Any] | None) -> None:
    from govfin_extract.bench.report import differences

    changes = {} if old is None else {"differences": list(differences(old, evaluation))}
    if as_json:
        click.echo(json.dumps({**evaluation.to_dict(), **changes}, ensure_ascii=False, indent=1))
        return
    for line in evaluation.lines(errors=errors):
        click.echo(line)
    for lines in changes.values():
        click.echo("\n" + "\n".join(lines))
