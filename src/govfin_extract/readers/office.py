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


def converted(data: bytes, name: str, budget: Budget, *, suffix: str, target: str) -> bytes:
    """A file's bytes in another format. Macros do not run: LibreOffice never runs those of a file that it converts.

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
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", target]
        _run([*command, "--outdir", str(Path(folder, "out")), str(source)], name, budget)
        result = Path(folder, "out", f"document.{target}")
        if not result.exists():
            raise DamagedFileError(f"{name} cannot be read by LibreOffice; open it and save it as .{target}")
        return result.read_bytes()


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
