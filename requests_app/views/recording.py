"""One page for everything that can be recorded; `acts.ACTS` says what each one is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from requests_app import letters, offices
from requests_app.forms.answers import ActForm
from requests_app.forms.sending import ReplyForm
from requests_app.models import Channel, RecordsRequest
from requests_app.permissions import require
from requests_app.views.acts import ACTS, Act
from requests_app.views.lookup import now, person, today_in, visible_request
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.submission import channel_in


def record_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    if act not in ACTS:
        raise Http404(f"Nothing called {act} can be recorded.")
    chosen = ACTS[act]
    require(person(request), chosen.verb, rr)
    form, shown = _form(request, rr, chosen)
    if request.method == "POST" and fulfilled(form, lambda: _do(request, rr, chosen, form)):
        messages.success(request, f"Recorded: {chosen.label.lower()}.")
        return SeeOther(reverse("request_page", args=[public_id]))
    template = "requests/reply.html" if chosen.letter else "requests/record.html"
    return page(request, template, form, rr=rr, city=rr.city, act=chosen, form=form, **shown)


def _form(request: HttpRequest, rr: RecordsRequest, act: Act) -> tuple[Any, dict[str, Any]]:
    """The act's form, and what its page shows beside it."""
    if act.letter:
        return _reply_form(request, rr, act)
    assert issubclass(act.form, ActForm)
    form = act.form(
        request.POST or None,
        request.FILES or None,
        records_request=rr,
        initial={"on": today_in(rr.city)},
    )
    return form, {"silence": rr.city.statute.silence if act.verb == "treat_as_denial" else None}


def _reply_form(request: HttpRequest, rr: RecordsRequest, act: Act) -> tuple[Any, dict[str, Any]]:
    channel = channel_in(request)
    office = offices.resolve(rr.newsroom, rr.city, rr.office_role)
    fact = office.fact_for(channel)
    form = ReplyForm(request.POST or None, channel=channel, known=fact)
    shown = {"office": office, "channel": channel, "channels": Channel, "fact": fact}
    if request.method != "POST":
        assert act.letter is not None
        try:
            form.fields["text"].initial = letters.compose_reply(rr, act.letter).text
        except letters.LetterError as error:
            messages.error(request, str(error))
    return form, shown


def _do(request: HttpRequest, rr: RecordsRequest, act: Act, form: Any) -> None:
    act.do(rr, by=person(request), at=now(), **form.arguments())
