"""How the desk itself sends: one module a channel. Everything else is handed over by a person.

A channel opens a `Dialogue` for a delivery; `requests_app.delivery.send` leads it.
"""

from requests_app.delivery.channels import email
from requests_app.delivery.channels.dialogue import Dialogue
from requests_app.models import Channel, Delivery

__all__ = ["open_dialogue"]

SENDERS = {Channel.EMAIL: email.open_dialogue}


def open_dialogue(delivery: Delivery) -> Dialogue:
    """A conversation with the server that will carry it. Raises NotNow or Never, see `dialogue`."""
    return SENDERS[Channel(delivery.channel)](delivery)
