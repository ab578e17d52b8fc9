"""Mail accounts by OAuth2: against a token endpoint, dovecot's XOAUTH2 and an SMTP server's."""

import base64
import smtplib
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from bootstrap.machine import tools
from bootstrap.servers.ports import any_free
from requests_app.inbound import imap
from requests_app.mail_accounts import tokens
from requests_app.mail_accounts.tokens import SignInError, access_token
from requests_app.mail_accounts.xoauth2 import MailServer as SendingServer
from requests_app.management.commands import connect_mailbox
from requests_app.models import InboundMail, MailSignIn, Role
from requests_app.reminders import tasks as reminder_tasks
from tests.factories import member
from tests.inbound.mailbox import MailServer
from tests.inbound.messages import message
from tests.inbound.oauth_provider import CLIENT, CODE, SECRET, Provider

pytestmark = pytest.mark.django_db
AT = timezone.now()
BY_TOKEN = """
auth_mechanisms = plain xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {file}
}}
"""


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    running = Provider()
    settings.MAIL_OAUTH_PROVIDER = "google"
    settings.MAIL_OAUTH_TOKEN_URL = running.token_url
    settings.MAIL_OAUTH_CLIENT_ID, settings.MAIL_OAUTH_CLIENT_SECRET = CLIENT, SECRET
    settings.MAIL_OAUTH_REFRESH_TOKEN = "leave-1"
    yield running
    running.stop()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The refusals of which the admins are to be told."""
    sent: list[int] = []
    monkeypatch.setattr(tokens.current_app, "send_task", lambda name, args: sent.extend(args))
    return sent


@pytest.fixture
def mailbox(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    program = tools.found("dovecot")
    assert program, "no dovecot here: install dovecot-imapd"
    folder = tmp_path_factory.mktemp("oauth")
    file = folder / "oauth2.conf"
    file.write_text(
        f"introspection_mode = post\nintrospection_url = http://127.0.0.1:{provider.port}/introspect\n"
        "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
    )
    server = MailServer(program, BY_TOKEN.format(file=file))
    yield server
    server.stop()


def look(mailbox: MailServer) -> int:
    url = mailbox.url().replace(":secret@", "@")
    return imap.look(imap.Mailbox.at(url), now=timezone.now)


@pytest.mark.tools
def test_a_mailbox_is_emptied_by_a_token(mailbox: MailServer, provider: Provider) -> None:
    mailbox.put(message())

    assert look(mailbox) == 1
    assert look(mailbox) == 0

    assert InboundMail.objects.count() == 1
    assert len(provider.asked) == 1  # the second time by the same token


@pytest.mark.tools
def test_a_token_that_the_mailbox_does_not_take_is_asked_for_anew(
    mailbox: MailServer, provider: Provider
) -> None:
    look(mailbox)
    provider.access_tokens.clear()  # the provider has ended it early

    with pytest.raises(imap.TROUBLE):
        look(mailbox)

    assert look(mailbox) == 0
    assert len(provider.asked) == 2


class _Takes:
    """An SMTP server that takes mail of whoever brings a good token."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.taken: list[bytes] = []

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        proof = base64.b64decode(args[1]).decode()
        user, token = proof.removeprefix("user=").removesuffix("\x01\x01").split("\x01auth=Bearer ")
        if self.provider.access_tokens.get(token) == user:
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        self.taken.append(envelope.content)
        return "250 OK"


@pytest.fixture
def smtp(provider: Provider, settings: Any) -> Iterator[_Takes]:
    takes = _Takes(provider)
    controller = Controller(takes, hostname="127.0.0.1", port=any_free(), auth_require_tls=False)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield takes
    controller.stop()


def send() -> None:
    mail = EmailMessage("Hello", "Text", "desk@example.org", ["clerk@example.org"])
    SendingServer(timeout=20).send_messages([mail])


def test_mail_leaves_by_a_token(smtp: _Takes) -> None:
    send()

    assert b"Text" in smtp.taken[0]


def test_a_server_that_does_not_take_the_token_is_told_a_new_one(
    smtp: _Takes, provider: Provider
) -> None:
    access_token("desk", at=timezone.now())
    provider.access_tokens.clear()

    with pytest.raises(SignInError, match="did not take the desk’s leave to use desk"):
        send()
    send()

    assert len(smtp.taken) == 1


