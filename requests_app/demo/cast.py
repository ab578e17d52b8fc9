"""The newsroom of the demonstration and the people in it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from requests_app.actions.cities import contacts
from requests_app.actions.newsroom import people
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress
from requests_app.models import Newsroom, Role, User

NEWSROOM = "The Sound Shore Ledger"
PASSWORD = "look-around-freely"  # noqa: S105  printed on the terminal; it opens nothing real
CAST = {
    "metro": ("Rosa Delgado", Role.REPORTER),
    "housing": ("Tom Whitfield", Role.REPORTER),
    "data": ("Imani Brooks", Role.REPORTER),
    "research": ("Lena Fischer", Role.RESEARCHER),
    "editor": ("Grace Okafor", Role.EDITOR),
}
# Offices the stories write to. Where a pack states no e-mail, a newsroom would have to find one.
OFFICES = [
    ("us-ct/stamford", "city_clerk"),
    ("us-ct/stamford", "police_records"),
    ("us-ca/stockton", "city_clerk"),
    ("us-ca/stockton", "dataset_steward"),
    ("us-ca/concord", "city_clerk"),
    ("us-ca/concord", "dataset_steward"),
    ("us-mo/kansas-city", "records_custodian"),
    ("us-mo/kansas-city", "portal_admin"),
    ("us-or/portland", "records_custodian"),
    ("us-or/portland", "it"),
    ("us-or/portland", "elected_official"),
]


@dataclass(frozen=True)
class Cast:
    newsroom: Newsroom
    admin: User
    by_desk: dict[str, User]


def hire(*, at: datetime) -> Cast:
    """The newsroom, an admin and one person a desk; each signs in with `PASSWORD`."""
    admin = people.found_newsroom(
        name=NEWSROOM,
        address="12 Summer Street\nStamford, CT 06901",
        email="records@ledger.example",
        admin_name="Ana Petrov",
        admin_email="admin@ledger.example",
        password=PASSWORD,
        at=at,
    )
    newsroom = admin.membership.newsroom
    # While its stories are told, what is sent leaves at the moment it is said to have left.
    people.change_settings(newsroom, by=admin, recall_minutes=0)
    by_desk = {}
    for desk, (name, role) in CAST.items():
        email = f"{desk}@ledger.example"
        member = people.add_member(
            newsroom,
            email=email,
            name=name,
            role=role,
            by=Attribution(admin, at),
        )
        member.user.set_password(PASSWORD)
        member.user.save()
        by_desk[desk] = member.user
    for city, office in OFFICES:
        contacts.enter_office(
            newsroom,
            city_slug=city,
            office_role=office,
            email=f"{office.replace('_', '-')}@{city.split('/')[1]}.example",
            found=FoundAddress("Invented for this demonstration", timezone.localdate(at)),
            by=Attribution(admin, at),
        )
    return Cast(newsroom, admin, by_desk)
