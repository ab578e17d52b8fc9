"""Five hundred letters as a mail server received them: every enclosure, every address, no more.

Each is a combination drawn with one seed: kind of letter × city × enclosures (how many, their
names, types, sizes, none) × copies × oddities of subject, recipient and newsroom's name × answers a
message or not. The letters themselves are issued once, three to each city, with their own PDFs. For
each combination that row is copied with another subject, other enclosures and other copies; the
queue makes its messages, and each is given to a server on loopback by the channel's own dialogue.
What is not tried here is the worker's claim and what it writes down of the answer: see `test_send`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from random import Random
from typing import Any

import pytest

from requests_app import letters
from requests_app.actions.mail import file_mail
from requests_app.actions.requests import submission
from requests_app.delivery import outbox
from requests_app.delivery.channels import open_dialogue
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Copy, PlannedLetter, Sending, plain_text
from requests_app.models import (
    Attachment,
    CameBy,
    Channel,
    Communication,
    Delivery,
    InboundMail,
    Letter,
    LetterCopy,
    LetterEnclosure,
    LetterKind,
    RecordsRequest,
)
from requests_app.reply_addresses import reply_address
from requests_app.return_paths import return_path
from requests_app.storage.content import Kept, keep
from requests_app.vocabulary.copy_ways import CopyWay
from tests.delivery.smtp_server import Script, smtp_server
from tests.factories import NOW, TODAY, draft, let_go

# The queue is asked past the actions, which would have written the board's rows anew.
pytestmark = [pytest.mark.django_db, pytest.mark.tampered, pytest.mark.first_pass]

COMBINATIONS, SEED = 500, 20261122
MOST_BYTES = 290_000  # of a message, so that some letters go in parts and some files by link
CITIES = {
    "us-ct/stamford": "city_clerk",
    "us-ca/stockton": "city_clerk",
    "us-ca/concord": "city_clerk",
    "us-mo/kansas-city": "records_custodian",
    "us-or/portland": "records_custodian",
}
KINDS = (
    LetterKind.RECORDS_REQUEST,
    LetterKind.FOLLOW_UP,
    LetterKind.FREE_LETTER,
    LetterKind.REPLY,
    LetterKind.FEE_WAIVER_REQUEST,
)
WORDS = [
    "Towing contracts", "Bcc: everybody@city.example", "\r\nBcc: all@city.example",
    "\nCc: all@city.example", "\rX-Odd: 1", "\x0b\x0c\x85\u2028\u2029", "=?utf-8?q?=0ABcc=3A_a?=",
    "Ña\u202enews", "記者", "\U0001f5de", "e\u0301t\u00e9", "“quoted”", "\"plain\"", "a,b;c",
    "<x@y.z>", "(c)", "\\", "%0d%0aBcc", "ü" * 70, "w" * 180, "  two  spaces ", "\t", "=20", "שלום",
]  # fmt: skip
ENDINGS = [".pdf", ".csv", ".tar.gz", "", ".", ".PDF ", ".é", "; filename=x.exe", "/../../x"]
TYPES = [
    "application/pdf", "text/csv", "text/plain; charset=utf-16", "text/html", "message/rfc822",
    "multipart/mixed", "", "application/octet-stream", "image/png", "TEXT/PLAIN",
    "text/csv\r\nBcc: all@city.example",
]  # fmt: skip
ADDRESSES = {
    "clerk@city.example": "clerk@city.example",
    "O'Brien+foia@City.Example": "O'Brien+foia@City.Example",
    "a.b_c-d!#$%&*=?^`{|}~@sub.city.example": "a.b_c-d!#$%&*=?^`{|}~@sub.city.example",
    " records@city.example ": "records@city.example",
    "law@bücher.example": "law@xn--bcher-kva.example",
    f"{'l' * 64}@city.example": f"{'l' * 64}@city.example",
}
ANSWERED = {
    "<abc.123@mail.city.example>": True,
    "no-brackets@city.example": True,
    "<a b@city.example>": False,
    "<x@y>\r\nBcc: <all@city.example>": False,
    f"<{'m' * 300}@city.example>": False,
}
HEADERS = {
    "content-type", "mime-version", "subject", "from", "to", "cc", "reply-to", "date",
    "message-id", "in-reply-to", "references",
}  # fmt: skip


def contents(chance: Random) -> list[bytes]:
    """Bytes that mail has mangled before: line ends, dots, "From ", no end, nothing."""
    return [
        b"", b"\0", b".", b"..\r\n.\r\n", b"\n.\n", b"From me\nFrom you\r\n", b"\r\r\n\n\r",
        b"1,2\n3,4", bytes(range(256)) * 40, b"x" * 5000, b"trailing  \t\r\n", b"--=====\r\n",
        b"Subject: a mail\r\n\r\nwithin a mail\r\n", "naïve, 記者\n".encode("utf-16"),
        chance.randbytes(57), chance.randbytes(30_000), chance.randbytes(180_000),
        chance.randbytes(350_000),
    ]  # fmt: skip


@dataclass
class Combination:
    """One letter to be sent, and what the server should have of it."""

    letter: Letter
    to: str
    copies: tuple[str, ...]
    subject: str
    newsroom: str
    files: list[Attachment]
    contents: dict[int, bytes]
    answered: str


@dataclass
class Desk:
    """The letters that were issued, the bytes that may be enclosed, and the row of chances."""

    issued: list[Letter]
    kept: list[tuple[Kept, bytes]]
    answered: dict[int, dict[str, Communication]]
    chance: Random


def issued_letters() -> Iterator[Letter]:
    """The request and two more to each city, each with its own PDF; of every kind at least one."""
    others = KINDS[1:] * 3
    of_each_city = {city: others[2 * n : 2 * n + 2] for n, city in enumerate(CITIES)}
    for city, office in CITIES.items():
        request = draft(city_slug=city, office_role=office)
        by = Attribution(request.created_by, NOW)
        sending = Sending(Channel.EMAIL, "clerk@city.example")
        first = submission.submit(request, by=by, sending=sending)
        let_go(first)
        yield first.letter
        for kind in of_each_city[city]:
            composed = letters.compose_reply(request, kind, on=TODAY)
            planned = PlannedLetter(request, kind, sending, TODAY, by.user)
            yield letters.issue(planned, re.sub(r"\[\[.*?\]\]", "Yes.", composed.text), at=NOW)


def messages_that_came(request: RecordsRequest) -> dict[str, Communication]:
    """Messages of the city that we may answer, by what each is called. A machine wrote them: they
    are in the thread of nothing but what answers them."""
    found = {}
    for number, name in enumerate(ANSWERED):
        mail = InboundMail.objects.create(
            raw=f"r/{request.pk}-{number}", sha256=f"{request.pk}-{number}", size=3,
            came_by=CameBy.PIPE, arrived_at=NOW, stage="read", message_id=name[:998],
            content_key=f"{request.pk}-{number}", kind="auto_reply",
        )  # fmt: skip
        by = Attribution(request.created_by, NOW)
        found[name] = file_mail.file_communication(mail, request, by=by)
    return found


@pytest.fixture
def desk(settings: Any) -> Desk:
    settings.MAIL_MAX_BYTES = MOST_BYTES
    settings.BASE_URL = "https://desk.example.org"
    chance = Random(SEED)
    issued = list(issued_letters())
    requests = {one.records_request_id: one.records_request for one in issued}
    return Desk(
        issued,
        [(keep(data), data) for data in contents(chance)],
        {pk: messages_that_came(request) for pk, request in requests.items()},
        chance,
    )


def words(chance: Random, most: int) -> str:
    return "".join(chance.choices(WORDS, k=chance.randint(1, most)))


def combined(desk: Desk) -> Combination:
    """The next combination: a copy of an issued letter, as it would have been issued with these."""
    chance = desk.chance
    letter = Letter.objects.get(pk=chance.choice(desk.issued).pk)
    request = letter.records_request
    answered = chance.choice([*ANSWERED, "", "", ""])
    to, *copies = chance.sample(sorted(ADDRESSES), k=chance.choice([1, 1, 2, 3, 5]))
    letter.pk, letter._state.adding = None, True
    letter.subject = words(chance, 3)[:300]
    letter.answers = desk.answered[request.pk].get(answered)
    letter.save()
    files, held = [], {}
    for number in range(1, chance.choice([0, 1, 1, 2, 3, 6]) + 1):
        kept, data = chance.choice(desk.kept)
        name = (words(chance, 2) + chance.choice(ENDINGS))[:255]
        file = Attachment.objects.create(
            records_request=request, file=kept.name, name=name, size=kept.size, added_at=NOW,
            sha256=kept.sha256, content_type=chance.choice(TYPES)[:100],
        )  # fmt: skip
        title = letters.enclosures.title_of(file)
        LetterEnclosure.objects.create(
            letter=letter, attachment=file, number=number, title=title[:400]
        )
        files.append(file)
        held[file.pk] = data
    LetterCopy.objects.bulk_create(
        LetterCopy(letter=letter, number=n, name=one, to=one, way=CopyWay.WITH_THE_MAIL)
        for n, one in enumerate(copies, start=1)
    )
    newsroom = words(chance, 2)[:200]
    return Combination(letter, to, tuple(copies), letter.subject, newsroom, files, held, answered)


def test_five_hundred_letters_as_a_server_received_them(desk: Desk, settings: Any) -> None:
    seen = {"parts": 0, "links": 0, "copies": 0, "answers": 0, "empty": 0}
    with smtp_server(settings, Script()) as server:
        for _ in range(COMBINATIONS):
            one = combined(desk)
            server.messages.clear()
            server.envelopes.clear()
            deliveries = given(one)
            raws = [envelope.content for envelope in server.envelopes]
            check(one, deliveries, server, [raw for raw in raws if isinstance(raw, bytes)])
            seen["parts"] += len(deliveries) > 1
            seen["links"] += deliveries[0].links.exists()
            seen["copies"] += bool(one.copies)
            seen["answers"] += bool(one.answered)
            seen["empty"] += b"" in one.contents.values()
    assert min(seen.values()) > 10, seen


def given(one: Combination) -> list[Delivery]:
    """Each message of the letter, given to the server by the channel's dialogue."""
    by = Attribution(one.letter.issued_by, NOW)
    copies = tuple(map(Copy.by_email, one.copies))
    first = outbox.enqueue(one.letter, Sending(Channel.EMAIL, one.to, copies=copies), by=by)
    deliveries = list(outbox.messages_of(first))
    for delivery in deliveries:
        delivery.records_request.newsroom.name = one.newsroom
        dialogue = open_dialogue(delivery)
        dialogue.offer(still_ours=lambda: True)
        assert dialogue.give().startswith("250")
        dialogue.close()
    return deliveries


