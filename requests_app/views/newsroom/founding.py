"""The first visit: no newsroom yet, so whoever comes founds it and becomes its admin."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.views import login as sign_in_view
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from config.embedded import setup_code
from requests_app.accounts import sessions
from requests_app.accounts.client_address import is_this_machine
from requests_app.actions.newsroom import people
from requests_app.forms.newsroom.people import FoundingForm
from requests_app.models import Newsroom
from requests_app.views.lookup import now
from requests_app.views.responses import SeeOther, fulfilled, page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Where every page sends a stranger. Before there is a newsroom, they are sent to set it up."""
    if not Newsroom.objects.exists():
        return SeeOther(reverse("first_newsroom"))
    answer: HttpResponse = sign_in_view(request)
    return answer


@login_not_required
@never_cache
def first_newsroom(request: HttpRequest) -> HttpResponse:
    if Newsroom.objects.exists():
        return SeeOther(reverse("board"))
    is_open = settings.BASE_URL_IS_LOOPBACK and is_this_machine(request)
    form = FoundingForm(request.POST or None, code="" if is_open else setup_code(settings.VAR))
    if request.method == "POST" and fulfilled(form, lambda: _found(request, form)):
        return SeeOther(reverse("board"))
    return page(request, "newsroom/setup.html", form, form=form)


def _found(request: HttpRequest, form: FoundingForm) -> None:
    entered = dict(form.cleaned_data)
    entered.pop("code", None)
    admin = people.found_newsroom(at=now(), password=entered.pop("admin_password"), **entered)
    login(request, admin, backend=BACKEND)
    sessions.note(request)
    reauthenticate_by_password(request)  # they chose it on this page
    add = reverse("mfa_add_webauthn")
    offer = 'Your desk is open. <a href="{}">Add a passkey</a>, so that no password alone opens it.'
    messages.success(request, format_html(offer, add))
