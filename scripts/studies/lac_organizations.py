"""Whether the network in jieba's source archive names a document's organisation better than the rules do.

    pip download jieba==0.42.1 --no-binary :all: --no-deps -d /tmp/jb && tar xzf /tmp/jb/jieba-0.42.1.tar.gz -C /tmp/jb
    PYTHONPATH=src python scripts/studies/lac_organizations.py /tmp/jb/jieba-0.42.1/jieba/lac_small

``lac_small`` is a bidirectional GRU with a CRF; jieba's own way to it needs paddle, so numpy reads and
runs it. Needs nothing that the library does not depend on. ``make test`` does not run this. Explained in
``docs/explanation/models-tried.md``.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from govfin_extract.bench import corpus
from govfin_extract.pipeline import propose

ROOT = Path(__file__).resolve().parents[2]
SIZE = 128
HEAD = 400  # characters in which the organisation is looked for first
NAMED = ("ORG", "LOC")
_BODY = "局|厅|委|办公室|中心|政府|法院|检察院|管理站|委员会|联合会|医院|学校|馆|队|站"


def load_array(path: Path) -> Any:
    """A parameter as paddle writes it: versions, sizes of a description, the description, the numbers."""
    content = path.read_bytes()
    size = int.from_bytes(content[16:20], "little")
    return np.frombuffer(content[20 + size :], dtype="<f4")


def _names(path: Path) -> Iterator[list[str]]:
    for line in path.read_text("utf-8").split("\n"):
        if line.count("\t") == 1:
            yield line.split("\t")


class Lac:
    """The network."""

    def __init__(self, folder: Path) -> None:
        self.words = {word: int(number) for number, word in _names(folder / "word.dic")}
        self.tags = {int(number): tag for number, tag in _names(folder / "tag.dic")}
        array = {path.name: load_array(path) for path in (folder / "model_baseline").iterdir()}
        self.embedding = array["word_emb"].reshape(-1, SIZE)
        self.layers = [self._direction(array, number) for number in range(4)]
        width = len(array["fc_4.b_0"])
        self.out, self.out_bias = array["fc_4.w_0"].reshape(-1, width), array["fc_4.b_0"]
        moves = array["crfw"].reshape(width + 2, width)
        self.first, self.last, self.moves = moves[0], moves[1], moves[2:]

    @staticmethod
    def _direction(array: Mapping[str, Any], number: int) -> tuple[Any, ...]:
        recurrent = array[f"gru_{number}.w_0"]
        gates = recurrent[: 2 * SIZE * SIZE].reshape(SIZE, 2 * SIZE)
        state = recurrent[2 * SIZE * SIZE :].reshape(SIZE, SIZE)
        bias = array[f"fc_{number}.b_0"] + array[f"gru_{number}.b_0"]
        return array[f"fc_{number}.w_0"].reshape(-1, 3 * SIZE), bias, gates, state

    def tag(self, text: str) -> list[str]:
        """The tag of each character of a line."""
        folded = [unicodedata.normalize("NFKC", char)[:1] or char for char in text]
        found = self.embedding[[self.words.get(char, self.words["OOV"]) for char in folded]]
        for number in (0, 2):
            ahead = self._run(found, self.layers[number])
            back = self._run(found[::-1], self.layers[number + 1])[::-1]
            found = np.concatenate((ahead, back), axis=1)
        return [self.tags[number] for number in self._best(found @ self.out + self.out_bias)]

    @staticmethod
    def _run(found: Any, layer: tuple[Any, ...]) -> Any:
        weights, bias, gates, state = layer
        given = found @ weights + bias
        now, states = np.zeros(SIZE, np.float32), []
        for row in given:
            opened = 1 / (1 + np.exp(-(row[: 2 * SIZE] + now @ gates)))
            update, reset = opened[:SIZE], opened[SIZE:]
            new = np.tanh(row[2 * SIZE :] + (reset * now) @ state)
            now = (1 - update) * now + update * new
            states.append(now)
        return np.array(states)

    def _best(self, scores: Any) -> list[int]:
        score, back = self.first + scores[0], []
        for row in scores[1:]:
            every = score[:, None] + self.moves
            back.append(every.argmax(axis=0))
            score = every.max(axis=0) + row
        path = [int((score + self.last).argmax())]
        for step in reversed(back):
            path.append(int(step[path[-1]]))
        return path[::-1]


def pieces(text: str, tags: Sequence[str]) -> list[tuple[str, str]]:
    """Words with their tags."""
    found: list[tuple[str, str]] = []
    for char, tag in zip(text, tags, strict=True):
        kind, _, place = tag.partition("-")
        if found and place != "B" and kind == found[-1][1]:
            found[-1] = (found[-1][0] + char, kind)
        else:
            found.append((char, kind))
    return found


def organizations(words: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Each name of an organisation, with the places and organisations right before it."""
    name = ""
    for number, (word, kind) in enumerate(words):
        name = name + word if kind in NAMED else ""
        if kind == "ORG" and (number + 1 == len(words) or words[number + 1][1] not in NAMED):
            yield name.strip()


