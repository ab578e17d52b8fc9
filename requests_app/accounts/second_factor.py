"""Passkeys, authenticators and recovery codes; and newsrooms in which everybody has one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from requests_app import stored_secrets
from requests_app.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
NEEDED = "Your newsroom asks for a second factor: add a passkey or an authenticator app first."
# Pages that one needs to set it up, or to leave.
ALWAYS_OPEN = ("account_", "mfa_", "own_address", "sign_in_")


class EncryptedFactors(DefaultMFAAdapter):
    """What allauth stores of them is encrypted; what a browser is told is this desk's own name."""

    def encrypt(self, text: str) -> str:
        return stored_secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return stored_secrets.decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the host of BASE_URL. On this machine, to the name that is open:
        browsers make none for 127.0.0.1."""
        host = urlsplit(settings.BASE_URL).hostname or ""
        if settings.BASE_URL_IS_LOOPBACK:
            host = allauth_context.request.get_host().partition(":")[0]
        return {"id": host, "name": "Records Desk"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """What one without a name of its owner's is called."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


class RequireSecondFactor:
    """Where a newsroom wants one, a member without it is led to set one up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        is_api = request.path.startswith("/api/")
        if not (is_api or getattr(view_func, "login_required", True)):
            return None
        match = request.resolver_match
        if match is not None and (match.url_name or "").startswith(ALWAYS_OPEN):
            return None
        if not _lacks_one(request):
            return None
        if is_api:
            return JsonResponse({"title": "Forbidden", "status": 403, "detail": NEEDED}, status=403)
        messages.warning(request, NEEDED)
        return redirect(reverse("mfa_index"))


def _lacks_one(request: HttpRequest) -> bool:
    membership = getattr(request.user, "membership", None)
    if membership is None or not membership.newsroom.requires_second_factor:
        return False
    return not has_second_factor(membership.user)
