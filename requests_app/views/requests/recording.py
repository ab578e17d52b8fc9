"""One page for everything that can be recorded: `policy.acts` says what each act is, and
`forms.requests.recorded_acts` which action does it and what its form asks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from requests_app.forms.requests import city_acts as forms
from requests_app.forms.requests.recorded_acts import BINDINGS, Recorded, Written
from requests_app.models import Communication, RecordsRequest
from requests_app.permissions import require
from requests_app.policy.acts import ACTS, Act
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, person, today_in, visible_request
from requests_app.views.mail import possible_meanings
from requests_app.views.mail.what_it_is import next_unread
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending import letter_page
from requests_app.views.sending.letter_page import reply


def record_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    if act not in ACTS:
        raise Http404(f"Nothing called {act} can be recorded.")
    chosen, bound = ACTS[act].worded_for(rr.kind), BINDINGS[act]
    require(person(request), chosen.verb, rr)
    if isinstance(bound, Written):
        return reply(request, rr, letter_page.Written(chosen, bound.do, bound.asks))
    return _recorded(request, rr, chosen, bound)


def _recorded(request: HttpRequest, rr: RecordsRequest, act: Act, bound: Recorded) -> HttpResponse:
    form = _form(request, rr, act, bound)
    if request.method == "POST" and fulfilled(
        form, lambda: bound.do(rr, by=attribution(request), **form.arguments())
    ):
        messages.success(request, f"Recorded: {act.label.lower()}.")
        if form.mail:
            return SeeOther(next_unread(person(request), rr))
        return SeeOther(reverse("request_page", args=[rr.public_id]))
    context: dict[str, Any] = {"rr": rr, "city": rr.city, "act": act, "form": form}
    context["mail"] = form.mail
    if act.verb == "treat_as_denial":
        context["silence"] = rr.city.statute.silence
    return page(request, "requests/record.html", form, **context)


def _form(request: HttpRequest, rr: RecordsRequest, act: Act, bound: Recorded) -> forms.ActForm:
    """Filled in from the message it is opened from (`?mail=`), and from one reading of it."""
    mail = _mail(request, rr)
    reading = whole_number(request.GET.get("reading", "")) if mail else None
    filled = possible_meanings.initial_of(mail, reading, act.slug) if mail else {}
    return bound.form(
        request.POST or None,
        request.FILES or None,
        records_request=rr,
        mail=mail,
        suggestion=reading,
        initial={"on": today_in(rr.city), **filled},
    )


def _mail(request: HttpRequest, rr: RecordsRequest) -> Communication | None:
    """The standing message of this request that the address names."""
    pk = whole_number(request.GET.get("mail", ""))
    if pk is None:
        return None
    filed = Communication.objects.messages().filter(records_request=rr, taken_out_at=None)
    return filed.select_related("mail", "event").filter(pk=pk).first()
