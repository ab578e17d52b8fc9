"""What the law wants gone is gone, everywhere; that it was there, and what it was, stays proven."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from requests_app.actions.errors import Refused
from requests_app.actions.mail import file_mail
from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.privacy.erasing_content import Why, erase_file, erase_message
from requests_app.actions.requests import case_files, city_determinations, exhibits
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.casefile import case_file_queue
from requests_app.casefile.make_case_file import make
from requests_app.ledger import compare
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.chains import verify
from requests_app.ledger.security.security_log import record
from requests_app.models import (
    Attachment,
    CaseFile,
    CaseFileKind,
    ChainHead,
    Channel,
    Communication,
    ErasedContent,
    Event,
    EventKind,
    FileText,
    IdempotencyKey,
    InboundMail,
    RecordsRequest,
    Role,
    SecurityEvent,
    UnsavedWriting,
    User,
)
from requests_app.storage import content
from requests_app.storage.backups.check_files import missing_or_damaged
from requests_app.storage.erased_files import remove_erased
from requests_app.storage.reading_files import reading_queue
from requests_app.vocabulary.erasure_grounds import ErasureGround
from requests_app.vocabulary.security_kinds import SecurityKind
from tests.casefile.papers import pdf
from tests.everything_kept import places_of
from tests.factories import NOW, TODAY, acting, member, said, submitted
from tests.filings.drafts import drafted, filed, named_in_letter
from tests.inbound.messages import answer_to, taken_in

pytestmark = pytest.mark.django_db

MARK = "Zebulon-Quagga-078051120"
WHY = Why(ErasureGround.COURT_ORDER, "Order of Nov 2, 2026, FST-CV26-1")


def admin_of(request: RecordsRequest) -> User:
    return member(Role.ADMIN, request.newsroom)


@pytest.fixture
def erase(django_capture_on_commit_callbacks: Any) -> Callable[..., Event]:
    def erase(what: Communication | Attachment, why: Why = WHY, by: User | None = None) -> Event:
        verb: Any = erase_message if isinstance(what, Communication) else erase_file
        by = by or admin_of(what.records_request)
        with django_capture_on_commit_callbacks(execute=True):
            return verb(what, why, by=Attribution(by, NOW))

    return erase


def chains_are_whole() -> bool:
    verdicts = [verify(name) for name in ChainHead.objects.values_list("name", flat=True)]
    assert [one.finding for one in verdicts if one.finding] == []
    return True


def stands_as_before(request: RecordsRequest) -> bool:
    """The ledger gives what stands, and each chain what entered it."""
    request.refresh_from_db()
    assert list(compare(request)) == []
    return chains_are_whole()


def with_the_mark_everywhere(*files: str) -> tuple[RecordsRequest, Communication]:
    """A mail that says it in every part, come twice, opened, quoted, recorded from."""
    request = submitted()
    parts: dict[str, Any] = {
        "subject": f"About {MARK}",
        "sender": f"{MARK} <{MARK}@stamford.example>",
        "text": f"It is denied.\nThe child is {MARK}, of Stamford.",
        "files": [(name, pdf(f"{name}: the child is {MARK}")) for name in files],
    }  # fmt: skip
    mail = taken_in(answer_to(request, **parts))
    taken_in(answer_to(request, **parts, received=f"from {MARK} by relay"))
    message = mail.standing_communication()
    city_determinations.deny(
        request,
        answer=CityAnswer(on=TODAY, mail=message, text=f"They name {MARK}."),
        exemptions=["§ 1-210(b)(1)"],
        **acting(request),
    )
    reading_queue.promise_new()
    for row in FileText.objects.all():
        reading_queue.read_one(row.pk, at=NOW)
    file = message.attachments.order_by("pk")[0]
    record(SecurityKind.FILE_OPENED, by=request.created_by, name=file.name, attachment=file.pk)
    UnsavedWriting.objects.create(
        writer=request.created_by, records_request=request, page="record/deny", tab="a", count=1,
        fields={"text": f"They name {MARK}."}, is_closed=True,
    )  # fmt: skip
    UnsavedWriting.objects.create(
        writer=request.created_by, records_request=request, page="reply", tab="b", count=1,
        fields={"text": f"> The child is {MARK}, of Stamford."}, written_at=NOW,
    )  # fmt: skip
    IdempotencyKey.objects.create(
        user=request.created_by, key="a", asked="a", made_at=NOW, status=201,
        answer=f'{{"text": "{MARK}"}}',
    )  # fmt: skip
    for kind in (CaseFileKind.WHOLE, CaseFileKind.ARCHIVE):
        case_files.ask(request, kind=kind, has_notes=True, **acting(request))
    for case_file in CaseFile.objects.all():
        make(case_file.pk, now=lambda: NOW)
    return request, message


def test_no_table_and_no_file_has_it_any_more(erase):
    request, message = with_the_mark_everywhere(f"{MARK}.pdf", "scan.pdf")
    before, state = places_of(MARK), request.state
    assert before >= {
        "InboundMail.subject", "InboundMail.text", "InboundMail.said", "InboundMail.from_name",
        "Communication.text", "Event.data", "Attachment.name", "MailFile.name", "FileText.text",
        "SecurityEvent.facts", "UnsavedWriting.fields", "IdempotencyKey.answer", "file mail",
        "index search_mail", "index search_files",
    }  # fmt: skip

    entry = erase(message)

    assert places_of(MARK) == set()
    assert (request.state, entry.kind) == (state, EventKind.CONTENT_ERASED)
    assert stands_as_before(request)


def test_filed_challenge_keeps_its_letter_and_loses_the_pages_and_copies(erase):
    request, message = with_the_mark_everywhere("scan.pdf")
    appeal = drafted(request)
    exhibits.open_all(appeal)
    named_in_letter(appeal)
    letter = filed(appeal).letter
    document = letter.filing.document

    erase(message)

    assert places_of(MARK) == set()
    assert bytes(letter.pdf)
    assert ErasedContent.objects.get(table="file", row=document.pk).kept == {
        "file": letter.filing.sha256
    }
    assert stands_as_before(request)


def test_file_alone_takes_the_messages_bytes_with_it_and_leaves_its_words(erase):
    request, message = with_the_mark_everywhere("scan.pdf", "other.pdf")
    scan = message.attachments.get(name="scan.pdf")

    erase(scan)

    message.refresh_from_db()
    assert MARK in message.text
    assert content.is_whole(str(message.attachments.get(name="other.pdf").file),
                            sha256=message.attachments.get(name="other.pdf").sha256)  # fmt: skip
    assert not content.local_path(str(scan.file)).exists()
    assert not content.local_path(str(message.mail.raw)).exists()
    assert stands_as_before(request)

    erase(message)  # and later the rest

    assert places_of(MARK) == set()
    assert stands_as_before(request)


def heard(request: RecordsRequest, *files: tuple[str, bytes]) -> Communication:
    uploads = [SimpleUploadedFile(*file) for file in files]
    call = CallOrLetter(Channel.POST, TODAY, "Dana Ortiz", f"It names {MARK}.", uploads)
    return record_call_or_letter(request, call, **acting(request))


def test_letter_on_paper_goes_and_the_same_file_of_another_letter_stays(erase):
    request, other = submitted(), submitted()
    same = ("scan.txt", b"the same bytes")
    first, second = heard(request, same), heard(other, same)
    kept = second.attachments.get()

    erase(first)

    assert content.is_whole(str(kept.file), sha256=kept.sha256)
    assert missing_or_damaged()[1] == []
    erase(second)
    assert not content.local_path(str(kept.file)).exists()
    assert missing_or_damaged()[1] == []
    assert places_of(MARK) == set()
    assert stands_as_before(request)


def test_words_of_an_act_go_from_its_entry_and_its_day_stays(erase):
    request = submitted()
    event = city_determinations.deny(
        request, answer=said(text=f"It names {MARK}."), exemptions=["§ 1-210(b)(1)"],
        **acting(request),
    )  # fmt: skip
    data = event.data

    erase(event.communication)

    now = Event.objects.get(pk=event.pk)
    assert now.data == {**data, "text": "[erased]"}
    assert (now.on, now.kind, now.by) == (event.on, event.kind, event.by)
    assert places_of(MARK) == set()
    assert stands_as_before(request)


def test_mail_taken_out_and_filed_elsewhere_goes_from_both_ledgers(erase):
    request = submitted()
    other = submitted(request.created_by)
    mail = taken_in(answer_to(request, text=f"It names {MARK}.", subject=MARK))
    by = acting(request)
    file_mail.take_out(mail.standing_communication(), **by)
    file_mail.file_communication(mail, other, **by)

    erase(mail.standing_communication())

    assert places_of(MARK) == set()
    told = Event.objects.filter(kind=EventKind.CONTENT_ERASED).values_list("records_request")
    assert {pk for (pk,) in told} == {request.pk, other.pk}
    assert stands_as_before(request)
    assert stands_as_before(other)


def test_the_same_bytes_that_come_again_are_not_kept(erase):
    request = submitted()
    raw = answer_to(request, text=f"It names {MARK}.")
    erase(taken_in(raw).standing_communication())

    taken_in(raw)

    assert places_of(MARK) == set()
    assert InboundMail.objects.count() == 1


def test_what_a_dead_process_left_lying_goes_with_the_next_purge():
    request = submitted()
    message = heard(request, ("scan.txt", MARK.encode()))
    erase_message(message, WHY, by=Attribution(admin_of(request), NOW))  # and dies: no callbacks
    assert places_of(MARK) == {"file " + str(message.attachments.get().file)[:2]}

    call_command("purge")

    assert places_of(MARK) == set()
    assert remove_erased() == 0


def test_a_case_file_that_is_being_made_is_made_anew_and_one_that_waits_is_made(erase):
    request = submitted()
    message = heard(request)
    for kind in (CaseFileKind.WHOLE, CaseFileKind.ARCHIVE):
        case_files.ask(request, kind=kind, has_notes=True, **acting(request))
    first, second = CaseFile.objects.order_by("pk")
    claimed = case_file_queue.claim(first.pk, at=NOW)
    assert claimed is not None

    erase(message)

    kept = content.keep(b"made of what was there before")
    assert not case_file_queue.mark_ready(claimed, kept, page_count=1, at=NOW)
    assert set(CaseFile.objects.values_list("state", flat=True)) == {"waiting"}
    make(second.pk, now=lambda: NOW)
    assert places_of(MARK) == set()


def test_it_is_in_the_security_log_and_the_ledger_says_who_when_and_why(erase):
    request = submitted()
    admin = admin_of(request)

    entry = erase(heard(request), by=admin)

    logged = SecurityEvent.objects.get(kind=SecurityKind.CONTENT_ERASED)
    assert (logged.by, logged.facts["reference"]) == (admin, request.reference)
    assert (entry.by, entry.recorded_at) == (admin, NOW)
    assert entry.data["text"] == WHY.reason
    assert "a court ordered it" in entry.data["what"]


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.RESEARCHER])
def test_only_an_admin_erases(erase, role):
    request = submitted()
    message = heard(request)

    with pytest.raises(Refused, match="Only an admin"):
        erase(message, by=member(role, request.newsroom))

    message.refresh_from_db()
    assert MARK in message.text


def test_nothing_is_erased_twice_or_for_no_reason(erase):
    message = heard(submitted())
    with pytest.raises(Refused, match="Say which order"):
        erase(message, Why(ErasureGround.PRIVACY_LAW, " "))

    erase(message)

    with pytest.raises(Refused, match="erased already"):
        erase(message)
    assert ErasedContent.objects.filter(table="communication").count() == 1
