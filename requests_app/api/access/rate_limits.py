"""How often one address, one person or one token may call in a minute, over all processes."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from requests_app.accounts.client_address import place_of
from requests_app.models import ApiToken
from requests_app.shared_counts import count_this_minute, counted_this_minute, seconds_left


class _PerMinute(BaseThrottle):
    scope = setting = ""

    def wait(self) -> float:
        """Seconds, until the next minute begins."""
        return float(seconds_left(timezone.now()))

    def limit(self) -> int:
        return int(getattr(settings, self.setting))


class StrangersPerAddress(_PerMinute):
    """Calls of nobody we know, by where they come from: so tokens cannot be guessed at."""

    scope, setting = "api_strangers", "API_STRANGERS_PER_MINUTE"

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether one more may be tried; it is counted once it is known to be a stranger's."""
        self.key = f"{self.scope}:{place_of(request)}"[:120]
        return counted_this_minute(self.key, at=timezone.now()) < self.limit()

    def count(self) -> None:
        count_this_minute(self.key, at=timezone.now())


class PerToken(_PerMinute):
    """Of a token; of whoever is signed in on the pages, all together."""

    scope, setting = "api_token", "API_PER_MINUTE"

    def allow_request(self, request: Request, view: Any) -> bool:
        token = request.auth
        who = token.digest if isinstance(token, ApiToken) else str(request.user.pk)
        return count_this_minute(f"{self.scope}:{who}", at=timezone.now()) <= self.limit()


class WritesPerToken(PerToken):
    """Of what changes something, fewer."""

    scope, setting = "api_writes", "API_WRITES_PER_MINUTE"

    def allow_request(self, request: Request, view: Any) -> bool:
        return request.method in SAFE_METHODS or super().allow_request(request, view)
