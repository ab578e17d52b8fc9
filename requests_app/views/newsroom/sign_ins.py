"""Where a person is signed in now: each can be ended from here."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.accounts import sessions
from requests_app.accounts.security_events import SecurityKind, report
from requests_app.views.lookup import person
from requests_app.views.responses import SeeOther
from requests_app.vocabulary.dates_and_amounts import count


@require_safe
def sign_in_list(request: HttpRequest) -> HttpResponse:
    sessions.note(request)
    context = {
        "sign_ins": sessions.sign_ins(request, person(request)),
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
        "longest_hours": settings.SESSION_HOURS,
    }
    return render(request, "newsroom/sign_ins.html", context)


@require_POST
def sign_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    if sessions.end(person(request), pk):
        report(SecurityKind.SESSION_ENDED, person(request), sessions=1)
        messages.success(request, "That device is signed out.")
    else:
        messages.error(request, "That sign-in has ended already. Nothing was changed.")
    return SeeOther(reverse("sign_in_list"))


@require_POST
def sign_in_end_others(request: HttpRequest) -> HttpResponse:
    ended = sessions.end_all(person(request), but=request.session.session_key)
    if ended:
        report(SecurityKind.SESSION_ENDED, person(request), sessions=ended)
    messages.success(request, f"Signed out elsewhere: {count(ended, 'session')}.")
    return SeeOther(reverse("sign_in_list"))
