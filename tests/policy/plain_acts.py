"""Acts that the tables alone can perform: those whose form asks nothing but the day and the words.

A new act of that sort, with or without a transition, is performed by tests without naming it there.
"""

from collections.abc import Callable, Iterator

from django_fsm import can_proceed

from requests_app.actions.errors import Refused
from requests_app.actions.sending import our_letters
from requests_app.forms.requests.city_acts import ActForm, AnswerForm, ReasonForm, ReceivedForm
from requests_app.forms.requests.recorded_acts import BINDINGS, Recorded
from requests_app.models import Event, EventKind, RecordsRequest, RequestState
from requests_app.models.requests.transition_decorator import leaves
from requests_app.policy.acts import ACTS, Act
from tests.factories import TODAY, acting, in_state, mailed, silent

PLAIN_FORMS = {ActForm, AnswerForm, ReasonForm, ReceivedForm}
PLAIN = [
    slug
    for slug, bound in BINDINGS.items()
    if isinstance(bound, Recorded) and bound.form in PLAIN_FORMS
]


def _grounds_asked_for() -> RecordsRequest:
    request = in_state(RequestState.DENIED)
    our_letters.request_grounds(request, **mailed(request))
    return request


# What no state of the factories has behind it.
STARTS: dict[str, Callable[[], RecordsRequest]] = {
    "deemed-denied": silent,
    "grounds-given": _grounds_asked_for,
}
# Acts that move no state and are not called as the event they leave.
LEAVES = {"city-sued": EventKind.LAWSUIT}


def performed(slug: str) -> list[str]:
    """The kinds of event that the act left, from the first place where it can be done."""
    for request in _requests(slug):
        before = request.events.count()
        try:
            _perform(slug, request)
        except Refused:
            continue
        left = Event.objects.filter(records_request=request).order_by("pk")[before:]
        return [event.kind for event in left if event.kind != EventKind.DEADLINE_MOVED]
    raise AssertionError(f"{slug} is refused everywhere that it is offered")


def kind_of(slug: str) -> EventKind:
    """The kind of event that the act leaves."""
    transition = ACTS[slug].transition
    if transition:
        return leaves(RecordsRequest, transition).event
    return LEAVES.get(slug) or EventKind(slug.replace("-", "_"))


def _requests(slug: str) -> Iterator[RecordsRequest]:
    if slug in STARTS:
        yield STARTS[slug]()
        return
    act = ACTS[slug]
    for state in RequestState:
        if act.states is None or state in act.states:
            request = in_state(state)
            if _can(act, request):
                yield request


def _can(act: Act, request: RecordsRequest) -> bool:
    return not act.transition or can_proceed(getattr(request, act.transition))


def _perform(slug: str, request: RecordsRequest) -> None:
    bound = BINDINGS[slug]
    assert isinstance(bound, Recorded)
    form = bound.form({"on": TODAY.isoformat(), "channel": "phone"}, records_request=request)
    assert form.is_valid(), form.errors
    bound.do(request, **acting(request), **form.arguments())
