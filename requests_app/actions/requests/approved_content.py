"""What an editor approves with a request: its words, its files, and where it may go.

Written into the ledger with the approval, and held against what is about to leave.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from cities.schema.offices import RequestKind
from requests_app.letters import PlannedLetter, copies, enclosures
from requests_app.letters.copies import AboutLetter
from requests_app.models import Channel, Event, EventKind, LetterKind, RecordsRequest, RequestState
from requests_app.office_contacts import office_asked
from requests_app.policy.ways_to_ask import ways_to_ask

LETTER_OF = {
    RequestKind.RECORDS: LetterKind.RECORDS_REQUEST,
    RequestKind.DATASET: LetterKind.DATASET_REQUEST,
    RequestKind.CORRECTION: LetterKind.CORRECTION_REQUEST,
    RequestKind.ACCESS: LetterKind.ACCESS_REQUEST,
}


def content_of(request: RecordsRequest) -> dict[str, Any]:
    """`words`: a SHA-256 of the letter and of what it was written from. `files`: those of its
    enclosures, in their order. `addresses`: by channel, as the desk knows them today. `copies`:
    whom the city's pack would send one to, by name and address."""
    return {
        "words": _sha256([request.letter_text, _details(request)]),
        "files": list(_files(request)),
        "addresses": addresses_of(request),
        "copies": sorted(_copies(request)),
    }


def addresses_of(request: RecordsRequest) -> dict[str, list[str]]:
    """Every address that the desk knows for it, by channel; a channel without one is left out."""
    office = office_asked(request)
    found: dict[str, set[str]] = {}
    for channel in Channel:
        if known := office.fact_for(channel).value:
            found.setdefault(channel.value, set()).add(_plain(known))
    for way in ways_to_ask(request):
        if way.address:
            found.setdefault(way.channel.value, set()).add(_plain(way.address))
    return {channel: sorted(addresses) for channel, addresses in sorted(found.items())}


def fingerprint(content: dict[str, Any]) -> str:
    """For a page that is approved: that it showed all of this, and nothing else."""
    return _sha256(content)


def approval_of(request: RecordsRequest) -> Event | None:
    """The approval that a request now rests on; None where none is needed, or none was given."""
    if request.state != RequestState.APPROVED or not request.newsroom.reviews_before_filing:
        return None
    return request.events.filter(kind=EventKind.APPROVED).order_by("pk").last()


def changed_since(approval: Event, request: RecordsRequest) -> str:
    """Which of the words and the files are not those that were approved; "" where none are.

    An approval of before this was kept says nothing of them.
    """
    approved, now = approval.data.get("approved"), content_of(request)
    if not approved:
        return ""
    if approved["words"] != now["words"]:
        return "The letter’s words are not those that an editor approved."
    if approved["files"] != now["files"]:
        return "The files that go with the letter are not those that an editor approved."
    return ""


def unseen_recipients(approval: Event, letter: PlannedLetter) -> list[str]:
    """To whom it would go though the editor who approved it did not see that; an address or name
    each. An approval of before addresses were kept is held against those known today."""
    approved = approval.data.get("approved") or content_of(letter.records_request)
    sending = letter.sending
    unseen = []
    if _plain(sending.to) not in approved["addresses"].get(sending.channel.value, ()):
        unseen.append(_plain(sending.to))
    seen = set(approved["copies"])
    unseen += [one.to or one.name for one in copies.of(letter) if _named(one) not in seen]
    return unseen


def _details(request: RecordsRequest) -> list[Any]:
    return [request.office_role, request.subject, request.track, request.particulars]


def _files(request: RecordsRequest) -> Iterator[str]:
    planned = request.attachments.all().with_the_request()
    for name, sha256 in planned.values_list("name", "sha256"):
        yield f"{enclosures.printable(name)} {sha256}"


def _copies(request: RecordsRequest) -> set[str]:
    kind = LETTER_OF[RequestKind(request.kind)]
    return {
        _named(one.copy)
        for channel in Channel
        for one in copies.offered_for(AboutLetter(request, kind, channel))
    }


def _named(copy: copies.Copy) -> str:
    return f"{copy.name}: {_plain(copy.to)}"


def _plain(address: str) -> str:
    """In one line, however it was typed."""
    words = ", ".join(" ".join(line.split()) for line in address.splitlines() if line.strip())
    return words.lower() if "@" in words else words


def _sha256(content: Any) -> str:
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()
