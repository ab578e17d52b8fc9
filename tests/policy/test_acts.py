"""Every act has its action and form, is offered in one place, and leaves one event."""

import pytest

from requests_app.models import EventKind
from requests_app.policy.acts import ACTS, ANSWERS, NEXT_STEPS, OTHERS, REPLIES
from requests_app.views.requests.recording import BINDINGS, Written
from requests_app.vocabulary.event_description import Actor
from tests.policy.plain_acts import PLAIN, kind_of, performed


def test_every_act_is_bound_and_nothing_else() -> None:
    assert BINDINGS.keys() == ACTS.keys()


def test_what_writes_a_letter_is_bound_to_a_letter() -> None:
    written = {slug for slug, bound in BINDINGS.items() if isinstance(bound, Written)}
    assert written == {slug for slug, act in ACTS.items() if act.letter}


def test_every_act_is_offered_in_one_place() -> None:
    assert sorted((*ANSWERS, *REPLIES, *NEXT_STEPS, *OTHERS)) == sorted(ACTS)


@pytest.mark.parametrize("slug", PLAIN)
@pytest.mark.django_db
def test_a_plain_act_leaves_the_one_event_of_its_kind(slug: str) -> None:
    assert performed(slug) == [kind_of(slug)]


@pytest.mark.parametrize("slug", [slug for slug in PLAIN if slug in ANSWERS])
def test_an_answer_is_the_act_of_the_other_side(slug: str) -> None:
    assert EventKind(kind_of(slug)).described.actor is Actor.CITY
