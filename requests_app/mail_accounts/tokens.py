"""Access tokens: renewed before they end, asked for by one process at a time, never in a loop.

1. A token that is good for another five minutes is used as it is.
2. Else one process claims the renewal by compare-and-set; the others go on with what they have.
3. What fails is written down with when to try again: soon where the provider was away, an hour
   later where it refused. Until then nobody asks it.
"""

import hashlib
from datetime import datetime, timedelta

import httpx
import structlog
from celery import current_app
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from kombu.exceptions import OperationalError
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from requests_app.leases import wait_after
from requests_app.mail_accounts.providers import Provider, provider
from requests_app.models import MailSignIn

log = structlog.get_logger(__name__)
GOOD_FOR = timedelta(minutes=5)
USUAL_LIFE = timedelta(hours=1)  # where the provider does not say how long
TIMEOUT_SECONDS = 20.0
CLAIM = timedelta(seconds=60)  # a renewal takes no longer, see TIMEOUT_SECONDS
WAITS = tuple(timedelta(seconds=s) for s in (15, 30, 60, 120, 300, 600))
AFTER_A_REFUSAL = timedelta(hours=1)
TELL = "requests_app.reminders.tasks.tell_of_refused_sign_in"
# What only a person can mend (RFC 6749, 5.2, and Microsoft's own).
REFUSALS = {
    "invalid_grant", "interaction_required", "consent_required", "login_required",
    "invalid_client", "unauthorized_client", "invalid_scope", "access_denied",
}  # fmt: skip


class SignInError(ConnectionError):
    """The desk has no leave to use the account just now; a sentence that says what to do."""


def access_token(account: str, *, at: datetime) -> str:
    """One that is good for some minutes. Raises SignInError."""
    row = _row(account, at=at)
    if row.access_token and row.expires_at and row.expires_at > at + GOOD_FOR:
        return row.access_token
    if row.not_before and row.not_before > at:
        raise SignInError(row.trouble)
    if not row.refresh_token:
        raise SignInError(f"The desk has no leave to use {account} yet. {_connect(account)}")
    if not _claim(row, at=at):
        if row.access_token and row.expires_at and row.expires_at > at:
            return row.access_token
        raise SignInError(f"Another process renews the leave to use {account}: a moment.")
    return _renewed(row, at=at)


def distrust(account: str, token: str) -> None:
    """The mail server did not take a token: the next one is asked for anew."""
    for row in MailSignIn.objects.filter(account=account):
        if row.access_token == token:
            MailSignIn.objects.filter(pk=row.pk).update(expires_at=None)


def connect(account: str, answer: dict[str, object], *, at: datetime) -> None:
    """Keep what the provider gave when a person gave their leave."""
    MailSignIn.objects.update_or_create(
        account=account,
        defaults=_given(answer, at=at)
        | {"refresh_token": answer["refresh_token"], "connected_at": at, "told_at": None},
    )


def ask(found: Provider, body: str) -> dict[str, object]:
    """The answer of the token endpoint. Raises OAuth2Error, httpx.HTTPError or ValueError."""
    reply = httpx.post(
        found.token_url,
        content=body,
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        timeout=TIMEOUT_SECONDS,
    )
    if reply.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or reply.status_code == 429:
        reply.raise_for_status()
    client = WebApplicationClient(settings.MAIL_OAUTH_CLIENT_ID)
    return dict(client.parse_request_body_response(reply.text))


def _row(account: str, *, at: datetime) -> MailSignIn:
    """Begun with the refresh token of the settings, and again where that has changed since."""
    given = settings.MAIL_OAUTH_REFRESH_TOKEN
    digest = hashlib.sha256(given.encode()).hexdigest() if given else ""
    row, _ = MailSignIn.objects.get_or_create(account=account)
    if digest and row.setting_digest != digest:
        row.refresh_token, row.setting_digest, row.connected_at = given, digest, at
        row.access_token, row.expires_at, row.not_before, row.tried_at = "", None, None, None
        row.is_refused, row.trouble, row.failures, row.told_at = False, "", 0, None
        row.save()
    return row


