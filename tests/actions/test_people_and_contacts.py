from datetime import date, timedelta
from typing import Any

import pytest

from cities.clocks.derive import Closure as LegalClosure
from cities.schema.load import load_city
from requests_app import office_contacts
from requests_app.actions.cities import contacts
from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import people
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress
from requests_app.models import Event, EventKind, Newsroom, RecordsRequest, Role, User
from tests.factories import (
    NOW,
    TODAY,
    MembershipFactory,
    NewsroomFactory,
    acting,
    member,
    submitted,
)

pytestmark = pytest.mark.django_db
ENTRY: dict[str, Any] = {
    "city_slug": "us-ca/concord",
    "office_role": "city_clerk",
    "email": "clerk@concord.example",
    "found": FoundAddress("a call to City Hall", TODAY),
}


def found(password: str = "a-long-enough-secret") -> User:
    return people.found_newsroom(
        name="Ledger",
        address="",
        email="",
        admin_name="Ana",
        admin_email=" Ana@Ledger.example ",
        password=password,
        at=NOW,
    )


def test_first_newsroom_is_founded_once():
    admin = found()

    assert admin.email == "ana@ledger.example"
    assert admin.membership.role == Role.ADMIN
    with pytest.raises(Refused, match="has its newsroom already"):
        found()
    assert Newsroom.objects.count() == 1


def test_weak_password_founds_nothing():
    with pytest.raises(Refused):
        found(password="123456")

    assert not User.objects.exists()


def test_person_has_one_account():
    admin = member(Role.ADMIN)
    add: dict[str, Any] = {
        "newsroom": admin.membership.newsroom,
        "by": Attribution(admin, NOW),
        "role": Role.REPORTER,
    }
    people.add_member(email="tom@ledger.example", name="Tom", **add)

    with pytest.raises(Refused, match="has an account already"):
        people.add_member(email="TOM@ledger.example", name="Tom", **add)


def test_only_admin_cannot_step_down_or_leave():
    admin = member(Role.ADMIN)

    with pytest.raises(Refused, match="only admin"):
        people.change_role(admin.membership, role=Role.EDITOR, by=admin)
    with pytest.raises(Refused, match="your own account"):
        people.deactivate(admin.membership, by=admin, at=NOW)


def test_request_is_assigned_within_the_newsroom_only():
    request = submitted()
    colleague = member(newsroom=request.newsroom)

    people.assign(request, to=colleague, **acting(request))
    with pytest.raises(Refused, match="does not work in this newsroom"):
        people.assign(request, to=member(), **acting(request))

    assert request.owner == colleague
    assert request.events.filter(kind=EventKind.ASSIGNED).count() == 1


def test_shared_request_becomes_visible_to_the_colleague():
    request = submitted()
    colleague = member(newsroom=request.newsroom)
    assert not RecordsRequest.objects.visible_to(colleague).exists()

    people.share(request, with_=colleague, **acting(request))

    assert RecordsRequest.objects.visible_to(colleague).get() == request


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.REPORTER, False), (Role.RESEARCHER, True), (Role.EDITOR, True), (Role.ADMIN, True)],
)
def test_who_sees_anothers_request(role: str, sees: bool):
    request = submitted()

    assert RecordsRequest.objects.visible_to(member(role, request.newsroom)).exists() == sees
    assert not RecordsRequest.objects.visible_to(member(role)).exists()


def test_newsrooms_own_contact_wins_and_says_so():
    admin = member(Role.ADMIN)
    newsroom = admin.membership.newsroom
    contacts.enter_office(
        newsroom,
        **ENTRY,
        by=Attribution(admin, NOW),
    )

    request = submitted(admin, city_slug="us-ca/concord")
    clerk = office_contacts.resolve(newsroom, request.city, "city_clerk")

    assert clerk.email.value == "clerk@concord.example"
    assert clerk.email.is_ours
    assert clerk.email.source == "a call to City Hall"
    assert not clerk.address.is_ours
    assert not office_contacts.resolve(
        NewsroomFactory.create(), request.city, "city_clerk"
    ).email.is_stated


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"found": FoundAddress(" ", TODAY)}, "where you found it"),
        ({"email": ""}, "at least one way"),
        ({"found": FoundAddress("a call", TODAY + timedelta(days=1))}, "has not come yet"),
        ({"office_role": "wizard"}, "has no office"),
    ],
)
def test_contact_without_a_source_is_refused(changed: dict[str, object], reason: str):
    admin = member(Role.ADMIN)

    with pytest.raises(Refused, match=reason):
        contacts.enter_office(
            admin.membership.newsroom,
            **{**ENTRY, **changed},
            by=Attribution(admin, NOW),
        )


def test_each_way_to_reach_an_office_keeps_its_own_source():
    admin = member(Role.ADMIN)
    newsroom = admin.membership.newsroom
    contacts.enter_office(
        newsroom,
        **ENTRY,
        by=Attribution(admin, NOW),
    )

    contacts.enter_office(
        newsroom,
        **{**ENTRY, "phone": "925-555-0100", "found": FoundAddress("the city's page", TODAY)},
        by=Attribution(admin, NOW),
    )

    clerk = office_contacts.resolve(newsroom, load_city("us-ca/concord"), "city_clerk")
    assert clerk.email.source == "a call to City Hall"
    assert clerk.phone.source == "the city's page"


def test_own_contact_that_is_cleared_gives_way_to_the_packs():
    admin = member(Role.ADMIN)
    newsroom = admin.membership.newsroom
    contacts.enter_office(
        newsroom,
        **{**ENTRY, "phone": "925-555-0100"},
        by=Attribution(admin, NOW),
    )

    contacts.enter_office(
        newsroom,
        **{**ENTRY, "phone": ""},
        by=Attribution(admin, NOW),
    )

    clerk = office_contacts.resolve(newsroom, load_city("us-ca/concord"), "city_clerk")
    assert not clerk.phone.is_ours
    assert clerk.email.is_ours


def test_closure_moves_the_dates_it_touches_and_the_ledger_says_why():
    request = submitted()
    assert request.deadlines.get(clock="response").due_on == date(2026, 11, 6)

    contacts.enter_closure(
        request.newsroom,
        LegalClosure(TODAY + timedelta(days=1), "water main", "the Mayor's notice"),
        city_slug="us-ct/stamford",
        **acting(request),
    )

    moved = Event.objects.get(kind=EventKind.DEADLINE_MOVED, data__clock="response")
    assert request.deadlines.get(clock="response").due_on == date(2026, 11, 9)
    assert moved.data["because"] == "Stamford closed Nov 3: water main"


def test_closure_of_another_newsroom_moves_nothing_here():
    request = submitted()
    before = request.deadlines.get(clock="response").due_on
    other = MembershipFactory.create(role=Role.ADMIN).user

    contacts.enter_closure(
        other.membership.newsroom,
        LegalClosure(TODAY + timedelta(days=1), "water main", "the Mayor's notice"),
        city_slug="us-ct/stamford",
        by=Attribution(other, NOW),
    )

    assert request.deadlines.get(clock="response").due_on == before