def test_tokens_lie_encrypted(provider: Provider) -> None:
    token = access_token("desk", at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh_token, access_token FROM requests_app_mailsignin")
        stored = " ".join(cursor.fetchone())
    assert "leave-1" not in stored
    assert token not in stored
    assert access_token("desk", at=AT) == token


def test_a_token_is_renewed_before_it_ends(provider: Provider) -> None:
    first = access_token("desk", at=AT)

    assert access_token("desk", at=AT + timedelta(minutes=54)) == first
    second = access_token("desk", at=AT + timedelta(minutes=56))

    assert second != first
    assert len(provider.asked) == 2


def test_while_another_process_renews_it_the_old_one_is_used(provider: Provider) -> None:
    first = access_token("desk", at=AT)
    later = AT + timedelta(minutes=57)
    MailSignIn.objects.update(tried_at=later)  # the other one has just begun

    assert access_token("desk", at=later) == first
    MailSignIn.objects.update(tried_at=AT + timedelta(minutes=59, seconds=50))
    with pytest.raises(SignInError, match="Another process renews"):
        access_token("desk", at=AT + timedelta(minutes=60))
    assert len(provider.asked) == 1


def test_a_refusal_is_told_once_and_asked_about_again_after_an_hour(
    provider: Provider, told: list[int]
) -> None:
    provider.refresh_tokens.clear()

    for minute in (0, 1, 30, 59):
        with pytest.raises(SignInError, match=r"manage\.py connect_mailbox desk") as said:
            access_token("desk", at=AT + timedelta(minutes=minute))
    assert "Google does not renew the desk’s leave to use desk" in str(said.value)
    assert "expired or revoked" in str(said.value)
    assert len(provider.asked) == 1
    assert told == [MailSignIn.objects.get().pk]

    provider.refresh_tokens["leave-1"] = "desk"
    assert access_token("desk", at=AT + timedelta(minutes=61))
    row = MailSignIn.objects.get()
    assert (row.is_refused, row.trouble, row.failures) == (False, "", 0)


def test_a_wrong_client_secret_says_which_setting_to_check(
    provider: Provider, settings: Any, told: list[int]
) -> None:
    settings.MAIL_OAUTH_CLIENT_SECRET = "of last year"

    with pytest.raises(SignInError, match="Check MAIL_OAUTH_CLIENT_ID and MAIL_OAUTH_CLIENT_SEC"):
        access_token("desk", at=AT)


def test_a_provider_that_is_away_is_tried_again_ever_more_rarely(
    provider: Provider, told: list[int]
) -> None:
    provider.is_down = True
    at, waits = AT, []
    for _ in range(6):
        with pytest.raises(SignInError, match="could not be asked"):
            access_token("desk", at=at)
        until = MailSignIn.objects.get().not_before
        assert until is not None
        waits.append((until - at).total_seconds())
        with pytest.raises(SignInError):
            access_token("desk", at=until - timedelta(seconds=1))
        at = until

    assert len(provider.asked) == 6
    assert waits == sorted(waits)
    assert waits[-1] >= 300
    assert told == []  # it mends itself

    provider.is_down = False
    assert access_token("desk", at=at)


def test_a_new_refresh_token_in_the_settings_is_taken_up(
    provider: Provider, settings: Any, told: list[int]
) -> None:
    settings.MAIL_OAUTH_REFRESH_TOKEN = "mistyped"
    with pytest.raises(SignInError):
        access_token("desk", at=AT)

    settings.MAIL_OAUTH_REFRESH_TOKEN = "leave-1"

    assert access_token("desk", at=AT)


def test_an_account_without_leave_says_how_it_is_given(provider: Provider, settings: Any) -> None:
    settings.MAIL_OAUTH_REFRESH_TOKEN = ""

    with pytest.raises(SignInError, match=r"manage\.py connect_mailbox desk"):
        access_token("desk", at=AT)
    assert provider.asked == []


def connect(monkeypatch: pytest.MonkeyPatch, provider: Provider, *, change: str = "") -> str:
    """Walk through the command as a person with a browser does; what it printed."""
    out = StringIO()

    def browse(self: Any) -> str:
        shown = out.getvalue()
        address = next(line for line in shown.splitlines() if line.startswith("https://accounts"))
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["redirect_uri"] == "http://localhost"
        assert (asked["access_type"], asked["scope"]) == ("offline", "https://mail.google.com/")
        provider.challenge = asked["code_challenge"]
        state = "another" if change == "state" else asked["state"]
        if change == "denied":
            return f"http://localhost/?error=access_denied&state={state}"
        return f"http://localhost/?state={state}&code={CODE}"

    monkeypatch.setattr(connect_mailbox.Command, "_pasted", browse)
    call_command("connect_mailbox", "desk", stdout=out)
    return out.getvalue()


def test_the_command_walks_through_the_leave(
    provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_OAUTH_REFRESH_TOKEN = ""

    assert "The desk may use desk" in connect(monkeypatch, provider)

    row = MailSignIn.objects.get()
    assert (row.account, row.refresh_token) == ("desk", "leave-2")
    assert access_token("desk", at=timezone.now()) == row.access_token
    provider.refresh_tokens.pop("leave-1")
    assert access_token("desk", at=timezone.now() + timedelta(hours=2))


@pytest.mark.parametrize(
    ("change", "said"), [("state", "not the address"), ("denied", "No leave was given")]
)
def test_an_address_of_another_run_or_a_no_changes_nothing(
    change: str, said: str, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match=said):
        connect(monkeypatch, provider, change=change)

    assert not MailSignIn.objects.exists()
    assert provider.asked == []


def test_admins_are_told_of_a_refusal_once_in_words_that_say_what_to_do(
    provider: Provider, told: list[int], mailoutbox: list[EmailMessage]
) -> None:
    admin, _ = member(Role.ADMIN), member(Role.REPORTER)
    provider.refresh_tokens.clear()
    with pytest.raises(SignInError):
        access_token("desk", at=AT)

    for _ in range(2):
        reminder_tasks.tell_of_refused_sign_in(*told)

    [mail] = mailoutbox
    assert mail.to == [admin.email]
    assert "manage.py connect_mailbox desk" in mail.body


def test_a_refusal_that_no_mail_can_tell_is_told_at_the_next_try(
    provider: Provider, told: list[int], settings: Any
) -> None:
    """Where letters leave by the same account."""
    member(Role.ADMIN)
    provider.refresh_tokens.clear()
    with pytest.raises(SignInError):
        access_token("desk", at=AT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    reminder_tasks.tell_of_refused_sign_in(*told)

    assert MailSignIn.objects.get().told_at is None


def test_a_password_in_the_address_is_used_as_before(smtp: _Takes, settings: Any) -> None:
    settings.EMAIL_HOST_PASSWORD = "secret"

    server = SendingServer(timeout=20)
    with pytest.raises(smtplib.SMTPException):  # that server knows no passwords
        server.open()
    server.close()  # Django leaves it open
    assert not MailSignIn.objects.exists()
