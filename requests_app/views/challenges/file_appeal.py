"""A drafted appeal filed: by which channel, to which address, with which copies."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from requests_app import office_contacts
from requests_app.actions.requests import appeals
from requests_app.forms.requests.appeals import (
    CourtFilingForm,
)
from requests_app.forms.sending.deliveries import SendingForm
from requests_app.letters import Sending
from requests_app.letters.copies import AboutLetter
from requests_app.letters.facts import own_decisions
from requests_app.letters.facts.claimed_grounds import challenged
from requests_app.models import (
    Appeal,
    AppealState,
    Channel,
    LetterKind,
)
from requests_app.permissions import require
from requests_app.views.challenges.appeal_context import (
    about_appeal,
    elsewhere_unless,
    moved_since,
    url_of,
)
from requests_app.views.lookup import (
    attribution,
    person,
    today_in,
    visible_appeal,
)
from requests_app.views.requests import exhibits as exhibit_pages
from requests_app.views.requests.submission import channel_in
from requests_app.views.responses import SeeOther, fulfilled, page
from requests_app.views.sending import previews

DRAFTED = (AppealState.DRAFT,)


def appeal_file(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    require(person(request), "file_appeal", appeal)
    if elsewhere := elsewhere_unless(request, appeal, needs=DRAFTED):
        return elsewhere
    channel = channel_in(request, default=_first_known_channel(appeal))
    to = office_contacts.addressee_of(appeal)
    fact = to.fact_for(channel)
    kind = CourtFilingForm if appeal.pack_route.is_court else SendingForm
    about = AboutLetter(appeal.records_request, LetterKind.APPEAL, channel, appeal)
    form = kind(request.POST or None, channel=channel, known=fact, asks_source=False, about=about)
    if request.method == "POST" and fulfilled(
        form,
        lambda: appeals.file(
            appeal, by=attribution(request), seen=request.POST.get("seen"), **form.arguments()
        ),
    ):
        messages.success(request, "The appeal is filed.")
        return SeeOther(url_of(appeal))
    what = challenged(appeal, on=today_in(appeal.records_request.city))
    context = about_appeal(appeal) | moved_since(appeal) | {
        "held": list(own_decisions.held_against_us(what)),
        "filing": exhibit_pages.about(appeal),
        "seen": appeals.mark_of(appeal.letter_text),
        "form": form, "channel": channel, "channels": Channel, "fact": fact, "to": to,
        "preview": previews.of_appeal(
            appeal,
            by=person(request),
            on=today_in(appeal.records_request.city),
            sending=Sending(
                channel,
                request.POST.get("to", "") or fact.value,
                copies=form.copies_so_far(),
            ),
        ),
    }  # fmt: skip
    return page(request, "requests/appeals/file.html", form, **context)


def _first_known_channel(appeal: Appeal) -> Channel:
    """By the first way to reach the body that the pack states; by e-mail where it states none."""
    ways = (Channel.EMAIL, Channel.PORTAL, Channel.POST)
    to = office_contacts.addressee_of(appeal)
    return next((way for way in ways if to.fact_for(way).is_stated), Channel.EMAIL)
