"""The JSON of a document: the published schema, against real output."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import govfin_extract as gfe
from govfin_extract import records


@pytest.fixture(scope="module")
def schema(root: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((root / "docs/reference/document.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return content


def texts(root: Path) -> list[str]:
    marked = sorted((root / "corpora/src").glob("*/*.mark"))
    return [
        (root / "examples/final-account-2023.txt").read_text("utf-8"),
        *(path.read_text("utf-8") for path in marked),
        "",
    ]


def test_real_output_follows_the_schema(root: Path, schema: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    for text in texts(root):
        document = gfe.extract(text)
        plain = json.loads(document.to_json())
        document.audit()
        for record in (plain, json.loads(document.to_json())):
            problems = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(record)]
            assert not problems[:5]


def test_the_schema_knows_every_field_and_every_choice(schema: dict[str, Any]) -> None:
    fact = schema["$defs"]["fact"]
    assert set(fact["required"]) == set(fact["properties"]) == {field.name for field in fields(gfe.Fact)}
    for name, choices in (
        ("kind", records.FACT_KINDS),
        ("modifier", records.MODIFIERS),
        ("measure", records.MEASURES),
        ("basis", records.BASES),
    ):
        assert tuple(fact["properties"][name]["enum"]) == choices
    finding = schema["$defs"]["finding"]
    assert set(finding["required"]) == set(finding["properties"]) == {field.name for field in fields(gfe.Finding)}
    assert tuple(finding["properties"]["verdict"]["enum"]) == records.VERDICTS
    assert set(schema["properties"]["relations"]["properties"]) == {field.name for field in fields(gfe.Relations)}
    about = {field.name for field in fields(gfe.Metadata)} | {"name", "sha256"}
    assert set(schema["properties"]["document"]["properties"]) == about


def test_facts_come_back_from_json(demo: Path) -> None:
    document = gfe.read(demo)
    data = json.loads(document.to_json())
    assert tuple(gfe.Fact.from_dict(fact) for fact in data["facts"]) == document.facts


def test_keys_keep_their_names_and_order(snapshot: Callable[[str, str], None], demo: Path) -> None:
    record = gfe.read(demo).to_dict()
    parts = {"": record, "document": record["document"], "versions": record["versions"], "facts[]": record["facts"][0]}
    parts["facts[].label"] = next(fact["label"] for fact in record["facts"] if fact["label"])
    parts["quantity"] = gfe.parse_quantity("5%").to_dict()
    snapshot("json_keys", "".join(f"{part or '(top)'}: {' '.join(keys)}\n" for part, keys in parts.items()))
