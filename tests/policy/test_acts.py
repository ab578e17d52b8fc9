"""Every act has its action and form, is offered in one place, and leaves one event."""

from collections.abc import Collection

import pytest

from requests_app.forms.requests.recorded_acts import BINDINGS, Written
from requests_app.models import EventKind, RecordsRequest, RequestState, Role, User
from requests_app.policy.acts import ACTS, ANSWERS, LETTERS, NEXT_STEPS, OTHERS, REPLIES, offered
from requests_app.vocabulary.event_description import Actor
from tests.factories import in_state, member
from tests.policy.plain_acts import PLAIN, kind_of, performed


def test_every_act_is_bound_and_nothing_else() -> None:
    assert BINDINGS.keys() == ACTS.keys()


def test_what_writes_a_letter_is_bound_to_a_letter() -> None:
    written = {slug for slug, bound in BINDINGS.items() if isinstance(bound, Written)}
    assert written == {slug for slug, act in ACTS.items() if act.letter}


def test_every_act_is_offered_in_one_place() -> None:
    assert sorted((*ANSWERS, *REPLIES, *NEXT_STEPS, *LETTERS, *OTHERS)) == sorted(ACTS)


@pytest.mark.parametrize("slug", PLAIN)
@pytest.mark.django_db
def test_a_plain_act_leaves_the_one_event_of_its_kind(slug: str) -> None:
    assert performed(slug) == [kind_of(slug)]


@pytest.mark.parametrize("slug", [slug for slug in PLAIN if slug in ANSWERS])
def test_an_answer_is_the_act_of_the_other_side(slug: str) -> None:
    assert EventKind(kind_of(slug)).described.actor is Actor.CITY


def slugs(
    names: Collection[str],
    request: RecordsRequest,
    user: User | None = None,
    *,
    happened: Collection[str] = (),
    is_late: bool = False,
) -> list[str]:
    """What is offered to that person, or to whoever began the request."""
    shown = offered(names, request, user or request.created_by, happened=happened, is_late=is_late)
    return [act["slug"] for act in shown]


@pytest.mark.django_db
def test_an_open_question_can_be_answered_or_left_and_no_fee_can() -> None:
    asked = in_state(RequestState.AWAITING_CLARIFICATION)

    assert offered(REPLIES, asked, asked.created_by, happened=(), is_late=False) == [
        {"slug": "clarified", "label": "Answer the clarification"},
        {"slug": "clarification-declined", "label": "Decline to answer"},
    ]


@pytest.mark.django_db
def test_nothing_is_offered_to_somebody_of_another_newsroom() -> None:
    asked = in_state(RequestState.AWAITING_CLARIFICATION)

    assert slugs(REPLIES, asked, member(Role.EDITOR)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "slug", "expected"),
    [
        (RequestState.DENIED, "grounds-requested", ["grounds-requested"]),
        (RequestState.SUBMITTED, "grounds-requested", []),
        (RequestState.SUBMITTED, "follow-up", ["follow-up"]),
        (RequestState.DENIED, "follow-up", []),
    ],
)
def test_an_act_is_offered_in_its_states_alone(
    state: RequestState, slug: str, expected: list[str]
) -> None:
    assert slugs([slug], in_state(state)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "happened", "is_late", "expected"),
    [
        ("thanked", [EventKind.PRODUCED_IN_PART], False, ["thanked"]),
        ("thanked", [EventKind.SENT], False, []),
        ("thanked", [], True, []),
        ("suit-announced", [EventKind.DENIED], False, ["suit-announced"]),
        ("suit-announced", [], True, ["suit-announced"]),
        ("suit-announced", [EventKind.SENT], False, []),
    ],
)
def test_an_act_waits_for_what_must_have_happened(
    slug: str, happened: list[EventKind], is_late: bool, expected: list[str]
) -> None:
    request = in_state(RequestState.ACKNOWLEDGED)
    editor = member(Role.EDITOR, request.newsroom)

    assert slugs([slug], request, editor, happened=happened, is_late=is_late) == expected
