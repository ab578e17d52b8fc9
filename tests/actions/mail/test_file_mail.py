"""Mail in a request's ledger: it says that something came, and never what it means."""

from typing import Any

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.mail import file_mail
from requests_app.actions.requests import city_determinations, corrections
from requests_app.ledger import compare, derive_for
from requests_app.models import (
    Attachment,
    Communication,
    DeliveryState,
    EventKind,
    Headline,
    InboundMail,
    RecordsRequest,
    RequestState,
)
from requests_app.views.mail.possible_meanings import readings_of
from tests.factories import (
    CLERK,
    NOW,
    REACH,
    acting,
    in_state,
    member,
    said,
    submitted,
)
from tests.inbound.messages import answer_to, bounce, message, out_of_office, taken_in

pytestmark = pytest.mark.django_db

K = EventKind


def kinds(request: RecordsRequest) -> list[str]:
    return list(request.events.order_by("pk").values_list("kind", flat=True))


def waiting(**said: Any) -> InboundMail:
    return taken_in(message(**said))


def test_a_persons_mail_is_filed_with_its_text_and_files() -> None:
    request = submitted()
    raw = answer_to(request, text="Attached.", files=[("log.csv", b"a,b\n1,2\n")])

    mail = taken_in(raw)

    communication = Communication.objects.get(mail=mail)
    attachment = Attachment.objects.get(communication=communication)
    assert communication.records_request == request
    assert communication.text.strip() == "Attached."
    assert communication.filed_by is None
    assert communication.event.kind == K.MAIL_RECEIVED
    assert communication.event.by is None
    assert attachment.name == "log.csv"
    with attachment.file.open("rb") as file:
        assert file.read() == b"a,b\n1,2\n"
    assert not mail.is_waiting


@pytest.mark.parametrize("state", RequestState.values)
def test_mail_and_automatic_replies_move_no_clock_in_any_state(state: str) -> None:
    request = in_state(state)
    before, count = derive_for(request), request.events.count()

    taken_in(answer_to(request, text="You have everything."))
    taken_in(out_of_office(request))

    request.refresh_from_db()
    assert derive_for(request) == before
    assert compare(request) == []
    assert request.state == state
    assert kinds(request)[count:] == [K.MAIL_RECEIVED, K.AUTO_REPLY_RECEIVED]


@pytest.mark.parametrize("city", ["us-ct/stamford", "us-ca/stockton", "us-ca/concord",
                                  "us-mo/kansas-city", "us-or/portland"])  # fmt: skip
def test_an_out_of_office_hides_no_lateness_in_any_city(city: str) -> None:
    from datetime import timedelta

    from cities.schema.city import RequestKind
    from cities.schema.load import load_city

    role = load_city(city).offices_for(RequestKind.RECORDS)[0].role
    request = submitted(at=NOW - timedelta(days=60), city_slug=city, office_role=role)
    before = derive_for(request)
    today = request.city.local_date(NOW)
    late = list(request.deadlines.late(on=today).values_list("clock", flat=True))

    taken_in(out_of_office(request))
    taken_in(bounce("<unknown@nowhere.example>", to=str(request.public_id)))

    assert derive_for(request) == before
    assert list(request.deadlines.late(on=today).values_list("clock", flat=True)) == late


def test_mail_to_a_closed_request_arrives_and_is_shown() -> None:
    request = in_state(RequestState.CLOSED)

    taken_in(answer_to(request))

    assert kinds(request)[-1] == K.MAIL_RECEIVED
    assert request.state == RequestState.CLOSED


def test_a_bounce_becomes_the_event_of_its_delivery() -> None:
    request = submitted()
    delivery = request.deliveries.get()

    mail = taken_in(bounce(delivery.message_id, to="desk@mail.records-desk.test"))

    delivery.refresh_from_db()
    event = Communication.objects.get(mail=mail).event
    assert delivery.state == DeliveryState.BOUNCED
    assert (event.kind, event.delivery) == (K.BOUNCED, delivery)
    assert "5.1.1 User unknown" in event.data["answer"]


def test_a_delivery_report_says_that_it_arrived() -> None:
    request = submitted()
    delivery = request.deliveries.get()
    before = derive_for(request)

    mail = taken_in(bounce(delivery.message_id, to="x@y.example", action="delivered"))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED
    assert Communication.objects.get(mail=mail).event.kind == K.DELIVERED
    assert derive_for(request) == before


def test_a_report_of_a_delay_moves_nothing() -> None:
    request = submitted()
    delivery = request.deliveries.get()
    before = derive_for(request)

    mail = taken_in(bounce(delivery.message_id, to="x@y.example", action="delayed"))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert "4.4.1" in delivery.last_answer
    assert Communication.objects.get(mail=mail).event.kind == K.AUTO_REPLY_RECEIVED
    assert derive_for(request) == before


