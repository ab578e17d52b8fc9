"""Requests in the Standard FOIA Log Format 1.5.0: thirteen columns, and no challenges.

Source: MuckRock/foia-log-explorer-standardizer, standard-foia-log-format.md. Place and agency are
given outside of such a file. Its status is one of the format’s words or empty: a city’s own word
stays here, and comes back to its request when the file does.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from requests_app.models import Event, LoggedRequest, RecordsRequest
from requests_app.research.exporting.log_rows import A_CHUNK
from requests_app.research.exporting.package_tables import Scope
from requests_app.research.log_table.cells import to_text
from requests_app.research.log_table.column import Kind
from requests_app.research.log_table.columns import BY_NAME
from requests_app.research.log_table.records import Origin, record_of_request
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked
from requests_app.vocabulary.research.foia_log_format import FOIA_LOG_COLUMNS
from requests_app.vocabulary.research.imprecise_days import Precision

_DIGITS = {Precision.YEAR.value: 4, Precision.MONTH.value: 7}  # of 2019-03-04

Row = dict[str, Any]


def write_foia_log(path: Path, scope: Scope, *, has_personal_data: bool) -> int:
    total = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        table.writerow(FOIA_LOG_COLUMNS)
        for row in _rows(scope):
            if not has_personal_data:
                row["requester"] = ""
            table.writerow([_cell(row, name) for name in FOIA_LOG_COLUMNS.values()])
            total += 1
    return total


def _cell(row: Row, name: str) -> str:
    """A day as far as it is known; a text without what stands around it, as an import reads it."""
    column, value = BY_NAME[name], row[name]
    if column.kind is Kind.STRING:
        return to_text(column, value.strip())
    text = to_text(column, value)
    precision = row[column.precision_in] if column.precision_in else ""
    return text[: _DIGITS.get(precision, len(text))]


def _rows(scope: Scope) -> Iterator[Row]:
    """Ours, then logged ones, each with a number that no other row of the file has."""
    origin = Origin(scope.newsroom_id)
    ours, logged = scope.ours(), scope.logged()
    cited = _cited(scope)
    taken = Counter(ours.order_by().values_list("city_reference", flat=True))
    taken.update(logged.order_by().values_list("reference", flat=True))
    for one in ours.select_related("project", "created_by").order_by("pk").iterator(A_CHUNK):
        row = record_of_request(one, origin)
        yield _numbered(row, one, taken) | {
            "exemptions_as_stated": "; ".join(cited.get(one.pk, ()))
        }
    for entry in logged.select_related("project").order_by("pk").iterator(A_CHUNK):
        yield _numbered(record_of_request(entry, origin), entry, taken)


def _numbered(row: Row, request: RecordsRequest | LoggedRequest, taken: Mapping[str, int]) -> Row:
    """By the agency’s number; where it has none, or two rows have the same, by the log’s own."""
    number = row["reference"]
    if not number.strip() or taken[number] > 1:
        longest = BY_NAME["reference"].longest or 0
        key = row["request_key"]
        number = key if len(key) <= longest else f"request-{request.pk}"
    return row | {"reference": number}


def _cited(scope: Scope) -> Mapping[int, Sequence[str]]:
    """Of our own requests the exemptions that the city claimed, each once, in its own words."""
    events = Event.objects.effective().filter(
        records_request__in=scope.ours(), kind__in=kinds_marked(Mark.WITHHOLDS)
    )
    found: dict[int, dict[str, None]] = {}
    rows = events.order_by("records_request_id", "on", "pk")
    for request, claims in rows.values_list("records_request_id", "data__exemptions"):
        for claim in claims or ():
            named = claim if isinstance(claim, str) else claim.get("claim", "")
            found.setdefault(request, {})[named] = None
    return {request: list(claims) for request, claims in found.items()}
