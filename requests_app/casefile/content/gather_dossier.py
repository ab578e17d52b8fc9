"""Ledger, letters, deadlines and files → a Dossier. What is private to the newsroom stays out.

Notes, assignments, drafts, reviews and doubts are the newsroom's own: they go in only where the
person who asked for the file chose them, and never into the papers of an appeal. What that leaves
is said in `copy_for_others`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from cities.schema.offices import BundlePart
from requests_app.casefile.content import bundle_parts, copy_for_others, cover, event_facts
from requests_app.casefile.content.dossier import Clock, Dossier, Entry, Exhibit
from requests_app.casefile.content.filed_documents import enclosed_with, letter_pages
from requests_app.ledger.chains import head_line
from requests_app.ledger.effective import struck_by
from requests_app.models import (
    Appeal,
    Attachment,
    CaseFile,
    CaseFileKind,
    Channel,
    Communication,
    Event,
    EventKind,
    Letter,
    RecordsRequest,
)
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_description import Actor, Mark
from requests_app.vocabulary.event_kinds import describe


def gather(case_file: CaseFile, *, at: datetime) -> Dossier:
    """Everything that goes in, read with a fixed number of queries."""
    request, appeal = case_file.records_request, case_file.appeal
    wanted = bundle_parts.for_route(appeal.pack_route) if appeal else bundle_parts.WHOLE
    has_notes = case_file.has_notes and case_file.kind != CaseFileKind.BUNDLE
    events = list(_events(request, has_notes=has_notes))
    corrections = Event.objects.filter(records_request=request, strikes__isnull=False)
    struck = struck_by(corrections.select_related("by"))
    standing = [event for event in events if event.pk not in struck]
    files = _Files()
    # Whoever decides an appeal reads what happened; what was taken back is the newsroom's history.
    told = standing if appeal else events
    entries = tuple(
        replace(entry, struck=_struck(struck.get(event.pk), has_notes=has_notes))
        for event, entry in _entries(request, told, _Wanted(wanted, appeal, has_notes), files)
    )
    today = request.city.local_date(at)
    return Dossier(
        parts=wanted,
        part_titles=bundle_parts.TITLES,
        clocks=tuple(_clocks(request, wanted, has_notes=has_notes)),
        entries=entries,
        exhibits=files.exhibits,
        marks=tuple(_marks(request, standing)),
        made_at=at.astimezone(request.city.tz),
        today=today,
        embeds_files=case_file.embeds_files,
        chain_head=head_line(request.newsroom_id),
        **cover.lines(request, appeal, today=today, has_notes=has_notes),
    )


def _events(request: RecordsRequest, *, has_notes: bool) -> Iterator[Event]:
    rows = (
        Event.objects.filter(records_request=request)
        .select_related(
            "by",
            "appeal",
            "delivery__letter__issued_by",
            "delivery__letter__filing__document",
            "communication__filed_by",
            "in_place_of__communication__filed_by",
        )
        .defer("delivery__letter__pdf")
        .prefetch_related(
            "communication__attachments",
            "in_place_of__communication__attachments",
            "delivery__letter__enclosures__attachment",
        )
        .in_order()
    )
    for event in rows:
        is_derived = bool(describe(event.kind).marks & Mark.DERIVED)
        if is_derived or not (has_notes or copy_for_others.is_open(event)):
            continue
        if was_taken_out(event):
            continue
        if event.appeal:
            event.appeal.records_request = request
        yield event


def was_taken_out(event: Event) -> bool:
    """Whether it is a message filed by mistake: it is none of this request's. A call that was
    entered by mistake is struck instead, and stays readable."""
    if event.kind == EventKind.CONTACTED_US:
        return False
    return bool(event.told_by and event.told_by.taken_out_at)


def _struck(correction: Event | None, *, has_notes: bool) -> str:
    """When an entry was struck, in a line; by whom and why is the newsroom's own."""
    if correction is None:
        return ""
    when = f"Struck on {short_weekday(correction.on)}"
    if not has_notes:
        return f"{when}: it was recorded by mistake."
    who = correction.by.name if correction.by else "the desk"
    return f"{when}, by {who}: {correction.data['text']}"


class _Files:
    """Numbers files in the order in which they are met: one number for the same content."""

    def __init__(self) -> None:
        self._met: dict[str, Exhibit] = {}

    def number(self, files: Iterable[Attachment], entry: int) -> tuple[int, ...]:
        numbers = []
        for file in files:
            known = self._met.get(file.sha256)
            self._met[file.sha256] = (
                _met_again(known, file, entry) if known else self._new(file, entry)
            )
            numbers.append(self._met[file.sha256].number)
        return tuple(dict.fromkeys(numbers))

    def _new(self, file: Attachment, entry: int) -> Exhibit:
        return Exhibit(
            number=len(self._met) + 1,
            name=file.name,
            path=str(file.file.name),
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            came_with=(entry,),
            is_ours=file.communication_id is None,
        )

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        return tuple(self._met.values())


