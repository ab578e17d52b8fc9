"""One page for everything that can be recorded; `acts.ACTS` says what each one is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from requests_app.forms.requests.city_acts import ActForm
from requests_app.models import Communication, RecordsRequest
from requests_app.permissions import require
from requests_app.policy.acts import ACTS, Act
from requests_app.views.lookup import now, person, today_in, visible_request
from requests_app.views.mail import readings
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending.our_letters import reply


def record_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    if act not in ACTS:
        raise Http404(f"Nothing called {act} can be recorded.")
    chosen = ACTS[act]
    require(person(request), chosen.verb, rr)
    if chosen.letter:
        return reply(request, rr, chosen)
    form = _form(request, rr, chosen)
    if request.method == "POST" and fulfilled(
        form, lambda: chosen.do(rr, by=person(request), at=now(), **form.arguments())
    ):
        messages.success(request, f"Recorded: {chosen.label.lower()}.")
        return SeeOther(reverse("request_page", args=[public_id]))
    context: dict[str, Any] = {"rr": rr, "city": rr.city, "act": chosen, "form": form}
    context["mail"] = form.mail
    if chosen.verb == "treat_as_denial":
        context["silence"] = rr.city.statute.silence
    return page(request, "requests/record.html", form, **context)


def _form(request: HttpRequest, rr: RecordsRequest, act: Act) -> ActForm:
    """Filled in from the message it is opened from (`?mail=`), and from one reading of it."""
    assert act.form is not None
    mail = _mail(request, rr)
    number = request.GET.get("reading", "")
    reading = int(number) if mail and number.isdecimal() else None
    filled = readings.initial_of(mail, reading, _slug(act)) if mail else {}
    return act.form(
        request.POST or None,
        request.FILES or None,
        records_request=rr,
        mail=mail,
        suggestion=reading,
        initial={"on": today_in(rr.city), **filled},
    )


def _mail(request: HttpRequest, rr: RecordsRequest) -> Communication | None:
    """The standing message of this request that the address names."""
    pk = request.GET.get("mail", "")
    if not pk.isdecimal():
        return None
    filed = Communication.objects.filter(records_request=rr, taken_out_at=None, mail__isnull=False)
    return filed.select_related("mail").filter(pk=pk).first()


def _slug(act: Act) -> str:
    return next(slug for slug, known in ACTS.items() if known is act)
