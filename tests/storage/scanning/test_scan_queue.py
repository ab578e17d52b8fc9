"""Which files are scanned, what is set apart, and that nothing waits for a scanner that is away."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from requests_app.actions.requests import city_progress, drafting, submission
from requests_app.casefile.content.gather_dossier import gather
from requests_app.delivery import links
from requests_app.delivery.message_plan import Enclosure
from requests_app.letters import enclosures
from requests_app.models import (
    Attachment,
    CaseFile,
    CaseFileKind,
    FileScan,
    InboundMail,
    MailFile,
    RecordsRequest,
    Role,
    ScanStage,
    User,
)
from requests_app.storage import content
from requests_app.storage.scanning import clamd, scan_queue
from requests_app.storage.scanning.tasks import scan_files
from tests.factories import BY_EMAIL, NOW, acting, draft, member, said, submitted
from tests.inbound.messages import answer_to, taken_in
from tests.storage.scanning.fake_clamd import EICAR, Clamd, Running
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
URL = "/attachments/{}/"


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    """Static files without a manifest to collect first, no redirect to https."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def scanner(settings: Any) -> Iterator[Clamd]:
    with Running() as running:
        settings.CLAMD_URL, settings.CLAMD_TIMEOUT = running.url, 30.0
        yield running


@pytest.fixture
def away(settings: Any) -> None:
    with Running() as running:
        settings.CLAMD_URL, settings.CLAMD_TIMEOUT = running.url, 30.0


@pytest.fixture
def request_with_mail() -> RecordsRequest:
    request = submitted()
    taken_in(answer_to(request, files=[("a.csv", b"1,2"), ("letter.doc", EICAR)]))
    return request


def upload(request: RecordsRequest, body: bytes) -> Attachment:
    file = SimpleUploadedFile("scan.pdf", body, "application/pdf")
    city_progress.acknowledge(request, answer=said(files=(file,)), **acting(request))
    return Attachment.objects.get(name="scan.pdf")


def files() -> dict[str, str]:
    return dict(MailFile.objects.values_list("name", "quarantined"))


