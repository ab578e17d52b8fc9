"""Sign-in by the newsroom's own provider (OpenID Connect), for people who were invited here."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from requests_app.accounts.security_events import SecurityKind, report
from requests_app.models import User

LOGIN = "login"  # of allauth's processes; the others link an account from an open session


class InvitedPeopleOnly(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The provider must vouch for the address; the first time, it says whose account it is.
        From then on the provider's own id does, whatever their address becomes there."""
        if sociallogin.state.get("process", LOGIN) != LOGIN:
            raise ImmediateHttpResponse(render(request, "newsroom/not_invited.html", status=403))
        if sociallogin.is_existing:
            return
        user = _invited(sociallogin)
        if user is None:
            report(SecurityKind.PROVIDER_REFUSED, None)
            raise ImmediateHttpResponse(render(request, "newsroom/not_invited.html", status=403))
        sociallogin.connect(request, user)
        report(SecurityKind.PROVIDER_LINKED, user)


def _invited(sociallogin: SocialLogin) -> User | None:
    """By the claims themselves: some providers write “true” and “false” as words."""
    told = sociallogin.account.extra_data
    claims = {**told.get("id_token", {}), **told.get("userinfo", {})}
    if claims.get("email_verified") not in (True, "true") or not claims.get("email"):
        return None
    invited = User.objects.filter(email__iexact=claims["email"], membership__isnull=False)
    found: User | None = invited.filter(is_active=True).first()
    return found
