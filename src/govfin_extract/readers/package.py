"""ZIP containers (docx, xlsx, ods) and the XML inside: unpacked within the limits, checked, nothing outside fetched."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from govfin_extract.errors import DamagedFileError, GovfinError
from govfin_extract.readers.limits import Budget

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_MOST_MEMBERS = 20_000
_ENTRY = b"PK\x01\x02"  # what each member's entry in the list at the end begins with
# What the standards of these formats allow. bzip2 would defeat the counting besides: Python unpacks a piece of it
# whole, and one of 600 bytes can hold gigabytes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """The members of a container, every one of them unpacked once to count and check it.

    >>> stream = io.BytesIO()
    >>> with zipfile.ZipFile(stream, "w") as container:
    ...     container.writestr("content.xml", "<a/>")
    >>> from govfin_extract.readers.limits import Limits
    >>> package = Package(stream.getvalue(), "x.ods", Budget(Limits(), "x.ods"))
    >>> package.names, package.xml("content.xml").tag, package.xml("styles.xml")
    (['content.xml'], 'a', None)
    """

    def __init__(self, data: bytes, name: str, budget: Budget) -> None:
        """Raises DamagedFileError for a broken or encrypted container, LimitError for one that unpacks to too much."""
        self._name = name
        # Counted before zipfile makes an object of each entry, which takes ten times the room that the entry does.
        if (entries := data.count(_ENTRY)) > _MOST_MEMBERS:
            raise DamagedFileError(f"{name} holds {entries} parts, more than any real document; get it again")
        try:
            self._container = zipfile.ZipFile(io.BytesIO(data))
            for member in self._container.infolist():
                self._count(member, budget)
        except GovfinError:
            raise
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
            RuntimeError,
        ) as error:
            raise DamagedFileError(
                f"{name} is broken or cut short ({type(error).__name__}); get it again, or open it and save it anew"
            ) from error

    def _count(self, member: zipfile.ZipInfo, budget: Budget) -> None:
        """Unpack a member in pieces: what its header says of its size is not believed, and the end checks its sum."""
        if member.flag_bits & _ENCRYPTED:
            raise DamagedFileError(f"{self._name} is encrypted; save it without a password")
        if member.compress_type not in _METHODS:
            raise DamagedFileError(f"{self._name} is packed as no office program packs; open it and save it anew")
        with self._container.open(member) as part:
            while chunk := part.read(_CHUNK):
                budget.spend("unpacked_bytes", len(chunk))

    @property
    def names(self) -> list[str]:
        return self._container.namelist()

    def bytes(self, part: str) -> bytes | None:
        """A member's bytes, None where there is none of this name."""
        return self._container.read(part) if part in self._container.NameToInfo else None

    def xml(self, part: str) -> Any:
        """A member's root element, None where there is none of this name."""
        data = self.bytes(part)
        return None if data is None else parse_xml(data, self._name)


def parse_xml(data: bytes, name: str) -> Any:
    """The root of an XML text. Entities are not resolved, nothing is fetched, a document type is refused.

    >>> parse_xml(b"<a>1</a>", "x.docx").text
    '1'

    Raises:
        DamagedFileError: it is no XML, declares entities, or is nested deeper than any real document.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFileError(
            f"{name} holds broken XML ({error.__class__.__name__}); open it and save it anew"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFileError(f"{name} declares a document type, which no office program writes; it is not read")
    return root