def test_files_of_mail_and_uploads_are_scanned_once_and_the_infected_set_apart(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    uploaded = upload(request_with_mail, EICAR)

    scan_files()
    scan_files()

    why = "The virus scanner found Eicar-Test-Signature in it."
    assert files() == {"a.csv": "", "letter.doc": why}
    uploaded.refresh_from_db()
    assert uploaded.quarantined == why
    assert Attachment.objects.get(name="letter.doc").quarantined == why
    assert sorted(scanner.heard) == sorted([b"1,2", EICAR])
    with uploaded.file.open("rb") as kept:
        assert kept.read() == EICAR


def test_an_infected_content_that_comes_again_is_set_apart_without_asking(scanner: Clamd) -> None:
    request = submitted()
    taken_in(answer_to(request, files=[("one.doc", EICAR)], message_id="<1@x.example>"))
    scan_files()
    taken_in(answer_to(request, files=[("two.doc", EICAR)], message_id="<2@x.example>"))

    scan_files()

    assert all(files().values())
    assert len(scanner.heard) == 1


def test_mail_comes_in_and_its_files_wait_while_the_scanner_is_away(
    away: None, request_with_mail: RecordsRequest, caplog: Any, settings: Any
) -> None:
    scan_files()

    mail = InboundMail.objects.get()
    assert mail.stage == "read"
    assert files() == {"a.csv": "", "letter.doc": ""}
    assert set(scan_queue.unscanned(mail.files.all()).values()) == {"not scanned yet"}
    assert "Nobody answers" in caplog.text
    with Running() as back:
        settings.CLAMD_URL = back.url
        scan_files()
    assert files()["letter.doc"]
    assert scan_queue.unscanned(mail.files.all()) == {}


def test_one_that_breaks_off_is_tried_later_and_later_and_others_before_it(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    scanner.mood = "hangs up"
    scan_files()
    broken = FileScan.objects.get(attempts=1)
    assert broken.problem
    scanner.mood = ""

    scan_files()

    assert FileScan.objects.exclude(pk=broken.pk).get().stage != ScanStage.WAITING
    scanner.mood, waits = "hangs up", []
    for _ in range(12):
        at = timezone.now() + timedelta(days=1)
        with pytest.raises(clamd.BrokenOff):
            scan_queue.scan_one(FileScan.objects.get(pk=broken.pk), at=at, seconds=30)
        waits.append(FileScan.objects.get(pk=broken.pk).next_at - at)
    assert waits == sorted(waits)
    assert waits[-1] == scan_queue.LONGEST_WAIT
    assert FileScan.objects.get(pk=broken.pk).stage == ScanStage.WAITING


def test_a_claim_is_taken_once(scanner: Clamd, request_with_mail: RecordsRequest) -> None:
    scan_queue.promise_new()
    row = FileScan.objects.order_by("pk")[0]
    assert scan_queue.LEASE.claim(FileScan.objects.filter(pk=row.pk), at=NOW)  # another worker

    assert scan_queue.scan_one(row, at=NOW, seconds=30).stage == ScanStage.SCANNING
    assert scanner.heard == []


def test_what_a_dead_worker_was_scanning_is_scanned_after_its_lease(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    scan_queue.promise_new()
    now = timezone.now()
    for row in FileScan.objects.all():
        scan_queue.LEASE.claim(FileScan.objects.filter(pk=row.pk), at=now)

    scan_queue.release_stuck(at=now + timedelta(minutes=4))
    assert set(FileScan.objects.values_list("stage", flat=True)) == {ScanStage.SCANNING}
    scan_queue.release_stuck(at=now + timedelta(minutes=6))
    scan_files()

    assert files()["letter.doc"]


def test_a_damaged_file_is_not_called_clean(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    for kept in MailFile.objects.all():
        content.path_of(str(kept.file)).write_bytes(b"cut sho")

    scan_files()

    assert set(FileScan.objects.values_list("stage", flat=True)) == {ScanStage.NOT_TAKEN}
    assert scanner.heard == []


def test_what_the_scanner_does_not_take_says_so(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    scanner.most = 10
    scan_files()

    [words] = scan_queue.unscanned(MailFile.objects.all()).values()
    assert "StreamMaxLength" in words


def test_without_a_scanner_nothing_is_asked_written_or_marked(
    settings: Any, request_with_mail: RecordsRequest, django_assert_num_queries: Any
) -> None:
    settings.CLAMD_URL = ""
    kept = list(MailFile.objects.all())
    with django_assert_num_queries(0):
        scan_files()
        assert scan_queue.unscanned(kept) == {}
        assert scan_queue.why_apart(kept[0], at=NOW) == ""
    assert not FileScan.objects.exists()


def fetched(user: User, url: str) -> int:
    """The status of a download, read to its end as a browser does."""
    answer = signed_in(user).get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def test_a_file_is_scanned_before_it_is_handed_out_for_the_first_time(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    owner = request_with_mail.owner
    clean, infected = (Attachment.objects.get(name=name) for name in ("a.csv", "letter.doc"))
    of_mail = MailFile.objects.get(name="letter.doc")

    assert fetched(owner, URL.format(clean.pk)) == 200
    assert fetched(owner, URL.format(infected.pk)) == 404
    assert fetched(owner, f"/inbox/files/{of_mail.pk}/") == 404
    assert files()["letter.doc"]
    assert len(scanner.heard) == 2


def test_a_file_is_handed_out_marked_while_the_scanner_is_away(
    away: None, request_with_mail: RecordsRequest
) -> None:
    owner = request_with_mail.owner

    assert fetched(owner, URL.format(Attachment.objects.order_by("pk")[0].pk)) == 200
    page = signed_in(owner).get(f"/requests/{request_with_mail.public_id}/").content.decode()
    assert page.count("not scanned yet") == 2


def test_an_admin_alone_releases_what_is_set_apart(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    scan_files()
    infected = Attachment.objects.get(name="letter.doc")
    admin = member(Role.ADMIN, request_with_mail.newsroom)
    release = URL.format(infected.pk) + "release/"

    page = signed_in(request_with_mail.owner).get(f"/requests/{request_with_mail.public_id}/")
    assert "Eicar-Test-Signature" in page.content.decode()
    assert release not in page.content.decode()
    assert signed_in(request_with_mail.owner).post(release).status_code == 403
    answer = signed_in(admin).post(release)
    assert b"".join(answer.streaming_content) == EICAR  # type: ignore[attr-defined]
    assert "letter.doc.quarantined" in answer.headers["Content-Disposition"]
    assert fetched(admin, URL.format(infected.pk)) == 404


def test_a_case_file_leaves_the_infected_out(
    scanner: Clamd, request_with_mail: RecordsRequest
) -> None:
    scan_files()
    asked = CaseFile(
        records_request=request_with_mail, kind=CaseFileKind.WHOLE, asked_by=request_with_mail.owner
    )

    assert [exhibit.name for exhibit in gather(asked, at=NOW).exhibits] == ["a.csv"]


def test_what_is_set_apart_goes_with_no_letter_and_by_no_link(
    scanner: Clamd,
) -> None:
    request = draft()
    files = [
        SimpleUploadedFile("a.csv", b"1,2", "text/csv"),
        SimpleUploadedFile("letter.doc", EICAR, "application/msword"),
    ]
    drafting.attach_enclosures(request, files=files, **acting(request))
    delivery = submission.submit(request, sending=BY_EMAIL, **acting(request))
    infected = Attachment.objects.get(name="letter.doc")
    [link] = links.create(delivery, [Enclosure(infected.pk, "", 0)], at=timezone.now())

    scan_files()

    assert enclosures.files_to_send(delivery.letter) == (Attachment.objects.get(name="a.csv"),)
    assert enclosures.kept_apart_since(delivery) == (infected,)
    assert signed_in(None).get(f"/files/{link.token}/").status_code == 410
    assert signed_in(None).get(f"/files/{link.token}/content/").status_code == 303
