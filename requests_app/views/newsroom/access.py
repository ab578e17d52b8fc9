"""A person's own keys for other programs: made, shown once, ended."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.newsroom import access as keys
from requests_app.forms.newsroom.api_tokens import TokenForm
from requests_app.models import ApiToken, CalendarFeed
from requests_app.views.lookup import attribution, newsroom_of, now, person
from requests_app.views.responses import SeeOther, button, page, result_of


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    feed = CalendarFeed.objects.filter(user=person(request)).first()
    address = reverse("calendar_feed", args=[feed.token]) if feed else ""
    context = {
        "feed": feed,
        "feed_url": f"{settings.BASE_URL}{address}" if feed else "",
        "tokens": keys.working_tokens(person(request), at=now()),
        "api_url": f"{settings.BASE_URL}{reverse('api_requests')}",
    }
    return render(request, "newsroom/access.html", context)


@require_POST
def feed_new(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    keys.open_feed(
        by=attribution(request),
    )
    messages.success(request, "Your calendar has an address. One made before no longer works.")
    return SeeOther(reverse("access"))


@require_POST
def feed_end(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    keys.close_feed(by=person(request))
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
    return page(request, "newsroom/token_new.html", form, form=form, key=key)


@require_POST
def token_end(request: HttpRequest, pk: int) -> HttpResponse:
    newsroom_of(request)
    token = get_object_or_404(ApiToken, pk=pk, user=person(request))
    return button(
        request,
        lambda: keys.revoke_token(token.pk, by=attribution(request)),
        done="The token no longer works.",
        to=reverse("access"),
    )
