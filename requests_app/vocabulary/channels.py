"""Every way a letter may go, with all that is said of it. To add one, add a member here.

Forms and fields take Django's `TextChoices`; nothing else of Django is used.
"""

from dataclasses import dataclass
from typing import Self

from django.db.models import TextChoices


@dataclass(frozen=True, slots=True)
class ChannelDescription:
    """The words of one channel on pages and in letters, and the contact detail it needs.

    `contact` is the field of an office's contacts that holds its address; `needs` is what somebody
    is asked for where that is missing. A letter that a person hands over has a label for the day
    and one for what confirms it. `city_did` says how the city reached us by it; what came so has a
    `heard_label` where no machine sees it and a person writes it down.
    """

    how: str
    how_in_a_letter: str
    delivery_line: str  # above the address of a letter
    contact: str
    needs: str
    address_label: str
    day_label: str = ""
    confirmation_label: str = ""
    city_did: str = "wrote"
    heard_label: str = ""


LOOKED_UP = ChannelDescription("", "", "", "", "", "")  # `Channel("post")` finds a member by name


class Channel(TextChoices):
    described: ChannelDescription

    def __new__(cls, value: str, described: ChannelDescription = LOOKED_UP) -> Self:
        channel = str.__new__(cls, value)
        channel._value_, channel.described = value, described
        return channel

    EMAIL = (
        "email",
        ChannelDescription(
            how="by e-mail",
            how_in_a_letter="by e-mail",
            delivery_line="By e-mail",
            contact="email",
            needs="an e-mail address",
            address_label="E-mail address",
        ),
        "E-mail",
    )
    POST = (
        "post",
        ChannelDescription(
            how="by post",
            how_in_a_letter="by mail",
            delivery_line="By mail",
            contact="address",
            needs="a postal address",
            address_label="Postal address",
            day_label="Posted on",
            confirmation_label="Tracking number",
            city_did="wrote on paper",
            heard_label="A letter on paper",
        ),
        "Post",
    )
    IN_PERSON = (
        "in_person",
        ChannelDescription(
            how="in person",
            how_in_a_letter="by hand",
            delivery_line="By hand",
            contact="address",
            needs="the address of the office",
            address_label="Where it is handed in",
            day_label="Handed in on",
            confirmation_label="Receipt, or who took it",
            city_did="spoke with us in person",
            heard_label="A visit, theirs or ours",
        ),
        "In person",
    )
    PORTAL = (
        "portal",
        ChannelDescription(
            how="through the web portal",
            how_in_a_letter="through the city’s web portal",
            delivery_line="Through the city’s web portal",
            contact="portal_url",
            needs="the address of the web portal",
            address_label="The portal's address",
            day_label="Entered in the portal on",
            confirmation_label="Confirmation number",
        ),
        "Web portal",
    )
    PHONE = (
        "phone",
        ChannelDescription(
            how="by telephone",
            how_in_a_letter="by telephone",
            delivery_line="By telephone, and confirmed by this letter",
            contact="phone",
            needs="a telephone number",
            address_label="Telephone number",
            day_label="Called on",
            confirmation_label="Whom you spoke to",
            city_did="called",
            heard_label="A call",
        ),
        "Phone",
    )

    @property
    def is_by_hand(self) -> bool:
        """A person hands it over; only e-mail is sent by the desk itself."""
        return self is not Channel.EMAIL


def how(channel: str) -> str:
    """ "by e-mail", by the channel's name in the database; empty where there is none."""
    return Channel(channel).described.how if channel else ""
