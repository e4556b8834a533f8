"""What LibreOffice reads and this library does not (.doc, .wps, .rtf, .odt, old XML), turned into .docx or .xlsx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from govfin_extract.errors import DamagedFileError, LimitError, MissingToolError
from govfin_extract.readers.limits import Budget

_PROGRAMS = ("soffice", "libreoffice")
# Without the first, LibreOffice fetches the pictures that a file links to, from any address that its author chose;
# the second is the highest level: no macro runs but from a trusted place, and a fresh profile trusts none.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""


def converted(data: bytes, name: str, budget: Budget, *, suffix: str, target: str) -> bytes:
    """A file's bytes in another format. Its macros do not run, and nothing that it links to is fetched.

    Raises:
        MissingToolError: LibreOffice is not installed.
        DamagedFileError: it makes nothing of the file.
        LimitError: it takes too long.
    """
    program = next((path for each in _PROGRAMS if (path := shutil.which(each))), None)
    if program is None:
        raise MissingToolError(
            f"{name} is a .{suffix} file, which is read through LibreOffice; install it "
            f"(Debian: libreoffice-writer-nogui), or save the file as .{target}"
        )
    with tempfile.TemporaryDirectory(prefix="govfin-") as folder:
        source = Path(folder, f"document.{suffix}")
        source.write_bytes(data)
        # A profile of its own: one that runs already would take the job over and end this call at once.
        profile = _profile(Path(folder, "profile"))
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
        ]
        _run([*command, "--outdir", str(Path(folder, "out")), str(source)], name, budget)
        result = Path(folder, "out", f"document.{target}")
        if not result.exists():
            raise DamagedFileError(f"{name} cannot be read by LibreOffice; open it and save it as .{target}")
        return result.read_bytes()


def _profile(folder: Path) -> Path:
    settings = folder / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    return folder


def _run(command: list[str], name: str, budget: Budget) -> None:
    """Run a program and, when the time is over, end it with the processes that it started."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=max(budget.seconds_left(), 0.1))
    except subprocess.TimeoutExpired:
        raise LimitError(
            f"{name} takes LibreOffice longer than the limit seconds; raise it: Limits(seconds=…), --limit seconds=…"
        ) from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
