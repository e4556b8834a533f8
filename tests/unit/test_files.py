"""Names of results, and files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govfin_extract.writers.files import atomic, obstacle, plan


def planned(*names: str) -> list[str]:
    return [target.as_posix() for target in plan([Path(name) for name in names], Path("out"))]


@pytest.mark.parametrize(
    ("names", "targets"),
    [
        (["x.txt"], ["out/x.json"]),
        (["a/x.txt", "b/x.txt"], ["out/a/x.json", "out/b/x.json"]),
        (["x.txt", "x.pdf", "y.txt"], ["out/x.txt.json", "out/x.pdf.json", "out/y.json"]),
        (["X.txt", "x.pdf"], ["out/X.txt.json", "out/x.pdf.json"]),
        (["x.txt", "x.txt"], ["out/x.txt.json", "out/x.txt.2.json"]),
        (["-", "x.txt"], ["out/stdin.json", "out/x.json"]),
        (["2023.1.txt", "2023.2.txt"], ["out/2023.1.json", "out/2023.2.json"]),
    ],
)
def test_plan(names: list[str], targets: list[str]) -> None:
    assert planned(*names) == targets


@given(st.lists(st.from_regex(r"[ab]/[xX](\.1|\.2)?(\.txt|\.pdf)?", fullmatch=True), max_size=8))
def test_no_two_documents_share_a_target(names: list[str]) -> None:
    targets = [target.casefold() for target in planned(*names)]
    assert len(set(targets)) == len(targets)


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.json"
    with atomic(path) as file:
        file.write(b"one")
        assert not path.exists()
    assert path.read_bytes() == b"one"


def test_a_failure_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"old")

    def write_half() -> None:
        with atomic(path) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_in_the_way_of_a_result_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert obstacle([tmp_path / "new/x.json", tmp_path / "file"]) is None
    assert obstacle([tmp_path / "file/x.json"]) == f"{tmp_path / 'file'} is no folder but a file"
    assert obstacle([tmp_path / "folder"]) == f"{tmp_path / 'folder'} is a folder"
    assert sorted(tmp_path.rglob("*")) == before
