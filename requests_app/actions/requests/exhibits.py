"""The papers behind a drafted challenge: proposed, chosen, ordered, opened, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from django.db import transaction

from requests_app import filings, letters
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeal_drafts, attachments
from requests_app.actions.transitions import lock
from requests_app.filings import checks, make_filing, opening, proposing, reading, ready, sources
from requests_app.filings.make_filing import Contents, LeavingFile, MadeFiling
from requests_app.ledger.attribution import Attribution
from requests_app.letters import PlannedLetter, PreparedFiling
from requests_app.letters.wording.changed_sentences import changed_sentences, take
from requests_app.models import Appeal, AppealState, Attachment, Exhibit, Filing, Letter
from requests_app.storage import content
from requests_app.vocabulary import exhibit_numbers

Paper: TypeAlias = tuple[str, int]
"""A paper of the request as `proposing.Proposed.paper` names it."""

MOST_EXHIBITS = 200
CHANGED = (
    "The letter or its exhibits changed while they were put together. Nothing was filed: look at "
    "them again, then file."
)


def propose(appeal: Appeal, *, by: Attribution) -> None:
    """What the route's bundle asks for, as the ledger has it; in the drafting's transaction."""
    for position, paper in enumerate(proposing.proposed_for(appeal)[:MOST_EXHIBITS], start=1):
        _create(appeal, paper, position=position, by=by)


def add_paper(appeal: Appeal, *, paper: Paper, by: Attribution) -> Exhibit:
    """A letter or message of the request, behind the others; then it is opened."""
    with transaction.atomic():
        was = _worded(_lock_draft(appeal))
        exhibit = _add_paper(appeal, paper, by=by)
        _take_along(appeal, was)
    open_all(appeal)
    exhibit.refresh_from_db()
    return exhibit


def add_upload(
    appeal: Appeal, *, title: str, upload: attachments.Upload, by: Attribution
) -> Exhibit:
    """A file that a person gives for it, behind the others; then it is opened."""
    with transaction.atomic():
        was = _worded(_lock_draft(appeal))
        (file,) = attachments.attach(appeal.records_request, [upload], by=by)
        exhibit = _create_of_file(appeal, file, title=title, by=by)
        _take_along(appeal, was)
    open_all(appeal)
    exhibit.refresh_from_db()
    return exhibit


def add_file(appeal: Appeal, *, title: str, file: Attachment, by: Attribution) -> Exhibit:
    """One of the request's files by itself, behind the others; then it is opened."""
    with transaction.atomic():
        was = _worded(_lock_draft(appeal))
        if file.records_request_id != appeal.records_request_id:
            raise Refused("That is no file of this request. Nothing was added.")
        exhibit = _create_of_file(appeal, file, title=title, by=by)
        _take_along(appeal, was)
    open_all(appeal)
    exhibit.refresh_from_db()
    return exhibit


@transaction.atomic
def remove(exhibit: Exhibit) -> None:
    """Take it out. The letter names the others by the numbers they have then; where words of its
    writer named this one alone, it has a place to fill in."""
    appeal = _lock_draft(exhibit.appeal)
    was, before = _worded(appeal), _order_of(appeal)
    Exhibit.objects.filter(pk=exhibit.pk).delete()
    _take_along(appeal, was, _numbers(before, _order_of(appeal)))


@transaction.atomic
def move(exhibit: Exhibit, *, to: int) -> None:
    """Give it that number, from 1; the letter names all of them by their new numbers."""
    appeal = _lock_draft(exhibit.appeal)
    was, before = _worded(appeal), _order_of(appeal)
    if exhibit.pk not in before or not 1 <= to <= len(before):
        raise Refused(f"There is no place {to} among these exhibits. Nothing was changed.")
    after = [pk for pk in before if pk != exhibit.pk]
    after.insert(to - 1, exhibit.pk)
    for position, pk in enumerate(after, start=1):
        Exhibit.objects.filter(pk=pk).update(position=position)
    _take_along(appeal, was, _numbers(before, after))


@transaction.atomic
def rename(exhibit: Exhibit, *, title: str) -> None:
    """Call it otherwise in the contents and on the letter."""
    appeal = _lock_draft(exhibit.appeal)
    if not title.strip():
        raise Refused("Say what the exhibit is, in a few words. Nothing was changed.")
    was = _worded(appeal)
    Exhibit.objects.filter(pk=exhibit.pk).update(title=title.strip()[:200])
    _take_along(appeal, was)


@transaction.atomic
def settle(exhibit: Exhibit, *, by: Attribution) -> None:
    """A person confirms that what has no pages goes beside the filing as a file."""
    _lock_draft(exhibit.appeal)
    Exhibit.objects.filter(pk=exhibit.pk).update(settled_at=by.at, settled_by=by.user)


