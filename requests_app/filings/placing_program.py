"""`python -m requests_app.filings.placing_program SOURCE KIND TARGET` places one file's pages.

Prints the fields of `place_in_child.Placed` as JSON. Exit 3: it cannot be placed, and stderr says
why. Neither Django nor the database is loaded.
"""

import json
import resource
import sys
from pathlib import Path

import pikepdf

from requests_app.casefile.pdf import picture_pages, placing
from requests_app.casefile.pdf.placing import NotPlacedError

CPU_SECONDS = 90
MEMORY_BYTES = 2 * 1024**3  # of address space, the libraries' own included
MOST_WRITTEN_BYTES = 512 * 1024**2
NOT_PLACED = 3  # as in `place_in_child`, which this program does not load


def main(source: Path, kind: str, target: Path) -> int:
    restrain()
    try:
        if kind == "application/pdf":
            count, not_shown = placing.place(source, target), not_shown_of(source)
        else:
            count, not_shown = picture_pages.place(source, target), ""
    except NotPlacedError as reason:
        sys.stderr.write(str(reason))
        return NOT_PLACED
    json.dump({"page_count": count, "not_shown": not_shown}, sys.stdout)
    return 0


def restrain() -> None:
    """From here on this process cannot be had for more."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN_BYTES, MOST_WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def not_shown_of(source: Path) -> str:
    """What a PDF holds that no page of it shows."""
    with pikepdf.Pdf.open(source) as pdf:
        if "/XFA" in pdf.Root.get("/AcroForm", pikepdf.Dictionary()):
            return "It is a form that only Adobe’s programs draw: its pages may not show all of it."
        held = len(pdf.attachments)
    files = "one file" if held == 1 else f"{held} files"
    return f"It holds {files} within it, which its pages do not show." if held else ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
