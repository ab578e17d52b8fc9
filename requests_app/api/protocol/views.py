"""What every address of the API does in the same way, reading or writing."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.actions.newsroom import access
from requests_app.api.access.bearer_tokens import ENDED
from requests_app.api.access.rate_limits import StrangersPerAddress
from requests_app.api.protocol.repeated_calls import done_once
from requests_app.api.protocol.versions import answer_unless_known
from requests_app.ledger.attribution import Attribution
from requests_app.models import ApiToken, Scope
from requests_app.ordered_places import Order


class ApiView(GenericAPIView):
    """Strangers are counted by where they come from, everybody else by their token."""

    scope = Scope.WRITE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        strangers = StrangersPerAddress()
        if not strangers.allow_request(request, self):
            self.throttled(request, strangers.wait() or 0)
        try:
            super().initial(request, *args, **kwargs)
        except (AuthenticationFailed, NotAuthenticated):
            strangers.count()
            raise

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        is_read = request.method in SAFE_METHODS and final.status_code == 200
        if is_read and isinstance(final, Response):
            answer_unless_known(request, final)
        return final


class ReadOne(ApiView, RetrieveAPIView):
    http_method_names = ["get", "head"]


class ReadMany(ApiView, ListAPIView):
    http_method_names = ["get", "head"]
    order = Order()


class Write(ApiView):
    """One verb. `act` does it, inside one transaction with the kept answer of a repeated call."""

    http_method_names = ["post"]

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return done_once(
            request,
            lambda: self._act(request, **kwargs),
            prepare=lambda: self.prepare(request, **kwargs),
        )

    def prepare(self, request: Request, **kwargs: Any) -> None:
        """What takes long and writes no row, before the transaction."""

    def _act(self, request: Request, **kwargs: Any) -> Response:
        if isinstance(request.auth, ApiToken) and not access.still_works(
            request.auth, at=timezone.now()
        ):
            raise AuthenticationFailed(ENDED)
        return self.act(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        raise NotImplementedError


def attribution(request: Request) -> Attribution:
    """Who does what this call asks for, and when: the `by` of every verb."""
    return Attribution(request.user, timezone.now())  # type: ignore[arg-type]


class NothingHere(ApiView):
    """Every other address below the API's: a 404 as every other error is said."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404
