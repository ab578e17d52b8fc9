"""A person's own keys for other programs: made, shown once, ended."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from requests_app.accounts.notices import tell
from requests_app.accounts.security_events import SecurityKind, report
from requests_app.actions.newsroom import access as keys
from requests_app.forms.newsroom.api_tokens import TokenForm
from requests_app.models import ApiToken, CalendarFeed
from requests_app.models.newsroom.calendar_feed import WORKS_FOR
from requests_app.views.lookup import attribution, newsroom_of, now, person
from requests_app.views.responses import SeeOther, button, page, result_of


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    context = {
        "feed": CalendarFeed.objects.working(at=now()).filter(user=person(request)).first(),
        "tokens": keys.working_tokens(person(request), at=now()),
        "api_url": f"{settings.BASE_URL}{reverse('api_requests')}",
    }
    return render(request, "newsroom/access.html", context)


@reauthentication_required
@never_cache
def feed_new(request: HttpRequest) -> HttpResponse:
    """Who has just given their password makes one. It stands on the answer, and nowhere else."""
    newsroom_of(request)
    context = {"days": WORKS_FOR.days, "address": ""}
    if request.method == "POST":
        token = keys.open_feed(by=attribution(request))
        report(SecurityKind.FEED_MADE, person(request))
        tell(person(request), "An address for your calendar was made.", request)
        context["address"] = f"{settings.BASE_URL}{reverse('calendar_feed', args=[token])}"
    return render(request, "newsroom/feed_new.html", context)


@require_POST
@reauthentication_required
def feed_end(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    keys.close_feed(by=person(request))
    report(SecurityKind.FEED_ENDED, person(request))
    tell(person(request), "Your calendar’s address was ended.", request)
    messages.success(request, "The calendar's address no longer works.")
    return SeeOther(reverse("access"))


@reauthentication_required
@never_cache
def token_new(request: HttpRequest) -> HttpResponse:
    """Who has just given their password makes one. It stands on the answer, and nowhere else."""
    newsroom_of(request)
    form = TokenForm(request.POST or None)
    key = None
    if request.method == "POST":
        key = result_of(form, lambda: keys.issue_token(form.wanted(), by=attribution(request)))
    if key:
        name = form.cleaned_data["name"]
        report(SecurityKind.TOKEN_MADE, person(request), name=name)
        tell(person(request), f"An API token was made: “{name}”.", request)
    return page(request, "newsroom/token_new.html", form, form=form, key=key)


@require_POST
@reauthentication_required
def token_end(request: HttpRequest, pk: int) -> HttpResponse:
    newsroom_of(request)
    token = get_object_or_404(ApiToken, pk=pk, user=person(request))
    return button(
        request,
        lambda: _end_token(request, token),
        done="The token no longer works.",
        to=reverse("access"),
    )


def _end_token(request: HttpRequest, token: ApiToken) -> None:
    keys.revoke_token(token.pk, by=attribution(request))
    report(SecurityKind.TOKEN_ENDED, person(request), name=token.name)
    tell(person(request), f"The API token “{token.name}” was ended.", request)
