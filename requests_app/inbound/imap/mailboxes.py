"""Which mailboxes the desk has: IMAP_URL names one, or several with spaces between."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TLS_PORT, PLAIN_PORT = 993, 143


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where the mail lies: imaps://user:password@host:port/folder (imap:// with STARTTLS)."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    is_tls: bool
    is_plain: bool = False  # on this machine only: no encryption at all

    @classmethod
    def at(cls, url: str) -> "Mailbox":
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in {"imaps", "imap"} or not parts.hostname or not parts.username:
            raise ImproperlyConfigured(
                "IMAP_URL is not as the desk needs it: imaps://user:password@host/INBOX, with an "
                "@ in the user’s name or the password written as %40, and a space between two "
                "mailboxes."
            )
        is_tls = parts.scheme == "imaps"
        return cls(
            host=parts.hostname,
            port=port or (TLS_PORT if is_tls else PLAIN_PORT),
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            is_tls=is_tls,
            is_plain=not is_tls and parts.hostname in {"localhost", "127.0.0.1", "::1"},
        )

    @property
    def address(self) -> str:
        """What it is called in the database, on the page and in logs: without its password."""
        return f"{self.user} at {self.host}:{self.port}/{self.folder}"[:400]


def mailboxes() -> list[Mailbox]:
    """Each mailbox once. Raises ImproperlyConfigured."""
    found = {box.address: box for box in map(Mailbox.at, settings.IMAP_URL.split())}
    return list(found.values())
