"""The columns of the flat log: a row for each challenge, and for each request without one."""

from collections.abc import Iterable, Mapping

from requests_app.research.log_table.column import Column, Kind, Part
from requests_app.vocabulary.research.grounds import Challenged
from requests_app.vocabulary.research.imprecise_days import Precision
from requests_app.vocabulary.research.log_statuses import LogStatus
from requests_app.vocabulary.states import AppealOutcome, AppealState

_KNOWN = "How much of that day is known: where it is a month or a year, the day is its first."
_REQUEST = (
    Column("request_source", "LoggedRequest.source", "The log or file that the request is from."),
    Column("request_key", "LoggedRequest.source_key", "The request’s row there: with its source "
           "it names the request in every desk."),
    Column("city", "LoggedRequest.city_slug", "One of the desk’s cities, as us-ct/stamford."),
    Column("city_name", "", "The city or place in words.", is_derived=True),
    Column("place", "LoggedRequest.place", "Where the request was made, where it is none of the "
           "desk’s cities."),
    Column("agency", "LoggedRequest.agency", "The office that was asked."),
    Column("subject", "LoggedRequest.subject", "What was asked for."),
    Column("reference", "LoggedRequest.reference", "The agency’s number of the request."),
    Column("requester", "LoggedRequest.requester", "Who asked.", is_personal=True),
    Column("organization", "LoggedRequest.organization", "For whom they asked."),
    Column("requested_on", "LoggedRequest.requested_on", "The day of the request.", Kind.DATE,
           precision_in="requested_precision"),
    Column("requested_precision", "LoggedRequest.requested_precision", _KNOWN, choices=Precision),
    Column("perfected_on", "LoggedRequest.perfected_on", "The day on which the agency took the "
           "request to be complete.", Kind.DATE),
    Column("completed_on", "LoggedRequest.completed_on", "The day on which the agency was done.",
           Kind.DATE),
    Column("status", "LoggedRequest.status", "Where it stands, in the words of the Standard FOIA "
           "Log Format.", choices=LogStatus),
    Column("status_as_stated", "LoggedRequest.status_as_stated", "The source’s own word for it."),
    Column("exemptions_as_stated", "LoggedRequest.exemptions_as_stated",
           "The exemptions that the source says were cited."),
    Column("fee_category", "LoggedRequest.fee_category", "Of which kind the requester was, for "
           "the fees."),
    Column("fee_waiver", "LoggedRequest.fee_waiver", "What became of a request to waive fees."),
    Column("fees_charged", "LoggedRequest.fees_charged", "In dollars.", Kind.NUMBER),
    Column("is_under_privacy_act", "LoggedRequest.is_under_privacy_act",
           "Whether it was processed under the Privacy Act.", Kind.BOOLEAN),
    Column("request_url", "LoggedRequest.source_url", "Where the request can be seen."),
    Column("request_project", "Project.name", "The project that the request belongs to."),
)  # fmt: skip


def _of_a_challenge(
    name: str, field: str, description: str, kind: Kind = Kind.STRING, **more: object
) -> Column:
    source = field if not field or "." in field else f"LogEntry.{field}"
    return Column(name, source, description, kind, Part.CHALLENGE, **more)  # type: ignore[arg-type]


_CHALLENGE = (
    _of_a_challenge("challenge_source", "source", "The log or file that the challenge is from."),
    _of_a_challenge("challenge_key", "source_key", "The challenge’s row there: with its source it "
                    "names the challenge in every desk."),
    _of_a_challenge("follows_source", "", "The source of the challenge before this one, of the "
                    "same request."),
    _of_a_challenge("follows_key", "", "The key of the challenge before this one."),
    _of_a_challenge("route", "route", "The way that was taken, by its name in the state’s pack."),
    _of_a_challenge("body", "body", "Who decides."),
    _of_a_challenge("answers", "answers", "What is challenged: a denial, silence, a fee.",
                    choices=Challenged),
    _of_a_challenge("ground", "ground", "Why it is challenged."),
    _of_a_challenge("state", "state", "Where the challenge stands.", choices=AppealState),
    _of_a_challenge("outcome", "outcome", "How it was decided.", choices=AppealOutcome),
    _of_a_challenge("outcome_as_stated", "outcome_as_stated", "The body’s own words for it."),
    _of_a_challenge("docket", "docket", "The body’s number of the matter."),
    _of_a_challenge("order_number", "order_number", "The number or citation of the decision."),
    _of_a_challenge("filed_on", "filed_on", "The day on which it was filed.", Kind.DATE,
                    precision_in="filed_precision"),
    _of_a_challenge("filed_precision", "filed_precision", _KNOWN, choices=Precision),
    _of_a_challenge("due_on", "due_on", "The day by which the body was to decide.", Kind.DATE),
    _of_a_challenge("decided_on", "decided_on", "The day of the decision.", Kind.DATE,
                    precision_in="decided_precision"),
    _of_a_challenge("decided_precision", "decided_precision", _KNOWN, choices=Precision),
    _of_a_challenge("days", "days", "From filing to decision, where both days are known.",
                    Kind.INTEGER, is_derived=True),
    _of_a_challenge("exemptions", "", "The exemptions that were challenged, and what became of "
                    "each: as_claimed, exemption, citation, became, passage, page.", Kind.LIST),
    _of_a_challenge("challenge_url", "source_url", "Where the decision can be seen."),
    _of_a_challenge("challenge_project", "Project.name", "The project that it belongs to."),
    _of_a_challenge("notes", "notes", "The newsroom’s own notes, which may name people.",
                    is_personal=True),
)  # fmt: skip

COLUMNS: tuple[Column, ...] = (*_REQUEST, *_CHALLENGE)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
OF_A_REQUEST = tuple(one for one in _REQUEST if not one.is_derived)
OF_A_CHALLENGE = tuple(one for one in _CHALLENGE if not one.is_derived)


def without_personal(columns: Iterable[Column], *, has_personal_data: bool) -> tuple[Column, ...]:
    return tuple(one for one in columns if has_personal_data or not one.is_personal)
