"""The page of a message says what was checked of its sender, and warns where a check failed."""

import pytest
from django.urls import reverse

from tests.factories import submitted
from tests.inbound.messages import answer_to, taken_in
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
OURS = "mx.ledger.example"


def page_of_mail(stated: str) -> str:
    request = submitted()
    head = f"Authentication-Results: {OURS}; {stated}\n".encode()
    mail = taken_in(head + answer_to(request))
    answer = signed_in(request.created_by).get(reverse("mail_page", args=[mail.pk]))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture(autouse=True)
def trusted(settings) -> None:
    settings.MAIL_TRUSTED_RECEIVER = OURS


@pytest.mark.parametrize("method", ["spf", "dkim", "dmarc"])
def test_a_check_that_failed_is_a_warning_in_plain_words(method: str) -> None:
    shown = page_of_mail(f"{method}=fail header.from=city.example")

    assert "It may not be from" in shown
    assert f"{method.upper()} failed" in shown
    assert f"Checked by {OURS}." in shown


def test_checks_that_passed_are_shown_without_a_warning() -> None:
    shown = page_of_mail("dmarc=pass header.from=city.example")

    assert "It may not be from" not in shown
    assert "DMARC passed" in shown
