"""The result of an extraction: a document's text, what it says of itself, and its facts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Self

from govfin_extract._version import __version__
from govfin_extract.errors import SchemaError
from govfin_extract.records import Fact, Finding, Mention, Metadata, Relations, Table, Token
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
        tables: in the order of the text; ``fact.table`` counts them from 0.
        model: the name of the model that decided, or None for rules alone.
        findings, notes, relations: of the arithmetic audit, once :meth:`audit` has run; before that empty and None.

    Documents are equal that say the same of the same text.
    """

    def __init__(
        self,
        text: str,
        *,
        metadata: Metadata,
        facts: tuple[Fact, ...],
        tables: tuple[Table, ...] = (),
        name: str | None = None,
        sha256: str | None = None,
        model: str | None = None,
    ) -> None:
        self.text = text
        self.metadata = metadata
        self.facts = facts
        self.tables = tables
        self.name = name
        self.sha256 = sha256
        self.model = model
        self.findings: tuple[Finding, ...] = ()
        self.notes: tuple[Finding, ...] = ()
        self.relations: Relations | None = None

    def audit(self, *, rules: str | os.PathLike[str] | None = None) -> tuple[Finding, ...]:
        """Check what the document's figures say of each other: sums, shares, growth, scores, tables against prose.

        The findings are returned and kept, with the notes and the count of relations, for :meth:`to_dict`.

        Args:
            rules: a TOML file with relations of your own, beside those that are shipped.

        Raises:
            ReadError: the file cannot be opened.
            SchemaError: a rule in it is not understood; the message names it.

        >>> from govfin_extract import extract
        >>> document = extract("“三公”经费7.9万元，其中因公出国费0万元，公务用车费2.3万元，公务接待费5.2万元。")
        >>> [(finding.rule, finding.arithmetic) for finding in document.audit()]
        [('sum.three_public', '0 + 2.3 + 5.2 = 7.5; stated 7.9 万元')]
        >>> document.relations.held
        0
        """
        from govfin_extract.audit import audit, load_rules  # what an audit needs is loaded on first use only

        report = audit(self, load_rules(rules) if rules is not None else ())
        self.findings, self.notes, self.relations = report.findings, report.notes, report.relations
        return self.findings

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

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return self.text == other.text and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.text, self.name, self.facts))

    def to_dict(self) -> dict[str, Any]:
        """The document by the JSON contract (``schema`` govfin-extract/1)."""
        return {
            "schema": SCHEMA,
            "document": {"name": self.name, **self.metadata.to_dict(), "sha256": self.sha256},
            "versions": {"library": __version__, "model": self.model, "lexicon": lexicon_version()},
            "facts": [fact.to_dict() for fact in self.facts],
            "tables": [table.to_dict() for table in self.tables],
            "findings": [finding.to_dict() for finding in self.findings],
            "notes": [note.to_dict() for note in self.notes],
            "relations": self.relations.to_dict() if self.relations else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], text: str) -> Self:
        """The document that :meth:`to_dict` gave, together with its text, which the dictionary does not hold.

        Raises:
            SchemaError: the dictionary is none of this schema, or a fact does not stand in the text.
        """
        _require_schema(data)
        about = dict(data["document"])
        name, sha256 = about.pop("name", None), about.pop("sha256", None)
        facts = tuple(Fact.from_dict(fact) for fact in data["facts"])
        for fact in facts:
            if text[fact.start : fact.end] != fact.text:
                found = text[fact.start : fact.end][:40]
                raise SchemaError(
                    f"Document.from_dict: {fact.id} at {fact.start}:{fact.end} is {fact.text!r}, but the text has"
                    f" {found!r} there; give the text that the document was extracted from"
                )
        document = cls(
            text,
            metadata=Metadata.from_dict(about),
            facts=facts,
            tables=tuple(Table.from_dict(table) for table in data.get("tables", ())),
            name=name,
            sha256=sha256,
            model=data["versions"].get("model"),
        )
        document.findings = tuple(Finding.from_dict(finding) for finding in data.get("findings", ()))
        document.notes = tuple(Finding.from_dict(note) for note in data.get("notes", ()))
        if (relations := data.get("relations")) is not None:
            document.relations = Relations.from_dict(relations)
        return document

    def to_json(self, *, indent: int | None = 1) -> str:
        """The same as text: the same input and versions give the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


def _require_schema(data: object) -> None:
    """Hold the outermost keys against the contract; the records check their own fields."""
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        given = data.get("schema") if isinstance(data, Mapping) else data
        raise SchemaError(f"Document.from_dict: schema is {str(given)[:60]!r}, expected {SCHEMA!r}")
    for key, kind, expected in (
        ("document", Mapping, "a dictionary"),
        ("versions", Mapping, "a dictionary"),
        ("facts", list, "a list"),
    ):
        if not isinstance(data.get(key), kind):
            raise SchemaError(f"Document.from_dict: {key} is {type(data.get(key)).__name__}, expected {expected}")
