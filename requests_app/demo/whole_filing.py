"""One whole filing, as a body has it: a letter, its contents and its exhibits, for the docs."""

from cities.schema.load import load_city
from requests_app.actions.requests import appeals, city_determinations
from requests_app.demo.finished_drafts import finish
from requests_app.demo.walked_requests import BODY, Walker, city_answer
from requests_app.letters import Sending
from requests_app.models import Channel, User
from requests_app.storage import content

DENIAL = """\
Your request of November 2 is denied.

Reports on the use of force are records of a law enforcement agency (C.G.S. § 1-210(b)(3)), and \
they form part of the personnel files of the officers concerned (C.G.S. § 1-210(b)(2)).

Office of the City Clerk"""
CLAIMED = ("Conn. Gen. Stat. § 1-210(b)(3)", "Conn. Gen. Stat. § 1-210(b)(2)")
ANSWERS = {
    "what it gives as its ground": "two subdivisions of § 1-210(b), and no fact",
    "what the record says of the employee’s work": "how officers used force on duty",
}


def filed_whole(by: User) -> bytes:
    """The document that was filed, of a denial in Stamford. Its files stay in the desk's store."""
    walker = Walker(load_city("us-ct/stamford"), by)
    request = walker.filed()
    city_determinations.deny(
        request, answer=city_answer(DENIAL), exemptions=list(CLAIMED), **walker.now
    )
    request.refresh_from_db()
    appeal = appeals.draft(request, route="foic", **walker.now)
    finish(appeal, answers=ANSWERS, **walker.now)
    delivery = appeals.file(appeal, sending=Sending(Channel.EMAIL, BODY), **walker.now)
    filing = delivery.letter.filing
    return content.read_whole(str(filing.document.file.name), sha256=filing.sha256)
