"""What the pages of one appeal have in common: its names, its address, where it stands."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeal_drafts
from requests_app.models import (
    Appeal,
)
from requests_app.views.lookup import (
    today_in,
)
from requests_app.views.responses import SeeOther


def about_appeal(appeal: Appeal) -> dict[str, Any]:
    rr = appeal.records_request
    return {"appeal": appeal, "rr": rr, "city": rr.city, "route": appeal.pack_route}


def url_of(appeal: Appeal) -> str:
    return reverse("appeal_page", args=[appeal.pk])


def elsewhere_unless(
    request: HttpRequest, appeal: Appeal, *, needs: Sequence[str]
) -> SeeOther | None:
    """To the appeal's own page, with why, where it stands past what this page is for."""
    if appeal.state in needs:
        return None
    stands = appeal.get_state_display().lower()
    messages.error(
        request,
        f"This appeal is {stands}, so this cannot be done any more. Below is what was filed."
        if appeal.filed_on
        else f"This appeal is {stands}, so this cannot be done now. Nothing was changed.",
    )
    return SeeOther(url_of(appeal))


def moved_since(appeal: Appeal) -> dict[str, Any]:
    """What was recorded since the draft was written, or why that cannot be told."""
    on = today_in(appeal.records_request.city)
    try:
        return {"since": appeal_drafts.since_drafted(appeal, on=on)}
    except Refused as refusal:
        return {"problem": str(refusal)}
