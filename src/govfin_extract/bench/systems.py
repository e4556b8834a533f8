"""What the benchmark measures: systems by name, each a function of a text; and what trains a model on documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from govfin_extract.bench import training
from govfin_extract.bench.corpus import Gold, Record
from govfin_extract.learn.fit import fit
from govfin_extract.learn.model import Model, Settings
from govfin_extract.learn.store import load_model
from govfin_extract.pipeline import Extractor, propose, record_of

_NEVER, _EVEN = 2.0, 0.5  # no trust in the rules' label is enough; likelier than not

System = Callable[[str], Sequence[Record]]
Trainer = Callable[[Sequence[Gold]], System]


def extracting(extractor: Extractor) -> System:
    """An extractor as a system.

    >>> [fact["text"] for fact in extracting(Extractor(model=None))("2022年度收入合计3万元。")]
    ['3万元']
    """
    return lambda text: [fact.to_dict() for fact in extractor(text).facts]


def deciding(model: Model) -> System:
    """What a model makes of what the rules propose, as a system."""

    def read(text: str) -> list[Record]:
        found = propose(text)
        return [record_of(item.fact, found.view) for item in model(found.view.text, found.cases, found.about)]

    return read


def alone(model: Model) -> Model:
    """The model with all trust in itself: of what the rules propose it takes what it holds for likeliest."""
    return replace(model, settings=Settings(gate=_NEVER, label=0.0, choice=0.0, drop=_EVEN))


def systems() -> Mapping[str, System]:
    """The systems that are compared, the one that others are held against first."""
    return {
        "rules": extracting(Extractor(model=None)),
        "model only": deciding(alone(load_model("default"))),
        "both": extracting(Extractor(model="default")),
    }


def train(documents: Sequence[Gold]) -> System:
    """A model of documents as a system, for the learning curve; without the fits that only its confidence needs."""
    prepared = [training.prepare(document).labelled for document in documents]
    return deciding(fit(prepared, name="learning curve", settings=Settings()))
