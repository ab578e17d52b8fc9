"""Requests with papers, and their case files, for the tests."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cities.clocks.computed_deadline import Deadline
from requests_app.actions.requests import city_determinations, notes
from requests_app.casefile import make_case_file, make_pdf
from requests_app.casefile.content import gather_dossier
from requests_app.casefile.content.dossier import Clock, Dossier, Entry, Exhibit
from requests_app.models import Appeal, CaseFile, CaseFileKind, RecordsRequest
from requests_app.storage import content
from tests.factories import NOW, TODAY, acting, appealed, said, submitted

SECRET = "the source met us at the ferry"


def pdf(*texts: str, size: tuple[float, float] = (612, 792), **page: Any) -> bytes:
    """A PDF of pages that say these things."""
    out = BytesIO()
    with pikepdf.Pdf.new() as made:
        font = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
            )
        )
        for text in texts:
            drawn = f"BT /F 24 Tf 72 {size[1] - 100} Td ({text}) Tj ET".encode()
            made.pages.append(
                pikepdf.Page(
                    made.make_indirect(
                        pikepdf.Dictionary(
                            Type=pikepdf.Name.Page,
                            MediaBox=[0, 0, *size],
                            Resources={"/Font": {"/F": font}},
                            Contents=made.make_stream(drawn),
                            **page,
                        )
                    )
                )
            )
        made.save(out, deterministic_id=True)  # the same bytes for the same pages
    return out.getvalue()


def jpeg(size: tuple[int, int] = (400, 200), *, turned: bool = False) -> bytes:
    """Red, with a blue left third; `turned` by EXIF a quarter to the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (0, 0, size[0] // 3, size[1]))
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


EML = (
    b"From: Clerk <clerk@stamford.example>\r\nTo: desk@ledger.example\r\n"
    b"Subject: =?utf-8?q?Your_request_=E2=80=93_answer?=\r\n"
    b"Date: Mon, 2 Nov 2026 10:00:00 -0500\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>Dear <b>requester</b>,</p><script>alert(1)</script><img src='http://x.example/y.png'>"
    b"<p>We have nothing to add.</p>"
)


def files(**named: bytes) -> tuple[SimpleUploadedFile, ...]:
    """`records_pdf=b"…"` is a file called records.pdf."""
    return tuple(
        SimpleUploadedFile(name.replace("_", "."), data, "application/octet-stream")
        for name, data in named.items()
    )


def denied(**named: bytes) -> RecordsRequest:
    """Asked, noted about, denied with files."""
    request = submitted()
    notes.note(request, on=TODAY, text=SECRET, **acting(request))
    city_determinations.deny(
        request,
        answer=said(text="Your request is denied.\n\nSee the files.", files=files(**named)),
        exemptions=["§ 1-210(b)(1)"],
        **acting(request),
    )
    request.refresh_from_db()
    return request


def challenged() -> Appeal:
    """Denied, and appealed to Connecticut's Commission."""
    return appealed(denied(records_pdf=pdf("one")))


def row(request: RecordsRequest, kind: str = "whole", **fields: Any) -> CaseFile:
    return CaseFile(
        records_request=request, kind=CaseFileKind(kind), asked_by=request.created_by, **fields
    )


def book_of(request: RecordsRequest, kind: str = "whole", **fields: Any) -> Dossier:
    return gather_dossier.gather(row(request, kind, **fields), at=NOW)


def make(dossier: Dossier, folder: Path) -> Path:
    """The PDF of a dossier, its files from storage."""
    target = folder / "made.pdf"
    work_in = folder / "work"
    work_in.mkdir(exist_ok=True)
    make_pdf.make_pdf(
        dossier,
        target,
        folder=work_in,
        stored=make_pdf.Stored(content.open_kept, make_case_file.letter_pdf),
        report=lambda step, done, total: None,
    )
    return target


def exhibit(data: bytes, name: str, content_type: str = "application/octet-stream") -> Exhibit:
    return Exhibit(
        number=1,
        name=name,
        path="nowhere",
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        came_with=(1,),
        is_ours=False,
    )


def clock(name: str = "The city’s time to answer", **fields: Any) -> Clock:
    told: dict[str, Any] = {
        "clock": "response", "whose": "city", "status": "running",
        "starts_on": TODAY, "due_on": TODAY + timedelta(days=10),
        "earliest_on": None, "latest_on": None, "nominal_on": None, "met_on": None,
        "rule": "Ten days.", "citation": "§ 1", "confidence": "found", "unsettled": "",
    }  # fmt: skip
    return Clock(1, name, Deadline(**{**told, **fields}), False)


def mark(on: date, heading: str, kind: str, side: str = "ours") -> Entry:
    return Entry(0, "timeline", on, heading, side, "", kind, (), "", "")


def plain_book(**fields: Any) -> Dossier:
    """A dossier of nothing but its cover."""
    dossier = Dossier(
        title="Case file",
        subject="Use of force",
        reference="STAM-2026-0012",
        their_reference="",
        newsroom="Ledger",
        asked_for="",
        parties=(),
        law=(),
        dates=(),
        outcome="No answer yet.",
        made_at=datetime(2026, 11, 2, 12, 0, tzinfo=UTC),
        today=TODAY,
        parts=("timeline", "deadlines", "correspondence"),
        part_titles={"timeline": "T", "deadlines": "D", "correspondence": "C"},
        parts_source="",
    )
    return replace(dossier, **fields)
