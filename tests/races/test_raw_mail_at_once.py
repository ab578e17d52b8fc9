"""Two purges that let go of the same messages, while somebody opens a request again.

On PostgreSQL alone: SQLite lets one write at a time.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from requests_app.actions.mail import read_mail
from requests_app.actions.privacy import raw_mail
from requests_app.actions.requests import corrections, ending
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.chains import verify
from requests_app.models import Event, RawMailRemoval, RecordsRequest, Role
from requests_app.storage.backups.check_files import missing_or_damaged
from tests.factories import NOW, TODAY, acting, in_state, member
from tests.inbound.messages import answer_to, taken_in
from tests.races.test_security_log_at_once import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time"),
]

RULE = raw_mail.RULES[0]
AFTER = NOW + timedelta(days=1096)


@pytest.fixture(autouse=True)
def _for_a_time(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KEEP_RAW_MAIL_DAYS = 1095
    monkeypatch.setattr(raw_mail, "PORTION", 3)


def over_with_mail(count: int) -> tuple[RecordsRequest, Event]:
    request = in_state("granted")
    by = Attribution(request.created_by, NOW)
    for number in range(count):
        said = {"message_id": f"<{request.pk}-{number}@x.example>", "text": f"Part {number}."}
        mail = taken_in(answer_to(request, **said))
        read_mail.keep_as_correspondence(mail.standing_communication(), by=by)
    request.refresh_from_db()
    return request, ending.close(request, on=TODAY, **acting(request))


def test_two_purges_state_each_message_once() -> None:
    over_with_mail(10)
    gone = list[int]()

    def purge() -> None:
        gone.append(raw_mail.let_go(RULE, at=AFTER))

    def remove() -> None:
        raw_mail.remove_stated(at=AFTER + timedelta(days=1))

    assert at_once(purge, purge, purge) == []
    assert at_once(remove, remove) == []

    assert sum(gone) == RawMailRemoval.objects.count() == 10
    assert not RawMailRemoval.objects.on_disk().exists()
    assert missing_or_damaged()[1] == []
    assert verify("ledger-desk").is_whole


def test_who_opens_a_request_again_is_before_the_purge_or_after_it() -> None:
    """Never a statement that came while the request was open."""
    both = [over_with_mail(4) for _ in range(3)]
    admins = [member(Role.ADMIN, request.newsroom) for request, _ in both]

    def purge() -> None:
        raw_mail.let_go(RULE, at=AFTER)

    def reopens(number: int) -> Any:
        def act() -> None:
            by = Attribution(admins[number], AFTER)
            corrections.strike(both[number][1], why="It goes on.", by=by)

        return act

    assert at_once(purge, purge, *map(reopens, range(3))) == []

    before = RawMailRemoval.objects.count()
    assert raw_mail.let_go(RULE, at=AFTER) == 0
    assert RawMailRemoval.objects.count() == before
    assert verify("ledger-desk").is_whole
