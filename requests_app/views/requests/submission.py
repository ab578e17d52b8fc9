"""Filing a request: by which channel, to which address, and then the city's clock."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cities.schema.offices import RequestKind
from requests_app import office_contacts
from requests_app.actions.drafts import unsaved_words, versions
from requests_app.actions.requests import submission
from requests_app.forms.sending.deliveries import FilingForm
from requests_app.letters import Sending, plain_request
from requests_app.letters.copies import AboutLetter
from requests_app.models import Channel, RecordsRequest
from requests_app.permissions import require
from requests_app.policy.before_filing import cautions
from requests_app.policy.ways_to_ask import way_chosen, ways_to_ask
from requests_app.views.drafts.draft_versions import Comparison, Side
from requests_app.views.lookup import attribution, person, today_in, visible_request
from requests_app.views.requests import forecast
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending import previews


def channel_in(request: HttpRequest, default: Channel = Channel.EMAIL) -> Channel:
    """The channel in the form or the address, the default where there is none we know."""
    wanted = request.POST.get("channel") or request.GET.get("channel") or default
    return Channel(wanted) if wanted in Channel.values else default


def request_submit(request: HttpRequest, public_id: str) -> HttpResponse:
    rr = visible_request(request, public_id)
    require(person(request), "submit_request", rr)
    channel = channel_in(request)
    office = office_contacts.office_asked(rr)
    version = versions.current_number(rr)
    chosen = way_chosen(rr, request.GET.get("way", ""))
    known = chosen.fact if chosen and chosen.channel is channel else office.fact_for(channel)
    form = FilingForm(
        request.POST or None,
        channel=channel,
        known=known,
        about=AboutLetter(rr, submission.LETTER_OF[RequestKind(rr.kind)], channel),
        initial={"version": version},
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: submission.submit(rr, by=attribution(request), **form.arguments()),
    ):
        messages.success(request, " ".join(["Submitted.", *_undated(rr)]))
        return SeeOther(reverse("request_page", args=[public_id]))
    context = {
        "rr": rr,
        "city": rr.city,
        "form": form,
        "office": office,
        "ways": ways_to_ask(rr),
        "chosen": chosen,
        "cautions": cautions(rr, office, known),
        "changed": _changed_since(rr, form),
        "unsaved": unsaved_words.of_anybody(rr),
        **_paper(request, rr, form),
    }
    return page(request, "requests/submit.html", form, **context)


def _undated(rr: RecordsRequest) -> list[str]:
    """That it is too old for the calendar, where it is."""
    clock = rr.deadlines.filter(status="not_computed").first()
    if clock is None:
        return []
    year = clock.explanation["not_computed_before"]
    sentence = (
        f"It is of a time before {year}, where the desk's calendar of {rr.city.state} begins: "
        "its clocks are shown without a date, and what happens from then on is counted."
    )
    return [sentence]


def _changed_since(rr: RecordsRequest, form: FilingForm) -> Comparison | None:
    """What somebody saved since the page was opened from which this came; the form files what
    stands now, which is before whoever presses its button again."""
    seen, stands = form.seen_version, versions.current(rr)
    if seen is None or stands is None or seen == stands.number:
        return None
    before = rr.draft_versions.select_related("saved_by").filter(number=seen).first()
    form.show_version(stands.number)
    return Comparison(Side.of_version(before), Side.of_version(stands)) if before else None


def _paper(request: HttpRequest, rr: RecordsRequest, form: FilingForm) -> dict[str, Any]:
    """The letter as it would go that way today, and the clock it would start."""
    on, signer, channel, known = today_in(rr.city), person(request), form.way, form.known
    to = request.POST.get("to", "") or known.value
    sending = Sending(channel, to, copies=form.copies_so_far())
    return {
        "channel": channel,
        "channels": Channel,
        "fact": known,
        "words": plain_request(rr, on=on, channel=channel, signer=signer),
        "preview": previews.of_request(rr, by=signer, on=on, sending=sending),
        "forecast": forecast.if_filed(rr, on=on),
    }