def check(one: Combination, deliveries: list[Delivery], server: Script, raws: list[bytes]) -> None:
    assert len(raws) == len(deliveries)
    parsed = [message_from_bytes(raw, policy=policy.default) for raw in raws]
    for delivery, raw, message, envelope in zip(
        deliveries, raws, parsed, server.envelopes, strict=True
    ):
        check_lines(raw)
        assert envelope.mail_from == return_path(delivery)
        check_addresses(one, message, envelope.rcpt_tos)
        check_headers(one, delivery, deliveries[0], message)
    check_text(one, deliveries[0], parsed[0])
    check_files(one, deliveries[0], parsed)


def check_lines(raw: bytes) -> None:
    """RFC 5322 (2.1.1) and RFC 5321 (4.5.3.1.6): whole lines of ASCII, none too long."""
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(set(line) & {0, 10, 13} for line in lines)


def check_addresses(one: Combination, message: EmailMessage, rcpt_tos: list[str]) -> None:
    to, copies = ADDRESSES[one.to], [ADDRESSES[copy] for copy in one.copies]
    ours = reply_address(one.letter.records_request)
    assert rcpt_tos == [to, *copies]
    assert [box.addr_spec for box in message["To"].addresses] == [to]
    cc = message["Cc"]
    assert [box.addr_spec for box in cc.addresses] == copies if copies else cc is None
    [box] = message["From"].addresses
    assert (box.addr_spec, squeezed(box.display_name)) == (ours, squeezed(one.newsroom))


