"""Begin a request, say what it asks for, and write its letter."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Length

from cities.schema.city import City
from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.catalog import citing
from requests_app.actions.drafts import versions
from requests_app.actions.errors import Refused
from requests_app.actions.requests import attachments
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Attachment,
    CatalogDataset,
    DraftVersion,
    EventKind,
    Newsroom,
    RecordsRequest,
    RequestState,
    VersionKind,
)
from requests_app.particulars import ParticularsError
from requests_app.particulars import read as read_particulars


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """Which office is asked, and for what: `particulars` as the form of its kind asks for them.

    `track` names the separate time limits that some states give to records of a special kind.
    """

    office_role: str
    subject: str
    particulars: dict[str, Any]
    track: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a request goes back to: the published dataset it is about, and the request that was
    made to the dataset's steward before it."""

    cites: CatalogDataset | None = None
    continues: RecordsRequest | None = None


NOTHING_BEFORE = Basis()


@transaction.atomic
def begin(
    *,
    by: Attribution,
    city_slug: str,
    kind: str,
    details: RequestDetails,
    files: Iterable[attachments.Upload] = (),
    basis: Basis = NOTHING_BEFORE,
) -> RecordsRequest:
    """A draft, its letter written from the city's wording, its number the newsroom's next, with
    the evidence that goes with it, if any, and what it goes back to."""
    city = _city(city_slug)
    request: RecordsRequest = RecordsRequest(
        newsroom=by.user.membership.newsroom,
        kind=kind,
        city_slug=city.slug,
        created_by=by.user,
        created_at=by.at,
        continues=basis.continues,
    )
    describe(request, details)
    request.reference = _next_reference(request.newsroom, city, by.at)
    request.save()
    if basis.cites:
        citing.cite(request, basis.cites, at=by.at)
    _write_letter(request)
    request.save()
    data = {"template": request.letter_template}
    record(request, EventKind.DRAFTED, Occasion(by, data=data))
    versions.keep(request, VersionKind.BEGUN, by=by)
    if enclosed := tuple(files):
        attachments.attach(request, enclosed, by=by, is_enclosure=True)
    return request


@dataclass(frozen=True, slots=True)
class DraftContent:
    """All that a draft's page holds: what is asked, the letter's own text, files to add to it."""

    details: RequestDetails
    text: str
    files: tuple[attachments.Upload, ...] = ()


@transaction.atomic
def save(
    records_request: RecordsRequest,
    content: DraftContent,
    *,
    by: Attribution,
    version: int | None = None,
) -> DraftVersion | None:
    """The draft as its writer has it now. A letter nobody touched follows the details; one that
    was edited is left as it is.

    `version` is the number of the one it was written on: Refused where another stands by now.
    """
    request = _draft(records_request)
    versions.check_current(request, version)
    before = request.letter_text, versions.details_of(request)
    text = _one_newline(content.text)
    if not text.strip():
        raise Refused("The letter is empty: write it, or take the city's wording again.")
    is_untouched = (
        text == _one_newline(request.letter_text) and request.letter_text == _composed(request).text
    )
    describe(request, content.details)
    request.letter_text = text
    if is_untouched or text == _one_newline(_composed(request).text):
        _write_letter(request)
    if content.files:
        attachments.attach(request, content.files, by=by, is_enclosure=True)
    if before == (request.letter_text, versions.details_of(request)):
        return versions.current(request)
    request.save()
    return versions.keep(request, VersionKind.SAVED, by=by)


@contextmanager
def letter_follows(records_request: RecordsRequest, *, by: Attribution) -> Iterator[RecordsRequest]:
    """For what changes elsewhere and stands in the letter: the block has the draft, locked, and a
    letter that nobody edited before it is written again after it."""
    request = _draft(records_request)
    before = request.letter_text, versions.details_of(request)
    is_untouched = request.letter_text == _composed(request).text
    yield request
    if is_untouched:
        _write_letter(request)
    if before != (request.letter_text, versions.details_of(request)):
        request.save()
        versions.keep(request, VersionKind.SAVED, by=by)


@transaction.atomic
def name_datasets(records_request: RecordsRequest, *, is_named: bool, by: Attribution) -> None:
    """Whether the letter names the published datasets that were looked at."""
    with letter_follows(records_request, by=by) as request:
        request.letter_names_datasets = is_named
        request.save(update_fields=["letter_names_datasets"])


def _one_newline(text: str) -> str:
    """As letters are kept, whatever a browser makes of the ends of lines."""
    return text.replace("\r\n", "\n").strip() + "\n"


@transaction.atomic
def attach_enclosures(
    records_request: RecordsRequest, *, by: Attribution, files: Iterable[attachments.Upload]
) -> list[Attachment]:
    """Files that go out with the letter."""
    return attachments.attach(_draft(records_request), files, by=by, is_enclosure=True)


def _draft(records_request: RecordsRequest) -> RecordsRequest:
    request = lock(records_request)
    if request.state != RequestState.DRAFT:
        raise Refused(
            f"This is {request.get_state_display().lower()}: only a draft can be edited. "
            "What has been sent is corrected by a new letter."
        )
    return request


def describe(request: RecordsRequest, details: RequestDetails) -> None:
    """Take the details over into a draft, unsaved. Refused where they do not make a request."""
    city, track = request.city, details.track
    try:
        city.office(details.office_role)
    except LookupError as error:
        raise Refused(f"{error}. Choose one of them.") from error
    if track and track not in city.statute.tracks:
        raise Refused(f"{city.statute.short_name} has no separate track {track!r}.")
    if not details.subject.strip():
        raise Refused("Give the request a subject: it heads the letter and the board.")
    try:
        particulars = read_particulars(request.kind, details.particulars)
    except ParticularsError as error:
        raise Refused(str(error)) from error
    request.office_role, request.track = details.office_role, track
    request.subject = details.subject.strip()
    request.particulars = particulars.to_json()


def _write_letter(request: RecordsRequest) -> None:
    composed = _composed(request)
    request.letter_text, request.letter_template = composed.text, composed.template


def _composed(request: RecordsRequest) -> letters.Composition:
    try:
        return letters.compose_request(request)
    except letters.LetterError as error:
        raise Refused(str(error)) from error


def _city(slug: str) -> City:
    try:
        return load_city(slug)
    except LookupError as error:
        raise Refused(f"{error}. Choose one of them.") from error


def _next_reference(newsroom: Newsroom, city: City, at: datetime) -> str:
    """Such as STAM-2026-0012. The newsroom's row is held, so two drafts never share a number.

    The greatest number is the longest one, and of those the last by its digits: as text alone,
    9999 would come after 10000.
    """
    Newsroom.objects.select_for_update(no_key=True).get(pk=newsroom.pk)
    head = f"{city.code}-{city.local_date(at).year}-"
    given = RecordsRequest.objects.filter(newsroom=newsroom, reference__startswith=head)
    last = given.order_by(Length("reference").desc(), "-reference").first()
    number = int(last.reference.removeprefix(head)) if last else 0
    return f"{head}{number + 1:04d}"