def open_all(appeal: Appeal) -> None:
    """Open whatever was not, or has changed since: outside any transaction but for what is found.

    The pages are kept under their hash, so opening twice, or half, leaves nothing wrong.
    """
    for exhibit in reading.unopened(reading.exhibits_of(appeal)):
        _open(exhibit)


def problems(appeal: Appeal) -> list[str]:
    """Why it would not be filed now, each in a sentence that says what to do."""
    draft = reading.read(appeal)
    return checks.problems(appeal, draft.exhibits, draft.text)


def put_together(letter: PlannedLetter) -> MadeFiling:
    """What would leave, made and kept; nothing else is changed. Refused where it may not leave."""
    appeal = letter.appeal
    assert appeal is not None
    open_all(appeal)
    draft = reading.read(appeal)
    _check(draft, appeal)
    return _made_of(draft, letter)


def check(appeal: Appeal) -> None:
    """Refused where it may not be filed as it stands."""
    _check(reading.read(appeal), appeal)


def _check(draft: reading.Draft, appeal: Appeal) -> None:
    if found := checks.problems(appeal, draft.exhibits, draft.text):
        raise Refused(f"{found[0]} Nothing was filed.")


def look_at(letter: PlannedLetter) -> MadeFiling:
    """The same for a draft as it stands, for a look at it. Refused where there are no pages."""
    assert letter.appeal is not None
    open_all(letter.appeal)
    draft = reading.read(letter.appeal)
    for exhibit in draft.exhibits:
        if exhibit.problem:
            raise Refused(exhibit.problem)
    return _made_of(draft, letter)


def _made_of(draft: reading.Draft, letter: PlannedLetter) -> MadeFiling:
    contents = Contents(draft.mark, ready.numbered(enumerate(draft.exhibits, start=1)))
    return made_of(contents, letter, draft.text)


def made_of(contents: Contents, letter: PlannedLetter, text: str) -> MadeFiling:
    """A letter of that text with those exhibits behind it. Refused where it cannot be made."""
    try:
        return make_filing.make(contents, letter, letters.draw(letter, text))
    except (filings.FilingError, letters.LetterError) as error:
        raise Refused(str(error)) from error
    except content.NoRoomError as error:
        raise Refused(
            "The filing could not be kept: the desk’s disk is full. Nothing was filed. Tell "
            "whoever runs this desk."
        ) from error


def with_its_filing(
    letter: PlannedLetter, made: MadeFiling | None, *, by: Attribution
) -> PlannedLetter:
    """The letter with what it was put together with, under the lock of its appeal.

    Refused where the draft is no longer the one that it was made from.
    """
    assert letter.appeal is not None
    draft = reading.read(letter.appeal)
    if made is None:
        if draft.exhibits:
            raise Refused(CHANGED)
        return letter
    if draft.mark != made.mark or reading.unopened(draft.exhibits):
        raise Refused(CHANGED)
    return with_files(letter, made, by=by)


def with_files(letter: PlannedLetter, made: MadeFiling, *, by: Attribution) -> PlannedLetter:
    """The letter with the files that were made for it, kept as files of the request."""
    document = _attachment(letter, made.document, by=by)
    separate = [_attachment(letter, file, by=by) for file in made.separate]
    beside = [_attachment(letter, file, by=by) for file in made.beside]
    filing = PreparedFiling(
        made.letter_sha256, document, made.page_count, bool(separate), made.manifest
    )
    return replace(letter, chosen_files=(*(separate or [document]), *beside), filing=filing)


def made_anew(
    letter: PlannedLetter, before: Letter, text: str, *, by: Attribution
) -> PlannedLetter:
    """A supplement that is issued anew, with the same exhibits under the same numbers."""
    filing: Filing = before.filing
    enclosed = [row.attachment for row in before.enclosures.select_related("attachment")]
    contents = Contents("", ready.of_manifest(filing.manifest, enclosed))
    listed = tuple((one.number, one.title) for one in contents.exhibits)
    alone = replace(letter, chosen_files=(), further_exhibits=listed)
    return with_files(alone, made_of(contents, alone, text), by=by)


def _attachment(letter: PlannedLetter, file: LeavingFile, *, by: Attribution) -> Attachment:
    return Attachment.objects.create(
        records_request=letter.records_request,
        file=file.kept.name,
        name=file.name,
        content_type=file.content_type,
        size=file.kept.size,
        sha256=file.kept.sha256,
        added_at=by.at,
        added_by=by.user,
    )


