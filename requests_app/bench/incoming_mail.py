"""Mail coming in among many requests: how many a second, and how much memory a large one takes.

On a database made for it: every message is committed as in earnest, none could be rolled back.
"""

import copy
import random
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time

from django.db import connection
from django.db.models import Func, Value
from django.db.models.functions import Concat, Replace, Substr

from requests_app.actions.mail import incoming
from requests_app.bench import closure
from requests_app.inbound.ingest_results import result_of
from requests_app.inbound.storing import keep, kept_ahead, store
from requests_app.models import CameBy, Channel, Delivery, Event, InboundMail, RecordsRequest
from requests_app.models.letters.delivery import new_return_token
from requests_app.public_request_ids import ALPHABET
from requests_app.reply_addresses import reply_address
from requests_app.storage.content import Kept, chunks_of

LIMIT_A_SECOND, LIMIT_MB = 100.0, 150.0
SEED = 20261121
CHUNK = 2_000
CLERKS = [f"clerk{number}@portlandoregon.example" for number in range(5)]
AT = closure.AT + timedelta(days=90)
# What names the request, in a hundred ordinary messages; the rest name nothing.
BY = {"address": 62, "typo": 3, "thread": 15, "number": 8, "subject": 4, "words": 5, "nothing": 3}
TEXT = """\
Good afternoon,

Regarding your request about {subject}: we are still working with the bureau to find what you asked
for, and will write again when it is ready. Please keep this number with your papers.

Public Records
City Hall, 1221 SW 4th Avenue

On Mon, Nov 2, 2026 at 10:14 AM The Ledger <desk@ledger.example> wrote:
> Dear City Clerk,
> under the Public Records Law we ask for every record of the following kind, in the form in
> which it is kept, and for a waiver of fees as the request is in the public interest.
"""


@dataclass(frozen=True, slots=True)
class Result:
    requests: int
    messages: int
    seconds: float
    own_seconds: float
    slowest: float
    became: Counter[str]

    @property
    def is_met(self) -> bool:
        return self.messages / self.seconds >= LIMIT_A_SECOND

    def lines(self) -> Iterator[str]:
        rate, own = self.messages / self.seconds, self.messages / self.own_seconds
        mark = "ok" if self.is_met else "TOO SLOW"
        became = ", ".join(f"{count} {what}" for what, count in self.became.most_common())
        yield f"{self.messages} messages among {self.requests} requests: {became}"
        yield f"  stored, read, matched and filed: {rate:.0f} a second (at least 100) {mark}"
        slowest = f"{self.slowest * 1e3:.0f} ms"
        yield f"  {own:.0f} a second of processor time; the slowest took {slowest}"


def run(requests: int, messages: int) -> Result:
    """Fill the database, then take in the messages in their order, as `ingest_mail` does."""
    _fill(requests)
    some = random.Random(SEED)  # noqa: S311 - which messages, not a secret
    pks = list(RecordsRequest.objects.order_by("pk").values_list("pk", flat=True))
    raws = [_ordinary(number, pks, some) for number in range(messages)]
    for number in range(messages, messages + 20):  # packs, patterns and plans are read once
        _take_in(_ordinary(number, pks, some))
    taken: list[int] = []
    slowest = 0.0
    begun, begun_here = perf_counter(), process_time()
    for _, kept in kept_ahead(raws, _keep):
        began = perf_counter()
        mail = _filed(kept.result())
        slowest = max(slowest, perf_counter() - began)
        taken.append(mail.pk)
    seconds, own = perf_counter() - begun, process_time() - begun_here
    rows = InboundMail.objects.filter(pk__in=taken)
    became = Counter(str(result_of(mail, is_new=True)["became"]) for mail in rows)
    return Result(requests, messages, seconds, own, slowest, became)


def large(path: Path) -> tuple[float, float]:
    """Megabytes this process had held when it was idle, and once it took in that message."""
    _take_in(_message(Headers("clerk@example.org", "desk@example.org", "Small", "<s@x>"), "Hello."))
    idle = _peak_mb()
    with path.open("rb") as file:
        mail, _ = store(chunks_of(file), came_by=CameBy.PIPE, at=AT)
    incoming.take_in(mail, at=AT)
    return idle, _peak_mb()


