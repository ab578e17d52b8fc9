"""Log a challenge that was filed elsewhere or long ago; correct it, take it out.

Nothing of this is tracked: no clock runs, and no event is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cities.rights.claimed_exemption import find_exemption
from cities.schema.city import Statute
from requests_app.actions.errors import Refused
from requests_app.actions.requests.attachments import Upload, keep_files
from requests_app.actions.research import projects
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    AppealState,
    ClaimedExemption,
    LogDocument,
    LogEntry,
    LoggedRequest,
    Newsroom,
    Project,
)
from requests_app.research.places import city_meant, route_meant
from requests_app.vocabulary.research.imprecise_days import ImpreciseDay, Precision


@dataclass(frozen=True, slots=True)
class Claim:
    """An exemption that the city claimed, in its words, and what became of it."""

    as_claimed: str
    became: str = ""
    passage: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class LoggedAppeal:
    """A challenge as a person logs it. `place` is a city in words, ours or another; `body` who
    decides, in words too: a route of our own law is found by them."""

    place: str
    subject: str
    body: str
    state: str
    agency: str = ""
    reference: str = ""
    requested: ImpreciseDay | None = None
    answers: str = ""
    ground: str = ""
    filed: ImpreciseDay | None = None
    due_on: date | None = None
    decided: ImpreciseDay | None = None
    outcome: str = ""
    outcome_as_stated: str = ""
    docket: str = ""
    order_number: str = ""
    claims: tuple[Claim, ...] = ()
    source_url: str = ""
    notes: str = ""
    project: Project | None = None
    files: tuple[Upload, ...] = ()


@transaction.atomic
def log(
    newsroom: Newsroom, logged: LoggedAppeal, *, by: Attribution, follows: LogEntry | None = None
) -> LogEntry:
    """A new entry, of a request of its own; or a further step of the chain that it `follows`."""
    _check(logged, follows)
    request = follows.logged_request if follows else None
    if request is None and follows is None:
        request = LoggedRequest(newsroom=newsroom, created_by=by.user, created_at=by.at)
        _write_request(request, logged)
    entry = LogEntry(
        newsroom=newsroom,
        logged_request=request,
        records_request=follows.records_request if follows else None,
        follows=follows,
        created_by=by.user,
        created_at=by.at,
    )
    _write(entry, logged, by=by)
    return entry


@transaction.atomic
def correct(entry: LogEntry, logged: LoggedAppeal, *, by: Attribution) -> None:
    """As it should have been entered; files are added to those that are there."""
    entry = _locked(entry)
    _check(logged, entry.follows)
    if entry.project != logged.project:
        projects.put_entries([entry.pk], logged.project, by=by)
    if entry.logged_request:
        _write_request(entry.logged_request, logged)
    _write(entry, logged, by=by)


@transaction.atomic
def take_out(entry: LogEntry) -> None:
    """It leaves the log, with its documents, and its request where nothing else stands on that."""
    entry = _locked(entry)
    if entry.followed_by.exists():
        raise Refused("A later step follows this one: take that out first. Nothing was changed.")
    if entry.assignments.exists() or entry.offered.exists():
        raise Refused(
            "It is coded in a project, or offered as an argument, and that is kept: correct it "
            "instead. Nothing was changed."
        )
    request = entry.logged_request
    entry.delete()
    if request and not request.entries.exists() and not request.source_key:
        request.delete()


def _locked(entry: LogEntry) -> LogEntry:
    row = LogEntry.objects.select_for_update(no_key=True, of=("self",)).filter(pk=entry.pk).first()
    if row is None:
        raise Refused("It was taken out of the log meanwhile. Nothing was changed.")
    entry = row
    if entry.is_tracked:
        raise Refused(
            "This appeal is tracked: what stands here follows from its request. Record or correct "
            "it there."
        )
    return entry


def _check(logged: LoggedAppeal, follows: LogEntry | None) -> None:
    """What no form can see by itself: how the days stand to each other."""
    if logged.decided and logged.state != AppealState.DECIDED:
        raise Refused("A day of decision is entered: choose “decided”, or leave the day out.")
    if logged.outcome and logged.state != AppealState.DECIDED:
        raise Refused("An outcome is chosen: choose “decided”, or leave the outcome out.")
    if logged.state == AppealState.DECIDED and not logged.outcome:
        raise Refused("It is decided: choose the outcome.")
    pairs = (
        (logged.requested, "the request", logged.filed, "the filing"),
        (logged.filed, "the filing", logged.decided, "the decision"),
        (follows.filed if follows else None, "the step before", logged.filed, "the filing"),
    )
    for earlier, first, later, then in pairs:
        if earlier and later and later.last < earlier.on:
            raise Refused(
                f"The day of {then}, {later.in_words}, is before that of {first}, "
                f"{earlier.in_words}: check both."
            )


def _write_request(request: LoggedRequest, logged: LoggedAppeal) -> None:
    city = city_meant(logged.place)
    request.city_slug = city.slug if city else ""
    request.place = "" if city else logged.place
    request.agency, request.subject = logged.agency, logged.subject
    request.reference, request.project = logged.reference, logged.project
    request.requested_on = logged.requested.on if logged.requested else None
    request.requested_precision = _precision(logged.requested)
    request.save()


def _write(entry: LogEntry, logged: LoggedAppeal, *, by: Attribution) -> None:
    ours = entry.records_request
    city = ours.city if ours else city_meant(logged.place)
    route = route_meant(city.statute, logged.body) if city else None
    entry.city_slug = city.slug if city else ""
    entry.route, entry.body = (route.slug, route.body) if route else ("", logged.body)
    entry.state, entry.outcome = logged.state, logged.outcome
    entry.filed_on = logged.filed.on if logged.filed else None
    entry.filed_precision = _precision(logged.filed)
    entry.decided_on = logged.decided.on if logged.decided else None
    entry.decided_precision = _precision(logged.decided)
    for name in (
        "answers", "ground", "due_on", "outcome_as_stated", "docket", "order_number",
        "source_url", "notes", "project",
    ):  # fmt: skip
        setattr(entry, name, getattr(logged, name))
    entry.rank()
    entry.save()
    _write_claims(entry, logged.claims, city.statute if city else None)
    _keep(entry, logged.files, by=by)


def _precision(day: ImpreciseDay | None) -> Precision:
    return day.precision if day else Precision.DAY


def _write_claims(entry: LogEntry, claims: Sequence[Claim], statute: Statute | None) -> None:
    entry.exemptions.all().delete()
    for place, claim in enumerate(claims):
        meant = find_exemption(statute, claim.as_claimed).exemption if statute else None
        ClaimedExemption.objects.create(
            entry=entry,
            position=place,
            as_claimed=claim.as_claimed,
            exemption=meant.slug if meant else "",
            citation=meant.citation if meant else "",
            became=claim.became,
            passage=claim.passage,
            page=claim.page,
        )


def _keep(entry: LogEntry, files: Iterable[Upload], *, by: Attribution) -> None:
    LogDocument.objects.bulk_create(
        LogDocument(
            entry=entry,
            file=kept.name,
            name=file.name or "file",
            content_type=file.content_type or "application/octet-stream",
            size=kept.size,
            sha256=kept.sha256,
            added_at=by.at,
            added_by=by.user,
        )
        for file, kept in keep_files(files)
    )
