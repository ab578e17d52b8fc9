"""A request to a dataset's steward: turned into a records request, or its dataset changed since."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cities.portals.dataset_record import DatasetRecord
from cities.schema.city import RequestKind
from requests_app.actions.catalog import fixed_or_not, turning
from requests_app.catalog.differences import differences
from requests_app.forms.catalog.steward_requests import ChangeForm, TurnForm
from requests_app.ledger.changed_datasets import changed_since_asked
from requests_app.models import CitedDataset, DatasetVersion, RecordsRequest
from requests_app.permissions import require
from requests_app.views.lookup import attribution, person, visible_request
from requests_app.views.responses import SeeOther, fulfilled, page, result_of
from requests_app.vocabulary.dataset_answers import CheckedChange

DONE = {
    CheckedChange.FIXED: "Closed: corrected at our request.",
    CheckedChange.NOT_FIXED: "Kept open. Follow up, or escalate.",
    CheckedChange.PARTLY: "Kept open. Follow up on what is left.",
}


def turn_into_records_request(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "begin_request")
    if rr.kind == RequestKind.RECORDS:
        messages.error(request, "This is a records request already.")
        return SeeOther(reverse("request_page", args=[public_id]))
    form = TurnForm(request.POST or None)
    if request.method == "POST":
        begun = result_of(form, lambda: _turn(request, rr, form))
        if begun is not None:
            messages.success(request, f"Begun as {begun.reference}: read its letter, then file it.")
            return SeeOther(reverse("request_edit", args=[begun.public_id]))
    return page(request, "catalog/turn_into_records_request.html", form, rr=rr, form=form)


def _turn(request: HttpRequest, rr: RecordsRequest, form: TurnForm) -> RecordsRequest:
    by = attribution(request)
    if not form.keeps_open:
        require(person(request), "end_request", rr)
    return turning.turn_into_records_request(rr, keep_open=form.keeps_open, by=by)


def dataset_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Fixed? What changed since the letter, and one button a result."""
    rr = visible_request(request, public_id)
    require(person(request), "record_answer", rr)
    pk = changed_since_asked([rr]).get(rr.pk)
    form = ChangeForm(request.POST or None, initial={"version": pk})
    if request.method == "POST" and fulfilled(form, lambda: _settle(request, rr, form)):
        messages.success(request, DONE[CheckedChange(form.cleaned_data["result"])])
        return SeeOther(reverse("request_page", args=[public_id]))
    if pk is None:
        messages.info(request, "No change of the dataset waits to be looked at.")
        return SeeOther(reverse("request_page", args=[public_id]))
    version = DatasetVersion.objects.get(pk=pk)
    cited = CitedDataset.objects.select_related("dataset__portal").get(records_request=rr)
    return page(
        request,
        "catalog/dataset_change.html",
        form,
        rr=rr,
        form=form,
        cited=cited,
        version=version,
        changes=differences(cited.record, _record_after(version)),
    )


def _record_after(version: DatasetVersion) -> DatasetRecord:
    """The dataset as that reading found it, from the versions until then."""
    until = list(DatasetVersion.objects.filter(dataset=version.dataset_id, pk__lte=version.pk))
    return DatasetRecord.from_json(version.dataset.facts | DatasetVersion.fold(until))


def _settle(request: HttpRequest, rr: RecordsRequest, form: ChangeForm) -> None:
    cleaned = form.cleaned_data
    fixed_or_not.settle_change(
        rr,
        result=CheckedChange(cleaned["result"]),
        version=cleaned["version"],
        note=cleaned["note"],
        by=attribution(request),
    )
