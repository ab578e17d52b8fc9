"""A stranger's file as pages among the others. Runs in the cage, without Django."""

from io import BytesIO
from typing import Any, BinaryIO

import pikepdf

from requests_app.casefile.pdf import picture_pages, placing
from requests_app.casefile.pdf.placing import NotPlacedError
from requests_app.storage.cage.errors import RefusalError


def place(source: BinaryIO, output: BinaryIO, *, kind: str) -> dict[str, Any]:
    """Write the pages; the fields of `place_in_cage.Placed`. RefusalError: it has none to place."""
    try:
        if kind == "application/pdf":
            count, not_shown = placing.place(source, output), not_shown_of(source)
        else:
            count, not_shown = picture_pages.place(source, output), ""
    except NotPlacedError as reason:
        raise RefusalError(str(reason)) from reason
    return {"page_count": count, "not_shown": not_shown}


def not_shown_of(source: BinaryIO) -> str:
    """What a PDF holds that no page of it shows."""
    source.seek(0)
    with pikepdf.Pdf.open(source) as pdf:
        if "/XFA" in pdf.Root.get("/AcroForm", pikepdf.Dictionary()):
            return "It is a form that only Adobe’s programs draw: its pages may not show all of it."
        held = len(pdf.attachments)
    files = "one file" if held == 1 else f"{held} files"
    return f"It holds {files} within it, which its pages do not show." if held else ""


def join(source: BinaryIO, output: BinaryIO, *, sizes: list[int]) -> int:
    """Papers that were placed, one after the other, as one PDF; how many pages it has."""
    with pikepdf.Pdf.new() as whole:
        for size in sizes:
            with pikepdf.Pdf.open(BytesIO(source.read(size))) as pdf:
                whole.pages.extend(pdf.pages)
        whole.save(output, **placing.SAVED)
        return len(whole.pages)