def _lock_draft(appeal: Appeal) -> Appeal:
    lock(appeal.records_request)
    lock(appeal)
    if appeal.state != AppealState.DRAFT:
        stands = appeal.get_state_display().lower()
        raise Refused(f"This appeal is {stands}: its exhibits are as they were filed.")
    return appeal


def _add_paper(appeal: Appeal, paper: Paper, *, by: Attribution) -> Exhibit:
    offered = {
        one.paper: one for one in (*proposing.proposed_for(appeal), *proposing.all_papers(appeal))
    }
    asked_for = {one.paper: one for one in reversed(proposing.proposed_for(appeal))}
    found = asked_for.get(paper) or offered.get(paper)
    if found is None:
        raise Refused("That is no letter or message of this request. Nothing was added.")
    if appeal.exhibits.filter(letter=found.letter, communication=found.communication).exists():
        raise Refused("That paper is among the exhibits already. Nothing was added.")
    return _create(appeal, found, position=_next_position(appeal), by=by)


def _create(
    appeal: Appeal, paper: proposing.Proposed, *, position: int, by: Attribution
) -> Exhibit:
    return Exhibit.objects.create(
        appeal=appeal,
        position=position,
        title=paper.title,
        bundle_part=paper.part,
        letter=paper.letter,
        communication=paper.communication,
        added_at=by.at,
        added_by=by.user,
    )


def _create_of_file(appeal: Appeal, file: Attachment, *, title: str, by: Attribution) -> Exhibit:
    if not title.strip():
        raise Refused("Say what the exhibit is, in a few words. Nothing was added.")
    return Exhibit.objects.create(
        appeal=appeal,
        position=_next_position(appeal),
        title=title.strip()[:200],
        attachment=file,
        added_at=by.at,
        added_by=by.user,
    )


def _next_position(appeal: Appeal) -> int:
    last = appeal.exhibits.in_order().last()
    if appeal.exhibits.count() >= MOST_EXHIBITS:
        raise Refused(f"A filing has {MOST_EXHIBITS} exhibits at most. Nothing was added.")
    return last.position + 1 if last else 1


def _order_of(appeal: Appeal) -> list[int]:
    return [one.pk for one in appeal.exhibits.in_order()]


def _numbers(before: Sequence[int], after: Sequence[int]) -> Mapping[int, int | None]:
    """Each exhibit's number then and now; None: it is gone."""
    now = {pk: number for number, pk in enumerate(after, start=1)}
    return {number: now.get(pk) for number, pk in enumerate(before, start=1)}


def _worded(appeal: Appeal) -> str:
    """The wording with the exhibits as they stand; always of one day, to compare two of them."""
    on = appeal.records_request.city.local_date(appeal.created_at)
    return appeal_drafts.compose(appeal, appeal.answers, on=on).text


def _take_along(appeal: Appeal, was: str, numbers: Mapping[int, int | None] | None = None) -> None:
    """The letter names the exhibits as they stand now: its own sentences are written anew, those
    that its writer changed are renumbered. The same in what the draft is held against, so that
    nobody is asked to settle what they did themselves."""
    now = _worded(appeal)
    texts = was, appeal.letter_text, appeal.composed_text
    was, letter, composed = (exhibit_numbers.renumbered(text, numbers or {}) for text in texts)
    appeal.letter_text = _with_changes(letter, was, now)
    appeal.composed_text = now if composed == was else _with_changes(composed, was, now)
    appeal.save()


def _with_changes(text: str, was: str, now: str) -> str:
    for one in changed_sentences(was, now, text):
        if not one.is_edited:
            text = take(one, text, before=was, after=now)
    return text


def _open(exhibit: Exhibit) -> None:
    """Make its pages and write down what came of it."""
    Exhibit.objects.filter(pk=exhibit.pk).update(**opened(exhibit))


def opened(exhibit: Exhibit) -> dict[str, Any]:
    """Its pages, made and kept, and what its fields say then. A settlement stands if nothing
    changed."""
    source = sources.source_of(exhibit)
    found: dict[str, Any] = {"opened_mark": source.mark, "problem": ""}
    with make_filing.working_folder() as folder:
        try:
            opened = opening.open_source(source, folder)
        except filings.FilingError as error:
            found |= {"problem": str(error), "pages": "", "pages_sha256": "", "page_count": 0}
        else:
            with opened.path.open("rb") as file:
                chunks = content.chunks_of(file)
                kept = content.keep(chunks, folder=ready.FOLDER, suffix=ready.SUFFIX)
            found |= {"pages": kept.name, "pages_sha256": kept.sha256}
            found |= {"page_count": opened.page_count, "beside": list(opened.beside)}
            if list(opened.beside) != exhibit.beside:
                found |= {"settled_at": None, "settled_by": None}
    return found
