"""Tells the security log from where a request comes, and which of them was not permitted."""

import hashlib
from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from requests_app.accounts.client_address import address_of
from requests_app.ledger.security.origin import Origin, coming_from
from requests_app.ledger.security.security_log import record
from requests_app.models import User
from requests_app.vocabulary.security_kinds import SecurityKind

LONGEST_DEVICE = 120
OF_A_SESSION = 12  # letters of the hash


class NoteOrigin:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with coming_from(partial(origin_of, request)):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, PermissionDenied):
            note_not_permitted(request)


def note_not_permitted(request: HttpRequest) -> None:
    """Once the act's own transaction is over: it is kept, though the act is not."""
    user = getattr(request, "user", None)
    by = user if isinstance(user, User) else None
    record(SecurityKind.PERMISSION_REFUSED, by=by, page=page_of(request))


def page_of(request: HttpRequest) -> str:
    """The page's name and no address: some addresses are keys."""
    match = request.resolver_match
    return f"{request.method} {match.view_name if match else 'an unknown page'}"


def origin_of(request: HttpRequest) -> Origin:
    session = getattr(request, "session", None)
    key = session.session_key if session is not None else None
    device = request.headers.get("User-Agent", "")
    printable = "".join(char for char in device if char.isprintable())
    return Origin(
        address=address_of(request)[:45],
        device=printable.encode("utf-8", "replace").decode()[:LONGEST_DEVICE],
        session=hashlib.sha256(key.encode()).hexdigest()[:OF_A_SESSION] if key else "",
    )
