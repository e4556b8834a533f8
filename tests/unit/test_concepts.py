"""What labels are linked to: the battery ``tests/data/concepts.jsonl``, a concept and a code a fact, ``-`` for none."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import govfin_extract as gfe
from govfin_extract import taxonomy
from govfin_extract.records import Fact
from govfin_extract.stages.concepts.wording import variants

BATTERY = Path(__file__).parents[1] / "data/concepts.jsonl"
ROWS = [json.loads(line) for line in BATTERY.read_text("utf-8").splitlines()]
EXTRACTOR = gfe.Extractor(model=None)
COLUMNS = "id\tlabel_zh\tsynonyms\tkind\tparent\tdimension\tcode\tmark\tnote\n"


def shown(fact: Fact) -> str:
    return " ".join(filter(None, (fact.concept or "-", fact.code)))


def linked(text: str, kind: str = "部门决算", extractor: gfe.Extractor = EXTRACTOR) -> list[str]:
    return [shown(fact) for fact in extractor(f"青禾县水利局2023年度{kind}\n{text}").facts]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_battery(row: dict[str, Any]) -> None:
    assert linked(row["text"], row["head"]) == row["links"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_every_link_is_a_row_of_the_taxonomy(row: dict[str, Any]) -> None:
    for link in row["links"]:
        concept, _, code = link.partition(" ")
        assert concept == "-" or taxonomy.lookup(concept, system="concept") is not None
        assert not code or taxonomy.lookup(code) is not None


def test_rules_name_concepts_and_codes_of_the_taxonomy() -> None:
    from govfin_extract.text.datafiles import read_toml

    rules = read_toml("concepts/names.toml")["link"]
    ids = {row.code for row in taxonomy.default()}
    assert {rule["concept"] for rule in rules} - {""} <= ids
    assert {rule["code"] for rule in rules if rule.get("code")} <= ids
    assert {entry["code"] for entry in read_toml("concepts/codes.toml")["code"]} <= ids
    assert set(read_toml("concepts/codes.toml")["bodies"]) <= ids


def test_rules_ask_for_tags_that_scenes_can_bear() -> None:
    from govfin_extract.text.datafiles import read_toml

    scenes = read_toml("concepts/scenes.toml")
    tags = {*scenes["genre"], *scenes["topics"], "table", "econ", "func"}
    tags |= {f"{group}={name}" for group, names in scenes["groups"].items() for name in names}
    for rule in read_toml("concepts/names.toml")["link"]:
        for need in rule.get("needs", ()):
            assert {option.removeprefix("!") for option in need.split("|")} <= tags, rule["concept"]


def test_a_fact_explains_its_concept() -> None:
    (fact,) = EXTRACTOR("青禾县水利局2023年度部门决算\n按功能分类：住房保障支出111.40万元。").facts
    assert "  concept: expenditure.function.housing, code 221, by " in fact.explain()


def test_names_of_ones_own_go_first(tmp_path: Path) -> None:
    table = tmp_path / "concepts.tsv"
    table.write_text(COLUMNS + "local.dike\t堤防维修养护费\t堤防费\tamount\t\t\t\tS\t\n", "utf-8")
    extractor = gfe.Extractor(model=None, taxonomy=taxonomy.load(table))
    text = "堤防费3万元，公务接待费1万元。"
    assert linked(text) == ["-", "three_public.reception"]
    assert linked(text, extractor=extractor) == ["local.dike", "three_public.reception"]
    assert linked(text, extractor=pickle.loads(pickle.dumps(extractor))) == ["local.dike", "three_public.reception"]


def test_a_replaced_taxonomy_links_to_nothing_else(tmp_path: Path) -> None:
    table = tmp_path / "concepts.tsv"
    table.write_text(COLUMNS + "local.dike\t堤防维修养护费\t堤防费\tamount\t\t\t\tS\t\n", "utf-8")
    extractor = gfe.Extractor(model=None, taxonomy=taxonomy.load(table, replace=True))
    assert linked("堤防费3万元，公务接待费1万元。", extractor=extractor) == ["local.dike", "-"]


def test_codes_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "functional.tsv"
    table.write_text("code\tlevel\tparent\tname\n2130398\t项\t21303\t小微水体整治\n", "utf-8")
    extractor = gfe.Extractor(model=None, taxonomy=taxonomy.load(table))
    text = "按功能分类：小微水体整治（项）3万元。"
    assert linked(text) == ["-"]
    assert linked(text, extractor=extractor) == ["- 2130398"]


def test_a_taxonomy_is_one() -> None:
    with pytest.raises(gfe.InputTypeError, match="taxonomy is what"):
        gfe.Extractor(model=None, taxonomy="functional.tsv")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("再减补助县区", "补助县区"),
        ("事业收入因CT和中医馆开张", "事业收入"),
        ("机关运行经费（仅统计局本级）支出", "机关运行经费"),
        ("2-2  当年收入", "收入"),
        ("年初预算安排的预备费", "预备费"),
        ("住房保障（类）支出", "住房保障支出"),
    ],
)
def test_forms(label: str, form: str) -> None:
    assert form in variants(label)


def test_strange_labels_do_no_harm() -> None:
    for text in (
        "（（（（3万元",
        "类）款）项）5万元",
        "（项）2万元",
        "\ud800公务接待费3万元",
        "的的的的1万元",
        "等3人",
    ):
        linked(text)
