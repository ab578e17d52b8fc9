"""A call, a paper letter or a visit: entered by one form, then read like mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from requests_app.actions.mail.calls_and_letters import record_call_or_letter
from requests_app.forms.mail.calls_and_letters import CallOrLetterForm
from requests_app.models import Communication, RecordsRequest
from requests_app.permissions import require
from requests_app.storage.scanning import scan_queue
from requests_app.views.lookup import attribution, person, today_in, visible_request
from requests_app.views.mail.mail_lookup import address_of, filed_message
from requests_app.views.mail.what_it_is import acts_of_the_city, what_it_may_be
from requests_app.views.responses import SeeOther, page, result_of


def call_or_letter(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "record_answer", rr)
    form = CallOrLetterForm(
        request.POST or None,
        request.FILES or None,
        acts=acts_of_the_city(rr, person(request)),
        initial={"on": today_in(rr.city)},
    )
    if request.method == "POST":
        filed = result_of(form, lambda: _record(request, rr, form))
        if filed is not None:
            messages.success(request, "It stands in the ledger.")
            return SeeOther(_onward(rr, filed, form))
    return page(request, "mail/call_or_letter.html", form, rr=rr, city=rr.city, form=form)


@require_safe
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What came and what it may be; mail has its own page, with all that is known of it as mail."""
    message = filed_message(request, pk)
    if message.mail_id is not None:
        return SeeOther(address_of(message))
    files = list(message.attachments.order_by("pk"))
    context = {
        "message": message,
        "rr": message.records_request,
        "files": files,
        "unscanned": scan_queue.unscanned(files),
        **what_it_may_be(message, person(request)),
    }
    return render(request, "mail/message.html", context)


def _record(request: HttpRequest, rr: RecordsRequest, form: CallOrLetterForm) -> Communication:
    return record_call_or_letter(
        rr, form.heard(), by=attribution(request), is_correspondence=form.is_correspondence
    )


def _onward(rr: RecordsRequest, filed: Communication, form: CallOrLetterForm) -> str:
    """To the form of the act it is, to the question what it is, or back."""
    if form.is_correspondence:
        return reverse("request_page", args=[rr.public_id])
    if form.act:
        return f"{reverse('record_act', args=[rr.public_id, form.act])}?mail={filed.pk}"
    return address_of(filed)
