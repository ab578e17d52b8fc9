"""Sessions in the database that end by themselves: unused for a while, or a working day old.

They end where they are read, so nothing that asks who is signed in can go past the limits. What
they are, and why: NIST SP 800-63B-4, section 2.2.3.
"""

import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

BEGAN, SEEN = "signed_in_at", "seen_at"  # seconds since 1970


class SessionStore(DatabaseSessions):
    def load(self) -> dict[str, Any]:
        data: dict[str, Any] = super().load()
        if SESSION_KEY in data and _is_over(data):
            self.delete()
            self._session_key = None
            return {}
        return data


def _is_over(data: dict[str, Any]) -> bool:
    now = time.time()
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds()
    longest = timedelta(hours=settings.SESSION_HOURS).total_seconds()
    return now - data.get(SEEN, 0) > idle or now - data.get(BEGAN, 0) > longest
