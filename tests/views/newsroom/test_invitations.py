"""Invitations: by the desk's own mail, for seven days, once; and nobody learns who has accounts."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import get_connection
from django.test import Client
from django.urls import reverse

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import invitations, people
from requests_app.ledger.attribution import Attribution
from requests_app.models import Invitation, Membership, Role, User
from tests.factories import NOW, member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
NIA = "nia@paper.example"
CHOSEN = {"name": "Nia Osei", "password": "seven-otters-swim"}


@pytest.fixture
def admin() -> User:
    return member(Role.ADMIN, name="Ana Petrov")


def invited(admin: User, email: str = NIA, role: str = "researcher") -> Any:
    return signed_in(admin).post(reverse("member_new"), {"email": email, "role": role})


def link_in(mail: Any) -> str:
    found = re.search(r"https?://[^/]+(/invitation/[\w-]+/)", mail.body)
    assert found, mail.body
    return found[1]


def test_the_mail_says_who_invites_where_as_what_and_until_when(
    admin: User, mailoutbox: list[Any], settings: Any
) -> None:
    settings.BASE_URL = "https://desk.paper.example"

    answer = signed_in(admin).post(
        reverse("member_new"),
        {"email": " Nia@Paper.example", "role": "editor"},
        headers={"host": "localhost"},
    )

    assert answer.status_code == 303
    (mail,) = mailoutbox
    assert mail.to == [NIA]
    room = admin.membership.newsroom.name
    assert mail.subject == f"Ana Petrov invites you to {room} on Records Desk"
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    for words in (mail.body, html):
        assert "https://desk.paper.example/invitation/" in words
        assert "as an editor" in words.lower()
        assert "November 9, 2026" in words
    key = link_in(mail).split("/")[2]
    assert Invitation.objects.get().digest != key
    assert key not in str(list(Invitation.objects.values()))


def test_whoever_reads_it_chooses_name_and_password_and_is_signed_in(
    admin: User, mailoutbox: list[Any]
) -> None:
    invited(admin)
    visitor = Client()
    url = link_in(mailoutbox[0])

    shown = visitor.get(url)
    answer = visitor.post(url, CHOSEN, follow=True)

    assert "Ana Petrov invites you as researcher" in " ".join(shown.content.decode().split())
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "Set up a second factor" in answer.content.decode()
    nia = User.objects.get(email=NIA)
    assert (nia.name, nia.role) == ("Nia Osei", Role.RESEARCHER)
    assert nia.membership.newsroom == admin.membership.newsroom
    assert nia.check_password(CHOSEN["password"])
    assert visitor.get("/").status_code == 200
    assert not Invitation.objects.open().exists()


def test_the_link_works_once(admin: User, mailoutbox: list[Any]) -> None:
    invited(admin)
    url = link_in(mailoutbox[0])
    Client().post(url, CHOSEN)

    again = Client().post(url, {**CHOSEN, "password": "other-otters-swim"})

    assert again.status_code == 404
    assert "This link does not work" in again.content.decode()
    assert User.objects.get(email=NIA).check_password(CHOSEN["password"])


def test_opening_it_uses_nothing_up(admin: User, mailoutbox: list[Any]) -> None:
    """As the scanners of mail servers do."""
    invited(admin)
    url = link_in(mailoutbox[0])

    for _ in range(3):
        assert Client().get(url).status_code == 200

    assert not User.objects.filter(email=NIA).exists()


def test_the_link_ends_after_seven_days(admin: User, mailoutbox: list[Any]) -> None:
    invited(admin)
    url = link_in(mailoutbox[0])

    with time_machine.travel(NOW + timedelta(days=6, hours=23), tick=False):
        assert Client().get(url).status_code == 200
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert Client().post(url, CHOSEN).status_code == 404

    assert not User.objects.filter(email=NIA).exists()


def test_a_weak_password_is_refused_and_the_link_still_works(
    admin: User, mailoutbox: list[Any]
) -> None:
    invited(admin)
    url = link_in(mailoutbox[0])

    weak = Client().post(url, {"name": "Nia", "password": "password"})

    assert weak.status_code == 422
    assert not User.objects.filter(email=NIA).exists()
    assert Client().post(url, CHOSEN).status_code == 303


def test_sent_again_the_first_link_is_dead(admin: User, mailoutbox: list[Any]) -> None:
    invited(admin)
    invitation = Invitation.objects.get()
    again = reverse("invitation_again", args=[invitation.pk])

    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        listed = signed_in(admin).get(reverse("member_list")).content.decode()
        signed_in(admin).post(again)
        signed_in(admin).post(again)  # the second press of a double click

        first, second = mailoutbox
        assert "no longer, since November 9, 2026" in " ".join(listed.split())
        assert Client().get(link_in(first)).status_code == 404
        assert Client().post(link_in(second), CHOSEN).status_code == 303


def test_withdrawn_it_opens_nothing(admin: User, mailoutbox: list[Any]) -> None:
    invited(admin)
    withdraw = reverse("invitation_withdraw", args=[Invitation.objects.get().pk])

    signed_in(admin).post(withdraw)

    assert Client().post(link_in(mailoutbox[0]), CHOSEN).status_code == 404
    assert NIA not in signed_in(admin).get(reverse("member_list")).content.decode()
    assert invited(admin).status_code == 303  # and can be invited anew


def test_two_of_one_address_make_one(admin: User, mailoutbox: list[Any]) -> None:
    invited(admin)

    second = invited(admin, email=NIA.upper())

    assert second.status_code == 422
    assert "is invited already" in second.content.decode()
    assert (Invitation.objects.count(), len(mailoutbox)) == (1, 1)


def test_two_who_come_in_at_once_are_one(admin: User, mailoutbox: list[Any]) -> None:
    """The second is past the page when the first comes in."""
    _, key = invitations.invite(
        admin.membership.newsroom, email=NIA, role="editor", by=Attribution(admin, NOW)
    )
    invitations.accept(key, **CHOSEN, at=NOW)

    with pytest.raises(Refused, match="This link does not work"):
        invitations.accept(key, **CHOSEN, at=NOW)

    assert Membership.objects.filter(user__email=NIA).count() == 1


def test_who_works_here_already_is_named(admin: User, mailoutbox: list[Any]) -> None:
    rosa = member(newsroom=admin.membership.newsroom)

    answer = invited(admin, email=rosa.email)

    assert answer.status_code == 422
    assert "works here already" in answer.content.decode()
    assert mailoutbox == []


def test_an_admin_does_not_learn_that_an_address_has_an_account_elsewhere(
    admin: User, mailoutbox: list[Any]
) -> None:
    elsewhere = member(Role.ADMIN, email="known@other.example")

    known, unknown = invited(admin, email=elsewhere.email), invited(admin, email=NIA)

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    listed = signed_in(admin).get(reverse("member_list")).content.decode()
    assert elsewhere.email in listed
    assert NIA in listed
    # Its owner does, and is told what to do; without a link, for it would open nothing.
    to_known, to_unknown = mailoutbox
    assert "has an account of this desk already" in to_known.body
    assert "/invitation/" not in to_known.body + to_known.alternatives[0][0]
    assert "/invitation/" in to_unknown.body


def test_an_account_made_meanwhile_is_not_taken_over(admin: User, mailoutbox: list[Any]) -> None:
    invited(admin)
    other = member(email=NIA)

    answer = Client().post(link_in(mailoutbox[0]), CHOSEN)

    assert answer.status_code == 422
    assert "in another newsroom" in answer.content.decode()
    other.refresh_from_db()
    assert not other.check_password(CHOSEN["password"])


def test_an_invitation_ends_with_its_inviter(admin: User, mailoutbox: list[Any]) -> None:
    """Who is sent away cannot come back by a link that they mailed themselves."""
    second = member(Role.ADMIN, admin.membership.newsroom)
    invited(second)
    people.deactivate(second.membership, by=admin, at=NOW)

    assert Client().post(link_in(mailoutbox[0]), CHOSEN).status_code == 404

    again = reverse("invitation_again", args=[Invitation.objects.get().pk])
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        signed_in(admin).post(again)
        assert Client().get(link_in(mailoutbox[1])).status_code == 200


@pytest.mark.parametrize("page", ["invitation_again", "invitation_withdraw"])
def test_another_newsrooms_invitation_is_not_there(
    admin: User, page: str, mailoutbox: list[Any]
) -> None:
    invited(admin)
    url = reverse(page, args=[Invitation.objects.get().pk])

    assert signed_in(member(Role.ADMIN)).post(url).status_code == 404
    assert signed_in(member(Role.EDITOR, admin.membership.newsroom)).post(url).status_code == 403


def test_signed_in_the_link_changes_nobodys_account(admin: User, mailoutbox: list[Any]) -> None:
    invited(admin)

    answer = signed_in(admin).post(link_in(mailoutbox[0]), CHOSEN)

    assert "Sign out first" in answer.content.decode()
    assert not User.objects.filter(email=NIA).exists()


def test_a_mail_server_that_is_away_is_said_and_the_invitation_kept(
    admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(type(get_connection()), "open", away)

    told = {"email": NIA, "role": "editor"}
    listed = signed_in(admin).post(reverse("member_new"), told, follow=True).content.decode()

    assert Invitation.objects.open().get().email == NIA
    assert "send it again from the list" in listed


@pytest.mark.parametrize("key", ["", "x", "%00", "\ud83d", "é" * 40])
def test_no_key_opens_nothing(key: str) -> None:
    address = f"/invitation/{key.encode('utf-8', 'replace').decode()}/"

    assert Client().get(address).status_code == (400 if key == "%00" else 404)
