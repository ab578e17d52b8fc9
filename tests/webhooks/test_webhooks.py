"""Another program is told of each event once, signed, as long as its person may see it."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
import pytest
import time_machine
from django.urls import reverse

from cities.portals.safe_address import CheckedTransport
from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import people, webhooks
from requests_app.actions.requests import notes
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, Role, User, Webhook, WebhookMessage
from requests_app.webhooks import outbox
from requests_app.webhooks.promises import promise_news
from requests_app.webhooks.send import open_http, send_due
from tests.api.test_tokens import who_just_gave_their_password
from tests.factories import NOW, TODAY, acting, member, submitted
from tests.views.conftest import _plain_http, signed_in  # noqa: F401  as for the pages

pytestmark = pytest.mark.django_db
ADDRESS = "https://hooks.example/desk?to=us"
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def request_() -> RecordsRequest:
    return submitted()


def told(user: User, *kinds: str) -> Webhook:
    return webhooks.subscribe(url=ADDRESS, kinds=kinds, by=Attribution(user, NOW))


def note(request: RecordsRequest, text: str = "a private hint") -> None:
    notes.note(request, on=TODAY, text=text, **acting(request))


def sent(answer: Answer | None = None, *, at: Any = NOW) -> list[httpx.Request]:
    """What leaves in one sweep at that moment, to a place that answers so."""
    received: list[httpx.Request] = []

    def place(request: httpx.Request) -> httpx.Response:
        received.append(request)
        return answer(request) if answer else httpx.Response(204)

    promise_news(at=at)
    with open_http(httpx.MockTransport(place)) as http:
        send_due(http, now=lambda: at)
    return received


def states() -> list[str]:
    return list(WebhookMessage.objects.order_by("pk").values_list("state", flat=True))


def test_event_is_told_once_in_few_words(request_: RecordsRequest) -> None:
    told(request_.created_by)
    note(request_)

    [message] = sent()
    again = sent(at=NOW + timedelta(hours=1))

    event = request_.events.get(kind="noted")
    assert again == []
    assert str(message.url) == ADDRESS
    assert json.loads(message.content) == {
        "type": "request.noted",
        "timestamp": "2026-11-02T17:00:00+00:00",
        "data": {
            "event": event.pk,
            "kind": "noted",
            "on": "2026-11-02",
            "request": request_.public_id,
            "url": f"https://localhost/api/requests/{request_.public_id}/",
        },
    }
    assert states() == ["delivered"]


def test_message_is_signed_as_standard_webhooks_says(request_: RecordsRequest) -> None:
    webhook = told(request_.created_by)
    note(request_)

    [message] = sent()

    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    head = message.headers
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + message.content
    expected = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert head["webhook-signature"] == f"v1,{expected}"
    assert head["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert head["webhook-id"] == WebhookMessage.objects.get().message_id


def test_signature_is_the_one_of_the_standards_own_example() -> None:
    from requests_app.webhooks.signing import signature

    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'

    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_changed_secret_signs_beside_the_one_before_for_a_day(request_: RecordsRequest) -> None:
    webhook = told(request_.created_by)
    secret = webhooks.change_secret(webhook, by=Attribution(request_.created_by, NOW))
    note(request_)

    [first] = sent()
    note(request_, "another")
    [later] = sent(at=NOW + timedelta(hours=25))

    assert secret != webhook.secret
    assert len(first.headers["webhook-signature"].split()) == 2
    assert len(later.headers["webhook-signature"].split()) == 1


def test_kinds_that_nobody_asked_for_are_not_told(request_: RecordsRequest) -> None:
    told(request_.created_by, "denied")
    note(request_)

    assert sent() == []


def test_nothing_from_before_and_nothing_of_another_newsroom_is_told(
    request_: RecordsRequest,
) -> None:
    told(member(Role.ADMIN))
    told(request_.created_by)

    assert sent() == []

    note(request_)
    assert len(sent()) == 1


def test_refused_message_is_tried_again_after_growing_pauses_and_given_up(
    request_: RecordsRequest,
) -> None:
    told(request_.created_by)
    note(request_)
    at, pauses = NOW, []

    for _ in range(outbox.MOST_ATTEMPTS):
        assert len(sent(lambda _: httpx.Response(503, text="Later."), at=at)) == 1
        row = WebhookMessage.objects.get()
        pauses.append(row.not_before - at)
        at = row.not_before

    assert sent(at=at + timedelta(days=2)) == []
    assert (row.state, row.last_status, row.last_answer) == ("failed", 503, "Later.")
    assert pauses[:-2] == sorted(pauses[:-2])
    assert timedelta(hours=8) < at - NOW < timedelta(hours=24)


def test_lost_connection_is_tried_again(request_: RecordsRequest) -> None:
    told(request_.created_by)
    note(request_)

    def hang_up(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    sent(hang_up)
    row = WebhookMessage.objects.get()

    assert (row.state, row.last_status, row.last_answer) == ("queued", None, "connection refused")
    assert len(sent(at=row.not_before)) == 1
    assert states() == ["delivered"]


def test_redirect_is_not_followed_and_gone_ends_it(request_: RecordsRequest) -> None:
    told(request_.created_by)
    note(request_)
    elsewhere = {"Location": "https://other.example/"}

    assert len(sent(lambda _: httpx.Response(302, headers=elsewhere))) == 1
    due = WebhookMessage.objects.get().not_before
    sent(lambda _: httpx.Response(410), at=due)

    assert states() == ["silent"]
    assert Webhook.objects.get().why_ended == "It answered 410: it wants to hear nothing more."


@pytest.mark.parametrize("found", ["10.0.0.7", "127.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_name_that_leads_into_a_private_network_is_not_told(
    request_: RecordsRequest, found: str
) -> None:
    told(request_.created_by)
    note(request_)
    promise_news(at=NOW)
    inner = httpx.MockTransport(lambda _: pytest.fail("it was asked"))

    with open_http(CheckedTransport(inner, resolve=lambda host, port: [found])) as http:
        send_due(http, now=lambda: NOW)

    row = WebhookMessage.objects.get()
    assert row.state == "queued"
    assert "inside a private network" in row.last_answer


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/", "https://", "https://localhost/x", "https://10.0.0.7/",
        "https://[::1]/", "https://name:word@hooks.example/", "ftp://hooks.example", "",
        "https://desk.internal/", "https://hooks.example/#part",
    ],
)  # fmt: skip
def test_address_that_may_not_be_told_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        webhooks.subscribe(url=url, kinds=[], by=Attribution(member(), NOW))


def test_who_may_not_see_the_request_any_more_is_not_told(request_: RecordsRequest) -> None:
    colleague = member(newsroom=request_.newsroom)
    editor = member(Role.EDITOR, request_.newsroom)
    people.share(request_, with_=colleague, by=Attribution(editor, NOW))
    told(colleague)
    note(request_)
    promise_news(at=NOW)
    request_.shared_with.remove(colleague)

    assert sent() == []
    assert states() == ["silent"]


def test_who_left_is_not_told(request_: RecordsRequest) -> None:
    admin = member(Role.ADMIN, request_.newsroom)
    told(request_.created_by)
    note(request_)
    promise_news(at=NOW)
    people.deactivate(request_.created_by.membership, by=admin, at=NOW)

    assert sent() == []
    assert states() == ["silent"]


def test_of_two_workers_one_sends(request_: RecordsRequest) -> None:
    told(request_.created_by)
    note(request_)
    promise_news(at=NOW)
    pk = WebhookMessage.objects.get().pk

    assert outbox.claim(pk, at=NOW) is not None
    assert outbox.claim(pk, at=NOW) is None


def test_message_of_a_worker_that_died_is_sent_once_more(request_: RecordsRequest) -> None:
    told(request_.created_by)
    note(request_)
    promise_news(at=NOW)
    outbox.claim(WebhookMessage.objects.get().pk, at=NOW)

    assert sent(at=NOW + timedelta(seconds=30)) == []
    assert len(sent(at=NOW + timedelta(seconds=121))) == 1


def test_event_whose_transaction_ended_late_is_told_too(request_: RecordsRequest) -> None:
    webhook = told(request_.created_by)
    note(request_)
    note(request_, "later")
    first, second = request_.events.filter(kind="noted").order_by("pk")
    WebhookMessage.objects.create(webhook=webhook, event=second, not_before=NOW, made_at=NOW)

    promise_news(at=NOW)  # as where the first was not to be seen yet when the second was

    assert set(WebhookMessage.objects.values_list("event", flat=True)) == {first.pk, second.pk}
    promise_news(at=NOW + timedelta(minutes=11))
    assert Webhook.objects.get().through == second.pk


def test_page_shows_what_was_answered_and_sends_again(request_: RecordsRequest) -> None:
    webhook = told(request_.created_by)
    note(request_)
    sent(lambda _: httpx.Response(200, text="Thanks."))
    client = signed_in(request_.created_by)

    page = client.get(reverse("webhook_page", args=[webhook.pk])).content.decode()
    client.post(reverse("webhook_again", args=[WebhookMessage.objects.get().pk]))

    assert "Thanks." in page
    assert webhook.secret not in page
    [again] = sent()
    assert again.headers["webhook-id"] == WebhookMessage.objects.get().message_id


def test_address_is_made_and_given_a_new_secret_by_who_just_gave_their_password() -> None:
    client = who_just_gave_their_password(member())

    made = client.post(reverse("webhook_new"), {"url": ADDRESS, "kinds": ["denied"]})
    webhook = Webhook.objects.get()
    changed = client.post(reverse("webhook_secret", args=[webhook.pk]))
    page = client.get(reverse("webhook_list")).content.decode()

    assert webhook.kinds == ["denied"]
    assert webhook.secret in made.content.decode()
    assert changed.context["secret"] == Webhook.objects.get().secret != webhook.secret
    assert "no-store" in changed.headers["Cache-Control"]
    assert ADDRESS in page
    assert "whsec_" not in page


def test_address_that_cannot_be_told_is_refused_on_the_page() -> None:
    client = who_just_gave_their_password(member())

    answer = client.post(reverse("webhook_new"), {"url": "https://10.0.0.7/"})

    assert answer.status_code == 422
    assert "inside a private network" in answer.content.decode()
    assert not Webhook.objects.exists()


def test_ended_address_is_told_nothing(request_: RecordsRequest) -> None:
    webhook = told(request_.created_by)
    note(request_)
    webhooks.end(webhook, by=Attribution(request_.created_by, NOW))

    assert sent() == []
    with pytest.raises(Refused):
        webhooks.change_secret(webhook, by=Attribution(request_.created_by, NOW))
