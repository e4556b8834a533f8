"""What ``read`` takes."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from govfin_extract.errors import InputTypeError, LimitError, ReadError
from govfin_extract.readers.limits import Limits
from govfin_extract.readers.source import load

TEXT = "支出5万元\r\n"
DATA = TEXT.encode("gb18030")


def test_a_path_gives_name_digest_and_text(tmp_path: Path) -> None:
    path = tmp_path / "决算.txt"
    path.write_bytes(DATA)
    for given in (path, str(path)):
        source = load(given)
        assert source[:3] == (TEXT, "决算.txt", hashlib.sha256(DATA).hexdigest())


def test_bytes_have_no_name() -> None:
    for given in (DATA, bytearray(DATA), memoryview(DATA)):
        assert load(given)[:3] == (TEXT, None, hashlib.sha256(DATA).hexdigest())  # type: ignore[arg-type]


def test_open_files_of_both_kinds(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(TEXT.encode())
    with path.open("rb") as binary, path.open(encoding="utf-8", newline="") as text:
        assert load(binary)[:3] == load(text)[:3] == (TEXT, "x.txt", hashlib.sha256(TEXT.encode()).hexdigest())
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


class Endless(io.RawIOBase):
    """A stream that never ends, and counts what is taken of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "the whole of an endless stream"
        self.taken += size
        return b"1" * size


def test_an_endless_stream_is_refused_with_the_limits_name() -> None:
    stream = Endless()
    with pytest.raises(LimitError, match=r"limit bytes=10000000; .*--limit bytes"):
        load(stream, Limits(bytes=10_000_000))  # type: ignore[arg-type]
    assert stream.taken < 20_000_000


def test_a_large_file_is_not_read_whole_before_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"1" * 100)
    with pytest.raises(LimitError, match=r"x\.txt needs more than the limit bytes=99"):
        load(path, Limits(bytes=99))
    assert load(path, Limits(bytes=100)).text == "1" * 100
