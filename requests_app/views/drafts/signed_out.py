"""A form that comes after its sender's sign-in ended: its words are kept, and the sign-in asked."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.csrf import csrf_failure as plain_csrf_failure

from requests_app.accounts.origin import page_of
from requests_app.ledger.security.security_log import record
from requests_app.models import User
from requests_app.views.drafts import keeping
from requests_app.views.drafts.open_form import Tab
from requests_app.vocabulary.security_kinds import SecurityKind


class KeepWordsOfTheSignedOut(LoginRequiredMiddleware):
    """Django's own, which leads to the sign-in and drops what was sent."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Who reads a page for everybody is not asked: its answer would vary with their cookie,
        and nothing between could keep it."""
        if not getattr(view_func, "login_required", True):
            return None
        asked: HttpResponseBase | None = super().process_view(
            request, view_func, view_args, view_kwargs
        )
        return asked

    def handle_no_permission(  # type: ignore[override]  # no redirect for a script
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if request.method == "POST":
            _keep(request)
        if keeping.is_keeping(request) or "HX-Request" in request.headers:
            return _sign_in_again(request)
        answer: HttpResponseBase = super().handle_no_permission(request, view_func)
        return answer


def _keep(request: HttpRequest) -> bool:
    """For the person the page was shown to: our own signature in the form says who that is."""
    tab = Tab.sent_with(request.POST)
    writer = User.objects.filter(pk=tab.user_id, is_active=True).first() if tab else None
    return bool(writer and keeping.keep_unsent(request, writer))


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """401 for a script, with what to do: a redirect would answer it with a page."""
    url = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    return render(request, "drafts/kept.html", {"sign_in_url": url}, status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose token is too old, as after signing in again in another tab. Only a form of ours
    has a signed tab, so its words can be kept though nothing is done with them."""
    user = request.user if isinstance(request.user, User) else None
    record(SecurityKind.FORGERY_REFUSED, by=user, page=page_of(request))
    if _keep(request):
        return render(request, "403_csrf.html", {"address": request.get_full_path()}, status=403)
    answer: HttpResponseBase = plain_csrf_failure(request, reason)
    return answer
