"""The copies on the pages that send a letter: kept, dropped with a second word, added, given."""

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from requests_app.models import EventKind, LetterCopy, OfficeEntry, RecordsRequest
from requests_app.vocabulary.copy_ways import CopyWay
from tests.factories import TODAY, draft, member
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db

CUSTODIAN, CLERK = "custodian@kcmo.example", "clerk@kcmo.example"
ADDRESS = "1 Portal Way\nStamford, CT 06901"


def entered(request: RecordsRequest, office: str, way: str, value: str) -> None:
    OfficeEntry.objects.create(
        newsroom=request.newsroom, city=request.city_slug, office=office, way=way, value=value,
        source="a call", checked_on=TODAY, entered_by=request.created_by,
    )  # fmt: skip


def to_kansas_citys_clerk() -> RecordsRequest:
    request = draft(member(), city_slug="us-mo/kansas-city", office_role="city_clerk")
    entered(request, "city_clerk", "email", CLERK)
    entered(request, "records_custodian", "email", CUSTODIAN)
    return request


def for_stamfords_data() -> RecordsRequest:
    particulars = {"name_or_topic": "Permits", "purpose": "reporting"}
    request = draft(member(), kind="dataset", particulars=particulars)
    entered(request, "city_clerk", "email", CLERK)
    entered(request, "portal_admin", "address", ADDRESS)
    return request


def submit(request: RecordsRequest, client: Client | None = None, **sent: Any) -> Any:
    page = reverse("request_submit", args=[request.public_id])
    typed = {"channel": "email", "version": "1", **sent}
    return (client or signed_in(request.created_by)).post(page, typed)


def copies() -> list[tuple[str, str]]:
    return list(LetterCopy.objects.values_list("way", "to"))


def test_the_page_proposes_the_copy_and_says_why() -> None:
    request = to_kansas_citys_clerk()

    page = flat(
        signed_in(request.created_by).get(reverse("request_submit", args=[request.public_id]))
    )

    assert f"(in the same e-mail, {CUSTODIAN})" in page
    assert "runs from that office&#x27;s receipt alone" in page
    assert "named in the letter after “cc:”" in page


def test_a_copy_that_is_kept_goes() -> None:
    answer = submit(to_kansas_citys_clerk(), copies=["custodian"])

    assert answer.status_code == 303
    assert copies() == [(CopyWay.WITH_THE_MAIL, CUSTODIAN)]


def test_a_copy_that_the_law_looks_to_is_dropped_by_a_second_word_alone() -> None:
    request = to_kansas_citys_clerk()

    refused = submit(request)

    assert refused.status_code == 422
    assert "was dropped. The City Communications Director is the only custodian" in flat(refused)
    assert copies() == []

    assert submit(request, without_required_copy="on").status_code == 303
    assert copies() == []


def test_others_are_added_by_their_address() -> None:
    submit(to_kansas_citys_clerk(), copies=["custodian"], other_copies=f"mayor@x.org, {CUSTODIAN}")

    assert copies() == [
        (CopyWay.WITH_THE_MAIL, CUSTODIAN), (CopyWay.WITH_THE_MAIL, "mayor@x.org"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [("The mayor\n1 Main Street\nStamford, CT 06901", True), ("The mayor\n1 Main Street", False)],
)
def test_by_post_others_are_added_with_a_whole_address(typed: str, is_taken: bool) -> None:
    request = for_stamfords_data()
    entered(request, "city_clerk", "address", "1 Clerk Street\nStamford, CT 06901")

    answer = submit(request, channel="post", other_copies=typed)

    assert (answer.status_code == 303) is is_taken
    assert copies() == ([(CopyWay.PRINTED, typed.partition("\n")[2])] if is_taken else [])


def test_a_printed_copy_waits_in_the_queue_is_printed_and_posted() -> None:
    request = for_stamfords_data()
    client = signed_in(request.created_by)
    submit(request, client, copies=["portal_admin"])
    copy = LetterCopy.objects.get()

    queue = flat(client.get(reverse("print_queue")))
    printed = client.get(reverse("print_queue_pdf"), {"copy": copy.pk})
    posted = client.post(reverse("print_queue"), {"on": TODAY.isoformat(), "copy": copy.pk})

    assert "Open-data portal administrator" in queue
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:  # address and letter, each on a sheet
        assert len(pdf.pages) == 4
    assert posted.status_code == 303
    assert LetterCopy.objects.get().given_on == TODAY
    assert request.events.filter(kind=EventKind.COPY_GIVEN, on=TODAY).count() == 1
    assert "Open-data portal administrator" not in flat(client.get(reverse("print_queue")))


def test_a_copy_given_by_hand_is_noted_on_the_page_of_the_request() -> None:
    request = draft(
        member(), kind="dataset", particulars={"name_or_topic": "Permits", "purpose": "reporting"}
    )
    entered(request, "city_clerk", "email", CLERK)
    client = signed_in(request.created_by)
    submit(request, client, copies=["portal_admin"])
    page = reverse("request_page", args=[request.public_id])

    before = flat(client.get(page))
    given = client.post(reverse("copy_given", args=[LetterCopy.objects.get().pk]))

    assert "give it yourself" in before
    assert given.status_code == 303
    assert "given Monday, November 2" in flat(client.get(page)) or "given" in flat(client.get(page))
    assert LetterCopy.objects.get().given_on == TODAY


def test_nobody_of_another_newsroom_gives_a_copy() -> None:
    request = for_stamfords_data()
    submit(request, copies=["portal_admin"])

    answer = signed_in(member()).post(reverse("copy_given", args=[LetterCopy.objects.get().pk]))

    assert answer.status_code == 404
    assert LetterCopy.objects.get().given_on is None
