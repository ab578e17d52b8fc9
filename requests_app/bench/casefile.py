"""A case file of 200 communications and 50 exhibits, a thousand pages: how long, how much memory.

The request is made in a transaction that is rolled back, its files in a folder that is removed.
"""

import hashlib
import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import IO

import pikepdf
from django.db import transaction
from PIL import Image

from cities.schema.load import load_city
from requests_app import ledger
from requests_app.actions.requests import city_progress, drafting, submission
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.bench.derivations import Measure
from requests_app.casefile import make_pdf
from requests_app.casefile.content import gather_dossier
from requests_app.casefile.pdf import pages
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.letters import Sending
from requests_app.models import (
    Attachment,
    CaseFile,
    CaseFileKind,
    Channel,
    Communication,
    Delivery,
    Event,
    EventKind,
    Letter,
    Membership,
    Newsroom,
    RecordsRequest,
    Role,
    User,
)
from requests_app.models.letters.delivery import new_return_token

CITY = "us-or/portland"
AT = datetime(2026, 3, 2, 17, 0, tzinfo=load_city(CITY).tz)
LIMIT_SECONDS, LIMIT_MB = 60.0, 1024.0
LETTER_EVERY = 5  # of the communications, one in so many is a letter of ours
WORDS = (
    "the", "city", "records", "request", "office", "clerk", "council", "report", "of", "a", "draft",
    "contract", "permits", "to", "and", "in", "we", "have", "your", "message", "fee", "estimate",
    "search", "for", "under", "review", "attached", "please", "find", "pages",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is in the request."""

    communications: int
    exhibits: int
    pages: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one run showed."""

    size: Size
    pages: int
    bytes: int
    seconds: float
    peak_before_mb: float
    peak_mb: float
    faults: tuple[str, ...]

    def lines(self) -> list[str]:
        name = (
            f"case file, {self.size.communications} communications, {self.size.exhibits} exhibits"
        )
        mark = "ok" if self.peak_mb <= LIMIT_MB else "TOO MUCH"
        counted = (
            f"{self.pages:,} pages (at least {self.size.pages:,} asked for), "
            f"{self.bytes / 2**20:.1f} MB, {self.seconds / self.pages * 1e3:.1f} ms a page"
        )
        memory = (
            f"peak memory {self.peak_mb:.0f} MB, {self.peak_before_mb:.0f} MB of it before "
            f"(at most {LIMIT_MB:.0f}) {mark}"
        )
        sound = f"FAULTS: {'; '.join(self.faults)}" if self.faults else "the PDF is sound"
        return [counted, str(Measure(name, self.seconds, LIMIT_SECONDS)), memory, sound]

    @property
    def is_met(self) -> bool:
        is_quick = self.seconds <= LIMIT_SECONDS and self.peak_mb <= LIMIT_MB
        return is_quick and self.pages >= self.size.pages and not self.faults


def run(size: Size) -> Result:
    """Make the request, its files and its case file, measure, and roll everything back."""
    with tempfile.TemporaryDirectory(prefix="bench-casefile-") as name, transaction.atomic():
        try:
            return _measured(size, Path(name))
        finally:
            transaction.set_rollback(True)


def _measured(size: Size, folder: Path) -> Result:
    request = _request(size, folder)
    before = peak_mb()
    begun = perf_counter()
    with _work(folder) as work:
        target = work / "case-file.pdf"
        row = CaseFile(
            records_request=request, kind=CaseFileKind.WHOLE, asked_by=request.created_by
        )
        count = make_pdf.make_pdf(
            gather_dossier.gather(row, at=AT + timedelta(days=300)),
            target,
            folder=work,
            stored=make_pdf.Stored(
                _open, lambda pk: bytes(Letter.objects.values_list("pdf", flat=True).get(pk=pk))
            ),
            report=lambda step, done, total: None,
        )
        seconds, peak = perf_counter() - begun, peak_mb()
        with pikepdf.open(target) as pdf:
            faults = tuple(pdf.check_pdf_syntax())
        return Result(size, count, target.stat().st_size, seconds, before, peak, faults)


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    work = folder / "work"
    work.mkdir()
    yield work


def _request(size: Size, folder: Path) -> RecordsRequest:
    """Drafted, handed over and acknowledged as a person would; the rest is written in bulk."""
    newsroom = Newsroom.objects.create(name="Benchmark", address="1 Main Street")
    by = User.objects.create(email="benchmark@desk.invalid", name="Benchmark")
    Membership.objects.create(newsroom=newsroom, user=by, role=Role.EDITOR)
    request = drafting.begin(
        by=Attribution(by, AT),
        city_slug=CITY,
        kind="records",
        details=drafting.RequestDetails(
            office_role="records_custodian",
            subject="Every contract of the year",
            particulars={"what": "every contract of the year"},
        ),
    )
    submission.submit(
        request,
        by=Attribution(by, AT),
        sending=Sending(Channel.IN_PERSON, "City Hall", handed_over_on=AT.date()),
    )
    city_progress.acknowledge(
        request,
        answer=CityAnswer(on=AT.date()),
        by=Attribution(by, AT),
    )
    chance = random.Random(7)  # noqa: S311  words that differ, the same in every run
    messages = [_communication(request, by, n, chance) for n in range(1, size.communications + 1)]
    _attach([m for m in messages if m], size, folder, chance)
    request.refresh_from_db()
    return request


def _communication(
    request: RecordsRequest, by: User, number: int, chance: random.Random
) -> Communication | None:
    """A message of the city's, or every so often a letter of ours."""
    at = AT + timedelta(days=number)
    if number % LETTER_EVERY == 0:
        _letter(request, by, at)
        return None
    occasion = Occasion(Attribution(by, at), at.date())
    event = ledger.record(request, EventKind.MAIL_RECEIVED, occasion)
    return Communication.objects.create(
        records_request=request,
        event=event,
        direction=Communication.Direction.IN,
        channel=Channel.EMAIL,
        on=at.date(),
        text=_words(chance, 250),
        filed_at=at,
        filed_by=by,
    )


def _letter(request: RecordsRequest, by: User, at: datetime) -> None:
    """A letter with the pages of the first one, which were laid out once."""
    letter = Letter.objects.filter(records_request=request).earliest("pk")
    letter.pk, letter._state.adding = None, True
    letter.save()
    delivery = Delivery.objects.filter(records_request=request).earliest("pk")
    delivery.pk, delivery._state.adding = None, True
    delivery.letter, delivery.message_id = letter, f"<{letter.pk}@benchmark.invalid>"
    delivery.return_token = new_return_token()
    delivery.save()
    Event.objects.create(
        records_request=request,
        kind=EventKind.FOLLOWED_UP,
        on=at.date(),
        recorded_at=at,
        by=by,
        delivery=delivery,
    )


def _attach(messages: list[Communication], size: Size, folder: Path, chance: random.Random) -> None:
    """Documents of the city's, a picture and a text among every ten."""
    # Each communication is some six tenths of a page, each exhibit has its title page.
    each = max(
        1, (size.pages - size.communications // 2 - size.exhibits) // (size.exhibits * 8 // 10)
    )
    document = pages.render("text.html", pages=[_words(chance, 420) for _ in range(each)]).pdf
    for number in range(size.exhibits):
        name, kind, data = _file(number, document, chance)
        path = folder / name
        path.write_bytes(data)
        message = messages[number % len(messages)]
        Attachment.objects.create(
            records_request=message.records_request,
            communication=message,
            file=str(path),
            name=name,
            content_type=kind,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            added_at=AT,
            added_by=message.filed_by,
        )


def _file(number: int, document: bytes, chance: random.Random) -> tuple[str, str, bytes]:
    if number % 10 == 3:
        picture = Image.effect_noise((1600, 1200), 60)
        out = BytesIO()
        picture.save(out, "JPEG")
        return f"photo-{number}.jpg", "image/jpeg", out.getvalue()
    if number % 10 == 7:
        return f"memo-{number}.txt", "text/plain", _words(chance, 900).encode()
    return f"records-{number}.pdf", "application/pdf", document + f"\n% {number}\n".encode()


def _words(chance: random.Random, count: int) -> str:
    sentences = [
        " ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(count // 12)
    ]
    return "\n\n".join(" ".join(sentences[n : n + 5]) for n in range(0, len(sentences), 5))


def _open(path: str) -> IO[bytes]:
    return Path(path).open("rb")


def peak_mb() -> float:
    """The most memory this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
