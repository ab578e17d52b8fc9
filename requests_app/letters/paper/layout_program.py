"""Lays out pages for `layout`: `python -I layout_program.py ROOT`. It knows no Django and no data.

It takes one page after another on standard input and ends when the desk's process does. Computing
for longer than it was given ends it: it sets the alarm itself, and nothing of its own catches it.
"""

import base64
import contextlib
import importlib
import json
import os
import signal
import struct
import sys
import traceback
from pathlib import Path
from typing import IO, Any

LENGTH = struct.Struct("!I")


def main(root: str) -> None:
    sys.path.insert(0, root)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    from requests_app.storage.cage.keeper_program import as_a_mere_folder

    as_a_mere_folder("requests_app.letters", Path(root))
    with contextlib.suppress(OSError):  # without Pango each page is told so
        importlib.import_module("requests_app.letters.paper.pdf_engine")
    while head := asked.read(LENGTH.size):
        job = json.loads(asked.read(LENGTH.unpack(head)[0]))
        signal.setitimer(signal.ITIMER_PROF, job["seconds"])
        said, pdf = _outcome(job)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for part in (json.dumps(said).encode(), pdf):
            answers.write(LENGTH.pack(len(part)) + part)
        answers.flush()


def _outcome(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What `layout` is told, and the PDF."""
    try:
        from requests_app.letters.paper import pdf_engine
    except OSError as error:
        return {"failed": "no_engine", "reason": str(error)}, b""
    try:
        return {}, _printed(job, pdf_engine)
    except pdf_engine.NotAllowedError as error:
        return {"failed": "not_allowed", "reason": str(error)}, b""
    except pdf_engine.MissingGlyphError as error:
        return {"failed": "no_glyph", "reason": str(error)}, b""
    except Exception as error:  # noqa: BLE001  the engine's own failures are many: each is told
        trace = traceback.format_exc()
        return {"failed": "broken", "reason": type(error).__name__, "trace": trace}, b""


def _printed(job: dict[str, Any], pdf_engine: Any) -> bytes:
    pictures = [base64.b64decode(one) for one in job["pictures"]]
    document = pdf_engine.lay_out(job["page"], pictures)
    if job["closer"] and len(document.pages) == 2:
        closer = pdf_engine.lay_out(job["closer"], pictures)
        document = closer if len(closer.pages) == 1 else document
    pdf: bytes = pdf_engine.write(document)
    return pdf


def read_part(answers: IO[bytes]) -> bytes:
    """One part of an answer. EOFError where the program ended before it was whole."""
    head = answers.read(LENGTH.size)
    part = answers.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
    if len(head) < LENGTH.size or len(part) < LENGTH.unpack(head)[0]:
        raise EOFError
    return part


if __name__ == "__main__":
    main(*sys.argv[1:])
