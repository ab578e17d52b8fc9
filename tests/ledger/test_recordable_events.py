"""Every event that a statute's clocks wait for is one that a person can record."""

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

import pytest

from cities.schema.clock_events import EVENTS
from requests_app.actions.requests import appeals, city_progress, submission
from requests_app.actions.sending import deliveries, our_letters
from requests_app.actions.sending.our_letters import WrittenAct
from requests_app.diagram import names_of
from requests_app.forms.requests.recorded_acts import BINDINGS
from requests_app.models import Appeal, EventKind, RecordsRequest, RequestState
from requests_app.models.requests.transition_decorator import leaves
from requests_app.policy.acts import REPLIES, offered
from tests.factories import TODAY, acting, in_state

MOVES = {
    name: leaves(model, name).event
    for model in (Appeal, RecordsRequest)
    for name in names_of(model)
}


def verbs_of(module: ModuleType) -> Iterator[Callable[..., object]]:
    """What a page calls: the module's own functions that others may name."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("_") and function.__module__ == module.__name__:
            yield function


def left_by(verb: Callable[..., object]) -> set[EventKind]:
    """The kinds of event that the verb's code names, or its transitions and letters leave."""
    if isinstance(verb, partial):  # one verb for every letter that a description offers
        offer = verb.keywords["kind"].described.offer
        return {offer.event} | left_by(verb.func)
    own = inspect.unwrap(verb)
    code = own.__code__
    named = {EventKind[name] for name in code.co_names if name in EventKind.__members__}
    written = [own.__globals__.get(name) for name in code.co_names]
    by_letter = {act.leaves_event for act in written if isinstance(act, WrittenAct)}
    return named | by_letter | {MOVES[text] for text in code.co_consts if text in MOVES}


def test_a_verb_is_known_by_the_event_it_names_and_by_its_transition():
    assert left_by(city_progress.extend) == {EventKind.EXTENDED}
    assert left_by(city_progress.acknowledge) == {EventKind.ACKNOWLEDGED}
    assert left_by(our_letters.follow_up) == {EventKind.FOLLOWED_UP}


def test_every_event_that_a_clock_may_look_at_can_be_recorded():
    on_its_way = [verb for module in (submission, deliveries, appeals) for verb in verbs_of(module)]
    on_its_way.append(appeals._file)  # the half of `file` that holds the lock
    recordable = {kind for bound in BINDINGS.values() for kind in left_by(bound.do)}
    recordable |= {kind for verb in on_its_way for kind in left_by(verb)}

    assert EVENTS - recordable == set()


@pytest.mark.django_db
def test_declining_is_offered_beside_the_answer_while_the_question_is_open():
    request = in_state(RequestState.AWAITING_CLARIFICATION)
    before = offered(REPLIES, request, request.created_by, happened=(), is_late=False)
    our_letters.decline_clarification(request, on=TODAY, note="As it is.", **acting(request))

    after = offered(REPLIES, request, request.created_by, happened=(), is_late=False)

    assert [act["slug"] for act in before] == ["clarified", "clarification-declined"]
    assert after == []
    assert (request.state, request.events.in_order().last().data) == (
        RequestState.SUBMITTED,
        {"text": "As it is."},
    )
