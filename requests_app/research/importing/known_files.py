"""Files whose columns are known: the Standard FOIA Log Format, MuckRock's export, our own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from requests_app.research.importing.mapping import CAN_BE_MEANT
from requests_app.research.log_table.columns import BY_NAME
from requests_app.vocabulary.research.foia_log_format import FOIA_LOG_COLUMNS


@dataclass(frozen=True, slots=True)
class KnownFile:
    slug: str
    name: str
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()  # headings by which it is recognized


# The words of agencies' logs. What is granted in part is never taken for done.
STATUS_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("granted", "full grant", "granted in full", "completed", "closed", "complete",
                     "released", "released in full", "fulfilled"), "done"),
    **dict.fromkeys(("granted in part", "denied in part", "partial grant", "granted/denied in part",
                     "partial grant/partial denial", "released in part", "partially completed",
                     "partially fulfilled"), "partial"),
    **dict.fromkeys(("denied", "full denial", "denied in full", "withheld", "withheld in full",
                     "denial"), "rejected"),
    **dict.fromkeys(("no responsive documents", "no responsive records", "no records",
                     "no records found", "no record"), "no_docs"),
    **dict.fromkeys(("withdrawn", "abandoned", "administratively closed", "request withdrawn",
                     "duplicate"), "abandoned"),
    **dict.fromkeys(("open", "pending", "processing", "in process", "assigned", "received",
                     "awaiting response", "awaiting acknowledgement", "awaiting acknowledgment",
                     "acknowledged", "in progress"), "processed"),
    **dict.fromkeys(("awaiting appeal", "on appeal", "appealed", "appeal"), "appealing"),
    **dict.fromkeys(("fix required", "needs clarification", "clarification needed"), "fix"),
    **dict.fromkeys(("payment required", "awaiting payment", "fee due"), "payment"),
    **dict.fromkeys(("in litigation", "litigation"), "lawsuit"),
}  # fmt: skip

_FOIA_LOG = {
    **FOIA_LOG_COLUMNS,
    "requester_organization": "organization",  # as MuckRock's own uploader has it
    "exemptions": "exemptions_as_stated",
    "request_url": "request_url",
}
_MUCKROCK = {
    "User": "requester",
    "Title": "subject",
    "Status": "status",
    "URL": "request_key",
    "Jurisdiction": "city",
    "Agency": "agency",
    "Tracking Number": "reference",
    "Price": "fees_charged",
    "Date Submitted": "requested_on",
    "Date Done": "completed_on",
}
FOIA_LOG = KnownFile(
    "foia-log",
    "Standard FOIA Log Format 1.5.0",
    _FOIA_LOG,
    {"status": STATUS_WORDS},
    frozenset({"request id", "subject", "date requested"}),
)
MUCKROCK = KnownFile(
    "muckrock",
    "MuckRock’s CSV export",
    _MUCKROCK,
    {"status": STATUS_WORDS},
    frozenset({"Title", "URL", "Jurisdiction", "Date Submitted"}),
)
OUR_OWN = KnownFile(
    "records-desk", "A desk’s own export", {one.name: one.name for one in CAN_BE_MEANT}
)
KNOWN_FILES = (FOIA_LOG, MUCKROCK, OUR_OWN)

# Beside a column's own name and title.
_ALSO = {
    "request id": "reference", "request number": "reference", "tracking number": "reference",
    "case number": "reference", "id": "reference", "number": "reference", "no": "reference",
    "title": "subject", "description": "subject", "request": "subject", "requested documents":
    "subject", "summary": "subject", "date": "requested_on", "date received": "requested_on",
    "received": "requested_on", "date requested": "requested_on", "request date": "requested_on",
    "date of request": "requested_on", "date submitted": "requested_on", "date completed":
    "completed_on", "date closed": "completed_on", "closed": "completed_on", "date done":
    "completed_on", "date perfected": "perfected_on", "disposition": "status", "requestor":
    "requester", "name": "requester", "requester name": "requester", "requester organization":
    "organization", "company": "organization", "department": "agency", "office": "agency",
    "jurisdiction": "city", "municipality": "city", "exemptions cited": "exemptions_as_stated",
    "fees": "fees_charged", "fee": "fees_charged", "cost": "fees_charged", "privacy act":
    "is_under_privacy_act", "processed under privacy act": "is_under_privacy_act", "appeal filed":
    "filed_on", "date filed": "filed_on", "appeal date": "filed_on", "filed": "filed_on",
    "date decided": "decided_on", "decision date": "decided_on", "decided": "decided_on",
    "appeal outcome": "outcome", "decision": "outcome", "result": "outcome", "docket number":
    "docket", "order": "order_number", "citation": "order_number", "decided by": "body", "url":
    "request_url", "link": "request_url", "comments": "notes", "ground": "ground", "reason":
    "ground",
}  # fmt: skip


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading.casefold()).split())


_BY_HEADING = {
    **{_plain(one.title): one.name for one in CAN_BE_MEANT},
    **{_plain(one.name): one.name for one in CAN_BE_MEANT},
    **_ALSO,
}


def recognized(headings: Sequence[str]) -> KnownFile | None:
    """Which known file has these headings."""
    return next((one for one in (FOIA_LOG, MUCKROCK) if one.needed <= set(headings)), None)


def suggested(headings: Sequence[str]) -> dict[str, str]:
    """By heading what it may mean; no meaning twice."""
    found: dict[str, str] = {}
    for heading in headings:
        meaning = _BY_HEADING.get(_plain(heading), "")
        if meaning and meaning not in found.values():
            found[heading] = meaning
    return found


def columns_for(known: KnownFile, headings: Sequence[str]) -> dict[str, str]:
    """Of what it knows, what this file has; no meaning twice."""
    found: dict[str, str] = {}
    for heading in headings:
        meaning = known.columns.get(heading, "")
        if meaning in BY_NAME and meaning not in found.values():
            found[heading] = meaning
    return found
