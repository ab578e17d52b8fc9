"""The two lists agree: every transition leaves exactly one event, and every state is reached."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings

from requests_app.actions.drafts import discarding
from requests_app.actions.errors import Refused
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    ending,
    review,
    silence,
    submission,
)
from requests_app.actions.sending import our_letters
from requests_app.actions.transitions import change
from requests_app.demo.finished_drafts import finish
from requests_app.diagram import draw, names_of, transitions_of
from requests_app.letters import Sending
from requests_app.models import (
    Appeal,
    AppealOutcome,
    AppealState,
    Channel,
    EventKind,
    RecordsRequest,
    RequestState,
)
from requests_app.models.requests.transition_decorator import leaves
from requests_app.policy import acts
from tests.factories import (
    BY_EMAIL,
    REACH,
    TODAY,
    acting,
    appealed,
    draft,
    in_state,
    mailed,
    said,
    silent,
)
from tests.policy.plain_acts import PLAIN

S = RequestState
TRANSITIONS = names_of(RecordsRequest)


def test_no_two_transitions_of_a_request_leave_the_same_event():
    left = [leaves(RecordsRequest, name).event for name in TRANSITIONS]

    assert sorted(set(left)) == sorted(left)


def test_what_a_guard_may_refuse_says_what_to_do():
    unsaid = [
        f"{model.__name__}.{transition.name}"
        for model in (RecordsRequest, Appeal)
        for transition in transitions_of(model)
        if bool(transition.conditions) != bool(transition.custom["leaves"].unless)
    ]

    assert unsaid == []


def test_every_state_can_be_reached_by_actions():
    assert sorted(REACH) == sorted(RequestState.values)


@pytest.mark.django_db
@pytest.mark.parametrize("state", RequestState.values)
def test_factory_reaches_the_state(state: str):
    assert in_state(state).state == state


def test_states_page_is_what_the_command_draws():
    page = settings.ROOT / "docs" / "states.md"
    assert page.read_text(encoding="utf-8") == draw(), "run: python manage.py draw_states"


def _appeal_of(request: RecordsRequest) -> Appeal:
    appeal = appeals.draft(request, route="foic", **acting(request))
    return finish(appeal, **acting(request))


Act = Callable[[RecordsRequest], object]
# transition → where to start, what to do
ACTS: dict[str, tuple[Callable[[], RecordsRequest], Act]] = {
    "send_to_review": (draft, lambda r: review.send_to_review(r, **acting(r))),
    "approve": (lambda: in_state(S.IN_REVIEW), lambda r: review.approve(r, **acting(r))),
    "return_to_draft": (
        lambda: in_state(S.IN_REVIEW),
        lambda r: review.return_to_draft(r, note="Name the years.", **acting(r)),
    ),
    "discard": (draft, lambda r: discarding.discard(r, **acting(r))),
    "bring_back": (
        lambda: in_state(S.DISCARDED),
        lambda r: discarding.bring_back(r, **acting(r)),
    ),
    "submit": (
        draft,
        lambda r: submission.submit(r, sending=BY_EMAIL, **acting(r)),
    ),
    "acknowledge": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_progress.acknowledge(r, answer=said(), **acting(r)),
    ),
    "request_clarification": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_progress.request_clarification(r, answer=said(), **acting(r)),
    ),
    "clarify": (
        lambda: in_state(S.AWAITING_CLARIFICATION),
        lambda r: our_letters.clarify(r, **mailed(r)),
    ),
    "decline_clarification": (
        lambda: in_state(S.AWAITING_CLARIFICATION),
        lambda r: our_letters.decline_clarification(r, on=TODAY, **acting(r)),
    ),
    "estimate_fees": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_progress.estimate_fees(r, answer=said(), amount=Decimal(9), **acting(r)),
    ),
    "accept_fees": (
        lambda: in_state(S.AWAITING_FEES),
        lambda r: our_letters.accept_fees(r, **mailed(r)),
    ),
    "refuse_fees": (
        lambda: in_state(S.AWAITING_FEES),
        lambda r: our_letters.refuse_fees(r, **mailed(r)),
    ),
    "pay_fees": (
        lambda: in_state(S.AWAITING_FEES),
        lambda r: our_letters.pay_fees(r, on=TODAY, **acting(r)),
    ),
    "waive_fees": (
        lambda: in_state(S.AWAITING_FEES),
        lambda r: city_progress.waive_fees(r, answer=said(), **acting(r)),
    ),
    "grant": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_determinations.grant(r, answer=said(), **acting(r)),
    ),
    "grant_in_part": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_determinations.grant_in_part(r, answer=said(), exemptions=[], **acting(r)),
    ),
    "deny": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_determinations.deny(r, answer=said(), exemptions=[], **acting(r)),
    ),
    "deem_denied": (
        silent,
        lambda r: silence.treat_as_denial(r, on=TODAY, **acting(r)),
    ),
    "find_no_records": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_determinations.find_no_records(r, answer=said(), **acting(r)),
    ),
    "refer": (
        lambda: in_state(S.SUBMITTED),
        lambda r: city_determinations.refer(r, answer=said(), to="the State Police", **acting(r)),
    ),
    "challenge": (
        lambda: _appeal_of(in_state(S.DENIED)).records_request,
        lambda r: appeals.file(
            r.appeals.get(), sending=Sending(Channel.EMAIL, "b@body.example"), **acting(r)
        ),
    ),
    "close": (lambda: in_state(S.GRANTED), lambda r: ending.close(r, on=TODAY, **acting(r))),
    "withdraw": (draft, lambda r: ending.withdraw(r, on=TODAY, **acting(r))),
    "lapse": (lambda: in_state(S.SUBMITTED), lambda r: ending.lapse(r, on=TODAY, **acting(r))),
}


@pytest.mark.django_db
@pytest.mark.parametrize("transition", ACTS)
def test_transition_of_a_request_leaves_exactly_one_event(transition: str):
    start, act = ACTS[transition]
    request = start()
    before = request.events.count()

    act(request)

    left = [e.kind for e in request.events.order_by("pk")[before:]]
    assert [kind for kind in left if kind != EventKind.DEADLINE_MOVED] == [
        leaves(RecordsRequest, transition).event
    ]


def test_every_transition_of_a_request_is_performed_by_a_test():
    """Those of acts without particulars are performed from their tables: see tests/policy."""
    from_tables = {acts.ACTS[slug].transition for slug in PLAIN}

    assert set(TRANSITIONS) - ACTS.keys() - from_tables == set()


@pytest.mark.django_db
@pytest.mark.parametrize("transition", ["decide", "withdraw"])  # to file is the request's move too
def test_transition_of_an_appeal_leaves_exactly_one_event(transition: str):
    appeal = appealed(in_state(S.DENIED))
    request = appeal.records_request
    before = request.events.count()

    if transition == "decide":
        appeals.decide(appeal, appeals.Decision(TODAY, AppealOutcome.AFFIRMED), **acting(request))
    else:
        appeals.withdraw(appeal, on=TODAY, **acting(request))

    left = [e.kind for e in request.events.order_by("pk")[before:]]
    assert [kind for kind in left if kind != EventKind.DEADLINE_MOVED] == [
        leaves(Appeal, transition).event
    ]


@pytest.mark.django_db
def test_filing_moves_appeal_and_request_with_one_event():
    request = in_state(S.DENIED)
    appeal = _appeal_of(request)

    appeals.file(appeal, sending=Sending(Channel.EMAIL, "b@body.example"), **acting(request))

    request.refresh_from_db()
    assert (appeal.state, request.state) == (AppealState.FILED, S.UNDER_APPEAL)
    assert request.events.filter(kind=EventKind.APPEAL_FILED).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", RequestState.values)
def test_impossible_transitions_are_explained_and_change_nothing(state: str):
    possible = {t.name for t in transitions_of(RecordsRequest) if t.source == state}
    request = in_state(state)
    before = RecordsRequest.objects.values().get(pk=request.pk)

    for transition in sorted(set(TRANSITIONS) - possible):
        with pytest.raises(Refused) as refusal:
            change(request, transition, on=TODAY)
        assert str(refusal.value).endswith("Nothing was changed.")

    assert RecordsRequest.objects.values().get(pk=request.pk) == before


def refusal(request: RecordsRequest, transition: str) -> str:
    with pytest.raises(Refused) as refused:
        change(request, transition, on=TODAY)
    return str(refused.value)


@pytest.mark.django_db
def test_what_was_done_and_stands_is_called_done_already():
    assert refusal(in_state(S.ACKNOWLEDGED), "acknowledge") == (
        "Already acknowledged on Nov 2, 2026. Nothing was changed."
    )


@pytest.mark.django_db
def test_an_approval_that_was_taken_back_is_not_called_done():
    request = in_state(S.APPROVED)
    review.return_to_draft(request, note="Name the years.", **acting(request))

    assert refusal(request, "approve") == (
        "This is draft, so it cannot be approved now. Nothing was changed."
    )


@pytest.mark.django_db
def test_an_approval_after_a_return_is_called_done():
    request = in_state(S.APPROVED)
    review.return_to_draft(request, note="Name the years.", **acting(request))
    review.send_to_review(request, **acting(request))
    review.approve(request, **acting(request))

    assert refusal(request, "approve") == "Already approved on Nov 2, 2026. Nothing was changed."


@pytest.mark.django_db
def test_a_denial_that_a_later_answer_replaced_is_not_called_done():
    request = in_state(S.DENIED)
    city_determinations.grant_in_part(request, answer=said(), **acting(request))

    assert refusal(request, "deny") == (
        "This is granted in part, so it cannot be denied now. Nothing was changed."
    )


@pytest.mark.django_db
def test_a_guard_says_its_own_sentence():
    assert refusal(in_state(S.SUBMITTED), "decline_clarification") == (
        "No question of the city's is open: record the one it asked first. Nothing was changed."
    )
