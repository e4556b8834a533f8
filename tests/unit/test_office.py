"""Files that LibreOffice reads for us."""

from __future__ import annotations

import io
import os
import shutil
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import govfin_extract as gfe
from govfin_extract.errors import DamagedFileError, LimitError, MissingToolError
from govfin_extract.readers import office
from govfin_extract.readers.limits import Budget, Limits

RTF = rb"{\rtf1\ansi\ansicpg936\uc1 \u25910?\u20837?12.5\u19975?\u20803?\u12290?\par}"

needs_office = pytest.mark.skipif(
    not os.environ.get("CI") and not any(map(shutil.which, ("soffice", "libreoffice"))),
    reason="LibreOffice is not installed",
)


@needs_office
def test_rich_text_is_read() -> None:
    document = gfe.read(RTF)
    assert document.text.strip() == "收入12.5万元。"
    assert [(fact.label and fact.label.text, fact.text) for fact in document.facts] == [("收入", "12.5万元")]


def odt(body: str) -> bytes:
    """An OpenDocument text from the XML of its body."""
    opendocument = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = {
        "office": f"{opendocument}:office:1.0",
        "text": f"{opendocument}:text:1.0",
        "draw": f"{opendocument}:drawing:1.0",
        "svg": f"{opendocument}:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in spaces.items())
    kind = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr("mimetype", kind)
        container.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{opendocument}:manifest:1.0">{entries}</m:manifest>'
        )
        container.writestr(
            "content.xml",
            f'<office:document-content {declared} office:version="1.2"><office:body><office:text>{body}</office:text>'
            "</office:body></office:document-content>",
        )
    return stream.getvalue()


@needs_office
def test_nothing_that_a_file_links_to_is_fetched() -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def handle(self) -> None:  # any contact at all counts, whatever the method
            asked.append(str(self.client_address))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        link = f"http://127.0.0.1:{server.server_address[1]}/seal.png"
        picture = f'<draw:image xlink:href="{link}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        frame = f'<draw:frame svg:width="2cm" svg:height="2cm">{picture}</draw:frame>'
        document = gfe.read(odt(f"<text:p>{frame}本年支出8万元。</text:p>"))
    finally:
        server.shutdown()
        server.server_close()
    assert "本年支出8万元。" in document.text
    assert asked == []


@needs_office
def test_a_file_that_libreoffice_makes_nothing_of_is_damaged() -> None:
    whole = odt("<text:p>本年支出8万元。</text:p>")
    with pytest.raises(DamagedFileError, match=r"x\.odt cannot be read by LibreOffice; open it and save it as \.docx"):
        office.converted(whole[:200], "x.odt", Budget(Limits(), "x.odt"), suffix="odt", target="docx")


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingToolError, match=r"x\.doc is a \.doc file.*install it.*save the file as \.docx"):
        office.converted(b"", "x.doc", Budget(Limits(), "x.doc"), suffix="doc", target="docx")


def test_a_program_that_hangs_is_ended_with_its_children() -> None:
    started = time.monotonic()
    budget = Budget(Limits(seconds=0.5), "x.doc")
    with pytest.raises(LimitError, match="longer than the limit seconds"):
        office._run(["/bin/sh", "-c", "sleep 60 & sleep 60"], "x.doc", budget)
    assert time.monotonic() - started < 20
