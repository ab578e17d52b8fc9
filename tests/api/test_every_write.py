"""Every address that changes something, as everybody and as nobody: as the pages permit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from requests_app.policy.acts import ACTS
from tests.test_permissions import TABLE
from tests.views.conftest import _monday, _plain_http, signed_in  # noqa: F401  as for the pages
from tests.views.world import ROLES, World, build

pytestmark = pytest.mark.django_db

Arguments = Callable[[World], list[Any]]
# Of the table of permissions: reporter on their own, on another's, researcher, editor, admin.
COLUMN = {"reporter": 0, "other": 1, "researcher": 2, "editor": 3, "admin": 4}


def _none(world: World) -> list[Any]:
    return []


def _draft(world: World) -> list[Any]:
    return [world.draft.public_id]


def _denied(world: World) -> list[Any]:
    return [world.denied.public_id]


def _appeal(world: World) -> list[Any]:
    return [world.appeal.pk]


def _entry(world: World) -> list[Any]:
    return [world.denied.public_id, world.denied.events.get(kind="denied").pk]


WRITES: dict[str, tuple[Arguments, str]] = {
    **{
        f"api_begin_{kind}": (_none, "begin_request")
        for kind in ("records", "dataset", "correction", "access")
    },
    "api_draft_save": (_draft, "edit_request"),
    "api_discard": (_draft, "discard_draft"),
    "api_bring_back": (_draft, "discard_draft"),
    "api_review": (_draft, "send_to_review"),
    "api_approve": (_draft, "approve_request"),
    "api_return": (_draft, "return_request"),
    "api_submit": (_draft, "submit_request"),
    **{f"api_record_{slug}": (_denied, act.verb) for slug, act in ACTS.items()},
    "api_assign": (_denied, "assign_request"),
    "api_share": (_denied, "share_request"),
    "api_strike": (_entry, "correct_entry"),
    "api_restore": (_entry, "correct_entry"),
    "api_correct_day": (_entry, "correct_entry"),
    "api_appeal_new": (_denied, "draft_appeal"),
    "api_appeal_write": (_appeal, "edit_appeal"),
    "api_appeal_file": (_appeal, "file_appeal"),
    "api_appeal_received": (_appeal, "decide_appeal"),
    "api_appeal_decide": (_appeal, "decide_appeal"),
    "api_appeal_withdraw": (_appeal, "withdraw_appeal"),
    # One's own alone, and messages of which this world has none.
    "api_remind": (_denied, ""),
    "api_reminder_done": (lambda w: [1], "nobody's"),
    "api_correspondence": (lambda w: [0], "nobody's"),
    "api_take_out": (lambda w: [0], "nobody's"),
}


def expected(role: str, name: str) -> int:
    """401, 403 or 404 where it is refused; 0 where it is this person's to do."""
    arguments, verb = WRITES[name]
    if role == "nobody":
        return 401
    if verb == "nobody's":
        return 404
    if arguments is not _none and role in {"other", "stranger"}:
        return 404
    if verb == "" or role == "stranger":
        return 0
    if verb == "correct_entry" and role == "reporter":
        return 0  # whoever recorded it
    return 0 if TABLE[verb][COLUMN[role]] else 403


@pytest.mark.second_pass(role="admin")
@pytest.mark.parametrize("role", ROLES)
def test_every_write_answers_each_role_as_its_page_does(role: str) -> None:
    world = build()
    client = signed_in(world.people[role])

    found = {}
    for name, (arguments, _) in WRITES.items():
        with transaction.atomic():
            answer = client.post(
                reverse(name, args=arguments(world)), {"unknown": 1}, "application/json"
            )
            refused = {401, 403, 404}
            found[name] = answer.status_code if answer.status_code in refused else 0
            assert answer.status_code in {*refused, 422, 428}, (name, answer.content)
            transaction.set_rollback(True)

    assert found == {name: expected(role, name) for name in WRITES}
