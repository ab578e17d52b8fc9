"""Members: invited by mail, changed, and never without an admin."""

from typing import Any

import pytest
from django.urls import reverse

from requests_app.models import Membership, Role, User
from tests.factories import member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_a_new_member_is_mailed_a_link_to_choose_a_password(mailoutbox: list[Any]) -> None:
    client = signed_in(member(Role.ADMIN))
    told = {"name": "Nia New", "email": "Nia@ledger.example", "role": "researcher"}

    answer = client.post(reverse("member_new"), told)

    assert answer.status_code == 303
    assert User.objects.get(email="nia@ledger.example").role == Role.RESEARCHER
    (mail,) = mailoutbox
    assert mail.to == ["nia@ledger.example"]
    assert "/accounts/password/reset/key/" in mail.body


def test_an_address_that_has_an_account_is_refused_on_the_form() -> None:
    admin = member(Role.ADMIN)
    told = {"name": "Twice", "email": admin.email, "role": "editor"}

    answer = signed_in(admin).post(reverse("member_new"), told)

    assert answer.status_code == 422
    assert "has an account already" in answer.content.decode()


def test_the_only_admin_cannot_step_down() -> None:
    admin = member(Role.ADMIN)

    url = reverse("member_edit", args=[admin.membership.pk])
    answer = signed_in(admin).post(url, {"role": "reporter"})

    assert answer.status_code == 422
    assert Membership.objects.get(user=admin).role == Role.ADMIN


def test_somebody_who_left_cannot_come_in() -> None:
    admin = member(Role.ADMIN)
    gone = member(newsroom=admin.membership.newsroom)

    signed_in(admin).post(reverse("member_deactivate", args=[gone.membership.pk]))

    assert signed_in(gone).get("/").status_code == 302


def test_nobody_is_sent_away_by_one_click() -> None:
    admin = member(Role.ADMIN)
    rosa = member(newsroom=admin.membership.newsroom)
    submitted(rosa)

    answer = signed_in(admin).get(reverse("member_deactivate", args=[rosa.membership.pk]))

    assert "1 open request is theirs" in " ".join(answer.content.decode().split())
    assert signed_in(rosa).get("/").status_code == 200


def test_somebody_sent_away_by_mistake_is_let_in_again_as_before() -> None:
    admin = member(Role.ADMIN)
    rosa = member(Role.EDITOR, admin.membership.newsroom)
    their = [rosa.membership.pk]
    signed_in(admin).post(reverse("member_deactivate", args=their))
    assert "Let in again" in signed_in(admin).get(reverse("member_list")).content.decode()

    signed_in(admin).post(reverse("member_let_in", args=their))

    rosa.refresh_from_db()
    assert (rosa.is_active, rosa.role) == (True, Role.EDITOR)
    assert signed_in(rosa).get("/").status_code == 200


def test_who_can_sign_in_is_not_let_in_again() -> None:
    admin = member(Role.ADMIN)
    rosa = member(newsroom=admin.membership.newsroom)

    url = reverse("member_let_in", args=[rosa.membership.pk])
    answer = signed_in(admin).post(url, follow=True)

    assert f"{rosa} can sign in already. Nothing was changed." in answer.content.decode()


def test_settings_stand_on_the_newsroom() -> None:
    admin = member(Role.ADMIN)
    told = {
        "name": "The New Ledger",
        "address": "1 Main Street",
        "reviews_before_filing": "on",
        "recall_minutes": "5",
        "largest_file_mb": "800",
    }

    signed_in(admin).post(reverse("newsroom_settings"), told)

    newsroom = admin.membership.newsroom
    newsroom.refresh_from_db()
    assert (newsroom.name, newsroom.reviews_before_filing) == ("The New Ledger", True)
    assert (newsroom.recall_minutes, newsroom.largest_file_mb) == (5, 800)