def _met_again(known: Exhibit, file: Attachment, entry: int) -> Exhibit:
    names = {*known.other_names, file.name} - {known.name}
    return replace(
        known,
        came_with=tuple(dict.fromkeys((*known.came_with, entry))),
        other_names=tuple(sorted(names)),
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which parts, for which appeal if any, and whether with the newsroom's own notes."""

    parts: tuple[BundlePart, ...]
    appeal: Appeal | None
    has_notes: bool


def _entries(
    request: RecordsRequest, events: list[Event], wanted: _Wanted, files: _Files
) -> Iterator[tuple[Event, Entry]]:
    """Part by part, each in the order of days; numbered through."""
    chosen = [
        (part, event)
        for event in events
        if (part := bundle_parts.part_of(event, wanted.parts, wanted.appeal))
    ]
    chosen.sort(key=lambda pair: wanted.parts.index(pair[0]))  # stable: within a part by day
    shown: set[int] = set()
    for number, (part, event) in enumerate(chosen, start=1):
        communication = event.told_by
        letter = _letter_of(event, shown)
        came = files.number(_attached(communication), number)
        if letter:
            came = (*files.number(enclosed_with(letter), number), *came)
        yield (
            event,
            Entry(
                number=number,
                part=part,
                on=event.on,
                heading=describe(event.kind).heading,
                side=_side(event),
                who=_who(event, request),
                kind=event.kind,
                facts=event_facts.facts_of(event, request),
                text=_text(event, communication, has_notes=wanted.has_notes),
                how=_how(event, communication),
                letter=letter_pages(letter) if letter else None,
                exhibits=came,
            ),
        )


def _attached(communication: Communication | None) -> list[Attachment]:
    if communication is None:
        return []
    whole = (file for file in communication.attachments.all() if not file.quarantined)
    return sorted(whole, key=lambda file: file.pk)


def _letter_of(event: Event, shown: set[int]) -> Letter | None:
    """The letter an act was made by, at the first event that carries it."""
    if event.delivery is None or event.delivery.letter_id in shown:
        return None
    letter: Letter = event.delivery.letter
    shown.add(letter.pk)
    return letter


def _side(event: Event) -> str:
    actor = describe(event.kind).actor
    if actor is Actor.OURS:
        return "ours"
    return "theirs" if actor.is_other_side else ""


def _who(event: Event, request: RecordsRequest) -> str:
    """Who acted: we, the city, or the body an appeal was made to."""
    actor = describe(event.kind).actor
    if actor is Actor.OURS:
        return request.newsroom.name
    if actor is Actor.BODY and event.appeal:
        return event.appeal.pack_route.body
    return f"City of {request.city.name}" if actor.is_other_side else ""


def _text(event: Event, communication: Communication | None, *, has_notes: bool) -> str:
    words = copy_for_others.open_words(event, communication)
    remark = str(event.data.get("text") or "") if has_notes else ""
    return words or remark


def _how(event: Event, communication: Communication | None) -> str:
    """By which way it came and who wrote it down."""
    if communication is None:
        return f"Entered by {event.by.name}" if event.by and not event.delivery else ""
    channel = Channel(communication.channel).label
    filed = communication.filed_by
    return f"{channel}; filed by {filed.name}" if filed else f"{channel}; filed as it came in"


def _clocks(
    request: RecordsRequest, wanted: tuple[BundlePart, ...], *, has_notes: bool
) -> Iterator[Clock]:
    """The law's clocks in the order in which they began; a reminder of our own is none of them."""
    if "deadlines" not in wanted and "timeline" not in wanted:
        return
    rows = [
        row for row in request.deadlines.all() if not (row.is_reminder or row.described.is_entered)
    ]
    rows.sort(key=lambda row: (row.starts_on or date.max, row.due_on or date.max, row.pk))
    shown = [
        (
            row.described.name,
            row.derived if has_notes else copy_for_others.open_deadline(row.derived),
        )
        for row in rows
    ]
    kept = [(name, deadline) for name, deadline in shown if deadline is not None]
    for number, (name, deadline) in enumerate(kept, start=1):
        yield Clock(number, name, deadline, is_reminder=False)


def _marks(request: RecordsRequest, events: list[Event]) -> Iterator[Entry]:
    """What the timeline shows: the acts of either side."""
    for event in events:
        side = _side(event)
        if side:
            yield Entry(
                number=0,
                part="timeline",
                on=event.on,
                heading=describe(event.kind).heading,
                side=side,
                who="",
                kind=event.kind,
                facts=(),
                text="",
                how="",
            )
