"""How often one address, one person or one token may call in a minute."""

from typing import Any

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from requests_app.models import ApiToken


class _PerMinute(SimpleRateThrottle):
    """So many in a minute, counted in the cache that all processes share."""

    setting = ""
    duration: int
    num_requests: int

    def get_rate(self) -> str:
        return f"{getattr(settings, self.setting)}/min"


class StrangersPerAddress(_PerMinute):
    """Calls of nobody we know, by where they come from: so tokens cannot be guessed at."""

    scope, setting = "api_strangers", "API_STRANGERS_PER_MINUTE"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether one more may be tried; it is counted once it is known to be a stranger's."""
        self.key, self.now = self.get_cache_key(request, view), self.timer()
        history = self.cache.get(self.key, [])
        self.history = [at for at in history if at > self.now - self.duration]
        return len(self.history) < self.num_requests

    def count(self) -> None:
        self.cache.set(self.key, [self.now, *self.history], self.duration)


class PerToken(_PerMinute):
    """Of a token; of whoever is signed in on the pages, all together."""

    scope, setting = "api_token", "API_PER_MINUTE"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        token = request.auth
        who = token.digest if isinstance(token, ApiToken) else str(request.user.pk)
        return str(self.cache_format % {"scope": self.scope, "ident": who})


class WritesPerToken(PerToken):
    """Of what changes something, fewer."""

    scope, setting = "api_writes", "API_WRITES_PER_MINUTE"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return None if request.method in SAFE_METHODS else super().get_cache_key(request, view)
