"""What is learned: candidates, features, choices, fitting, and the model's folder."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import govfin_extract as gfe
from govfin_extract.bench import corpus, markup, training
from govfin_extract.errors import ModelError, SettingError
from govfin_extract.learn import choices, features
from govfin_extract.learn.candidates import candidates_of
from govfin_extract.learn.case import Candidate, Case
from govfin_extract.learn.fit import conditional_logit
from govfin_extract.learn.model import Settings
from govfin_extract.learn.store import load_model, save_model
from govfin_extract.pipeline import Extractor, propose
from govfin_extract.records import Fact, Label, Metadata

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "models/default"


def fact(text: str, words: str, label: str, **changes: object) -> Fact:
    start, at = text.index(words), text.index(label)
    fields: dict[str, object] = {
        "id": "",
        "start": start,
        "end": start + len(words),
        "text": "",
        "kind": "amount",
        "value": Decimal(1),
        "unit": "CNY",
        "label": Label(at, at + len(label), ""),
        **changes,
    }
    return Fact(**fields)  # type: ignore[arg-type]


def case(text: str, words: str, label: str, **changes: object) -> Case:
    found = fact(text, words, label, **changes)
    assert found.label is not None
    return Case(found, (Candidate(found.label.start, found.label.end, "own words"),), found.label.start, 0)


class TestCandidates:
    def words(self, text: str, words: str, label: str, earlier: list[tuple[int, int]] | None = None) -> list[str]:
        found = candidates_of(text, case(text, words, label), earlier or [])
        return [text[candidate.start : candidate.end] for candidate in found]

    def test_the_rules_choice_comes_first(self) -> None:
        assert self.words("人员经费占去3万元", "3万元", "人员经费占去")[0] == "人员经费占去"

    def test_a_verb_at_the_end_is_cut(self) -> None:
        assert "人员经费" in self.words("人员经费占去3万元", "3万元", "人员经费占去")

    def test_what_stands_behind_a_verb_is_one(self) -> None:
        assert "分局" in self.words("局在各市派出分局7个", "7个", "局在各市派出分局")

    def test_the_clause_before_and_earlier_labels_are_some(self) -> None:
        text = "项目支出12万元；家庭教育指导，安排3万元"
        found = self.words(text, "3万元", "安排", [(0, 4)])
        assert "家庭教育指导" in found
        assert "项目支出" in found

    def test_each_place_is_offered_once(self) -> None:
        text = "人员经费占去3万元"
        found = [(one.start, one.end) for one in candidates_of(text, case(text, "3万元", "人员经费占去"), [(0, 4)])]
        assert len(found) == len(set(found))

    def test_a_long_clause_stays_cheap(self) -> None:
        text = "了" * 50_000 + "3万元"
        started = time.perf_counter()
        found = candidates_of(text, case(text, "3万元", "了" * 100), [])
        assert len(found) < 60
        assert time.perf_counter() - started < 0.5


class TestFeatures:
    def test_a_value_for_each_template(self) -> None:
        text = "2022年人员经费占去3万元，"
        one = case(text, "3万元", "人员经费占去")
        values = features.LabelView(text, one, None).values(one.candidates[0])
        assert len(values) == len(features.LABEL)
        assert values[features.LABEL.index("end word")] == "占去"
        assert len(features.figure_values(text, one, one.fact, None, ("部门决算", "2022"))) == len(features.FIGURE)

    @pytest.mark.parametrize(
        ("period", "year", "expected"),
        [
            ("2022", "2022", "0"),
            ("2021", "2022", "-1"),
            ("2018", "2022", "far"),
            ("2021/2022", "2022", "span"),
            (None, "2022", "none"),
            ("2022", "", "none"),
        ],
    )
    def test_periods_are_seen_from_the_documents_year(self, period: str | None, year: str, expected: str) -> None:
        text = "收入3万元"
        one = case(text, "3万元", "收入", period=period)
        values = features.figure_values(text, one, one.fact, None, ("", year))
        assert values[features.FIGURE.index("period")].split()[0] == expected

    def test_labels_at_both_ends_of_a_text_are_seen(self) -> None:
        text = "收入3"
        one = case(text, "3", "收入")
        view = features.LabelView(text, one, one.fact)
        assert len(view.values(Candidate(0, 1, "x"))) == len(view.values(Candidate(2, 3, "x"))) == len(features.LABEL)


class TestChoices:
    rate = fact("收入增长3%", "3%", "收入", kind="ratio", unit="%", value=Decimal(-3), measure="growth")
    count = fact("培训3人", "3人", "培训", kind="event", unit="人", value=Decimal(3))

    def test_a_rate_may_be_of_five_sorts_but_keeps_its_sign(self) -> None:
        assert choices.allowed(self.rate, "measure", "2022") == ("growth-", "level", "share", "completion")

    def test_a_count_never_becomes_money(self) -> None:
        assert choices.allowed(self.count, "kind", "2022") == choices.COUNTED
        assert choices.allowed(self.rate, "kind", "2022") == ("ratio",)

    def test_a_range_and_a_mark_keep_their_measure(self) -> None:
        assert choices.allowed(fact("收入3", "3", "收入", value=None), "measure", "") == ("level",)
        assert choices.allowed(fact("得分3", "3", "得分", kind="score"), "measure", "") == ("level",)

    def test_a_choice_changes_value_and_period(self) -> None:
        fall = choices.with_choice(self.count, "measure", "change-", "2022")
        assert (fall.measure, fall.value) == ("change", Decimal(-3))
        assert choices.with_choice(fall, "measure", "level", "2022").value == 3
        assert choices.with_choice(self.count, "period", "-1", "2022").period == "2021"
        assert choices.with_choice(self.count, "period", "rules", "2022").period is None

    @pytest.mark.parametrize(
        ("period", "rules", "expected"),
        [("2022", "2022", "rules"), ("2021", "2022", "-1"), ("2010", "2022", None), ("2021/2022", "2022", None)],
    )
    def test_which_choice_gives_a_period(self, period: str, rules: str, expected: str | None) -> None:
        assert choices.period_choice(period, "2022", rules) == expected


def test_the_right_alternative_of_each_group_wins() -> None:
    rng = np.random.default_rng(0)
    from scipy.sparse import csr_matrix

    marks = rng.integers(0, 2, (400, 5)).astype(float)
    right = np.zeros(400, dtype=bool)
    for group in range(100):
        right[group * 4 + int(np.argmax(marks[group * 4 : group * 4 + 4, 2] + rng.random(4) * 0.1))] = True
    weights = conditional_logit(csr_matrix(marks), right, np.full(100, 4), np.ones(100), 1.0)
    assert int(np.argmax(weights)) == 2
    assert weights[2] > 1


HEAD = "doc: {name}\norganization: 甲局\nfiscal_year: 2022\ndoc_type: 部门决算\n---\n甲局2022年度部门决算\n"
BODIES = (
    "人员经费占去⟦{n}万元|amount {n}0000 CNY|人员经费⟧，公用经费用掉⟦3万元|amount 30000 CNY|公用经费⟧。",
    "培训⟦{n}人|event {n} 人|培训⟧。收入⟦{n}万元|amount {n}0000 CNY|收入⟧，增长⟦{n}%|ratio {n} % m=growth|收入⟧。",
    "年末在职⟦{n}人|staffing {n} 人|在职⟧，分三步走，支出用去⟦{n}万元|amount {n}0000 CNY|支出⟧。",
)


@pytest.fixture(scope="module")
def prepared() -> list[training.Prepared]:
    found = []
    for number in range(12):
        source = (HEAD + BODIES[number % 3] * 3).replace("{name}", f"d{number}").replace("{n}", str(number + 2))
        labelled = markup.parse(source, name=f"d{number}")
        found.append(training.prepare(corpus.Gold(labelled.name, labelled.text, labelled.meta, tuple(labelled.facts))))
    return found


class TestTraining:
    def test_figures_get_their_answers(self, prepared: list[training.Prepared]) -> None:
        money, growth = prepared[1].labelled.examples[1:3]
        assert money.answers["fact"] == "yes"
        assert growth.answers["measure"] == "growth+"
        assert money.accepts(*(money.case.fact.label or Label(0, 0, "")).span.to_dict().values())

    def test_the_verb_is_learned_off_the_label(self, prepared: list[training.Prepared]) -> None:
        model = training.train(prepared, name="toy", settings=Settings(gate=0.99))
        text = "乙局2022年度部门决算\n人员经费占去9万元。"
        found = propose(text)
        (item,) = model(found.view.text, found.cases, found.about)
        assert item.fact.label is not None
        assert text[item.fact.label.start : item.fact.label.end] == "人员经费"
        assert 0 < item.confidence < 1

    def test_the_same_documents_give_the_same_bytes(self, prepared: list[training.Prepared], tmp_path: Path) -> None:
        for folder in ("one", "other"):
            model = training.train(prepared, name="toy")
            save_model(model, tmp_path / folder, about={"trained_on": {}}, version="1")
        for name in ("manifest.json", "weights.npz", "vocabulary.json"):
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()

    def test_a_saved_model_decides_the_same(self, prepared: list[training.Prepared], tmp_path: Path) -> None:
        model = training.train(prepared, name="toy")
        save_model(model, tmp_path / "m", about={"trained_on": {}}, version="1")
        again = load_model(tmp_path / "m")
        for document in prepared:
            cases = [example.case for example in document.labelled.examples]
            arguments = document.labelled.text, cases, document.labelled.about
            assert [item.fact for item in model(*arguments)] == [item.fact for item in again(*arguments)]

    def test_few_documents_are_refused(self, prepared: list[training.Prepared]) -> None:
        with pytest.raises(SettingError, match="needs at least 5"):
            training.train(prepared[:4], name="toy")

    def test_the_digest_knows_the_labels(self, prepared: list[training.Prepared]) -> None:
        golds = [document.gold for document in prepared]
        assert training.digest(golds) == training.digest(golds[::-1]) != training.digest(golds[1:])


class TestStore:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return Path(shutil.copytree(MODEL, tmp_path / "model"))

    def test_a_model_is_used_by_its_path(self, folder: Path) -> None:
        text = "2022年度部门决算\n收入3万元。"
        assert gfe.extract(text, model=folder).facts == gfe.extract(text).facts

    def test_a_folder_without_a_model_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"manifest\.json is not there"):
            load_model(tmp_path)

    @pytest.mark.parametrize("name", ["weights.npz", "vocabulary.json"])
    def test_a_changed_file_is_refused(self, folder: Path, name: str) -> None:
        (folder / name).write_bytes((folder / name).read_bytes() + b" ")
        with pytest.raises(ModelError, match="SHA-256 differs"):
            load_model(folder)

    @pytest.mark.parametrize("content", ["", "[]", '{"schema": "other"}', '{"schema": "govfin-model/1", "files": {}}'])
    def test_a_manifest_of_another_format_is_refused(self, folder: Path, content: str) -> None:
        (folder / "manifest.json").write_text(content, "utf-8")
        with pytest.raises(ModelError, match=r"manifest\.json"):
            load_model(folder)

    def rewrite(self, folder: Path, name: str, content: bytes) -> None:
        import hashlib

        (folder / name).write_bytes(content)
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["files"][name] = hashlib.sha256(content).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    def test_pickled_arrays_are_not_executed(self, folder: Path) -> None:
        from io import BytesIO

        packed = BytesIO()
        np.savez(packed, rank=np.array([{"a": 1}], dtype=object))
        self.rewrite(folder, "weights.npz", packed.getvalue())
        with pytest.raises(ModelError, match="no model of this format"):
            load_model(folder)

    def test_weights_that_do_not_fit_their_names_are_refused(self, folder: Path) -> None:
        names = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        names["rank"][0].pop()
        self.rewrite(folder, "vocabulary.json", json.dumps(names, ensure_ascii=False).encode())
        with pytest.raises(ModelError, match="weights of rank have the shape"):
            load_model(folder)

    def test_the_shipped_model_is_small_and_loads_fast(self) -> None:
        assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 5_000_000
        code = (
            "import time, numpy, govfin_extract.learn.store as store\n"
            "best = 1.0\n"
            "for _ in range(5):\n"
            "    store._loaded.cache_clear(); started = time.perf_counter(); store.load_model('default')\n"
            "    best = min(best, time.perf_counter() - started)\n"
            "print(best)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert float(done.stdout) <= 0.05


class TestExtractor:
    def test_inference_imports_no_scikit_learn(self) -> None:
        code = (
            "import sys, govfin_extract as gfe\n"
            "assert gfe.extract('2022年度决算\\n收入3万元。').model\n"
            "print([name for name in ('sklearn', 'scipy', 'spacy', 'jieba') if name in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"

    def test_without_a_model_the_rules_decide(self) -> None:
        document = Extractor(model=None)("2022年度决算\n收入3万元。")
        assert document.model is None
        assert "model:" not in document.facts[0].evidence

    def test_an_extractor_with_a_model_is_picklable(self) -> None:
        extractor = Extractor()
        text = "2022年度决算\n收入3万元，增长5%。"
        assert pickle.loads(pickle.dumps(extractor))(text).facts == extractor(text).facts

    def test_what_the_model_changed_stands_in_the_evidence(self) -> None:
        changed = [
            found
            for path in sorted((ROOT / "corpora/src/train").glob("ce-*.mark"))
            for found in gfe.extract(markup.parse(path.read_text("utf-8"), name="d").text).facts
            if "; model: " in found.evidence
        ]
        assert changed
        assert any("model: label" in found.explain() or "model" in found.explain() for found in changed)

    def test_no_figure_is_no_trouble(self) -> None:
        assert Extractor()("没有数字。").facts == ()
        assert load_model("default")("", [], Metadata()) == []


def test_the_shipped_model_is_that_of_the_training_documents() -> None:
    documents = corpus.load(ROOT / "corpora/src/train")
    trained = json.loads((MODEL / "manifest.json").read_text("utf-8"))["trained_on"]
    assert trained["documents"] == len(documents)
    assert trained["sha256"] == training.digest(documents), "the training documents changed: run make model"
