"""SMTP with XOAUTH2, where EMAIL_URL names a user and no password."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from requests_app.mail_accounts.providers import signs_in_by_oauth
from requests_app.mail_accounts.tokens import SignInError, access_token, distrust


class MailServer(EmailBackend):
    """Django's own, which signs in by a password if there is one."""

    def open(self) -> bool | None:
        if self.connection or not signs_in_by_oauth(self.username, self.password):
            return super().open()
        token = access_token(self.username, at=timezone.now())
        opened = super().open()
        if opened and self.connection is not None:
            self._sign_in(self.connection, token)
        return opened

    def _sign_in(self, smtp: smtplib.SMTP, token: str) -> None:
        """https://developers.google.com/workspace/gmail/imap/xoauth2-protocol"""
        proof = f"user={self.username}\x01auth=Bearer {token}\x01\x01"

        def answer(challenge: bytes | None = None) -> str:
            """Beside the first: to what a server says of a refusal nothing is added."""
            return proof if challenge is None else ""

        try:
            smtp.ehlo_or_helo_if_needed()
            smtp.auth("XOAUTH2", answer)
        except smtplib.SMTPException as error:
            self.close()
            distrust(self.username, token)
            raise SignInError(
                f"The mail server did not take the desk’s leave to use {self.username} ({error})."
            ) from error
