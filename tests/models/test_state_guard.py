"""No state changes past the actions: not by another name for the row, not in bulk, not by birth."""

from collections.abc import Callable
from typing import Any

import pytest

from requests_app.actions.transitions import change
from requests_app.models import Appeal, AppealState, RecordsRequest, RequestState
from requests_app.models.guards.state_guard import StateIsGuardedError, state_may_change
from tests.factories import TODAY, in_state

pytestmark = pytest.mark.django_db

S = RequestState


@pytest.fixture
def granted() -> RecordsRequest:
    return in_state(S.GRANTED)


def a_row(request: RecordsRequest, **fields: Any) -> RecordsRequest:
    """As somebody would write one past `drafting.begin`."""
    return RecordsRequest(
        newsroom=request.newsroom, reference="STAM-2026-0099", kind="records", subject="Another",
        city_slug=request.city_slug, office_role=request.office_role,
        created_by=request.created_by, **fields,
    )  # fmt: skip


WAYS: dict[str, Callable[[RecordsRequest], object]] = {
    "a transition, whatever the row is called": lambda rr: rr.close(on=TODAY),
    "a transition by its name": lambda rr: getattr(rr, "close")(on=TODAY),  # noqa: B009
    "the class's own function": lambda rr: RecordsRequest.close(rr, on=TODAY),
    "update": lambda rr: RecordsRequest.objects.filter(pk=rr.pk).update(state="closed"),
    "update, from a dictionary": lambda rr: RecordsRequest.objects.update(state="closed"),
    "update of the newsroom's": lambda rr: rr.newsroom.requests.update(state="closed"),
    "update, after a filter of our own": lambda rr: RecordsRequest.objects.open().update(
        state="closed"
    ),
    "bulk_update": lambda rr: RecordsRequest.objects.bulk_update([rr], ["state"]),
    "a row that is born there": lambda rr: a_row(rr, state="closed", ended_on=TODAY).save(),
    "create": lambda rr: RecordsRequest.objects.create(state="closed"),
    "bulk_create": lambda rr: RecordsRequest.objects.bulk_create([a_row(rr, state="closed")]),
    "an upsert": lambda rr: RecordsRequest.objects.bulk_create(
        [rr], update_conflicts=True, unique_fields=["id"], update_fields=["state"]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_state_of_a_request_changes_by_the_actions_alone(granted: RecordsRequest, way: str):
    with pytest.raises(StateIsGuardedError, match="call the verb in `actions` for it"):
        WAYS[way](granted)

    assert list(RecordsRequest.objects.values_list("state", flat=True)) == ["granted"]


def test_state_of_an_appeal_changes_by_the_actions_alone():
    appeal = in_state(S.UNDER_APPEAL).appeals.get()

    with pytest.raises(StateIsGuardedError):
        appeal.withdraw(on=TODAY)
    with pytest.raises(StateIsGuardedError):
        Appeal.objects.update(state="withdrawn")

    appeal.refresh_from_db()
    assert appeal.state == AppealState.FILED


def test_assigning_a_state_is_refused_by_the_field(granted: RecordsRequest):
    with pytest.raises(AttributeError, match="Direct state modification"):
        granted.state = "closed"
    with pytest.raises(AttributeError, match="Direct state modification"):
        RecordsRequest.objects.update_or_create(pk=granted.pk, defaults={"state": "closed"})


@pytest.mark.tampered
def test_actions_change_it_and_leave_it_guarded(granted: RecordsRequest):
    change(granted, "close", on=TODAY)

    granted.refresh_from_db()
    assert granted.state == S.CLOSED
    with pytest.raises(StateIsGuardedError):
        RecordsRequest.objects.update(state="granted")


def test_it_is_guarded_again_after_an_error(granted: RecordsRequest):
    with pytest.raises(RuntimeError), state_may_change():
        raise RuntimeError

    with pytest.raises(StateIsGuardedError):
        granted.close(on=TODAY)


@pytest.mark.tampered
def test_other_fields_are_updated_as_ever(granted: RecordsRequest):
    assert RecordsRequest.objects.update(subject="Renamed") == 1
    a_row(granted).save()

    assert sorted(RecordsRequest.objects.values_list("subject", "state")) == [
        ("Another", "draft"),
        ("Renamed", "granted"),
    ]
