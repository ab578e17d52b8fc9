"""A newsroom founded as its people would: set up on the first visit, everybody else invited."""

import re
from dataclasses import dataclass

from tests.desk import PASSWORD, Desk, Person, text_of

NAME = "The Delta Courier"
ADDRESS = "40 Levee Road\nStockton, CA 95202"
ADMIN = ("Ana Petrov", "ana@courier.example")
REPORTER = ("Rosa Delgado", "rosa@courier.example")
EDITOR = ("Grace Okafor", "grace@courier.example")
RESEARCHER = ("Lena Fischer", "lena@courier.example")
LINK = re.compile(r"https?://\S+/invitation/\S+")


@dataclass(frozen=True)
class Newsroom:
    """The people of the desk, each signed in at a browser of their own."""

    desk: Desk
    admin: Person
    reporter: Person
    editor: Person
    researcher: Person


def found(desk: Desk) -> Person:
    """The first visit: whoever comes is led to the set-up page and is signed in by it."""
    admin = desk.person()
    assert admin.get("/").url.path == "/setup/"
    board = admin.fill(
        "/setup/",
        name=NAME,
        address=ADDRESS,
        email="desk@courier.example",
        admin_name=ADMIN[0],
        admin_email=ADMIN[1],
        admin_password=PASSWORD,
    )
    assert board.url.path == "/"
    assert "Nothing has been asked yet" in text_of(board)
    return admin


def invite(admin: Person, desk: Desk, who: tuple[str, str], role: str) -> Person:
    """Invited on the members' page; by the mailed link they say their name, choose a password and
    are signed in."""
    name, email = who
    members = admin.fill("/members/new/", email=email, role=role)
    assert email in text_of(members)
    mail = desk.mail_to(email)[0].get_body(("plain",))
    link = LINK.search(mail.get_content()) if mail else None
    assert link, f"no link in the mail to {email}"
    newcomer = desk.person()
    form = newcomer.get(link.group())
    welcome = newcomer.send_form(form.url.path, name=name, password=PASSWORD)
    assert welcome.url.path == "/welcome/"
    return desk.person(email)


def founded(desk: Desk) -> Newsroom:
    admin = found(desk)
    return Newsroom(
        desk,
        admin,
        reporter=invite(admin, desk, REPORTER, "reporter"),
        editor=invite(admin, desk, EDITOR, "editor"),
        researcher=invite(admin, desk, RESEARCHER, "researcher"),
    )
