"""What an editor says of a draft's paragraphs, and that it was seen to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.models import DraftVersion, RecordsRequest, RequestState, ReviewComment


@dataclass(frozen=True, slots=True)
class Remark:
    """Words about a paragraph, as it stood when they were written."""

    paragraph: str
    text: str


def keep(version: DraftVersion, remarks: Iterable[Remark], *, by: Attribution) -> int:
    """How many there are. A remark whose paragraph the version has not is refused."""
    kept = [
        ReviewComment(
            version=version,
            paragraph=remark.paragraph.strip(),
            text=remark.text.strip(),
            by=by.user,
            made_at=by.at,
        )
        for remark in remarks
        if remark.text.strip()
    ]
    if any(not comment.stands_in(version.text) for comment in kept):
        raise Refused("A comment is about a paragraph that is not in this letter: open it again.")
    ReviewComment.objects.bulk_create(kept)
    return len(kept)


@transaction.atomic
def settle(records_request: RecordsRequest, numbers: Collection[int], *, by: Attribution) -> None:
    """These were seen to, or talked over. They stay with the version they were made on."""
    request = lock(records_request)
    if request.state != RequestState.DRAFT:
        stands = request.get_state_display().lower()
        raise Refused(f"This is {stands}: comments are settled while it is a draft.")
    open_ones = ReviewComment.objects.filter(version__records_request=request, settled_at=None)
    open_ones.filter(pk__in=numbers).update(settled_at=by.at, settled_by=by.user)


def open_comments(records_request: RecordsRequest) -> list[ReviewComment]:
    """Those that nobody has settled, as they stand in the letter they were made on."""
    found = ReviewComment.objects.filter(
        version__records_request=records_request, settled_at=None
    ).select_related("by", "version")
    return list(found.order_by("version__number", "pk"))