def tagged(lac: Lac, text: str) -> list[str]:
    """The names of organisations in a text."""
    found: list[str] = []
    for line in re.split(r"[\n。；]", text):
        words = line.strip()
        if words:
            found += organizations(pieces(words, lac.tag(words)))
    return found


def continued(own: str | None, text: str) -> str | None:
    """Without a network: where the rules stop at a region, the body that the text names after it."""
    match = re.search(rf"{re.escape(own)}[\u4e00-\u9fff]{{0,18}}?(?:{_BODY})(?![\u4e00-\u9fff])", text) if own else None
    return match[0] if match and own and re.search(r"[省市县区旗州盟]$", own) else own


def answers_of(own: str | None, text: str, names: Sequence[str], head: Sequence[str]) -> dict[str, str | None]:
    """Each way to name the organisation."""
    first, longest = names[0] if names else None, max(head, key=len, default=None)
    return {
        "rules": own,
        "rules, a region continued to its body": continued(own, text),
        "first in the text": first,
        "commonest in the text": Counter(names).most_common(1)[0][0] if names else None,
        "longest in the head": longest,
        "rules, else first in the text": own or first,
        "rules if tagged in the text, else longest in the head": own if own in names else longest or own,
        "rules if tagged in the head, else longest in the head": own if own in head else longest or own,
    }


def main() -> None:
    begun = time.process_time()
    lac = Lac(Path(sys.argv[1]))
    print(f"loaded in {time.process_time() - begun:.2f} s")
    right: dict[str, Counter[str]] = {}
    spent: Counter[str] = Counter()
    found = [(split, gold) for split in ("train", "dev") for gold in corpus.load(ROOT / "corpora" / "src" / split)]
    for split, gold in found:
        times = [time.process_time()]
        own = propose(gold.text).about.organization
        times.append(time.process_time())
        head = tagged(lac, gold.text[:HEAD])
        times.append(time.process_time())
        names = tagged(lac, gold.text)
        times.append(time.process_time())
        for name, start, end in zip(("all rules", "head", "text"), times, times[1:], strict=False):
            spent[name] += round((end - start) * 1e6)
        wanted = gold.meta["organization"]
        for name, answer in answers_of(own, gold.text, names, head).items():
            count = right.setdefault(name, Counter())
            count[split] += answer == wanted
            count["+"] += answer == wanted != own
            count["-"] += own == wanted != answer
        right.setdefault("(named anywhere in the text)", Counter())[split] += wanted in names
    for name, count in right.items():
        print(f"| {name} | {count['train']} | {count['dev']} | +{count['+']} −{count['-']} |")
    size = sum(len(gold.text) for _, gold in found)
    print(f"{len(found)} documents; {spent['text'] / size:.0f} µs a character")
    print({name: f"{micros / len(found) / 1000:.1f} ms a document" for name, micros in spent.items()})


if __name__ == "__main__":
    main()
