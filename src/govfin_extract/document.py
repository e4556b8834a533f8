"""The result of an extraction: a document's text, what it says of itself, and its facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from govfin_extract._version import __version__
from govfin_extract.records import Fact, Mention, Metadata, Token
from govfin_extract.text.dataversion import lexicon_version

SCHEMA = "govfin-extract/1"


class Document:
    """A read and extracted document.

    Attributes:
        text: the source text, to the letter as it was given; every offset counts its code points.
        name: the file's name without folder, or None for a string.
        sha256: of the file's bytes (of the UTF-8 text for a string).
        metadata: title, organization, fiscal_year, doc_type, region.
        facts: in the order of the text.
        model: the name of the model that decided, or None for rules alone.
    """

    def __init__(
        self,
        text: str,
        *,
        metadata: Metadata,
        facts: tuple[Fact, ...],
        name: str | None = None,
        sha256: str | None = None,
        model: str | None = None,
    ) -> None:
        self.text = text
        self.metadata = metadata
        self.facts = facts
        self.name = name
        self.sha256 = sha256
        self.model = model

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the text, which they tile exactly; cut on first use."""
        from govfin_extract.text import words  # the lexicon is loaded on first use only

        return tuple(words.tokenize(self.text))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What could be measured (terms of the taxonomy, the facts' own labels), organisations and periods."""
        from govfin_extract.stages.mention import mentions_of

        return mentions_of(self.text, self.facts, self.metadata.organization)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def __repr__(self) -> str:
        about = self.metadata
        parts = [about.organization or self.name or "document", about.fiscal_year, about.doc_type]
        size = f"{len(self.text)} characters, {len(self.facts)} facts"
        return f"<Document {' '.join(part for part in parts if part)}: {size}>"

    def to_dict(self) -> dict[str, Any]:
        """The document by the JSON contract (``schema`` govfin-extract/1)."""
        return {
            "schema": SCHEMA,
            "document": {"name": self.name, **self.metadata.to_dict(), "sha256": self.sha256},
            "versions": {"library": __version__, "model": self.model, "lexicon": lexicon_version()},
            "facts": [fact.to_dict() for fact in self.facts],
            "findings": [],
            "notes": [],
            "relations": None,
        }

    def to_json(self, *, indent: int | None = 1) -> str:
        """The same as text: the same input and versions give the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
