"""What the city wrote is to do for a person until one says what it is."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from requests_app.actions.mail import read_mail
from requests_app.actions.requests import corrections
from requests_app.models import Communication, InboundMail, RecordsRequest, RequestState, Role
from tests.factories import acting, member, submitted
from tests.inbound.messages import answer_to, out_of_office, taken_in
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

UNREAD = '<span class="mark unread">unread</span>'
DENIAL = "Your request is denied under Conn. Gen. Stat. § 1-210(b)(3)."


def answered(text: str = DENIAL) -> tuple[RecordsRequest, InboundMail]:
    """A request, and the city's mail in its ledger, which nobody has looked at."""
    request = submitted()
    return request, taken_in(answer_to(request, text=text))


def filed(mail: InboundMail) -> Communication:
    return Communication.objects.get(mail=mail)


def page(client: Client, name: str, *args: object) -> str:
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def test_an_answer_nobody_has_read_is_the_next_step_and_stands_under_to_do() -> None:
    request, mail = answered()
    client = signed_in(request.created_by)

    seen = page(client, "request_page", request.public_id)
    board = page(client, "board")

    assert "Read what the city wrote" in seen
    assert "Nobody has said yet what it is." in seen
    assert reverse("message_page", args=[filed(mail).pk]) in board
    assert ">To do</h2>" in board
    assert "Read it</a>" in board


def counted(client: Client) -> str:
    """What the menu says of its first line, as a screen reader has it."""
    line = page(client, "request_list").split("Board", 1)[1].split("</a>", 1)[0]
    return strip_tags(line.partition('class="for-readers">')[2]).strip()


def test_the_menu_counts_what_nobody_has_read_for_who_may_see_it() -> None:
    request, _ = answered()
    taken_in(answer_to(request, text="One more thing.", message_id="<2@stamford.example>"))
    newsroom = request.newsroom
    sees = [request.created_by, member(Role.EDITOR, newsroom), member(Role.RESEARCHER, newsroom)]
    does_not = [member(newsroom=newsroom), member(Role.EDITOR)]

    assert [counted(signed_in(user)) for user in sees] == [": 2 messages of the city’s unread"] * 3
    assert [counted(signed_in(user)) for user in does_not] == ["", ""]


def test_the_menu_says_nothing_where_everything_was_read() -> None:
    request, mail = answered()
    read_mail.keep_as_correspondence(filed(mail), **acting(request))

    assert counted(signed_in(request.created_by)) == ""


@pytest.mark.parametrize("name", ["board", "request_list"])
def test_a_request_with_something_unread_is_marked_where_it_is_listed(name: str) -> None:
    request, mail = answered()
    client = signed_in(request.created_by)

    assert page(client, name).count(UNREAD) == 1
    read_mail.keep_as_correspondence(filed(mail), **acting(request))
    assert page(client, name).count(UNREAD) == 0


def test_an_unread_message_is_marked_in_the_ledger() -> None:
    request, _ = answered()

    assert page(signed_in(request.created_by), "request_page", request.public_id).count(UNREAD) == 1


def test_a_denial_that_came_by_mail_is_recorded_in_two_steps() -> None:
    request, mail = answered()
    client = signed_in(request.created_by)
    record = f"{reverse('record_act', args=[request.public_id, 'denied'])}?mail={filed(mail).pk}"

    first = page(client, "mail_page", mail.pk)
    assert f"{record}&amp;reading=0" in first
    answer = client.post(
        f"{record}&reading=0",
        {"on": str(filed(mail).on), "channel": "email"},
    )

    request.refresh_from_db()
    assert answer.status_code == 303
    assert request.state == RequestState.DENIED
    assert filed(mail).read_by == request.created_by
    assert "Read what the city wrote" not in page(client, "request_page", request.public_id)


def test_none_of_these_keeps_it_as_correspondence_and_goes_to_the_next() -> None:
    request, mail = answered("Thank you for writing to us.")
    second = taken_in(answer_to(request, text="One more thing.", message_id="<2@stamford.example>"))
    client = signed_in(request.created_by)

    answer = client.post(reverse("mail_correspondence", args=[filed(mail).pk]))

    assert answer["Location"] == reverse("mail_page", args=[second.pk])
    assert filed(mail).read_by == request.created_by
    assert filed(second).waits_to_be_read


def test_what_was_read_once_is_not_read_again() -> None:
    request, mail = answered()
    read_mail.keep_as_correspondence(filed(mail), **acting(request))
    client = signed_in(request.created_by)

    answer = client.post(reverse("mail_correspondence", args=[filed(mail).pk]), follow=True)

    assert "Somebody has said already what this message is." in answer.content.decode()
    assert "What is it?" not in page(client, "mail_page", mail.pk)


def test_an_automatic_answer_is_to_do_for_nobody() -> None:
    request = submitted()
    mail = taken_in(out_of_office(request))

    assert not filed(mail).waits_to_be_read
    assert "Read what the city wrote" not in page(
        signed_in(request.created_by), "request_page", request.public_id
    )


def test_a_struck_act_leaves_its_message_to_be_read_again() -> None:
    request, mail = answered()
    client = signed_in(request.created_by)
    client.post(
        f"{reverse('record_act', args=[request.public_id, 'granted'])}?mail={filed(mail).pk}",
        {"on": str(filed(mail).on), "channel": "email"},
    )
    granted = request.events.get(kind="granted")

    corrections.strike(granted, why="It was a denial.", **acting(request))
    assert filed(mail).waits_to_be_read

    corrections.restore(granted, why="It was right.", **acting(request))
    assert not filed(mail).waits_to_be_read


def test_another_newsrooms_message_is_nobodys_to_say() -> None:
    _, mail = answered()

    answer = signed_in(member(Role.EDITOR)).post(
        reverse("mail_correspondence", args=[filed(mail).pk])
    )

    assert answer.status_code == 404
    assert filed(mail).waits_to_be_read