def _claim(row: MailSignIn, *, at: datetime) -> bool:
    """False where another process is at it, or has just taken it up."""
    if row.tried_at is not None and row.tried_at > at - CLAIM:
        is_renewed = row.renewed_at is not None and row.renewed_at >= row.tried_at
        if not is_renewed and row.not_before is None:
            return False
    as_read = MailSignIn.objects.filter(pk=row.pk, tried_at=row.tried_at)
    return bool(as_read.update(tried_at=at, not_before=None))


def _renewed(row: MailSignIn, *, at: datetime) -> str:
    try:
        found = provider()
        client = WebApplicationClient(settings.MAIL_OAUTH_CLIENT_ID)
        body = client.prepare_refresh_body(
            refresh_token=row.refresh_token,
            client_id=settings.MAIL_OAUTH_CLIENT_ID,
            **client_secret(),
        )
        given = _given(ask(found, body), at=at)
    except ImproperlyConfigured as error:
        raise _failed(row, str(error), at=at, is_refused=True) from error
    except OAuth2Error as error:
        is_refused = error.error in REFUSALS
        said = f"{error.error}: {error.description}".strip(": .")
        words = f"{found.name} does not renew the desk’s leave to use {row.account} ({said})."
        advice = _advice(row.account, str(error.error)) if is_refused else ""
        raise _failed(row, f"{words} {advice}", at=at, is_refused=is_refused) from error
    except (httpx.HTTPError, ValueError) as error:
        words = f"{found.name} could not be asked for leave to use {row.account}"
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise _failed(row, f"{words} ({reason}).", at=at, is_refused=False) from error
    MailSignIn.objects.filter(pk=row.pk).update(**given)
    log.info("the leave to use a mail account was renewed", account=row.account)
    return str(given["access_token"])


def client_secret() -> dict[str, str]:
    secret = settings.MAIL_OAUTH_CLIENT_SECRET
    return {"client_secret": secret} if secret else {}


def _given(answer: dict[str, object], *, at: datetime) -> dict[str, object]:
    """The columns that follow from an answer; some providers send another refresh token."""
    lasts = answer.get("expires_in")
    life = timedelta(seconds=int(str(lasts))) if lasts else USUAL_LIFE
    fields: dict[str, object] = {
        "access_token": answer["access_token"],
        "expires_at": at + life,
        "renewed_at": at,
        "tried_at": at,
        "failures": 0,
        "not_before": None,
        "is_refused": False,
        "trouble": "",
        "told_at": None,
    }
    if answer.get("refresh_token"):
        fields["refresh_token"] = answer["refresh_token"]
    return fields


def _failed(row: MailSignIn, words: str, *, at: datetime, is_refused: bool) -> SignInError:
    """Written down, and told to the admins where only a person can mend it."""
    failures = row.failures + 1
    wait = AFTER_A_REFUSAL if is_refused else wait_after(failures, waits=WAITS)
    MailSignIn.objects.filter(pk=row.pk).update(
        failures=failures,
        not_before=at + wait,
        is_refused=is_refused,
        trouble=words.strip(),
    )
    log.warning("no leave to use a mail account", account=row.account, why=words)
    if is_refused:
        try:
            current_app.send_task(TELL, [row.pk])
        except OperationalError:  # the pages of admins say it all the same
            log.exception("the worker could not be asked to tell of it", account=row.account)
    return SignInError(words.strip())


def _advice(account: str, code: str) -> str:
    if code in {"invalid_client", "unauthorized_client"}:
        return (
            "Check MAIL_OAUTH_CLIENT_ID and MAIL_OAUTH_CLIENT_SECRET: the secret may have run out."
        )
    return _connect(account)


def _connect(account: str) -> str:
    return f"Whoever runs the desk gives it anew: manage.py connect_mailbox {account}"
