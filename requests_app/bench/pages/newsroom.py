"""The newsroom that is filled: forty people, and an e-mail address for each city's office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cities.schema.city import City, RequestKind
from cities.schema.load import all_cities
from requests_app.actions.cities import contacts
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress
from requests_app.models import Membership, Newsroom, ReminderChoices, Role, User

NAME = "Benchmark of the pages"
ROLES = {Role.ADMIN: 1, Role.EDITOR: 4, Role.RESEARCHER: 5, Role.REPORTER: 30}


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who works there, in the order in which they came."""

    newsroom: Newsroom
    everybody: tuple[User, ...]

    def of_role(self, role: Role) -> list[User]:
        return [user for user in self.everybody if user.role == role]

    @property
    def editor(self) -> User:
        return self.of_role(Role.EDITOR)[0]

    @property
    def reporters(self) -> list[User]:
        return self.of_role(Role.REPORTER)


def hire(*, at: datetime) -> Staff:
    newsroom = Newsroom.objects.create(name=NAME, address="1 Main Street", recall_minutes=0)
    roles = [role for role, count in ROLES.items() for _ in range(count)]
    people = User.objects.bulk_create(
        User(email=f"person{number}@bench.invalid", name=f"Person {number}", date_joined=at)
        for number in range(len(roles))
    )
    Membership.objects.bulk_create(
        Membership(newsroom=newsroom, user=user, role=role)
        for user, role in zip(people, roles, strict=True)
    )
    ReminderChoices.objects.bulk_create(ReminderChoices(user=user) for user in people)
    staff = staff_of(newsroom)
    _enter_offices(newsroom, all_cities(), by=Attribution(staff.editor, at))
    return staff


def staff_of(newsroom: Newsroom) -> Staff:
    memberships = newsroom.memberships.select_related("user__membership").order_by("pk")
    return Staff(newsroom, tuple(membership.user for membership in memberships))


def office_of(city: City) -> str:
    """The office that most requests for records go to there."""
    return city.offices_for(RequestKind.RECORDS)[0].role


def _enter_offices(newsroom: Newsroom, cities: Iterable[City], *, by: Attribution) -> None:
    day = by.at.date() - timedelta(days=1)  # which has come everywhere
    for city in cities:
        contacts.enter_office(
            newsroom,
            city_slug=city.slug,
            office_role=office_of(city),
            email=f"clerk@{city.slug.split('/')[1]}.example",
            found=FoundAddress("Invented for the benchmark", day),
            by=by,
        )
