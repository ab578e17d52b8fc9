"""A decision that rejected an exemption, offered by an editor in the arguments to come."""

from dataclasses import dataclass

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.requests import exhibits
from requests_app.ledger.attribution import Attribution
from requests_app.letters.facts.own_decisions import case_of
from requests_app.models import (
    Appeal,
    Attachment,
    ClaimedExemption,
    Exhibit,
    LogDocument,
    LogEntry,
    OfferedDecision,
)
from requests_app.vocabulary.research.exemption_outcomes import Became


@dataclass(frozen=True, slots=True)
class Offer:
    """The paragraph as it is printed, and the decision's document, which may become an exhibit."""

    exemption: str
    text: str
    document: Attachment | LogDocument | None = None


@transaction.atomic
def offer(entry: LogEntry, offered: Offer, *, by: Attribution) -> OfferedDecision:
    LogEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    rejected = ClaimedExemption.objects.filter(
        entry=entry, exemption=offered.exemption, became=Became.REJECTED
    )
    if not offered.exemption or not rejected.exists():
        raise Refused("That decision did not reject this exemption. Nothing was offered.")
    text = offered.text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("Write the paragraph as a filing prints it. Nothing was offered.")
    if OfferedDecision.objects.filter(
        entry=entry, exemption=offered.exemption, taken_back_at=None
    ).exists():
        raise Refused("It is offered already: take that back first, to word it anew.")
    file = offered.document
    return OfferedDecision.objects.create(
        newsroom=entry.newsroom,
        entry=entry,
        exemption=offered.exemption,
        citation=case_of(entry),
        text=text,
        attachment=file if isinstance(file, Attachment) else None,
        log_document=file if isinstance(file, LogDocument) else None,
        offered_at=by.at,
        offered_by=by.user,
    )


@transaction.atomic
def take_back(offered: OfferedDecision, *, by: Attribution) -> None:
    """It is offered no more, and printed in no draft. What was filed stays as it was filed."""
    row = OfferedDecision.objects.select_for_update(no_key=True).get(pk=offered.pk)
    if row.taken_back_at:
        raise Refused("That was taken back already.")
    row.taken_back_at, row.taken_back_by = by.at, by.user
    row.save(update_fields=["taken_back_at", "taken_back_by"])


def add_exhibit(appeal: Appeal, offered: OfferedDecision, *, by: Attribution) -> Exhibit:
    """Its document behind the draft that argues with it: the same file, kept with this request."""
    chosen = appeal.argument_paragraphs.filter(decision=offered, is_chosen=True)
    if not chosen.exists():
        raise Refused("The argument does not rest on that decision: choose it there first.")
    file = offered.document
    if file is None:
        raise Refused("No document was offered with that decision: upload it as a file.")
    if file.quarantined:
        raise Refused(f"{file.name} is kept apart: {file.quarantined} Nothing was added.")
    if appeal.exhibits.filter(attachment__sha256=file.sha256).exists():
        raise Refused("That document is among the exhibits already. Nothing was added.")
    with transaction.atomic():
        copy = Attachment.objects.create(
            records_request=appeal.records_request,
            file=file.file.name,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            added_at=by.at,
            added_by=by.user,
        )
        return exhibits.add_file(appeal, title=offered.citation, file=copy, by=by)
