"""`manage.py connect_mailbox ACCOUNT`: get leave to use a mail account by OAuth2, and keep it."""

import secrets
import sys
from argparse import ArgumentParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from requests_app.mail_accounts import tokens
from requests_app.mail_accounts.providers import Provider, provider

# Nothing listens there: the browser shows an error, and its address line has the code. So this
# works on a server without a browser, too.
REDIRECT = "http://localhost"


class Command(BaseCommand):
    help = (
        "Get leave to use a mail account at Google or Microsoft by OAuth2. Opens no browser: it "
        "prints an address to open anywhere, and asks for the address that the browser ends at."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", help="the account, such as desk@example.org")

    def handle(self, account: str, **options: Any) -> None:
        if not settings.MAIL_OAUTH_PROVIDER:
            raise CommandError("Set MAIL_OAUTH_PROVIDER first: google or microsoft.")
        try:
            found = provider()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        client = WebApplicationClient(settings.MAIL_OAUTH_CLIENT_ID)
        verifier = client.create_code_verifier(64)
        state = secrets.token_urlsafe(24)
        self.stdout.write(
            f"1. Open this address in a browser, and sign in as {account}:\n\n"
            f"{_address(client, found, account, verifier, state)}\n\n"
            f"2. Agree. The browser then shows an error at {REDIRECT}/?code=…: that is as it "
            "should be.\n3. Copy that whole address from the browser, and give it here.\n"
        )
        code = _code(self._pasted(), state)
        body = client.prepare_request_body(
            code=code,
            redirect_uri=REDIRECT,
            code_verifier=verifier,
            **tokens.client_secret(),
        )
        try:
            answer = tokens.ask(found, body)
        except (OAuth2Error, httpx.HTTPError, ValueError) as error:
            raise CommandError(
                f"{found.name} gave no leave ({error}). Nothing was changed; run this again."
            ) from error
        if not answer.get("refresh_token"):
            raise CommandError(
                f"{found.name} gave no refresh token, so the leave would end within the hour. "
                "Take the app’s access away in the account’s settings and run this again."
            )
        tokens.connect(account, answer, at=timezone.now())
        self.stdout.write(
            f"The desk may use {account}. Name it in IMAP_URL and EMAIL_URL without a password; "
            "manage.py fetch_mail tries it."
        )

    def _pasted(self) -> str:
        self.stdout.write("The address: ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip()


def _address(
    client: WebApplicationClient, found: Provider, account: str, verifier: str, state: str
) -> str:
    return str(
        client.prepare_request_uri(
            found.authorize_url,
            redirect_uri=REDIRECT,
            scope=found.scope.split(),
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            login_hint=account,
            **found.asked_beside,
        )
    )


def _code(pasted: str, state: str) -> str:
    said = {name: values[0] for name, values in parse_qs(urlsplit(pasted).query).items()}
    if said.get("error"):
        why = said.get("error_description") or said["error"]
        raise CommandError(f"No leave was given ({why}). Nothing was changed.")
    if not said.get("code") or not secrets.compare_digest(said.get("state", ""), state):
        raise CommandError(
            "That is not the address this run’s browser ended at: it begins with "
            f"{REDIRECT}/?code= or has it further on. Nothing was changed; run this again."
        )
    return said["code"]
