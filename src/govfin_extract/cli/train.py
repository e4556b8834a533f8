"""``govfin train``: labelled documents to a model."""

from __future__ import annotations

from pathlib import Path

import click

from govfin_extract.cli.common import log_to_stderr, progress

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("gold_dirs", nargs=-1, required=True, type=_FOLDER)
@click.option("-o", "--output", type=_FOLDER, required=True, help="The model's folder; what stands there is replaced.")
@click.option("--name", help="The model's name; the folder's by default.")
@click.option("--version", "version", default="1", show_default=True, help="The model's version, for its manifest.")
@click.option("--test", "test_dir", type=_FOLDER, help="Labelled documents to score the model on, for its card.")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no notes.")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens.")
def train(
    gold_dirs: tuple[Path, ...],
    output: Path,
    name: str | None,
    version: str,
    test_dir: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Train a model on labelled documents.

    GOLD_DIRS hold x.gold.json beside x.txt, or .mark files. The same documents give the same model.

    \b
    govfin train corpora/src/train corpora/src/dev --test corpora/src/test -o models/default
    govfin train my-labels -o my-model
    govfin extract report.pdf --model my-model
    """
    log_to_stderr(verbose)
    from govfin_extract.bench import card, corpus, training
    from govfin_extract.learn.store import save_model

    documents = [document for folder in gold_dirs for document in corpus.load(folder)]
    test = corpus.load(test_dir) if test_dir else []
    steps = len(documents) + training.FOLDS + 1
    with progress(steps, quiet, unit="steps") as advance:
        prepared = []
        for document in documents:
            prepared.append(training.prepare(document))
            advance()
        model = training.train(prepared, name=name or output.resolve().name, step=advance)
    about = {"documents": len(documents), "facts": sum(len(document.facts) for document in documents)}
    save_model(model, output, about={"trained_on": {**about, "sha256": training.digest(documents)}}, version=version)
    (output / "card.md").write_text(card.card(output, test), "utf-8")
    if not quiet:
        click.echo(f"{output}: {about['documents']} documents, {about['facts']} labelled facts", err=True)
