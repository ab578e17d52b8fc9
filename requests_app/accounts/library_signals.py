"""What allauth tells of somebody's access, reported. Only a library's signals are heard here."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from requests_app.accounts import known_devices, sessions
from requests_app.accounts.endings import end_access_of
from requests_app.accounts.security_events import Kind, report
from requests_app.models import User


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="signed in")
    user_logged_out.connect(_signed_out, dispatch_uid="signed out")
    password_changed.connect(_password_changed, dispatch_uid="password changed")
    password_reset.connect(_password_set_by_mail, dispatch_uid="password set by mail")
    authenticator_added.connect(_factor_added, dispatch_uid="factor added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="factor removed")
    authenticator_reset.connect(_recovery_codes_made, dispatch_uid="recovery codes made")


def _signed_in(request: HttpRequest, user: User, **told: Any) -> None:
    sessions.begin(request.session)
    report(Kind.SIGNED_IN, user, request)


def _signed_out(request: HttpRequest, user: User | None, **told: Any) -> None:
    if user is not None:
        report(Kind.SIGNED_OUT, user, request)


def _password_changed(request: HttpRequest, user: User, **told: Any) -> None:
    """Who knew the one before is signed out, and so is each program that was let in under it."""
    end_access_of(user, but_session=request.session.session_key)
    report(Kind.PASSWORD_CHANGED, user, request)


def _password_set_by_mail(request: HttpRequest, user: User, **told: Any) -> None:
    _password_changed(request, user)
    known_devices.note_proof_by_mail(request, user)


def _factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **told: Any
) -> None:
    report(Kind.FACTOR_ADDED, user, request, factor=authenticator.type)


def _factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **told: Any
) -> None:
    report(Kind.FACTOR_REMOVED, user, request, factor=authenticator.type)


def _recovery_codes_made(request: HttpRequest, user: User, **told: Any) -> None:
    report(Kind.RECOVERY_CODES_MADE, user, request)
