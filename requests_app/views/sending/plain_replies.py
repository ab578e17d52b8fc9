"""The page of a reply in one's own words, under the message that it answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from requests_app import office_contacts
from requests_app.actions.drafts.unsaved_words import FormPage
from requests_app.actions.sending.plain_replies import prefilled, reply_to
from requests_app.forms.sending.plain_replies import PlainReplyForm
from requests_app.models import Communication
from requests_app.office_contacts import ResolvedOffice
from requests_app.permissions import require
from requests_app.views.drafts import keeping, open_form
from requests_app.views.drafts.keeping import Saved
from requests_app.views.lookup import attribution, person
from requests_app.views.mail.mail_lookup import filed_message
from requests_app.views.responses import SeeOther, fulfilled, page


def plain_reply(request: HttpRequest, pk: int) -> HttpResponse:
    message = filed_message(request, pk)
    rr = message.records_request
    require(person(request), "reply_to_city", rr)
    kept_page = FormPage(f"reply-{message.pk}", rr)
    custodian = office_contacts.designated_custodian(rr.newsroom, rr.city)
    initial = _begun(request, message, custodian)
    if keeping.is_keeping(request):
        untouched = PlainReplyForm(records_request=rr, initial=initial)
        has_changed = open_form.differs(open_form.typed(request.POST), [untouched])
        return keeping.keep(request, kept_page, saved=Saved(""), has_changed=has_changed)
    form = PlainReplyForm(
        request.POST or None, request.FILES or None, records_request=rr, initial=initial
    )
    if request.method == "POST" and fulfilled(
        form, lambda: reply_to(message, form.reply(), by=attribution(request))
    ):
        keeping.close(request, kept_page)
        messages.success(request, "Your reply is on its way.")
        return SeeOther(reverse("request_page", args=[rr.public_id]))
    opened = open_form.opened(request, kept_page, base="")
    if opened.fields:
        open_form.fill(form, opened.fields)
    context = {
        "message": message,
        "rr": rr,
        "city": rr.city,
        "form": form,
        "custodian": custodian,
        "opened": opened,
        "also": keeping.also_here(kept_page, request, None),
    }
    return page(request, "sending/plain_reply.html", form, **context)


def _begun(
    request: HttpRequest, message: Communication, custodian: ResolvedOffice | None
) -> dict[str, Any]:
    """To whoever wrote, with a copy to the custodian where the law knows one: a request binds when
    that one has it (in Missouri, Starr, 635 S.W.3d 185)."""
    rr = message.records_request
    office = office_contacts.office_asked(rr)
    to = (message.mail.from_address if message.mail else "") or office.email.value
    has_copy = custodian is not None and custodian.email.may_enter_letter
    copy = custodian.email.value if custodian and has_copy else ""
    return {
        "to": to,
        "copies": copy if copy.lower() != to.lower() else "",
        "text": prefilled(rr, by=attribution(request)),
    }
