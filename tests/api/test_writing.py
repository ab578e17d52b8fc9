"""What a program does is what a person does on the pages: the same acts and refusals."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.actions.newsroom import access
from requests_app.api.protocol import views
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    ApiToken,
    Appeal,
    IdempotencyKey,
    PersonalReminder,
    RecordsRequest,
    Role,
    Scope,
)
from tests.api.callers import errors_in, with_token
from tests.factories import NOW, draft, in_state, member, submitted
from tests.views.conftest import _monday, _plain_http, signed_in  # noqa: F401  as for the pages

pytestmark = pytest.mark.django_db

BEGUN = {
    "city": "us-ct/stamford",
    "subject": "Bodycam footage",
    "what": "footage of 2 November 2026",
}


def post(client: Client, name: str, *args: Any, body: Any = None, **headers: str) -> Any:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(
        reverse(f"api_{name}", args=args), body or {}, "application/json", headers=sent
    )


def test_request_is_begun_saved_and_submitted() -> None:
    reporter = member()
    client = with_token(reporter)

    begun = post(client, "begin_records", body=BEGUN)
    public_id = begun.json()["public_id"]
    read = client.get(reverse("api_draft", args=[public_id]))
    saved = post(
        client, "draft_save", public_id, body={"subject": "Bodycams"}, If_Match=read.headers["ETag"]
    )
    etag = client.get(reverse("api_draft", args=[public_id])).headers["ETag"]
    way = {"channel": "post", "to": "888 Main Street\nStamford, CT 06901", "source": "its page"}
    sent = post(client, "submit", public_id, body=way, If_Match=etag)

    assert (begun.status_code, saved.status_code) == (201, 200)
    assert begun.headers["Location"] == begun.json()["url"]
    assert "footage of 2 November 2026" in read.json()["text"]
    assert saved.json()["subject"] == "Bodycams"
    assert sent.status_code in {200, 422}, sent.json()
    if sent.status_code == 200:
        assert sent.json()["state"] == "submitted"


def test_draft_is_written_on_the_version_that_was_read_alone() -> None:
    request = draft()
    client = with_token(request.created_by)
    address = [request.public_id]

    without = post(client, "draft_save", *address, body={"subject": "Mine"})
    other = post(client, "draft_save", *address, body={"subject": "Mine"}, If_Match='"7"')

    assert (without.status_code, other.status_code) == (428, 412)
    assert other.headers["ETag"] == '"1"'
    request.refresh_from_db()
    assert request.subject == "Use-of-force reports"


def test_denial_is_recorded_with_its_exemptions_and_its_file() -> None:
    request = submitted()
    client = with_token(request.created_by)
    file = SimpleUploadedFile("denial.txt", b"No.", "text/plain")
    claimed = "Conn. Gen. Stat. § 1-210(b)(1)"
    said = {"on": "2026-11-02", "exemptions": [claimed], "text": "No.", "files": file}

    answer = client.post(reverse("api_record_denied", args=[request.public_id]), said)

    assert answer.status_code == 200, answer.json()
    assert answer.json()["state"] == "denied"
    assert answer.json()["denied_on"] == "2026-11-02"
    event = request.events.get(kind="denied")
    assert event.data["exemptions"] == [claimed]
    assert request.attachments.get().name == "denial.txt"


def test_act_that_cannot_be_done_now_says_so_and_changes_nothing() -> None:
    request = in_state("closed")
    before = request.events.count()
    client = with_token(request.created_by)

    answer = post(client, "record_acknowledged", request.public_id)

    assert answer.status_code == 409
    assert answer.json()["detail"].endswith("Nothing was changed.")
    assert request.events.count() == before


def test_what_is_wrong_is_pointed_at_by_its_field() -> None:
    request = submitted()
    client = with_token(request.created_by)
    wrong = {
        "on": "yesterday", "channel": "pigeon", "exemptions": "all", "amount": 3, "text": 5,
    }  # fmt: skip

    kinds = post(client, "record_denied", request.public_id, body=wrong)
    values = post(
        client, "record_denied", request.public_id, body={"on": "yesterday", "channel": "pigeon"}
    )

    assert errors_in(kinds) == {
        "#/amount": "This is not asked here.",
        "#/exemptions": "This is a list of texts.",
        "#/text": "This is a text.",
    }
    assert errors_in(values) == {
        "#/on": "Write the day as year-month-day, such as 2026-11-09.",
        "#/channel": "Select a valid choice. pigeon is not one of the available choices.",
    }


def test_letter_of_ours_is_written_by_its_wording_and_sent() -> None:
    request = submitted()
    client = with_token(request.created_by)
    way = {"channel": "email", "to": "clerk@stamford.example"}
    known = post(client, "record_follow-up", request.public_id, body={"channel": "email"})
    if known.status_code == 422:
        way |= {"source": "its page", "checked_on": "2026-11-02"}
        known = post(client, "record_follow-up", request.public_id, body=way)

    assert known.status_code == 200, known.json()
    assert request.letters.latest("pk").kind == "follow_up"


def test_appeal_is_drafted_written_and_withdrawn() -> None:
    request = in_state("denied")
    client = with_token(request.created_by, Scope.RESEARCH)

    drafted = post(client, "appeal_new", request.public_id, body={"route": "foic"})
    pk = drafted.json()["id"]
    letter = client.get(reverse("api_appeal_letter", args=[pk]))
    written = post(
        client, "appeal_write", pk, body={"text": "We appeal."}, If_Match=letter.headers["ETag"]
    )
    gone = post(client, "appeal_withdraw", pk)

    assert drafted.status_code == 201, drafted.json()
    assert written.status_code == 200
    assert Appeal.objects.get().letter_text == "We appeal.\n"
    assert gone.json()["state"] == "withdrawn"
    assert post(client, "appeal_file", pk, If_Match='"x"').status_code == 403  # no scope “send”


def test_mistake_is_struck_and_restored() -> None:
    request = in_state("denied")
    client = with_token(request.created_by)
    entry = request.events.get(kind="denied").pk

    struck = post(client, "strike", request.public_id, entry, body={"why": "Another request’s."})
    restored = post(client, "restore", request.public_id, entry, body={"why": "It was ours."})

    assert struck.json()["state"] == "submitted"
    assert restored.json()["state"] == "denied"


def test_request_is_assigned_to_a_colleague_alone() -> None:
    request = submitted()
    editor = member(Role.EDITOR, request.newsroom)
    client = with_token(editor)

    stranger = post(client, "assign", request.public_id, body={"person": member().pk})
    ours = post(client, "assign", request.public_id, body={"person": editor.pk})

    assert list(errors_in(stranger)) == ["#/person"]
    assert ours.json()["owner"] == editor.name


def test_reminder_is_set_and_done() -> None:
    request = submitted()
    client = with_token(request.created_by)

    made = post(client, "remind", request.public_id, body={"note": "ask", "on": "2026-11-20"})
    done = post(client, "reminder_done", made.json()["id"])

    assert made.status_code == 201
    assert done.json()["done_at"] is not None
    assert PersonalReminder.objects.get().note == "ask"


def test_permissions_are_those_of_the_pages() -> None:
    request = submitted()
    colleague, researcher = (
        member(role, request.newsroom) for role in (Role.REPORTER, Role.RESEARCHER)
    )

    unseen = post(with_token(colleague), "record_note", request.public_id, body={"text": "x"})
    noted = post(with_token(researcher), "record_note", request.public_id, body={"text": "x"})
    denied = post(with_token(researcher), "record_denied", request.public_id)

    assert (unseen.status_code, noted.status_code, denied.status_code) == (404, 200, 403)


def test_repeated_call_is_answered_again_and_not_done_twice() -> None:
    client = with_token(member())

    first = post(client, "begin_records", body=BEGUN, Idempotency_Key="a-1")
    again = post(client, "begin_records", body=BEGUN, Idempotency_Key="a-1")
    other = post(client, "begin_records", body={**BEGUN, "subject": "Other"}, Idempotency_Key="a-1")

    assert RecordsRequest.objects.count() == 1
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert other.status_code == 422


def test_call_that_is_being_done_is_not_done_beside_itself() -> None:
    client = with_token(member())
    post(client, "begin_records", body=BEGUN, Idempotency_Key="a-2")
    IdempotencyKey.objects.update(status=None)  # as while the first is at it

    answer = post(client, "begin_records", body=BEGUN, Idempotency_Key="a-2")

    assert answer.status_code == 409
    assert answer.headers["Retry-After"] == "2"
    assert RecordsRequest.objects.count() == 1


def test_refused_call_may_be_sent_again_under_its_key() -> None:
    client = with_token(member())

    refused = post(client, "begin_records", body={**BEGUN, "what": ""}, Idempotency_Key="a-3")
    mended = post(client, "begin_records", body=BEGUN, Idempotency_Key="a-3")

    assert (refused.status_code, mended.status_code) == (422, 201)


def test_keys_of_two_people_are_two_keys() -> None:
    for _ in range(2):
        answer = post(with_token(member()), "begin_records", body=BEGUN, Idempotency_Key="same")
        assert answer.status_code == 201


def test_token_that_ends_while_its_call_runs_changes_nothing(monkeypatch) -> None:
    request = submitted()
    client = with_token(request.created_by)
    token = ApiToken.objects.get()
    real = views.done_once

    def ended_first(call: Any, do: Any, **prepared: Any) -> Any:
        access.revoke_token(token.pk, by=Attribution(request.created_by, NOW))
        return real(call, do, **prepared)

    monkeypatch.setattr(views, "done_once", ended_first)
    answer = post(client, "record_note", request.public_id, body={"text": "late"})

    assert answer.status_code == 401
    assert not request.events.filter(kind="noted").exists()


def test_session_without_the_pages_own_proof_changes_nothing() -> None:
    request = submitted()
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        request.created_by, backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    answer = client.post(reverse("api_record_note", args=[request.public_id]), {"text": "x"})

    assert answer.status_code == 403
    assert not request.events.filter(kind="noted").exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"text": "a", "text": "b"}', "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b'{"text": "\\u0000"}', "application/json", 400),
        (b'{"text": "\xff"}', "application/json", 400),
        (b'{"text": NaN}', "application/json", 400),
        (b'["text"]', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"text": "' + b"x" * 10_000_000 + b'"}', "application/json", 413),
        (b"text=a", "application/x-www-form-urlencoded", 415),
        (b"<text/>", "text/xml", 415),
    ],
    ids=["twice", "half", "nul", "bytes", "nan", "list", "deep", "large", "form", "xml"],
)
def test_hostile_body_is_refused_and_changes_nothing(body: bytes, kind: str, status: int) -> None:
    request = submitted()
    client = with_token(request.created_by)

    answer = client.post(reverse("api_record_note", args=[request.public_id]), body, kind)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not request.events.filter(kind="noted").exists()
