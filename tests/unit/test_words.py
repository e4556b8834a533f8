"""Tokens that tile the text, terms that come out whole, and data that agrees with itself."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from govfin_extract.text.datafiles import read_text, read_tsv
from govfin_extract.text.lexicon import AutomatonMatcher, PrefixMatcher
from govfin_extract.text.words import find_terms, fold_key, jieba_engine, lexicon, rjieba_engine, tokenize

ROOT = Path(__file__).parents[2]
SENTENCES = [
    "本年收入合计34.43万元,其中:财政拨款收入34.34万元,占99.7%;上级补助收入0万元。",
    "2020年度“三公”经费财政拨款支出决算中，公务接待费支出决算0万元，因公出国（境）费支出决算0万元。",
    "在职人数10名，其中正科级1人，二级主任科员1人，科员（事业编制）6人。无退休人员。",
    "本單位價值50萬元以上通用設備0臺（套）",
]


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


class TestTokenize:
    @pytest.mark.parametrize("text", [*SENTENCES, "", " ", "\n\n\t", "a b", "\ud800收入", "收\u200b入34.34", "\r\n。"])
    def test_tokens_tile_the_text(self, text: str) -> None:
        tokens = tokenize(text)
        assert "".join(token.text for token in tokens) == text
        assert all(text[token.start : token.end] == token.text for token in tokens)

    @pytest.mark.parametrize(
        "term",
        [
            "“三公”经费",
            '"三公"经费',
            "因公出国（境）费",
            "因公出国(境)费",
            "维修(护)费",
            "一般公共预算財政撥款收入",
            "其他商品和服务支出",
            "1,204,350.5",
            "节庆、晚会、论坛、赛事活动开支",
        ],
    )
    def test_terms_and_numbers_come_out_whole(self, term: str) -> None:
        assert term in words(f"本年度的{term}支付")

    def test_every_long_name_of_the_taxonomy_is_one_token(self) -> None:
        cut = [entry.term for key, entry in lexicon().items() if len(key) >= 4 and words(entry.term) != [entry.term]]
        assert cut == []

    def test_every_short_name_of_the_taxonomy_is_one_token(self) -> None:
        cut = [entry.term for key, entry in lexicon().items() if len(key) < 4 and words(entry.term) != [entry.term]]
        assert cut == []

    def test_a_short_term_does_not_cut_a_longer_word(self) -> None:
        assert "水电费" in words("支付水电费3万元")

    def test_the_source_s_own_characters_come_back(self) -> None:
        assert "價值" in words("單位的價值較高")

    def test_threads_share_one_engine(self) -> None:
        results: list[list[str]] = []
        threads = [threading.Thread(target=lambda: results.append(words(SENTENCES[0]))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results == [results[0]] * 8

    def test_jieba_is_loaded_late_and_its_global_tokenizer_left_alone(self) -> None:
        code = (
            "import sys; from govfin_extract.text import words; assert 'jieba' not in sys.modules;"
            "words.jieba_engine()('公用经费'); import jieba; assert not jieba.dt.initialized; assert not jieba.dt.FREQ"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=_environment()
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


class TestTerms:
    def test_longest_first(self) -> None:
        assert [term.text for term in find_terms("一般公共预算财政拨款收入和财政拨款收入")] == [
            "一般公共预算财政拨款收入",
            "财政拨款收入",
        ]

    def test_ids_of_both_kinds(self) -> None:
        (term,) = find_terms("公务接待费")
        assert "econ:30217" in term.ids
        assert term.kinds == ("amount", "code")

    def test_members_only_on_request(self) -> None:
        assert find_terms("时效指标") == []
        assert [term.ids for term in find_terms("时效指标", members=True)] == [("indicator.output.timeliness",)]

    def test_a_look_up_by_key(self) -> None:
        assert lexicon()[fold_key('"三公"經費支出')].ids[0].startswith("three_public")
        assert lexicon()[fold_key("序时进度")].kinds == ("word",)

    def test_offsets_are_those_of_the_text(self) -> None:
        text = "其中:因公出國(境)費0萬元"
        (term,) = find_terms(text)
        assert (term.start, term.end, term.text) == (3, 11, "因公出國(境)費")

    def test_both_matchers_agree(self) -> None:
        module = pytest.importorskip("ahocorasick_rs")
        terms = list(lexicon())
        pure, automaton = PrefixMatcher(terms), AutomatonMatcher(module, terms)
        for text in [*SENTENCES, "".join(terms), "\ud800支出\udc00", "\ud83d\ude00支出"]:
            assert list(pure.spans(fold_key(text))) == list(automaton.spans(fold_key(text)))

    def test_no_terms_no_matches(self) -> None:
        assert list(PrefixMatcher([]).spans("收入")) == []


def test_rjieba_cuts_as_jieba_does() -> None:
    pytest.importorskip("rjieba")
    jieba, rjieba = jieba_engine(), rjieba_engine()
    for text in map(fold_key, SENTENCES):
        assert rjieba(text) == jieba(text)


class TestData:
    def test_the_columns_are_those_of_the_contract(self) -> None:
        columns = {
            "concepts": "id label_zh synonyms kind parent dimension code mark note",
            "income": "id label_zh variants code parent position gfs_approx order mark source note",
            "functional": "code level parent name variants from_year to_year budget cofog_approx mark source note",
            "economic": "system code level parent name variants basic_half other_system gfs_approx from_year to_year mark source note",
        }
        for name, expected in columns.items():
            assert list(read_tsv(f"taxonomy/{name}.tsv")[0]) == expected.split()

    def test_ids_are_unique_and_parents_exist(self) -> None:
        concepts = read_tsv("taxonomy/concepts.tsv")
        ids = [row["id"] for row in concepts]
        assert len(set(ids)) == len(ids)
        assert {row["parent"] for row in concepts if row["kind"] != "member"} - {""} <= set(ids)
        functional = {row["code"]: row for row in read_tsv("taxonomy/functional.tsv")}
        assert all(row["parent"] in functional for row in functional.values() if row["parent"])
        assert all(len(code) in (3, 5, 7) for code in functional)
        economic = {(row["system"], row["code"]) for row in read_tsv("taxonomy/economic.tsv")}
        assert all(
            (row["system"], row["parent"]) in economic for row in read_tsv("taxonomy/economic.tsv") if row["parent"]
        )

    def test_every_linked_code_exists(self) -> None:
        known = {f"func:{row['code']}" for row in read_tsv("taxonomy/functional.tsv")}
        known |= {f"econ:{row['code']}" for row in read_tsv("taxonomy/economic.tsv")}
        for row in read_tsv("taxonomy/concepts.tsv"):
            assert set(filter(None, row["code"].replace(";", "|").split("|"))) <= known, row["id"]

    def test_names_are_clean(self) -> None:
        for row in read_tsv("words/fiscal.tsv"):
            assert row["term"] == row["term"].strip() != ""
        assert all(entry.term == entry.term.strip() and len(key) == len(entry.term) for key, entry in lexicon().items())

    def test_words_are_up_to_date(self) -> None:
        spec = importlib.util.spec_from_file_location("build_words", ROOT / "scripts/build_words.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert read_text("words/short_terms.tsv") == module.short_terms()
        assert read_text("words/classes.tsv") == module.classes()
