"""Two of every act at once, each on a connection of its own: one of them does it.

On PostgreSQL alone: SQLite lets one write at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, models

from requests_app.actions.challenges import entered_days
from requests_app.actions.challenges.entered_days import ChallengeDay
from requests_app.actions.drafts import discarding
from requests_app.actions.errors import Refused
from requests_app.actions.mail import came_back, file_mail
from requests_app.actions.newsroom import access, invitations, people, reminders, webhooks
from requests_app.actions.newsroom.access import MOST_TOKENS, TokenWanted
from requests_app.actions.newsroom.webhooks import MOST_ADDRESSES
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    corrections,
    exhibits,
    review,
    submission,
)
from requests_app.actions.research import (
    assigning,
    codebooks,
    importing,
    log_entries,
    offered_decisions,
    projects,
    resolving,
)
from requests_app.actions.research.assigning import CodingPlan
from requests_app.actions.research.offered_decisions import Offer
from requests_app.actions.research.resolving import Settled
from requests_app.actions.sending import deliveries
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    ApiToken,
    Appeal,
    Coding,
    CodingAssignment,
    Communication,
    Delivery,
    Event,
    Exhibit,
    InboundMail,
    Invitation,
    Letter,
    LogEntry,
    Membership,
    OfferedDecision,
    PersonalReminder,
    Project,
    RecordsRequest,
    Resolution,
    Role,
    User,
    Webhook,
)
from requests_app.models.research.log_import import ImportStage, LogImport
from requests_app.research.coding.codes import Code
from requests_app.vocabulary.challenge_days import DayKind
from tests import delivery_states
from tests.factories import BY_EMAIL, NOW, TODAY, acting, draft, in_state, member, said, submitted
from tests.research.coding_project import CLEAR, IN_WORDS, finished, given, study
from tests.views import test_every_url as things
from tests.views.conftest import _monday  # noqa: F401  as for the pages
from tests.views.world import World, build

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time"),
]

Do = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Race:
    """What each of the two does, and what is counted of it: one more afterwards than before."""

    acts: tuple[Do, Do]
    left: Callable[[], int]
    more: int = 1


def again(row: models.Model) -> Any:
    """As another web process reads it."""
    return type(row)._default_manager.get(pk=row.pk)


def twice(
    act: Callable[..., object],
    row: models.Model,
    left: Callable[[], int],
    more: int = 1,
    **told: Any,
) -> Race:
    rows = again(row), again(row)
    return Race((lambda: act(rows[0], **told), lambda: act(rows[1], **told)), left=left, more=more)


def entries(request: RecordsRequest, kind: str) -> Callable[[], int]:
    return Event.objects.filter(records_request=request, kind=kind).count


def of(model: Any, **wanted: Any) -> Callable[[], int]:
    found: Callable[[], int] = model._default_manager.filter(**wanted).count
    return found


def _submit() -> Race:
    request = draft()
    return twice(
        submission.submit, request, of(Letter, records_request=request),
        sending=BY_EMAIL, **acting(request),
    )  # fmt: skip


def _review() -> Race:
    request = draft()
    kind = entries(request, "sent_to_review")
    return twice(review.send_to_review, request, kind, **acting(request))


def _by_editor(request: RecordsRequest) -> dict[str, Any]:
    return {"by": Attribution(member(Role.EDITOR, request.newsroom), NOW)}


def _approve() -> Race:
    request = in_state("in_review")
    return twice(review.approve, request, entries(request, "approved"), **_by_editor(request))


def _return() -> Race:
    request = in_state("in_review")
    return twice(
        review.return_to_draft, request, entries(request, "returned"), note="No.",
        **_by_editor(request),
    )  # fmt: skip


def _discard() -> Race:
    request = draft()
    return twice(
        discarding.discard, request, entries(request, "draft_discarded"), **acting(request)
    )


def _bring_back() -> Race:
    request = in_state("discarded")
    kind = entries(request, "draft_brought_back")
    return twice(discarding.bring_back, request, kind, **acting(request))


def _deny() -> Race:
    request = submitted()
    return twice(
        city_determinations.deny, request, entries(request, "denied"), answer=said(),
        **acting(request),
    )  # fmt: skip


def _strike() -> Race:
    request = in_state("denied")
    entry = request.events.get(kind="denied")
    return twice(
        corrections.strike, entry, of(Event, strikes=entry), why="Another’s.", **acting(request)
    )


def _share() -> Race:
    request = submitted()
    colleague = member(newsroom=request.newsroom)
    return twice(
        people.share, request, entries(request, "shared"), with_=colleague, **acting(request)
    )


def _of_delivery(
    reach: Callable[[], Delivery], act: Callable[..., object], kind: str, **told: Any
) -> Race:
    delivery = reach()
    request = delivery.records_request
    return twice(act, delivery, entries(request, kind), **told, **acting(request))


def _retry() -> Race:
    delivery = delivery_states.failed()
    queued = of(Delivery, records_request=delivery.records_request, state="queued")
    return twice(deliveries.retry, delivery, queued, **acting(delivery.records_request))


def _draft_appeal() -> Race:
    request = in_state("denied")
    return twice(
        appeals.draft, request, of(Appeal, records_request=request), route="foic",
        **acting(request),
    )  # fmt: skip


def _file_appeal() -> Race:
    world = build()
    things._drafted_appeal(world)
    return twice(
        appeals.file, world.appeal, of(Letter, appeal=world.appeal), sending=BY_EMAIL,
        **acting(world.denied),
    )  # fmt: skip


def _receive() -> Race:
    world = build()
    things._filed_appeal(world)
    return twice(
        appeals.receive, world.appeal, entries(world.denied, "appeal_received"), on=TODAY,
        **acting(world.denied),
    )  # fmt: skip


def _withdraw() -> Race:
    world = build()
    kind = entries(world.denied, "appeal_withdrawn")
    return twice(appeals.withdraw, world.appeal, kind, on=TODAY, **acting(world.denied))


def _day() -> Race:
    world = build()
    things._filed_appeal(world)
    day = ChallengeDay(DayKind.HEARING, TODAY, TODAY)
    kind = entries(world.denied, "day_entered")
    return twice(entered_days.enter, world.appeal, kind, day=day, **acting(world.denied))


def _remove_exhibit() -> Race:
    world = build()
    [pk] = things._exhibit(world)
    exhibit = Exhibit.objects.get(pk=pk)
    return twice(exhibits.remove, exhibit, of(Exhibit, appeal=world.appeal), more=-1)


def _mail() -> tuple[World, InboundMail]:
    world = build()
    return world, InboundMail.objects.get(pk=things._waiting_mail(world)[0])


def _file_mail() -> Race:
    world, mail = _mail()
    return twice(
        file_mail.file_communication, mail, of(Communication, mail=mail),
        records_request=world.denied, **acting(world.denied),
    )  # fmt: skip


def _file_mail_elsewhere() -> Race:
    """One to a request, the other to another."""
    world, mail = _mail()
    by = acting(world.denied)
    rows = again(mail), again(mail)
    return Race(
        (
            lambda: file_mail.file_communication(rows[0], again(world.denied), **by),
            lambda: file_mail.file_communication(rows[1], again(world.draft), **by),
        ),
        of(Communication, mail=mail),
    )


def _set_aside() -> Race:
    world, mail = _mail()
    aside = of(InboundMail, pk=mail.pk, set_aside_at__isnull=False)
    return twice(file_mail.set_aside, mail, aside, **acting(world.denied))


def _take_out() -> Race:
    world = build()
    message = things._filed_mail(world).communications.get()
    kind = entries(world.denied, "mail_taken_out")
    return twice(file_mail.take_out, message, kind, **acting(world.denied))


def _invite() -> Race:
    admin = member(Role.ADMIN)
    told: dict[str, Any] = {"email": "new@ledger.example", "role": Role.REPORTER}
    by = Attribution(admin, NOW)
    newsroom = admin.membership.newsroom
    return twice(invitations.invite, newsroom, of(Invitation, email=told["email"]), by=by, **told)


def _let_in() -> Race:
    admin = member(Role.ADMIN)
    gone = member(newsroom=admin.membership.newsroom, is_active=False)
    active = of(User, pk=gone.pk, is_active=True)
    return twice(people.let_in_again, gone.membership, active, by=admin)


def _last_admins() -> Race:
    """Two admins switch each other off: one of them stays."""
    first = member(Role.ADMIN)
    second = member(Role.ADMIN, first.membership.newsroom)
    rows = again(first.membership), again(second.membership)
    return Race(
        (
            lambda: people.deactivate(rows[0], by=second, at=NOW),
            lambda: people.deactivate(rows[1], by=first, at=NOW),
        ),
        of(Membership, newsroom=first.membership.newsroom, user__is_active=True),
        more=-1,
    )


def _token() -> Race:
    """The last that there is room for."""
    user = member()
    by = Attribution(user, NOW)
    for number in range(MOST_TOKENS - 1):
        access.issue_token(TokenWanted(f"{number}"), by=by)
    issue = lambda: access.issue_token(TokenWanted("the last"), by=by)  # noqa: E731
    return Race((issue, issue), of(ApiToken, user=user))


def _address() -> Race:
    user = member()
    by = Attribution(user, NOW)
    for number in range(MOST_ADDRESSES - 1):
        webhooks.subscribe(url=f"https://hooks.example/{number}", kinds=[], by=by)
    last = lambda: webhooks.subscribe(url="https://hooks.example/x", kinds=[], by=by)  # noqa: E731
    return Race((last, last), of(Webhook, user=user))


def _end_webhook() -> Race:
    world = build()
    webhook = Webhook.objects.get(pk=things._webhook(world)[0])
    ended = of(Webhook, pk=webhook.pk, ended_at__isnull=False)
    return twice(webhooks.end, webhook, ended, **acting(world.denied))


def _reminder() -> Race:
    request = submitted()
    mine = reminders.remind_me(
        request, on=TODAY + timedelta(days=3), note="ask", today=TODAY, **acting(request)
    )
    done = of(PersonalReminder, pk=mine.pk, done_at__isnull=False)
    return twice(reminders.mark_done, mine, done, **acting(request))


def _project() -> Race:
    user = member()
    told: dict[str, Any] = {"name": "Policing", "description": "", "by": Attribution(user, NOW)}
    return twice(projects.make, user.membership.newsroom, of(Project, name="Policing"), **told)


def _variable() -> Race:
    user = member(Role.RESEARCHER)
    by = Attribution(user, NOW)
    made = projects.make(user.membership.newsroom, name="Policing", description="", by=by)
    written = of(Project, pk=made.pk, codebook__revision=1)
    return twice(codebooks.add, made, written, variable=IN_WORDS, seen=0, by=by)


def _assign_coders() -> Race:
    world = study(entries=2)
    by = Attribution(world.editor, NOW)
    colleague = member(Role.RESEARCHER, world.project.newsroom)
    plan = CodingPlan([world.ana, colleague], None, "another")
    of_colleague = of(CodingAssignment, coder=colleague)
    return twice(assigning.assign, world.project, of_colleague, more=2, plan=plan, by=by)


def _resolve() -> Race:
    world = study()
    for who, code in ((world.ana, "stated"), (world.ben, "vague")):
        finished(world.entries[0], who, given(code))
    settled = Settled(CLEAR, Code("vague"), "No ground.", 0)
    by, entry = Attribution(world.editor, NOW), world.entries[0]
    rows = again(world.project), again(world.project)
    return Race(
        (
            lambda: resolving.resolve(rows[0], again(entry), settled, by=by),
            lambda: resolving.resolve(rows[1], again(entry), settled, by=by),
        ),
        of(Resolution, entry=entry),
    )


def _finish_coding() -> Race:
    """From two windows that were both opened before anything was saved."""
    world = study()
    entry = world.entries[0]

    def finish() -> object:
        return finished(entry, world.ana, seen=0)

    return Race((finish, finish), of(Coding, entry=entry, coder=world.ana))


def _take_out_of_log() -> Race:
    world = build()
    entry = LogEntry.objects.get(pk=things._logged_appeal(world)[0])
    return twice(log_entries.take_out, entry, of(LogEntry, pk=entry.pk), more=-1)


def _offer() -> Race:
    world = build()
    entry = things._rejecting(world)
    editor = world.people["editor"]
    assert editor is not None
    offer = Offer(entry.exemptions.get().exemption, "It does not apply.")
    by = Attribution(editor, NOW)
    return twice(offered_decisions.offer, entry, of(OfferedDecision), offered=offer, by=by)


def _start_import() -> Race:
    world = build()
    row = LogImport.objects.get(pk=things._log_import(world)[0])
    editor = world.people["editor"]
    assert editor is not None
    promised = of(LogImport, pk=row.pk, stage=ImportStage.TO_IMPORT)
    return twice(importing.start, row, promised, by=Attribution(editor, NOW))


RACES: dict[str, Callable[[], Race]] = {
    "submit": _submit,
    "send to review": _review,
    "approve": _approve,
    "return": _return,
    "discard": _discard,
    "bring back": _bring_back,
    "record a denial": _deny,
    "strike": _strike,
    "share": _share,
    "hand over": lambda: _of_delivery(
        delivery_states.by_hand, deliveries.hand_over, "sent", on=TODAY
    ),
    "recall": lambda: _of_delivery(delivery_states.queued, deliveries.recall, "recalled"),
    "confirm": lambda: _of_delivery(delivery_states.in_doubt, deliveries.confirm_sent, "sent"),
    "came back": lambda: _of_delivery(
        delivery_states.sent, came_back.record_without_report, "bounced"
    ),
    "retry": _retry,
    "draft an appeal": _draft_appeal,
    "file an appeal": _file_appeal,
    "appeal received": _receive,
    "withdraw an appeal": _withdraw,
    "enter a day": _day,
    "remove an exhibit": _remove_exhibit,
    "file mail": _file_mail,
    "file mail to two requests": _file_mail_elsewhere,
    "set mail aside": _set_aside,
    "take mail out": _take_out,
    "invite": _invite,
    "let in": _let_in,
    "switch off the last two admins": _last_admins,
    "issue the last token": _token,
    "tell the last address": _address,
    "end an address": _end_webhook,
    "see to a reminder": _reminder,
    "make a project": _project,
    "add a variable": _variable,
    "assign coders": _assign_coders,
    "resolve": _resolve,
    "take out of the log": _take_out_of_log,
    "offer a decision": _offer,
    "start an import": _start_import,
    "finish a coding": _finish_coding,
}


def at_once(acts: tuple[Do, Do]) -> list[str]:
    """How each of them ended: done, refused with a sentence, or with what fault."""
    barrier, ends = Barrier(2), ["", ""]

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            acts[place]()
            ends[place] = "done"
        except Refused:
            ends[place] = "refused"
        except Exception as fault:  # noqa: BLE001  # told by the assertion
            ends[place] = f"{type(fault).__name__}: {fault}"
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.mark.parametrize("name", RACES)
def test_of_two_at_once_one_does_it(name: str) -> None:
    race = RACES[name]()
    before = race.left()

    ends = at_once(race.acts)

    assert race.left() - before == race.more, ends
    assert ends in (["done", "refused"], ["done", "done"]), ends
