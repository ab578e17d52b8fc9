"""The newsroom that the sample letters come from, and who writes them."""

from requests_app.models import Membership, Newsroom, Role, User

NEWSROOM = "The Sound Shore Ledger"


def reporter() -> User:
    """Somebody who writes them all, in a newsroom of their own."""
    newsroom = Newsroom.objects.create(
        name=NEWSROOM,
        address="12 Summer Street\nStamford, CT 06901",
        email="records@ledger.example",
        phone="203-555-0100",
        recall_minutes=0,
    )
    person: User = User.objects.create(email="dana.whitfield@ledger.example", name="Dana Whitfield")
    Membership.objects.create(newsroom=newsroom, user=person, role=Role.REPORTER)
    return person
