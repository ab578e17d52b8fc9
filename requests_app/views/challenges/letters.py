"""A letter in a filed challenge: to the body that decides it, or to the agency."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from requests_app.actions.challenges import entered_days, letters
from requests_app.actions.errors import Refused
from requests_app.forms.sending.our_letters import form_of
from requests_app.headlines import over_unsaid, to_prepare
from requests_app.models import Appeal, Deadline, LetterKind
from requests_app.permissions import require
from requests_app.policy.acts import Act
from requests_app.views.challenges.entered_days import days_of
from requests_app.views.lookup import person, today_in, visible_appeal
from requests_app.views.responses import SeeOther
from requests_app.views.sending.letter_page import Written, reply

VERB = "file_appeal"


def offered_letters(appeal: Appeal) -> list[dict[str, Any]]:
    """Those that make sense now, for the buttons of the challenge's page."""
    return [
        {"slug": offer.slug, "label": offer.label, "is_grave": offer.is_grave}
        for offer in LetterKind.in_a_challenge().values()
        if letters.fits(appeal, offer)
    ]


def after_filing(appeal: Appeal) -> dict[str, Any]:
    """What the page of a challenge shows once it is filed: its days, and the letters it offers."""
    days = days_of(appeal) if appeal.filed_on else None
    return {
        "days": days,
        "takes_days": bool(entered_days.kinds_for(appeal)),
        "letters": offered_letters(appeal),
        "urgent": _urgent(appeal),
    }


def _urgent(appeal: Appeal) -> Deadline | None:
    """The day of this challenge that asks for something of us now: it has passed, or it is near."""
    rr = appeal.records_request
    today, clocks = today_in(rr.city), Deadline.objects.filter(records_request=rr)
    own = list(clocks.filter(route=appeal.route))
    return over_unsaid(own, today) or to_prepare(own, today)


def challenge_letter(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    appeal = visible_appeal(request, pk)
    kinds = {offer.slug: kind for kind, offer in LetterKind.in_a_challenge().items()}
    if slug not in kinds:
        raise Http404(f"No letter of a challenge is called {slug}.")
    require(person(request), VERB, appeal)
    kind = kinds[slug]
    offer = kind.described.in_a_challenge
    assert offer is not None
    try:
        letters.check_fits(appeal, offer)
    except Refused as refusal:
        return _elsewhere(request, appeal, str(refusal))
    act = Act(
        offer.slug,
        offer.title,
        offer.label,
        VERB,
        letter=kind,
        hint=offer.hint,
        is_grave=offer.is_grave,
    )
    do = partial(letters.send, kind=kind)
    return reply(request, appeal.records_request, Written(act, do, form_of(offer), appeal))


def _elsewhere(request: HttpRequest, appeal: Appeal, why: str) -> SeeOther:
    messages.error(request, why)
    return SeeOther(reverse("appeal_page", args=[appeal.pk]))
