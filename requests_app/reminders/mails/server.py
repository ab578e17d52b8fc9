"""The mail server of Django's settings, and what its answers mean for a mail to ourselves."""

import smtplib
from types import TracebackType

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


class Away(Exception):
    """The server cannot be reached: nothing was given, and no other mail need be tried now."""


class NotNow(Exception):
    """It said "later": nothing was given, and another try makes sense."""


class Never(Exception):
    """It said no for good."""


class Unknown(Exception):
    """The line broke after it may have been given."""


class Server:
    """One line to it for many mails; a new one after a mishap."""

    def __init__(self) -> None:
        self._backend = get_connection(timeout=settings.EMAIL_TIMEOUT)

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._backend.close()

    def reach(self) -> None:
        """Raises Away."""
        try:
            self._backend.open()
        except smtplib.SMTPAuthenticationError as error:
            said = f"The mail server refused our sign-in ({_said(error)}): check EMAIL_URL."
            raise Away(said) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Away(f"The mail server could not be reached ({_said(error)}).") from error

    def give(self, message: EmailMessage) -> None:
        """Raises NotNow, Never or Unknown."""
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            self._backend.close()
            [(code, answer)] = error.recipients.values()
            raise _refusal(code, answer) from error
        except smtplib.SMTPResponseException as error:
            self._backend.close()
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self._backend.close()
            raise Unknown(f"The line to the mail server broke ({_said(error)}).") from error


def _refusal(code: int, answer: bytes | str) -> Exception:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    said = f"The mail server answered: {code} {words}"
    return Never(said) if code >= 500 else NotNow(said)


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
