"""What allauth tells of somebody's access, reported. Only a library's signals are heard here."""

from typing import Any

from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from requests_app.accounts import known_devices
from requests_app.accounts.security_events import Kind, report
from requests_app.models import User


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="signed in")
    user_logged_out.connect(_signed_out, dispatch_uid="signed out")
    password_reset.connect(_password_set_by_mail, dispatch_uid="password set by mail")


def _signed_in(request: HttpRequest, user: User, **told: Any) -> None:
    report(Kind.SIGNED_IN, user, request)


def _signed_out(request: HttpRequest, user: User | None, **told: Any) -> None:
    if user is not None:
        report(Kind.SIGNED_OUT, user, request)


def _password_set_by_mail(request: HttpRequest, user: User, **told: Any) -> None:
    known_devices.note_proof_by_mail(request, user)
