"""Say of a dataset that changed whether the correction we asked for was made."""

from datetime import date

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock, record, take
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.changed_datasets import changed_since_asked
from requests_app.ledger.occasion import Occasion
from requests_app.models import EventKind, RecordsRequest
from requests_app.vocabulary.dataset_answers import CheckedChange, DataOutcome

CLOSING_WORDS = "Corrected at our request."


@transaction.atomic
def settle_change(
    records_request: RecordsRequest,
    *,
    result: CheckedChange,
    version: int,
    by: Attribution,
    note: str = "",
) -> None:
    """Fixed: the request is granted and closed. Otherwise it goes on, and our count begins again.

    `version` is the change that the person looked at: Refused where the dataset changed since.
    """
    request = lock(records_request)
    if changed_since_asked([request]).get(request.pk) != version:
        raise Refused(
            "There is another change of this dataset by now, or none that waits to be looked at: "
            "open the request again. Nothing was changed."
        )
    on = request.city.local_date(by.at)
    if result is CheckedChange.FIXED:
        _close_as_corrected(request, version, on=on, by=by, note=note)
        return
    data = {"result": str(result), "version": version, "text": note}
    record(request, EventKind.CORRECTION_CHECKED, Occasion(by, on, data))


def _close_as_corrected(
    request: RecordsRequest, version: int, *, on: date, by: Attribution, note: str
) -> None:
    days.check_after_last_answer(request, on, at=by.at)
    data = {"outcome": str(DataOutcome.CORRECTED), "version": version, "text": note}
    take(request, "grant", Occasion(by, on, data))
    take(request, "close", Occasion(by, on, {"text": CLOSING_WORDS}))