def write_large(path: Path, size: int) -> None:
    """A message of that many bytes with one attachment in base64, a line at a time."""
    line = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3\n"
    with path.open("wb") as file:
        file.write(
            b"From: Clerk <clerk@example.org>\nTo: desk@example.org\nSubject: All of it\n"
            b"Date: Mon, 02 Nov 2026 12:00:00 -0500\nMessage-ID: <large@example.org>\n"
            b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
            b"Content-Type: text/plain\n\nAttached is everything.\n--b\n"
            b'Content-Type: application/pdf; name="all.pdf"\nContent-Transfer-Encoding: base64\n'
            b'Content-Disposition: attachment; filename="all.pdf"\n\n'
        )
        while file.tell() < size:
            file.write(line * 1000)
        file.write(b"--b--\n")


def _take_in(raw: bytes) -> InboundMail:
    return _filed(_keep(raw))


def _keep(raw: bytes) -> Kept:
    return keep(chunks_of(BytesIO(raw)))


def _filed(kept: Kept) -> InboundMail:
    mail, _ = incoming.store(kept, came_by=CameBy.PIPE, at=AT)
    return incoming.take_in(mail, at=AT)


def _fill(requests: int) -> None:
    _, editor = closure._newsroom()
    original = closure._original(editor)
    events = list(Event.objects.filter(records_request=original).in_order())
    deadlines = list(original.deadlines.all())
    sent = original.deliveries.get()
    for first in range(1, requests, CHUNK):
        numbers = range(first, min(first + CHUNK, requests))
        closure._copy(original, events, deadlines, numbers)
        copies = RecordsRequest.objects.filter(public_id__startswith="b0")
        copies.update(
            city_reference=Concat(Value("26-1"), Substr("public_id", 2)),
            subject=Concat(Value("Permit files of block "), Substr("public_id", 2)),
            public_id=_as_address(Substr("public_id", 2)),
        )
        made = RecordsRequest.objects.order_by("-pk")[: len(numbers)]
        Delivery.objects.bulk_create(_sent(sent, request) for request in made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _as_address(digits: Func) -> Func:
    """Eight digits as eight letters that a reply address may have."""
    for digit, letter in zip("0123456789", ALPHABET, strict=False):
        digits = Replace(digits, Value(digit), Value(letter))
    return digits


def _sent(original: Delivery, request: RecordsRequest) -> Delivery:
    """As the original was handed over, but by e-mail to one of the clerks."""
    row = copy.copy(original)
    row._state = copy.copy(original._state)
    row._state.fields_cache = dict(original._state.fields_cache)
    row.pk, row._state.adding = None, True
    row.records_request, row.channel = request, Channel.EMAIL
    row.to = CLERKS[request.pk % len(CLERKS)]
    row.message_id = f"<{request.public_id}@bench.example>"
    row.return_token = new_return_token()
    return row


def _ordinary(number: int, pks: list[int], some: random.Random) -> bytes:
    """A person's mail of a few thousand bytes; one in five with a file, one in four with HTML."""
    how = some.choices(list(BY), weights=list(BY.values()))[0]
    request = RecordsRequest.objects.get(pk=some.choice(pks[1:]))
    to, subject, thread = "desk@ledger.example", "Your records request", ""
    text = TEXT.format(subject=request.subject if how == "words" else "permits")
    sender = CLERKS[request.pk % len(CLERKS)]
    if how in {"address", "typo"}:
        to = reply_address(request)
        to = to.upper() if how == "typo" else to
    elif how == "thread":
        thread = f"<{request.public_id}@bench.example>"
    elif how == "number":
        subject = f"Public records request {request.city_reference}"
    elif how == "subject":
        subject = f"Re: {request.subject}"
    elif how == "nothing":
        sender = f"somebody{number}@elsewhere.example"
    mail_id = f"<{number}@portlandoregon.example>"
    return _message(Headers(sender, to, subject, mail_id, thread), text, number=number)


@dataclass(frozen=True, slots=True)
class Headers:
    """What identifies a message that is made here; `thread` is the message it answers."""

    sender: str
    to: str
    subject: str
    message_id: str
    thread: str = ""


def _message(headers: Headers, text: str, *, number: int = 0) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Clerk <{headers.sender}>", headers.to
    mail["Subject"], mail["Message-ID"] = headers.subject, headers.message_id
    mail["Date"] = format_datetime(AT + timedelta(seconds=number))
    if headers.thread:
        mail["In-Reply-To"] = headers.thread
    mail.set_content(text)
    if number % 4 == 1:
        mail.add_alternative(f"<p>{text.replace(chr(10), '<br>')}</p>", subtype="html")
    if number % 5 == 1:
        content = b"%PDF-1.4\n" + bytes(range(256)) * 160 + str(number).encode()
        mail.add_attachment(content, "application", "pdf", filename=f"{number}.pdf")
    return mail.as_bytes()


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
