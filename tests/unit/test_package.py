"""ZIP containers and XML are read within the limits."""

from __future__ import annotations

import io
import zipfile

import pytest

from govfin_extract.errors import DamagedFileError, LimitError
from govfin_extract.readers.limits import Budget, Limits
from govfin_extract.readers.package import Package, parse_xml


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as container:
        for name, data in parts.items():
            container.writestr(name, data)
    return stream.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked_whole() -> None:
    bomb = packed({f"{number}.xml": b"0" * 3_000_000 for number in range(4)})
    assert len(bomb) < 100_000
    with pytest.raises(LimitError, match=r"x\.docx needs more than the limit unpacked_bytes=5000000"):
        Package(bomb, "x.docx", Budget(Limits(unpacked_bytes=5_000_000), "x.docx"))
    Package(bomb, "x.docx", Budget(Limits(unpacked_bytes=12_000_000), "x.docx"))


def test_a_member_that_lies_about_its_size_is_counted_by_what_it_unpacks_to() -> None:
    bomb = bytearray(packed({"a.xml": b"0" * 3_000_000}))
    size = (3_000_000).to_bytes(4, "little")
    lie = (10).to_bytes(4, "little")
    assert bomb.count(size) == 2
    with pytest.raises((DamagedFileError, LimitError)):
        Package(bytes(bomb.replace(size, lie)), "x", Budget(Limits(unpacked_bytes=1_000_000), "x"))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_python_unpacks_without_a_bound_is_refused_unread(method: int) -> None:
    """One read of a bzip2 member gives all of it at once, whatever size is asked for: it cannot be counted in time."""
    bomb = packed({"a.xml": b"0" * 3_000_000}, method)
    assert len(bomb) < 2_000
    with pytest.raises(DamagedFileError, match=r"x\.docx is packed as no office program packs"):
        Package(bomb, "x.docx", Budget(Limits(unpacked_bytes=1_000_000), "x.docx"))


def test_a_list_of_too_many_members_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    many = packed({f"{number}.xml": b"" for number in range(20_001)})
    monkeypatch.setattr(zipfile, "ZipFile", None)  # a call would be a TypeError
    with pytest.raises(DamagedFileError, match=r"x\.docx holds 20001 parts, more than any real document; get it again"):
        Package(many, "x.docx", Budget(Limits(), "x.docx"))


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_container_cut_short_is_damaged(cut: float) -> None:
    data = packed({"a.xml": bytes(range(256)) * 100})
    with pytest.raises(DamagedFileError, match=r"x\.xlsx is broken or cut short"):
        Package(data[: int(len(data) * cut)], "x.xlsx", Budget(Limits(), "x.xlsx"))


def test_a_flipped_byte_is_found_by_the_sum() -> None:
    data = bytearray(packed({"a.xml": bytes(range(256)) * 100}))
    data[60] ^= 255
    with pytest.raises(DamagedFileError, match="is broken"):
        Package(bytes(data), "x.xlsx", Budget(Limits(), "x.xlsx"))


def test_an_encrypted_member_is_named_with_its_remedy() -> None:
    data = bytearray(packed({"a.xml": b"x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(DamagedFileError, match="encrypted; save it without a password"):
        Package(bytes(data), "x.ods", Budget(Limits(), "x.ods"))


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 100_000,
        b"<a><b></a>",
        b"",
    ],
    ids=["entities", "external", "deep", "crossed", "empty"],
)
def test_hostile_xml_is_an_error_of_ours(xml: bytes) -> None:
    with pytest.raises(DamagedFileError, match=r"x\.docx"):
        parse_xml(xml, "x.docx")
