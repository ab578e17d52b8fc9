"""One reader with one mail waiting."""

import pytest

from requests_app.models import Notice, RecordsRequest, User
from requests_app.reminders.planning.morning_round import plan
from tests.factories import member, submitted
from tests.reminders.desk import morning, used_to_it

FRIDAY = morning(11, 6)  # the city's last day to answer what was sent on the factories' Monday


@pytest.fixture
def rosa() -> User:
    return used_to_it(member(name="Rosa Delgado"), digest=False)


@pytest.fixture
def request_of_hers(rosa: User) -> RecordsRequest:
    return submitted(rosa, subject="Use-of-force reports")


@pytest.fixture
def notice(request_of_hers: RecordsRequest) -> Notice:
    plan(at=FRIDAY)
    return Notice.objects.get()
