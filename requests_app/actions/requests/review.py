"""An editor reads a request before it is filed, where the newsroom wants that."""

from collections.abc import Iterable

from django.db import transaction

from requests_app.actions.drafts import comments, unsaved_words, versions
from requests_app.actions.drafts.comments import Remark
from requests_app.actions.errors import Refused
from requests_app.actions.requests import approved_content
from requests_app.actions.transitions import lock, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, RecordsRequest, VersionKind


@transaction.atomic
def send_to_review(
    records_request: RecordsRequest,
    *,
    by: Attribution,
) -> Event:
    """With all that its sender typed: words that would stay behind are to be saved first."""
    request = lock(records_request)
    unsaved_words.check_all_saved(request, by=by)
    event = take(request, "send_to_review", Occasion(by))
    versions.keep(request, VersionKind.SENT_TO_REVIEW, by=by)
    return event


@transaction.atomic
def approve(
    records_request: RecordsRequest,
    *,
    by: Attribution,
    note: str = "",
    version: int | None = None,
    seen: str | None = None,
) -> Event:
    """The letter as the editor had it before them: `version` is its number, `seen` the fingerprint
    of all that is approved with it. None stands for whoever has just read the row.

    What was approved is kept with the act: nothing else leaves. See `approved_content`.
    """
    request = lock(records_request)
    versions.check_current(request, version)
    content = approved_content.content_of(request)
    if seen is not None and seen != approved_content.fingerprint(content):
        raise Refused(
            "What goes with this letter, or where it may go, changed since you opened the page. "
            "Nothing was approved: open the review again."
        )
    return take(request, "approve", Occasion(by, data={"text": note, "approved": content}))


@transaction.atomic
def return_to_draft(
    records_request: RecordsRequest,
    *,
    by: Attribution,
    note: str,
    remarks: Iterable[Remark] = (),
    version: int | None = None,
) -> Event:
    """Back to the reporter, who must learn why: by a note, or by comments on paragraphs."""
    said = [remark for remark in remarks if remark.text.strip()]
    if not note.strip() and not said:
        raise Refused("Say what should change, in the note or beside a paragraph.")
    request = lock(records_request)
    data = {"text": note, "comments": len(said)}
    versions.check_current(request, version)
    event = take(request, "return_to_draft", Occasion(by, data=data))
    returned = versions.keep(request, VersionKind.RETURNED, by=by)
    comments.keep(returned, said, by=by)
    return event
