"""Mail that came in: some names its request, some is a machine's, some waits for a person."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from requests_app.actions.mail import incoming
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin, Teller
from requests_app.inbound.storing import FOLDER
from requests_app.models import CameBy, RecordsRequest
from requests_app.reply_addresses import reply_address
from requests_app.storage import content


def tell(cast: Cast, story: Begin) -> None:
    teller = story("editor")
    _out_of_office(teller)
    _estimate(teller)
    _without_its_address(teller)


def _out_of_office(teller: Teller) -> None:
    """Filed, and the city is as late as before."""
    late = _request(teller, "Use-of-force reports, 2024–25")
    _arrives(
        teller,
        late,
        ago=3,
        text="I am out of the office until December 1. For urgent matters please call the desk.",
        headers={
            "From": "City Clerk <city-clerk@stamford.example>",
            "To": reply_address(late),
            "Subject": "Automatic reply: Use-of-force reports, 2024–25",
            "Auto-Submitted": "auto-replied",
        },
    )


def _estimate(teller: Teller) -> None:
    """Filed on its request, where the desk says what it seems to be."""
    overtime = _request(teller, "Fire overtime ledger")
    _arrives(
        teller,
        overtime,
        ago=1,
        text=(
            "Good morning,\n\nWe estimate the cost of producing these records at $42.50 for two "
            "hours of staff time. Please let us know whether you would like us to proceed.\n\n"
            "Office of the Custodian of Records"
        ),
        headers={
            "From": "Records Custodian <records-custodian@kansas-city.example>",
            "To": reply_address(overtime),
            "Subject": "Re: Fire overtime ledger",
        },
    )


def _without_its_address(teller: Teller) -> None:
    """Nothing in it proves which request it answers: it waits in the Inbox, with a candidate."""
    calendar = _request(teller, "The Mayor's calendar")
    _arrives(
        teller,
        calendar,
        ago=1,
        text=(
            "Hello,\n\nI was asked to look at your request. Do you want the meetings of the staff "
            "as well, or the Mayor's alone? Please clarify so that we can begin.\n\nJordan Avery"
        ),
        headers={
            "From": "Jordan Avery <elected-official@portland.example>",
            "To": "records@ledger.example",
            "Subject": "your request for the mayor's calendar",
        },
    )


def _request(teller: Teller, subject: str) -> RecordsRequest:
    return RecordsRequest.objects.get(newsroom=teller.newsroom, subject=subject)


def _arrives(
    teller: Teller,
    request: RecordsRequest,
    *,
    ago: int,
    text: str,
    headers: dict[str, str],
) -> None:
    """As it would by any of the three ways: kept, read, matched, filed."""
    sender, to = headers["From"], headers["To"]
    teller.request = request
    at = teller.at(ago, 9)
    message = EmailMessage()
    message["Date"] = format_datetime(at - timedelta(minutes=2))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    kept = content.keep(message.as_bytes(), folder=FOLDER)
    mail, _ = incoming.store(kept, came_by=CameBy.PIPE, at=at, envelope_to=to)
    incoming.take_in(mail, at=at)
