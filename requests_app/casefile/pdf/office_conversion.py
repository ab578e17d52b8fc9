"""Word documents and spreadsheets → PDF or tables, by LibreOffice where the machine has it.

A stranger's file is opened by a program of its own: with a profile that is thrown away, that runs
no macro and fetches nothing, within limits of time and memory, its whole family of processes ended
when the time is over.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from requests_app.casefile.pdf.placing import NotPlacedError

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
DOCUMENTS = {
    "application/msword": "Word document",
    "application/rtf": "Rich text document",
    f"{_OPEN_XML}wordprocessingml.document": "Word document",
    f"{_OPEN_DOCUMENT}text": "OpenDocument text",
}
SPREADSHEETS = {
    "application/vnd.ms-excel": "Excel workbook",
    f"{_OPEN_XML}spreadsheetml.sheet": "Excel workbook",
    f"{_OPEN_DOCUMENT}spreadsheet": "OpenDocument spreadsheet",
}
# Comma, double quote, UTF-8, from the first row, cells as they are shown, each sheet a file.
EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
PROGRAM = "requests_app.casefile.pdf.office_program"
# No macros, no links that are followed, and a proxy that nobody answers for whatever asks anyway.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def is_available() -> bool:
    return bool(settings.OFFICE_PROGRAM)


def to_pdf(source: Path, folder: Path) -> Path:
    """The document's pages. NotPlacedError where there are none, with the reason."""
    return _converted(source, folder, "pdf")[0]


def to_tables(source: Path, folder: Path) -> list[Path]:
    """Each sheet's cells as a CSV file, in the workbook's order. NotPlacedError as `to_pdf`."""
    return _converted(source, folder, EACH_SHEET)


def _converted(source: Path, folder: Path, target: str) -> list[Path]:
    with tempfile.TemporaryDirectory(prefix="office-") as name:
        home = Path(name)
        _write_profile(home)
        out = folder / f"{source.name}-converted"
        out.mkdir()
        _run(home, source, out, target)
    found = sorted(out.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    if not found:
        raise NotPlacedError("LibreOffice could not read it.")
    return found


def _write_profile(home: Path) -> None:
    user = home / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _run(home: Path, source: Path, out: Path, target: str) -> None:
    command = [
        sys.executable, "-m", PROGRAM, settings.OFFICE_PROGRAM,
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--convert-to", target, "--outdir", str(out), str(source),
    ]  # fmt: skip
    env = {"PYTHONPATH": _project(), "PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8"}
    with subprocess.Popen(
        command,
        cwd=home,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            code = running.wait(timeout=settings.OFFICE_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise NotPlacedError(
                f"LibreOffice did not open it within {settings.OFFICE_SECONDS:g} seconds."
            ) from error
        finally:
            _end_family(running.pid)
    if code != 0:
        raise NotPlacedError("LibreOffice could not read it.")


def _end_family(group: int) -> None:
    """The program starts others; none of them outlives the one file."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _project() -> str:
    return str(Path(__file__).resolve().parents[3])
