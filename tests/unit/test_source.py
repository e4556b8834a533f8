"""What ``read`` takes."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from govfin_extract.errors import InputTypeError, ReadError
from govfin_extract.readers.source import load

TEXT = "支出5万元\r\n"
DATA = TEXT.encode("gb18030")


def test_a_path_gives_name_digest_and_text(tmp_path: Path) -> None:
    path = tmp_path / "决算.txt"
    path.write_bytes(DATA)
    for given in (path, str(path)):
        source = load(given)
        assert source == (TEXT, "决算.txt", hashlib.sha256(DATA).hexdigest())


def test_bytes_have_no_name() -> None:
    for given in (DATA, bytearray(DATA), memoryview(DATA)):
        assert load(given) == (TEXT, None, hashlib.sha256(DATA).hexdigest())  # type: ignore[arg-type]


def test_open_files_of_both_kinds(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(TEXT.encode())
    with path.open("rb") as binary, path.open(encoding="utf-8", newline="") as text:
        assert load(binary) == load(text) == (TEXT, "x.txt", hashlib.sha256(TEXT.encode()).hexdigest())
    assert load(io.BytesIO(DATA)).name is None
    assert load(io.StringIO("\0\ud800")).text == "\0\ud800"


@pytest.mark.parametrize("given", [None, 5, ["x.txt"], object()])
def test_other_types_are_refused_with_a_remedy(given: object) -> None:
    with pytest.raises(InputTypeError, match=rf"not {type(given).__name__}; for a text use extract"):
        load(given)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["missing.txt", ".", "", "a\0b", "2023年度收入合计10万元。" * 1000])
def test_what_cannot_be_opened_is_named(given: str) -> None:
    with pytest.raises(ReadError, match=r"\[GF003\] cannot read") as caught:
        load(given)
    assert len(str(caught.value)) < 400
    assert isinstance(caught.value, OSError)