def test_a_forged_bounce_is_struck_and_then_taken_out() -> None:
    request = submitted()
    mail = taken_in(bounce(request.deliveries.get().message_id, to="x@y.example"))
    filed = mail.standing_communication()
    assert filed is not None
    corrections.strike(filed.event, why="Nobody sent this report.", **acting(request))

    file_mail.take_out(filed, **acting(request))

    mail.refresh_from_db()
    assert mail.is_waiting
    assert request.deliveries.get().state == DeliveryState.SENT


def test_mail_taken_for_an_answer_is_offered_again_once_that_is_struck() -> None:
    request = submitted()
    mail = taken_in(answer_to(request, text="Your request is denied under § 1-210(b)(1)."))
    filed = mail.standing_communication()
    assert filed is not None
    number = next(i for i, s in enumerate(filed.suggestions) if s["kind"] == "denial")
    answer = said(mail=filed, suggestion=number)
    denied = city_determinations.deny(request, answer=answer, **acting(request))
    filed.refresh_from_db()
    confirmed = [r.act for r in readings_of(filed, request)]

    corrections.strike(denied, why="It quotes our letter.", **acting(request))
    filed.refresh_from_db()
    offered = [r.act for r in readings_of(filed, request)]
    corrections.restore(denied, why="It was a denial.", **acting(request))
    filed.refresh_from_db()

    assert "denied" in offered
    assert "denied" not in confirmed
    assert [r.act for r in readings_of(filed, request)] == confirmed


def test_what_the_board_says_follows_the_answer_and_not_what_a_page_had_read_before() -> None:
    request = submitted()
    filed = taken_in(answer_to(request, text="Denied.")).standing_communication()
    assert filed is not None
    assert filed.records_request.state == "submitted"  # read by the page, and old from here on

    city_determinations.deny(request, answer=said(mail=filed), **acting(request))

    steps = Headline.objects.filter(records_request=request).values_list("step", flat=True)
    assert set(steps) == {"challenge_or_close"}


def test_a_bounce_that_moved_a_delivery_is_not_taken_out() -> None:
    request = submitted()
    mail = taken_in(bounce(request.deliveries.get().message_id, to="x@y.example"))

    with pytest.raises(Refused, match="strike its entry in the ledger first"):
        file_mail.take_out(mail.standing_communication(), **acting(request))


def test_a_filing_is_taken_out_and_filed_elsewhere() -> None:
    request, other = submitted(), None
    other = submitted(request.created_by, subject="Marina leases")
    mail = taken_in(answer_to(request, files=[("a.pdf", b"%PDF-1.4")]))
    wrong = mail.standing_communication()

    file_mail.take_out(wrong, **acting(request))
    mail.refresh_from_db()
    assert mail.is_waiting
    right = file_mail.file_communication(mail, other, reason="by hand", **acting(other))

    wrong.refresh_from_db()
    assert wrong.taken_out_by == request.created_by
    assert kinds(request)[-2:] == [K.MAIL_RECEIVED, K.MAIL_TAKEN_OUT]
    assert kinds(other)[-1] == K.MAIL_RECEIVED
    assert mail.standing_communication() == right
    assert right.attachments.count() == 1


def test_mail_is_filed_once() -> None:
    request = submitted()
    mail = taken_in(answer_to(request))

    with pytest.raises(Refused, match="filed to"):
        file_mail.file_communication(mail, request, **acting(request))
    with pytest.raises(Refused, match="taken out already"):
        filed = mail.standing_communication()
        file_mail.take_out(filed, **acting(request))
        file_mail.take_out(filed, **acting(request))


def test_mail_is_never_filed_to_another_newsrooms_request() -> None:
    submitted()
    mail = waiting()  # the first newsroom's, as the only one
    stranger = submitted(member())

    with pytest.raises(Refused, match="another newsroom"):
        file_mail.file_communication(mail, stranger, **acting(stranger))


def test_junk_is_set_aside_kept_and_brought_back() -> None:
    request = submitted()
    mail = waiting(subject="You have won", sender="Prize <prize@spam.example>")

    file_mail.set_aside(mail, **acting(request))
    with pytest.raises(Refused, match="bring it back"):
        file_mail.file_communication(mail, request, **acting(request))
    file_mail.bring_back(mail)

    mail.refresh_from_db()
    assert mail.is_waiting
    assert mail.set_aside_by is None


def test_a_clerks_answer_that_quotes_an_out_of_office_is_a_persons() -> None:
    request = submitted()
    text = "See below.\n\nOn Mon, Nov 2, 2026 at 9:00 AM Desk wrote:\n> Auto: out of office\n"

    mail = taken_in(answer_to(request, text=text, sender=f"Clerk <{CLERK}>"))

    assert mail.standing_communication().event.kind == K.MAIL_RECEIVED


def test_every_state_was_tried() -> None:
    assert set(REACH) == set(RequestState.values)
