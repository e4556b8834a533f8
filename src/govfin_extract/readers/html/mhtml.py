"""Saved web pages (.mht): MIME messages whose first HTML part is the page."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message

from govfin_extract.errors import DamagedFileError
from govfin_extract.readers.damage import reported_damage
from govfin_extract.readers.html.page import write_page
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear, LinearWriter

_TABS = "tabstrip"  # the names of a workbook's sheets, which Excel saves as a page of its own


def read_mhtml(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a saved web page: that of its first HTML part, or where that only holds frames, of all the others.

    Raises:
        DamagedFileError: it is broken or holds no page.
        LimitError: as for :func:`read_html`.
    """
    with reported_damage(f"{name} is a broken saved page", "open it in a browser and save it anew"):
        return _read(data, name, budget)


def _read(data: bytes, name: str, budget: Budget) -> Linear:
    writer = LinearWriter(budget)
    pages = 0
    has_frames = False
    for page, declared in _pages(data):
        budget.spend("unpacked_bytes", len(page))
        frames = write_page(page, name, budget, writer, declared)
        has_frames = has_frames or bool(frames)
        if not has_frames:
            return writer.finish()
        pages += not frames
        writer.gap()
    if not pages:
        raise DamagedFileError(f"{name} is a saved web page without a page inside; save it again")
    return writer.finish()


def _pages(data: bytes) -> Iterator[tuple[bytes, str]]:
    """The HTML parts and the encodings that their headers declare."""
    message: Message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() != "text/html" or _TABS in str(part.get("Content-Location") or "").lower():
            continue
        page = part.get_payload(decode=True)
        if isinstance(page, bytes):
            yield page, part.get_content_charset() or ""
