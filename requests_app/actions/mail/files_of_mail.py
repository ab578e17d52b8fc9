"""The files a message brought: kept under their hashes, and those that could run kept apart."""

from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath

from requests_app import mail as reader
from requests_app.mail.mime.file_types import EXECUTABLE
from requests_app.models import MailFile
from requests_app.storage import content
from requests_app.storage.cage.calling import call
from requests_app.storage.cage.errors import CageError
from requests_app.storage.cage.limits import MEGABYTE, Limits

ENTRIES = "requests_app.storage.reading_files.archives:entries"
LIMITS = Limits(cpu_seconds=10, wall_seconds=20, memory=256 * MEGABYTE, output=MEGABYTE)
MAX_FILES = 200
MAX_LISTED = 200
ARCHIVE = {"application/zip", "application/x-zip-compressed"}
# What a desktop would run or open with rights of its own, by the end of its name.
RUNS = frozenset(
    (
        ".ade", ".apk", ".appx", ".bat", ".chm", ".cmd", ".com", ".cpl", ".dll", ".dmg", ".docm",
        ".exe", ".hta", ".img", ".iso", ".jar", ".js", ".jse", ".lnk", ".mde", ".msc", ".msi",
        ".msp", ".mst", ".one", ".pif", ".pptm", ".ps1", ".reg", ".scf", ".scr", ".sct", ".sh",
        ".url", ".vb", ".vbe", ".vbs", ".vhd", ".ws", ".wsc", ".wsf", ".wsh", ".xll", ".xlsm",
    )
)  # fmt: skip


def keep(read: reader.Mail) -> list[MailFile]:
    """Each file written under its hash, one at a time; the rows are the caller's to save."""
    return [_row(file, content.keep(file.chunks())) for file in read.files[:MAX_FILES]]


def faults(read: reader.Mail) -> list[str]:
    if len(read.files) <= MAX_FILES:
        return []
    count = len(read.files)
    return [f"It brought {count} files: the first {MAX_FILES} are here, all are in the original."]


def _row(file: reader.File, kept: content.Kept) -> MailFile:
    return MailFile(
        file=kept.name,
        name=_bare_name(file.name),
        declared_type=file.declared_type[:100],
        content_type=file.true_type[:100],
        size=kept.size,
        sha256=kept.sha256,
        origin=file.origin.value,
        is_inline=file.is_inline,
        quarantined=why_apart(file.name, file.true_type),
        listing=list(_listed(kept.name)) if file.true_type in ARCHIVE else [],
    )


def why_apart(name: str, true_type: str) -> str:
    """Why a file is not handed out with the others; empty where it is."""
    if true_type in EXECUTABLE:
        return "Its content is a program."
    ending = PurePosixPath(name.lower()).suffix
    return f"A name ending in {ending} makes a computer run it." if ending in RUNS else ""


def _bare_name(name: str) -> str:
    """Without folders, of either kind; never empty."""
    return PureWindowsPath(PurePosixPath(name).name).name[:255] or "file"


def _listed(name: str) -> Iterator[str]:
    """What an archive says it holds. It is never unpacked: a name and a size are all we ask."""
    try:
        path = content.path_of(name)
        total, lines = call(
            ENTRIES, path, returns=tuple[int, list[str]], limits=LIMITS, most=MAX_LISTED
        ).value
    except (CageError, FileNotFoundError):
        yield "It could not be listed: it is damaged or not what it says."
        return
    yield from lines
    if total > MAX_LISTED:
        yield f"and {total - MAX_LISTED} more"
