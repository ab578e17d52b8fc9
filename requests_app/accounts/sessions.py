"""Where somebody is signed in, since when, and until when: shown to them, and theirs to end."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from requests_app.accounts.client_address import address_of
from requests_app.accounts.session_store import BEGAN, SEEN
from requests_app.models import User

NOTED_EVERY = 60.0  # seconds: not every page need write
NOWHERE = "0.0.0.0"  # noqa: S104  # where a server hears by a socket without addresses


class SignedInPages:
    """Notes that a session is used, and has nothing between keep a page made for one person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Asking whether a page for everybody was read with a session would make it vary by it.
        if request.session.accessed and SESSION_KEY in request.session:
            _note_use(request)
            if "public" not in response.headers.get("Cache-Control", ""):
                response.headers["Cache-Control"] = "no-store, private"
        return response


def begin(session: SessionBase) -> None:
    session[BEGAN] = session[SEEN] = time.time()


def note(request: HttpRequest) -> None:
    """That this session is used now, from where and by what."""
    now = {
        "last_seen_at": timezone.now(),
        "ip": address_of(request) or NOWHERE,
        "user_agent": request.headers.get("User-Agent", "")[:200],
    }
    rows = UserSession.objects.filter(session_key=request.session.session_key)
    if not rows.update(**now):
        UserSession.objects.create_from_request(request)


def _note_use(request: HttpRequest) -> None:
    session, now = request.session, time.time()
    if now - session.get(SEEN, now) >= NOTED_EVERY and request.user.is_authenticated:
        session[SEEN] = now
        note(request)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One of a person's sessions, as they are shown it."""

    pk: int
    device: str
    address: str
    since: datetime
    last_seen: datetime
    is_this: bool


def sign_ins(request: HttpRequest, user: User) -> list[SignIn]:
    """This one first, then those used last. What has ended by itself is cleared away."""
    here = request.session.session_key
    found = [
        SignIn(
            row.pk,
            device_words(row.user_agent),
            "" if row.ip == NOWHERE else row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == here,
        )
        for row in UserSession.objects.purge_and_list(user)
    ]
    found.sort(key=lambda one: (one.is_this, one.last_seen), reverse=True)
    return found


def end(user: User, pk: int) -> bool:
    """Whether there was such a session of theirs."""
    row = UserSession.objects.filter(user=user, pk=pk).first()
    if row is not None:
        row.end()
    return row is not None


def end_all(user: User, *, but: str | None = None) -> int:
    """All of a person's, but the one with that key; how many."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=but)
    ended = [row.end() for row in rows]
    return len(ended)


BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """Firefox on Linux; what a browser says of itself, which it may say falsely."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return " on ".join(filter(None, (browser, system))) or "An unknown device"
