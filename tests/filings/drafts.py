"""Drafted challenges with papers behind them, and filings as they are read back, for the tests."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.requests import appeals, city_determinations, exhibits
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.demo.finished_drafts import finish
from requests_app.letters import PlannedLetter, Sending
from requests_app.models import (
    Appeal,
    Channel,
    Communication,
    Delivery,
    Exhibit,
    Filing,
    LetterKind,
    RecordsRequest,
)
from requests_app.storage import content
from tests.casefile.papers import files, pdf
from tests.factories import TODAY, acting, said, submitted
from tests.inbound.messages import answer_to, taken_in

BODY = "body@foic.example"
BY_EMAIL = Sending(Channel.EMAIL, BODY)
STAMP = re.compile(r"Exhibit (\d+) · page (\d+) of (\d+) · (\d+)")


def denied(text: str = "Your request is denied.", **named: bytes) -> RecordsRequest:
    """Asked by e-mail, and denied in words, with files."""
    request = submitted()
    answer = said(text=text, files=files(**named))
    city_determinations.deny(
        request, answer=answer, exemptions=["§ 1-210(b)(1)"], **acting(request)
    )
    request.refresh_from_db()
    return request


def denied_by_mail(raw: bytes | None = None, **message: Any) -> RecordsRequest:
    """Asked by e-mail, and denied by a message that came in and was read as that."""
    request = submitted()
    mail = taken_in(raw or answer_to(request, **{"text": "It is denied.", **message}))
    filed: Communication = mail.standing_communication()
    answer = CityAnswer(on=TODAY, mail=filed)
    city_determinations.deny(
        request, answer=answer, exemptions=["§ 1-210(b)(1)"], **acting(request)
    )
    request.refresh_from_db()
    return request


def drafted(request: RecordsRequest | None = None, route: str = "foic") -> Appeal:
    """With every place of its argument filled in."""
    request = request or denied(answer_pdf=pdf("denied one", "denied two"))
    appeal = appeals.draft(request, route=route, **acting(request))
    return finish(appeal, **acting(request))


def upload(name: str, data: bytes, content_type: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type or "application/octet-stream")


def with_upload(appeal: Appeal, name: str, data: bytes, title: str = "A paper") -> Exhibit:
    """Added, and named in the letter."""
    by = acting(appeal.records_request)
    exhibit = exhibits.add_upload(appeal, title=title, upload=upload(name, data), **by)
    named_in_letter(appeal)
    return exhibit


def named_in_letter(appeal: Appeal) -> None:
    """The letter says that it rests on each exhibit."""
    appeal.refresh_from_db()
    count = appeal.exhibits.count()
    numbers = " and ".join(f"Exhibit {n}" for n in range(1, count + 1))
    text = f"Dear Commissioners:\n\nWe rest on {numbers}.\n"
    appeals.edit_letter(appeal, by=appeal.created_by, text=text)


def filed(appeal: Appeal, sending: Sending = BY_EMAIL) -> Delivery:
    return appeals.file(appeal, sending=sending, **acting(appeal.records_request))


def planned(appeal: Appeal) -> PlannedLetter:
    request = appeal.records_request
    return PlannedLetter(request, LetterKind.APPEAL, BY_EMAIL, TODAY, request.created_by, appeal)


def document_of(filing: Filing) -> bytes:
    return content.read_whole(str(filing.document.file.name), sha256=filing.sha256)


class Read:
    """A filing's document as somebody outside reads it."""

    def __init__(self, data: bytes | Path) -> None:
        self.data = data if isinstance(data, bytes) else data.read_bytes()
        self.pdf = pikepdf.open(BytesIO(self.data))
        shown = pypdfium2.PdfDocument(self.data)
        self.texts = [" ".join(page.get_textpage().get_text_range().split()) for page in shown]
        self.sizes = [page.get_size() for page in shown]
        shown.close()

    def stamps(self) -> list[tuple[int, ...] | None]:
        """Of each page the exhibit, its page, of how many, and the page of the whole."""
        return [
            tuple(map(int, found[-1])) if (found := STAMP.findall(text)) else None
            for text in self.texts
        ]

    def outline(self) -> dict[str, int]:
        """Each bookmark's page, from 1."""
        pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        with self.pdf.open_outline() as outline:
            return {
                item.title: pages[item.destination[0].objgen]  # type: ignore[index]
                for item in outline.root
            }

    def contents_links(self) -> list[int]:
        """The pages that the contents lead to, in order, from 1; one for each line."""
        pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        found = [
            pages[annotation.Dest[0].objgen]
            for page in self.pdf.pages
            for annotation in page.obj.get("/Annots", [])
            if "/Dest" in annotation
        ]
        return list(dict.fromkeys(found))

    def contents_rows(self, titles: list[str]) -> Iterator[tuple[int, int]]:
        """Of each title the number of pages and the first page, as the contents print them."""
        printed = " ".join(
            re.sub(r"Exhibits · \d+$", "", text)
            for text, stamp in zip(self.texts, self.stamps(), strict=True)
            if stamp is None
        )
        for title in titles:
            beside = r"(?: With it, as a file: .*?)*"
            row = re.search(rf"{re.escape(title)}{beside} (\d+) (\d+)", printed)
            assert row is not None, (title, printed)
            yield int(row[1]), int(row[2])
