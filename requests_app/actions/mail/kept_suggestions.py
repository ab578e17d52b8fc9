"""What a filed message may mean, kept beside it for a person to confirm or dismiss."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.mail import Kind
from requests_app.mail.suggestions.apply_rules import Written, suggest_from
from requests_app.mail.suggestions.suggestion import Suggestion, SuggestionKind
from requests_app.models import Communication, Event, InboundMail, RecordsRequest


def suggestions_for(
    mail: InboundMail, records_request: RecordsRequest, *, on: date
) -> list[dict[str, Any]]:
    """Its words read by the rules of `mail.suggest`, with that city's exemptions; as JSON.

    What no person and no portal wrote suggests nothing, but for a portal's "we have it"; nor does
    what may be from somebody else than it says.
    """
    is_receipt = mail.kind == Kind.AUTO_REPLY and mail.is_receipt
    may_answer = bool(mail.kind) and Kind(mail.kind).may_answer
    if (not may_answer and not is_receipt) or mail.sender_is_refuted:
        return []
    written = Written(mail.subject, mail.said, citations_of(records_request), on)
    found = suggest_from(written)
    if found:  # it may be our own letter that says so, sent back without being marked as quoted
        ours = our_last_words(records_request)
        found = suggest_from(written, own_words=ours)
    return [
        as_json(item) for item in found if may_answer or item.kind == SuggestionKind.ACKNOWLEDGEMENT
    ]


def suggestions_in_words(
    text: str, records_request: RecordsRequest, *, on: date
) -> list[dict[str, Any]]:
    """What a person wrote down of a call, a letter or a visit, read by the same rules."""
    found = suggest_from(Written("", text, citations_of(records_request), on))
    return [as_json(item) for item in found]


def citations_of(records_request: RecordsRequest) -> list[str]:
    return [exemption.citation for exemption in records_request.city.statute.exemptions]


def our_last_words(records_request: RecordsRequest) -> str:
    """Our latest letter, which an answer may repeat without marking it as quoted."""
    letters = records_request.letters.order_by("-pk").values_list("text", flat=True)
    return str(letters.first() or "")


def as_json(item: Suggestion) -> dict[str, Any]:
    details = item.details
    return {
        "kind": item.kind.value,
        "rule": item.rule,
        "words": [span.text for span in item.words],
        "data": {
            "amount": str(details.amount) if details.amount is not None else "",
            "until": details.until.isoformat() if details.until else "",
            "exemptions": list(details.exemptions),
            "cited": list(details.cited),
            "referred_to": details.referred_to[:200],
            "tracking_number": details.tracking_number[:120],
        },
    }


@transaction.atomic
def settle_suggestion(
    communication: Communication,
    number: int,
    *,
    by: Attribution,
    event: Event | None = None,
) -> None:
    """A person said what the desk's reading is worth: confirmed by an `event`, or dismissed."""
    communication.refresh_from_db(
        from_queryset=Communication.objects.select_for_update(no_key=True)
    )
    if not 0 <= number < len(communication.suggestions):
        raise Refused("The desk suggests no such thing here any more. Nothing was changed.")
    communication.suggestions[number] |= {
        "settled": "confirmed" if event else "dismissed",
        "event": event.pk if event else None,
        "by": by.user.pk,
        "at": by.at.isoformat(),
    }
    communication.save(update_fields=["suggestions"])


def offer_again(struck: Event) -> None:
    """What a person took a message for was struck: the desk's reading of it waits once more."""
    _settle_confirmed(struck, "")


def settle_as_before(entry: Event) -> None:
    """It stands again, or on another day: the reading that it confirmed is settled by it."""
    _settle_confirmed(entry, "confirmed")


def _settle_confirmed(entry: Event, settled: str) -> None:
    """The reading names the first entry that it became, whatever day that was put on since."""
    if "mail" not in entry.data:
        return
    rows = Communication.objects.select_for_update(no_key=True).filter(
        records_request=entry.records_request_id, pk=entry.data["mail"]
    )
    for communication in rows:
        for suggestion in communication.suggestions:
            if suggestion.get("event") == entry.first_entry.pk:
                suggestion["settled"] = settled
        if not settled and not recorded_from(communication).exclude(pk=entry.pk).exists():
            communication.read_at = communication.read_by = None  # nothing says now what it is
        elif settled and communication.read_at is None:
            communication.read_at, communication.read_by = entry.recorded_at, entry.by
        communication.save(update_fields=["suggestions", "read_at", "read_by"])


def recorded_from(communication: Communication) -> QuerySet[Event]:
    """The entries that stand and were recorded from that message."""
    entries = Event.objects.filter(records_request=communication.records_request_id).effective()
    return entries.filter(data__mail=communication.pk)
