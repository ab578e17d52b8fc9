"""Who does what is recorded, and when it is entered."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.models import User


@dataclass(frozen=True, slots=True)
class Attribution:
    """A person, and the moment at which they enter what they do. Every verb takes it as `by`.

    The day on which it happened is another thing: a call of Monday is entered on Tuesday.
    """

    user: User
    at: datetime


@dataclass(frozen=True, slots=True)
class ByTheDesk:
    """The desk itself does it, as when a machine's mail is filed: nobody is named."""

    at: datetime
    user: None = None


Recorder = Attribution | ByTheDesk
