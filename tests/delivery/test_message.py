"""The e-mail as it leaves: whose words can become a header, what answers what, what is enclosed."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting, submission
from requests_app.actions.sending import our_letters
from requests_app.delivery.channels.message import content_of, one_line
from requests_app.delivery.threads import is_message_id
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import (
    Attachment,
    Channel,
    Delivery,
    FileLink,
    RecordsRequest,
    RequestState,
)
from requests_app.reply_addresses import BadAddress, deliverable
from requests_app.storage.content import keep
from tests.factories import (
    CLERK,
    NOW,
    appealed,
    draft,
    in_state,
    let_go,
    mailed,
    rewritten,
    submitted,
)

pytestmark = pytest.mark.django_db

HOSTILE = [
    "Ledger\r\nBcc: all@city.example",
    "Ledger\nBcc: all@city.example",
    "Ledger\rBcc: all@city.example",
    "Ledger\x00\x0b\x0c\x85\u2028\u2029Bcc: all@city.example",
    'The "Ledger" <x@y.z>, all@city.example',
    "=?utf-8?q?Ledger=0ABcc=3A_all=40city=2Eexample?=",
    "Ledger " * 22,
    "L" * 160,
    "Ña\u202enews 記者 \U0001f5de",
]


def sent(delivery: Delivery) -> tuple[bytes, EmailMessage]:
    delivery.refresh_from_db()
    content = content_of(delivery)
    return content, message_from_bytes(content, policy=policy.default)


def promised(request: RecordsRequest, to: str = CLERK) -> Delivery:
    return submission.submit(
        request, by=Attribution(request.created_by, NOW), sending=Sending(Channel.EMAIL, to)
    )


def check_form(content: bytes) -> None:
    """What RFC 5322 (2.1.1) and RFC 5321 (4.5.3.1.6) allow of a line, and nothing beyond ASCII."""
    assert content.isascii()
    assert b"\0" not in content
    for line in content.split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        assert len(line) <= 998


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_a_header(name: str):
    delivery = promised(draft())
    delivery.records_request.newsroom.name = name

    content = content_of(delivery)
    message = message_from_bytes(content, policy=policy.default)

    check_form(content)
    assert message["Bcc"] is None
    assert message["To"] == CLERK
    [box] = message["From"].addresses
    assert box.addr_spec == str(message["Reply-To"])
    assert box.display_name == one_line(name)
    assert len(message.get_all("From", [])) == 1


@pytest.mark.parametrize("subject", HOSTILE)
def test_no_subject_becomes_a_header(subject: str):
    delivery = promised(draft())
    delivery.letter.subject = subject

    content = content_of(delivery)

    check_form(content)
    message = message_from_bytes(content, policy=policy.default)
    assert message["Bcc"] is None
    assert len(message.get_all("Subject", [])) == 1


@pytest.mark.parametrize(
    "name", [*HOSTILE, "a" * 255, "rows;x=y.csv", "../../etc/passwd", "é" * 120]
)
def test_no_file_name_becomes_a_header(name: str):
    request = correction()
    name = name.replace("\0", "")  # which no text of PostgreSQL can hold
    kept = keep(b"1,2\n")
    Attachment.objects.create(
        records_request=request, file=kept.name, name=name[:255], content_type="text/csv",
        size=kept.size, sha256=kept.sha256, is_enclosure=True,
    )  # fmt: skip

    raw, message = sent(promised(request))

    check_form(raw)
    assert message["Bcc"] is None
    [_, enclosed] = message.iter_attachments()
    assert enclosed.get_payload(decode=True) == b"1,2\n"
    assert enclosed.get_filename() == one_line(name[:255])[-200:]


def test_a_long_line_of_a_letter_goes_in_short_ones():
    request = draft()
    rewritten(request, "Dear Clerk: é" + "x" * 5000)

    content, message = sent(promised(request))

    check_form(content)
    body = message.get_body()
    assert body is not None
    assert "é" + "x" * 5000 in body.get_content()


def test_nothing_follows_the_last_line_of_a_message():
    content, message = sent(promised(draft()))

    assert content.endswith(f"\r\n--{message.get_boundary()}--\r\n".encode())


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("clerk@city.example", "clerk@city.example"),
        ("clerk@münchen.example", "clerk@xn--mnchen-3ya.example"),
        (" clerk@city.example ", "clerk@city.example"),
    ],
)
def test_address_as_smtp_has_it(address: str, plain: str):
    assert deliverable(address) == plain


@pytest.mark.parametrize(
    "address",
    [
        "clérk@city.example",
        "clerk",
        "clerk@",
        "@city.example",
        "a@b@c.example ",
        "a b@c.example",
        "clerk@city.example\r\nRCPT TO:<x@y.example>",
        "clerk@city.example>",
        f"clerk@{'a' * 80}.example",
    ],
)
def test_address_that_is_none_is_refused_before_anything_is_issued(address: str):
    with pytest.raises(BadAddress):
        deliverable(address)
    request = draft()

    with pytest.raises(Refused):
        promised(request, to=address)

    assert not request.letters.exists()


def test_letters_of_people_are_not_marked_automatic():
    _, message = sent(promised(draft()))

    assert message["Auto-Submitted"] is None
    assert message["Precedence"] is None
    assert message["In-Reply-To"] is None


def test_later_letters_answer_the_earlier_ones():
    request = submitted()
    first = request.deliveries.get()
    second = our_letters.follow_up(request, **mailed(request))

    _, message = sent(second)
    assert (message["In-Reply-To"], message["References"]) == (first.message_id, first.message_id)

    let_go(second)
    third = our_letters.follow_up(request, **mailed(request))
    _, message = sent(third)
    assert message["In-Reply-To"] == second.message_id
    assert str(message["References"]).split() == [first.message_id, second.message_id]


def test_an_appeal_and_the_letters_to_the_city_are_two_threads():
    denied = in_state(RequestState.DENIED)
    first = denied.deliveries.get()

    _, to_the_body = sent(appealed(denied).deliveries.get())
    _, to_the_city = sent(our_letters.request_grounds(denied, **mailed(denied)))

    assert to_the_body["References"] is None
    assert to_the_city["References"] == first.message_id


def test_what_reached_nobody_is_answered_by_nothing():
    request = submitted(sent=False)

    _, message = sent(our_letters.follow_up(request, **mailed(request)))

    assert message["References"] is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "<>",
        "a@b",
        "<a@b",
        "<a b@c>",
        "<a@b>\r\nBcc: x@y.z",
        "<a@b,c>",
        "<é@b>",
        f"<{'a' * 300}@b>",
    ],
)
def test_what_cannot_stand_in_a_header_is_not_referred_to(name: str):
    assert not is_message_id(name)


def test_outlooks_long_ids_are_referred_to_whole():
    name = f"<{'DM6PR09MB' * 8}@DM6PR09MB1234.namprd09.prod.outlook.com>"
    assert is_message_id(name)
    request = submitted()
    Delivery.objects.filter(records_request=request).update(message_id=name)

    content, _ = sent(our_letters.follow_up(request, **mailed(request)))

    assert message_from_bytes(content)["In-Reply-To"].strip() == name


# -- enclosures -------------------------------------------------------------------------------


def correction() -> RecordsRequest:
    return draft(
        kind="correction",
        office_role="dataset_steward",
        particulars={"dataset_title": "Lots", "what_is_wrong": "Forty rows."},
    )


def attach(request: RecordsRequest, *contents: bytes) -> None:
    files = [
        SimpleUploadedFile(f"rows{n}.csv", content, "text/csv")
        for n, content in enumerate(contents, start=1)
    ]
    drafting.attach_enclosures(
        request,
        files=files,
        by=Attribution(request.created_by, NOW),
    )


@pytest.fixture
def small_messages(settings: Any) -> None:
    settings.MAIL_MAX_BYTES = 300_000
    settings.BASE_URL = "https://desk.ledger.org"


@pytest.mark.usefixtures("small_messages")
def test_enclosures_too_large_for_one_message_go_in_parts():
    request = correction()
    attach(request, b"1" * 120_000, b"2" * 120_000, b"3" * 120_000)

    first = promised(request)

    parts = list(Delivery.objects.filter(records_request=request).order_by("part"))
    assert [(p.part, p.parts, p.first_part) for p in parts[:1]] == [(1, len(parts), None)]
    assert {p.first_part for p in parts[1:]} == {first}
    assert len({p.message_id for p in parts}) == len(parts) > 1
    messages = [sent(part) for part in parts]
    enclosed: list[Any] = [
        file.get_payload(decode=True)
        for _, message in messages
        for file in message.iter_attachments()
        if file.get_content_type() == "text/csv"
    ]
    assert sorted(enclosed) == [b"1" * 120_000, b"2" * 120_000, b"3" * 120_000]
    for number, (content, message) in enumerate(messages, start=1):
        check_form(content)
        assert len(content) <= 300_000
        assert f"(part {number} of {len(parts)})" in message["Subject"]
    body = messages[1][1].get_body()
    assert body is not None
    assert "The letter itself is in part 1" in body.get_content()
    assert messages[1][1]["In-Reply-To"] == first.message_id


@pytest.mark.usefixtures("small_messages")
def test_file_too_large_for_any_message_goes_by_link():
    request = correction()
    attach(request, b"1" * 400_000)

    delivery = promised(request)

    link = FileLink.objects.get()
    _, message = sent(delivery)
    body = message.get_body()
    assert body is not None
    assert f"https://desk.ledger.org/files/{link.token}/" in body.get_content()
    assert link.attachment.sha256 in body.get_content()
    assert len(list(message.iter_attachments())) == 1  # the letter


@pytest.mark.usefixtures("small_messages")
def test_the_first_part_says_both_what_is_in_which_part_and_what_goes_by_link():
    request = correction()
    attach(request, b"1" * 120_000, b"2" * 120_000, b"3" * 400_000)

    _, message = sent(promised(request))

    body = message.get_body()
    assert body is not None
    assert [line for line in body.get_content().splitlines() if "too large" in line.lower()] == [
        "The enclosures are too large for one message. This is part 1 of 2.",
        "Too large to enclose, to be fetched from us:",
    ]


def test_file_too_large_for_any_message_is_refused_where_nobody_could_fetch_it(settings):
    settings.MAIL_MAX_BYTES = 300_000
    request = correction()
    attach(request, b"1" * 400_000)

    with pytest.raises(Refused, match=r"“rows1\.csv” \(390 kB\): too large"):
        promised(request)

    request.refresh_from_db()
    assert request.state == "draft"
    assert not request.letters.exists()
