"""The queue of letters to be posted: chosen, printed, said to be posted."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from requests_app.models import Delivery, DeliveryState, Role, User
from tests.actions.test_printing import waiting
from tests.factories import TODAY, member
from tests.views.conftest import signed_in

# The second of the two letters was moved to the newsroom of the first by hand.
pytestmark = [pytest.mark.django_db, pytest.mark.tampered]
QUEUE = "/deliveries/to-post/"


@pytest.fixture
def two() -> tuple[User, Delivery, Delivery]:
    """An editor, and two letters of their newsroom's that wait to be posted."""
    first, second = waiting("Towing"), waiting("Parking")
    newsroom = first.records_request.newsroom
    second.records_request.newsroom = newsroom
    second.records_request.reference += "-b"
    second.records_request.save()
    return member(Role.EDITOR, newsroom), first, second


def states(*deliveries: Delivery) -> list[str]:
    return [Delivery.objects.get(pk=one.pk).state for one in deliveries]


def test_queue_shows_what_waits_all_of_it_chosen(two: tuple[User, Delivery, Delivery]) -> None:
    editor = two[0]

    page = signed_in(editor).get(QUEUE).content.decode()

    assert page.count("checked") == 2
    assert "Towing" in page
    assert "Parking" in page
    assert reverse("print_queue") in signed_in(editor).get("/deliveries/").content.decode()


def test_pdf_has_each_letter_with_its_address_on_fresh_sheets(
    two: tuple[User, Delivery, Delivery],
) -> None:
    editor, first, second = two

    both = signed_in(editor).get("/deliveries/to-post.pdf", {"which": [first.pk, second.pk]})
    one = signed_in(editor).get("/deliveries/to-post.pdf", {"which": first.pk})

    pages = [len(pikepdf.open(BytesIO(answer.content)).pages) for answer in (both, one)]
    assert pages[0] == 2 * pages[1]
    assert all(number % 2 == 0 for number in pages)


def test_only_the_ticked_are_posted(two: tuple[User, Delivery, Delivery]) -> None:
    editor, first, second = two

    answer = signed_in(editor).post(QUEUE, {"which": first.pk, "on": str(TODAY)}, follow=True)

    assert "1 letter is on the way" in answer.content.decode()
    assert states(first, second) == [DeliveryState.SENT, DeliveryState.BY_HAND]


@pytest.mark.parametrize("on", ["", "yesterday"])
def test_posted_on_no_day_is_refused_and_keeps_the_ticks(
    two: tuple[User, Delivery, Delivery], on: str
) -> None:
    editor, first, second = two

    answer = signed_in(editor).post(QUEUE, {"which": first.pk, "on": on})

    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 1
    assert states(first, second) == [DeliveryState.BY_HAND] * 2


def test_posting_none_is_refused(two: tuple[User, Delivery, Delivery]) -> None:
    answer = signed_in(two[0]).post(QUEUE, {"on": str(TODAY)})

    assert answer.status_code == 422
    assert "at least one letter" in answer.content.decode()


def test_letter_that_cannot_be_posted_that_day_is_named(
    two: tuple[User, Delivery, Delivery],
) -> None:
    editor, first, second = two
    told = {"which": [first.pk, second.pk], "on": str(TODAY - timedelta(days=2))}

    answer = signed_in(editor).post(QUEUE, told, follow=True)

    page = answer.content.decode()
    for delivery in (first, second):
        assert f"{delivery.records_request.reference} was not noted as posted" in page


def test_reporter_and_stranger_post_only_what_they_work_on(
    two: tuple[User, Delivery, Delivery],
) -> None:
    _, first, second = two
    told = {"which": [first.pk, second.pk], "on": str(TODAY)}

    signed_in(member(Role.ADMIN)).post(QUEUE, told)
    signed_in(member(Role.RESEARCHER, first.records_request.newsroom)).post(QUEUE, told)
    assert states(first, second) == [DeliveryState.BY_HAND] * 2

    signed_in(first.created_by).post(QUEUE, told)
    assert states(first, second) == [DeliveryState.SENT, DeliveryState.BY_HAND]


def test_address_page_is_of_a_letter_by_post() -> None:
    delivery = waiting()

    answer = signed_in(delivery.created_by).get(reverse("address_page", args=[delivery.pk]))

    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1
