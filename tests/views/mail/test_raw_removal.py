"""The page of a message whose bytes went says on what day, by what rule, and proves an original."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.actions.mail import read_mail
from requests_app.actions.privacy import raw_mail
from requests_app.actions.requests import ending
from requests_app.ledger.attribution import Attribution
from requests_app.models import InboundMail, Role
from tests.factories import NOW, TODAY, acting, in_state, member
from tests.inbound.messages import answer_to, taken_in
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

AFTER = NOW + timedelta(days=1096)


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def mail(settings: Any) -> InboundMail:
    settings.KEEP_RAW_MAIL_DAYS = 1095
    request = in_state("granted")
    mail = taken_in(answer_to(request))
    by = Attribution(request.created_by, NOW)
    read_mail.keep_as_correspondence(mail.standing_communication(), by=by)
    request.refresh_from_db()
    ending.close(request, on=TODAY, **acting(request))
    return mail


def reader(mail: InboundMail) -> Any:
    return signed_in(mail.communications.get().records_request.created_by)


def test_it_says_when_and_by_which_rule_and_gives_no_bytes(mail: InboundMail) -> None:
    client, raw = reader(mail), reverse("mail_raw", args=[mail.pk])
    address, original = (reverse(n, args=[mail.pk]) for n in ("mail_page", "mail_original"))
    assert raw in text_of(client.get(address))
    assert client.get(original).status_code == 404
    raw_mail.let_go(raw_mail.RULES[0], at=AFTER)

    shown = text_of(client.get(address))

    assert "Let go on Nov 2, 2029" in shown
    assert "<code>KEEP_RAW_MAIL_DAYS</code>: 1095 days after" in shown
    assert "Nov 2, 2026</time>" in shown
    assert mail.sha256 in shown
    assert original in shown
    assert "We have it." in shown
    assert raw not in shown
    assert client.get(raw).status_code == 404


@pytest.mark.parametrize(("more", "says"), [(b"", "Yes."), (b" ", "No.")])
def test_whoever_holds_the_original_proves_it(mail: InboundMail, more: bytes, says: str) -> None:
    with mail.raw.open("rb") as raw:
        held = SimpleUploadedFile("held.eml", raw.read() + more)
    raw_mail.let_go(raw_mail.RULES[0], at=AFTER)

    answer = reader(mail).post(reverse("mail_original", args=[mail.pk]), {"original": held})

    assert f"<strong>{says}</strong>" in text_of(answer)


@pytest.mark.parametrize(
    ("raw", "notices", "says"),
    [
        (0, 0, ["For ever <span"]),
        (1095, 400, ["1095 days after their request was over", "400 days after"]),
    ],
)
def test_the_page_of_mail_says_how_long(
    mail: InboundMail, settings: Any, raw: int, notices: int, says: list[str]
) -> None:
    raw_mail.let_go(raw_mail.RULES[0], at=AFTER)
    settings.KEEP_RAW_MAIL_DAYS, settings.KEEP_NOTICES_DAYS = raw, notices
    admin = member(Role.ADMIN, mail.communications.get().records_request.newsroom)

    shown = text_of(signed_in(admin).get(reverse("mail_setup")))

    assert [one for one in says if one not in shown] == []
    assert "The bytes of 1 message" in shown
