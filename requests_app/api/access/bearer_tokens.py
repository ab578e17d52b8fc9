"""Who calls, by the token in the `Authorization` header."""

from django.conf import settings
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from requests_app.actions.newsroom import access
from requests_app.ledger.security.security_log import record
from requests_app.models import ApiToken, User
from requests_app.vocabulary.security_kinds import SecurityKind

WORDS = {b"bearer", b"token"}
ENDED = (
    "This token does not work: it was ended or has expired, or its person left the newsroom. "
    "Make a new one under Other programs."
)
IN_THE_CLEAR = (
    "This call went over http, so its token could be read on the way: call https:// instead, end "
    "this token under Other programs, and make a new one."
)


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer desk_…`; `Token` is read as well."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() not in WORDS:
            return None
        if len(parts) != 2:  # the word, and the token
            raise AuthenticationFailed("Write the header as “Authorization: Bearer desk_…”.")
        # A page is led on to https; a program that was led on would never be mended.
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            raise AuthenticationFailed(IN_THE_CLEAR)
        at = timezone.now()
        token = access.token_of_key(parts[1].decode("latin-1"), at=at)
        if token is None:
            record(SecurityKind.TOKEN_REFUSED, at=at)
            raise AuthenticationFailed(ENDED)
        access.note_use(token, at=at)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BearerTokenInSchema(OpenApiAuthenticationExtension):
    """How the API's document says it."""

    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that you make under “Other programs”. It reads, and does what "
            "its scopes say.",
        }
