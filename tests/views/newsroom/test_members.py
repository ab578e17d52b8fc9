"""Members: invited by mail, changed, and never without an admin."""

import pytest
from django.urls import reverse

from requests_app.models import Membership, RequestState, Role
from tests.factories import draft, in_state, member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_the_only_admin_cannot_step_down() -> None:
    admin = member(Role.ADMIN)

    url = reverse("member_edit", args=[admin.membership.pk])
    answer = signed_in(admin).post(url, {"name": admin.name, "role": "reporter"})

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


def test_what_somebody_leaves_open_is_shown_before_and_after_with_links() -> None:
    admin = member(Role.ADMIN)
    rosa = member(newsroom=admin.membership.newsroom, name="Rosa Delgado")
    unfinished, sent = draft(rosa), submitted(rosa)
    ended = in_state(RequestState.CLOSED)
    their = [rosa.membership.pk]
    client = signed_in(admin)

    before = client.get(reverse("member_deactivate", args=their)).content.decode()
    after = client.post(reverse("member_deactivate", args=their), follow=True).content.decode()

    for shown in (before, after):
        assert reverse("request_page", args=[unfinished.public_id]) in shown
        assert reverse("request_page", args=[sent.public_id]) in shown
        assert reverse("request_page", args=[ended.public_id]) not in shown
        assert "2 open requests are theirs" in " ".join(shown.split())
    assert "Let in again" in after


def test_who_left_is_still_named_on_old_entries() -> None:
    admin = member(Role.ADMIN)
    kai = member(newsroom=admin.membership.newsroom, name="Kai Brandt")
    request = submitted(kai)

    signed_in(admin).post(reverse("member_deactivate", args=[kai.membership.pk]))

    shown = signed_in(admin).get(reverse("request_page", args=[request.public_id]))
    assert "Kai Brandt" in shown.content.decode()


def test_nobody_leaves_twice() -> None:
    admin = member(Role.ADMIN)
    kai = member(newsroom=admin.membership.newsroom)
    url = reverse("member_deactivate", args=[kai.membership.pk])
    signed_in(admin).post(url)
    kai.refresh_from_db()
    left_at = kai.left_at

    answer = signed_in(admin).post(url)

    kai.refresh_from_db()
    assert answer.status_code == 422
    assert kai.left_at == left_at


def test_an_admin_changes_anybodys_name_and_role() -> None:
    admin = member(Role.ADMIN)
    rosa = member(Role.EDITOR, admin.membership.newsroom)

    url = reverse("member_edit", args=[rosa.membership.pk])
    signed_in(admin).post(url, {"name": "R. Delgado", "role": "editor"})
    rosa.refresh_from_db()
    assert (rosa.name, rosa.role) == ("R. Delgado", Role.EDITOR)


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
