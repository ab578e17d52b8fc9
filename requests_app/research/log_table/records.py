"""A row of the flat log from the desk's own rows: a value for each column, by its name."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from cities.schema.load import load_city
from requests_app.models import LogEntry, LoggedRequest, RecordsRequest
from requests_app.models.research.log_export import LogOrigin
from requests_app.research.log_table.cells import as_json, exemptions_as_given, to_plain
from requests_app.research.log_table.columns import BY_NAME, OF_A_CHALLENGE, OF_A_REQUEST
from requests_app.vocabulary.research.imprecise_days import Precision
from requests_app.vocabulary.research.log_statuses import STATUS_OF_OURS

OF_AN_EXEMPTION = ("as_claimed", "exemption", "citation", "became", "passage", "page")


class Origin:
    """By what the rows of one newsroom are known: its own drawn name, or where they came from."""

    def __init__(self, newsroom_id: int) -> None:
        key = LogOrigin.objects.get_or_create(newsroom_id=newsroom_id)[0].key
        self.source = f"Records Desk {key}"

    def of_request(self, request: RecordsRequest | LoggedRequest) -> tuple[str, str]:
        if not isinstance(request, LoggedRequest):
            return self.source, f"request-{request.public_id}"
        if request.source_key:
            return request.source, request.source_key
        return self.source, f"logged-{request.pk}"

    def of_challenge(self, entry: LogEntry | None) -> tuple[str, str]:
        if entry is None:
            return "", ""
        if entry.source_key:
            return entry.source, entry.source_key
        return self.source, f"challenge-{entry.pk}"


def record_of_request(request: RecordsRequest | LoggedRequest, origin: Origin) -> dict[str, Any]:
    if not isinstance(request, LoggedRequest):
        return _of_ours(request, origin)
    found = {
        column.name: getattr(request, column.field_name)
        for column in OF_A_REQUEST
        if column.source.startswith("LoggedRequest.")
    }
    source, key = origin.of_request(request)
    return {
        **found,
        "request_source": source,
        "request_key": key,
        "city_name": request.place_in_words,
        "request_project": request.project.name if request.project else "",
    }


def record_of_challenge(
    entry: LogEntry, origin: Origin, exemptions: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """`exemptions`: its own, where somebody has them in hand."""
    found = {
        column.name: getattr(entry, column.field_name)
        for column in OF_A_CHALLENGE
        if column.source.startswith("LogEntry.")
    }
    source, key = origin.of_challenge(entry)
    before_source, before_key = origin.of_challenge(entry.follows)
    return {
        **found,
        "days": entry.days,
        "challenge_source": source,
        "challenge_key": key,
        "follows_source": before_source,
        "follows_key": before_key,
        "exemptions": exemptions_of(entry) if exemptions is None else exemptions,
        "challenge_project": entry.project.name if entry.project else "",
    }


def exemptions_of(entry: LogEntry) -> list[dict[str, str]]:
    rows = [{n: getattr(one, n) for n in OF_AN_EXEMPTION} for one in entry.exemptions.all()]
    return exemptions_as_given(rows)


def hash_of(record: Mapping[str, Any]) -> str:
    """Of what a record says, to see whether anybody changed it since."""
    plain = {name: to_plain(BY_NAME[name], value) for name, value in record.items()}
    return sha256(as_json(plain).encode()).hexdigest()


def _of_ours(request: RecordsRequest, origin: Origin) -> dict[str, Any]:
    source, key = origin.of_request(request)
    city = load_city(request.city_slug)
    closed_on: date | None = request.ended_on
    return {
        **{column.name: None if column.kind != "string" else "" for column in OF_A_REQUEST},
        "request_source": source,
        "request_key": key,
        "city": request.city_slug,
        "city_name": city.name,
        "agency": city.office(request.office_role).name,
        "subject": request.subject,
        "reference": request.city_reference,
        "requester": request.created_by.name,
        "requested_on": request.submitted_on,
        "requested_precision": Precision.DAY.value,
        "completed_on": closed_on,
        "status": STATUS_OF_OURS[request.state].value if request.state in STATUS_OF_OURS else "",
        "status_as_stated": request.get_state_display(),
        "fees_charged": request.fee_amount,
        "request_project": request.project.name if request.project else "",
    }
