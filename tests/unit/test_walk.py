"""The inputs of a command."""

from __future__ import annotations

from pathlib import Path

from govfin_extract.readers.walk import collect


def test_folders_give_their_documents_in_order_and_count_the_rest(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/n.exe", "a/m.PDF", "a/README", ".hidden/x.txt", "a/.y.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    inputs = collect([tmp_path])
    assert [item.relative.as_posix() for item in inputs.documents] == ["a/m.PDF", "a/z.TXT", "b.txt"]
    assert dict(inputs.passed_over) == {".exe": 1, "no suffix": 1}


def test_a_named_file_counts_whatever_its_suffix_and_once(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.touch()
    (tmp_path / "y.txt").touch()
    inputs = collect([path, tmp_path / "missing", path, tmp_path, Path("-"), Path("-")])
    assert [item.path.name for item in inputs.documents] == ["x.md", "missing", "y.txt", "-"]
