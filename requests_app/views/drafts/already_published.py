"""Published datasets that may already answer a draft, beside it while it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.catalog import checking
from requests_app.actions.drafts import unsaved_words
from requests_app.actions.drafts.unsaved_words import DRAFT_PAGE, FormPage
from requests_app.actions.errors import Refused
from requests_app.catalog.suggestions.asked_text import SAID_IN, asked_text
from requests_app.catalog.suggestions.suggest import CatalogCheck, suggest
from requests_app.forms.catalog.missing_from_dataset import MissingFromDatasetForm
from requests_app.letters.facts import published_facts
from requests_app.models import CatalogDataset, RecordsRequest, RequestState
from requests_app.permissions import require
from requests_app.policy.checked_datasets import Answer, CheckedCatalog, checked_catalog
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, now, person, visible_request
from requests_app.views.responses import SeeOther, fulfilled, page


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands beside the draft: what came of looking, and what was said of it before."""

    check: CatalogCheck
    said: CheckedCatalog
    read_ago: str
    refusal: str = ""
    line_to_copy: str = ""  # for a letter that was edited, and does not say it

    @property
    def can_be_said_in_letter(self) -> bool:
        is_any = self.said.said(Answer.NOT_IT, Answer.PARTLY)
        return bool(is_any or self.said.found_none_on)


def already_published(request: HttpRequest, public_id: str) -> HttpResponse:
    """As the draft's words are now: those sent along, else those kept, else those saved."""
    rr = _draft(request, public_id)
    return _shown(request, rr)


@require_POST
def dataset_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """One press: what the person says of a suggested dataset, or of all that were shown."""
    rr = _draft(request, public_id)
    try:
        _act_of(request, rr)()
    except Refused as refusal:
        return _answered(request, rr, str(refusal))
    return _answered(request, rr)


def dataset_partly(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """It has a part of what is asked for: what is missing is asked for, and the dataset named."""
    rr = _draft(request, public_id)
    dataset = _dataset(rr, str(pk))
    form = MissingFromDatasetForm(request.POST or None)
    by, missing = attribution(request), form.data.get("missing", "")
    if request.method == "POST" and fulfilled(
        form, lambda: checking.partly(rr, dataset, missing, by=by)
    ):
        messages.success(request, "Noted. The draft now asks for what the dataset leaves out.")
        return SeeOther(reverse("request_edit", args=[public_id]))
    columns = [column.label or column.name for column in dataset.record.columns]
    return page(
        request, "catalog/partly.html", form, rr=rr, form=form, dataset=dataset, columns=columns
    )


def cited_dataset(request: HttpRequest, public_id: str) -> HttpResponse:
    """The dataset that a request speaks of, with its metadata as seen when it was cited."""
    rr = visible_request(request, public_id)
    cited = getattr(rr, "cited_dataset", None)
    if cited is None:
        raise Http404("This request cites no published dataset.")
    return page(request, "catalog/cited_dataset.html", rr=rr, cited=cited, record=cited.record)


def _draft(request: HttpRequest, public_id: str) -> RecordsRequest:
    rr = visible_request(request, public_id)
    require(person(request), "edit_request", rr)
    if rr.kind not in SAID_IN:
        raise Http404("Only requests for records and for datasets are compared with a catalog.")
    return rr


def _act_of(request: HttpRequest, rr: RecordsRequest) -> Callable[[], object]:
    by, sent = attribution(request), request.POST
    datasets = [_dataset(rr, key) for key in sent.getlist("dataset")]
    match sent.get("answer"):
        case Answer.ANSWERS if datasets:
            require(person(request), "discard_draft", rr)
            return lambda: checking.answers(rr, datasets[0], by=by)
        case Answer.NOT_IT if datasets:
            return lambda: checking.not_it(rr, datasets, by=by)
        case Answer.SKIPPED if datasets:
            return lambda: checking.skip(rr, datasets, by=by)
        case Answer.NONE_FOUND:
            portal = _check(rr, _saved_fields(rr)).portal
            if portal is None:
                raise Http404("There is no catalog of this city.")
            return lambda: checking.none_found(rr, portal, by=by)
        case "say" | "leave_out" as choice:
            return lambda: checking.say_in_letter(rr, is_said=choice == "say", by=by)
        case _:
            raise Http404("There is no such answer, or no dataset that it is about.")


def _answered(request: HttpRequest, rr: RecordsRequest, refusal: str = "") -> HttpResponse:
    """In place where the page asked in place; else the page again, or where the draft went."""
    rr.refresh_from_db()
    has_left = rr.state != RequestState.DRAFT
    if "HX-Request" in request.headers and not has_left:
        return _shown(request, rr, refusal)
    if refusal:
        messages.error(request, refusal)
    elif has_left:
        messages.success(
            request, "Answered by a published dataset: the draft is discarded and can be brought "
            "back. The dataset’s metadata is kept as you saw it."
        )  # fmt: skip
        return SeeOther(reverse("cited_dataset", args=[rr.public_id]))
    return SeeOther(reverse("request_edit", args=[rr.public_id]))


def _dataset(rr: RecordsRequest, key: str) -> CatalogDataset:
    """Of the catalog that the newsroom reads for this city."""
    known = CatalogDataset.objects.for_newsroom(rr.newsroom).of_city(rr.city_slug)
    number = whole_number(key)
    if number is None:
        raise Http404("There is no such dataset.")
    return get_object_or_404(known.select_related("portal"), pk=number)


def _shown(request: HttpRequest, rr: RecordsRequest, refusal: str = "") -> HttpResponse:
    check = _check(rr, _fields(request, rr))
    ago = _ago(check.read_at, now())
    panel = Panel(check, checked_catalog(rr), ago, refusal, _line_to_copy(rr))
    is_part = "HX-Request" in request.headers
    name = "catalog/parts/already_published.html" if is_part else "catalog/already_published.html"
    return render(request, name, {"rr": rr, "panel": panel, "city": rr.city})


def _line_to_copy(rr: RecordsRequest) -> str:
    fact = published_facts.of(rr).get("published_line")
    is_in_letter = fact is None or fact.value in " ".join(rr.letter_text.split())
    return "" if fact is None or is_in_letter else str(fact.value)


def _check(rr: RecordsRequest, fields: dict[str, Any]) -> CatalogCheck:
    """Without the datasets that somebody judged already."""
    judged = [dataset.id for dataset in checked_catalog(rr).datasets]
    text = asked_text(rr.city, rr.kind, fields)
    return suggest(rr.newsroom, rr.city, text, at=now(), without=judged)


def _fields(request: HttpRequest, rr: RecordsRequest) -> dict[str, Any]:
    if "subject" in request.POST:
        return dict(request.POST.items())
    kept = unsaved_words.of_person(FormPage(DRAFT_PAGE, rr), person(request))
    return kept[0].fields if kept else _saved_fields(rr)


def _saved_fields(rr: RecordsRequest) -> dict[str, Any]:
    return {**rr.particulars, "subject": rr.subject}


def _ago(then: datetime | None, at: datetime) -> str:
    """6 hours ago."""
    if then is None:
        return ""
    hours = int((at - then).total_seconds() // 3600)
    if hours < 1:
        return "within the last hour"
    if hours < 48:
        return "1 hour ago" if hours == 1 else f"{hours} hours ago"
    return f"{hours // 24} days ago"
