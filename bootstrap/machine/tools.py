"""Programs that only the tests use: other people's eyes on our PDFs, and a real mail server."""

import os
import shutil

from bootstrap.machine import debian

# The program, and Debian's package with it.
TOOLS = {
    "qpdf": "qpdf",
    "pdftotext": "poppler-utils",
    "dovecot": "dovecot-imapd",
}
# Daemons lie where only root's PATH leads.
PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


def found(program: str) -> str | None:
    return shutil.which(program, path=PATH)


def bring() -> str | None:
    """Install what is missing. None when all is here, else which tools could not be had."""
    lacking = missing()
    if lacking and debian.install([TOOLS[program] for program in lacking]) is None:
        lacking = missing()
    if not lacking:
        return None
    return f"no {', '.join(lacking)}: {debian.by_hand([TOOLS[program] for program in lacking])}"


def missing() -> list[str]:
    return [program for program in TOOLS if not found(program)]
