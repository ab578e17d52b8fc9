"""A person's own keys for other programs: made, shown, ended."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from rest_framework.authtoken.models import Token

from requests_app.actions.newsroom import access as keys
from requests_app.models import CalendarFeed
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.responses import SeeOther


@require_safe
def access(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    feed = CalendarFeed.objects.filter(user=person(request)).first()
    address = reverse("calendar_feed", args=[feed.token]) if feed else ""
    context = {
        "feed": feed,
        "feed_url": f"{settings.BASE_URL}{address}" if feed else "",
        "token": Token.objects.filter(user=person(request)).first(),
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


@require_POST
def token_new(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    key = keys.issue_token(by=person(request))
    messages.success(request, f"Your token, shown this once: {key}")
    return SeeOther(reverse("access"))


@require_POST
def token_end(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    keys.revoke_token(by=person(request))
    messages.success(request, "The token no longer works.")
    return SeeOther(reverse("access"))