def check_headers(
    one: Combination, delivery: Delivery, first: Delivery, message: EmailMessage
) -> None:
    """Each once, and none that we did not write."""
    names = [name.lower() for name in message]
    assert len(names) == len(set(names))
    assert set(names) <= HEADERS
    assert message["Message-ID"] == delivery.message_id
    part = f"(part {delivery.part} of {delivery.parts})" if delivery.parts > 1 else ""
    reference = one.letter.records_request.reference
    assert squeezed(message["Subject"]) == squeezed(f"{one.subject}[{reference}]{part}")
    references = str(message["References"] or "").split()
    in_reply_to = str(message["In-Reply-To"] or "")
    assert (references or [""])[-1] == in_reply_to
    if delivery.pk != first.pk:
        assert in_reply_to == first.message_id
    elif ANSWERED.get(one.answered):
        assert in_reply_to == f"<{one.answered.strip('<>')}>"
    else:  # the request's own mail begins the thread
        begun = one.letter.records_request.deliveries.earliest("pk").message_id
        assert references == [begun]


def check_text(one: Combination, first: Delivery, message: EmailMessage) -> None:
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content().replace("\r\n", "\n")
    whole = plain_text(one.letter)
    assert text.startswith(whole.rstrip("\n"))
    if first.parts == 1 and not first.links.exists():
        assert text.strip() == whole.strip()
    for link in first.links.all():
        assert link.attachment.sha256 in text


def check_files(one: Combination, first: Delivery, messages: list[EmailMessage]) -> None:
    """The letter's PDF, then every enclosure once, byte for byte, but for those that go by link."""
    came = [part for message in messages for part in message.iter_attachments()]
    letter, *enclosed = came
    assert letter.get_filename() == one.letter.file_name
    assert letter.get_payload(decode=True) == bytes(one.letter.pdf)
    linked = set(first.links.values_list("attachment", flat=True))
    wanted = [file for file in one.files if file.pk not in linked]
    assert sorted(as_received(part) for part in enclosed) == sorted(
        (file_name(file.name), one.contents[file.pk]) for file in wanted
    )


def as_received(part: EmailMessage) -> tuple[str, bytes]:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    # `get_filename` takes the quotes off a name that has some of its own.
    name = part["Content-Disposition"].params["filename"]
    return squeezed(name)[-100:], data


def file_name(name: str) -> str:
    return (squeezed(name) or "file")[-100:]


def squeezed(text: str) -> str:
    """Its characters that can be seen, without the spaces between them."""
    return "".join(c for c in str(text) if c.isprintable() and not c.isspace())
