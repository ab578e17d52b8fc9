"""The list of requests: its pages, and filters that say what they could not follow."""

import re
from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.models import RecordsRequest, Role, User
from tests.factories import NOW, draft, member
from tests.views.conftest import flat, signed_in

# Rows made by copying stand in no ledger.
pytestmark = [pytest.mark.django_db, pytest.mark.tampered]


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


@pytest.fixture
def client(editor: User) -> Client:
    return signed_in(editor)


def begun(editor: User, count: int) -> list[str]:
    """So many requests, two a minute: their references, the newest first."""
    template = draft(editor)
    made = [template.reference]
    for number in range(1, count):
        template.pk, template._state.adding = None, True
        template.public_id, template.reference = f"b{number}", f"STAM-2026-{number + 1:04d}"
        template.created_at = NOW + timedelta(minutes=number // 2)
        template.save()
        made.append(template.reference)
    return made[::-1]


def references(answer: Any) -> list[str]:
    return re.findall(r"STAM-2026-\d{4}", answer.content.decode())


def link(answer: Any, words: str) -> str:
    """Where the link with these words leads; "" where there is none."""
    found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>{words}</a>', answer.content.decode())
    return unescape(found.group(1)) if found else ""


def test_pages_follow_one_another_to_the_last_and_back(editor: User, client: Client) -> None:
    every = begun(editor, 60)
    first = client.get("/requests/")

    second = client.get(f"/requests/{link(first, 'Older')}")
    third = client.get(f"/requests/{link(second, 'Older')}")
    back = client.get(f"/requests/{link(third, 'Newer')}")

    shown = [references(page) for page in (first, second, third)]
    assert shown == [every[:25], every[25:50], every[50:]]
    assert references(back) == every[25:50]
    assert link(first, "Newer") == link(third, "Older") == link(third, "Last page") == ""


def test_last_page_is_full_and_first_page_is_one_step_away(editor: User, client: Client) -> None:
    every = begun(editor, 60)
    first = client.get("/requests/")

    last = client.get(f"/requests/{link(first, 'Last page')}")
    before = client.get(f"/requests/{link(last, 'Newer')}")
    again = client.get(f"/requests/{link(before, 'Newer')}")

    assert references(last) == every[35:]
    assert references(before) == every[10:35]
    assert references(again) == every[:25]
    assert references(client.get(f"/requests/{link(last, 'First page')}")) == every[:25]


def test_pages_keep_what_was_searched_for(editor: User, client: Client) -> None:
    begun(editor, 30)
    RecordsRequest.objects.filter(reference="STAM-2026-0001").update(
        subject="Towing", letter_text=""
    )

    first = client.get("/requests/", {"q": "Use-of-force"})
    second = client.get(f"/requests/{link(first, 'Older')}")

    assert len(references(second)) == 4
    assert 'value="Use-of-force"' in second.content.decode()


@pytest.mark.parametrize(
    "place",
    ["behind=x", "behind=5", "before=_", "behind=1_2_3", "before=-1_2", "behind=9" + "9" * 40,
     "behind=999999999999999999_999999999999999999"],
)  # fmt: skip
def test_place_that_names_no_row_is_the_beginning(editor: User, client: Client, place: str) -> None:
    every = begun(editor, 30)

    assert references(client.get(f"/requests/?{place}")) == every[:25]


def test_list_of_one_page_has_no_way_to_others(editor: User, client: Client) -> None:
    begun(editor, 25)

    page = flat(client.get("/requests/"))

    assert "25 requests" in page
    assert 'class="pager"' not in page


def test_filters_are_named_in_plain_words(client: Client) -> None:
    page = flat(client.get("/requests/"))

    labels = re.findall(r'<label class="for-readers" for="id_\w+">([^<]*)</label>', page)
    assert labels == ["State", "City", "Reporter", "Late"]
    assert re.findall(r'<label for="id_\w+">([^<]*)</label>', page) == [
        "Kind of request", "Office", "Project", "Fee", "Exemption claimed",
        "Filed from", "Filed until", "Due from", "Due until",
    ]  # fmt: skip


def said(answer: Any) -> Iterable[str]:
    return re.findall(r'<li class="error">([^<]*)</li>', unescape(flat(answer)))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("state=lost", "“lost” is none of the choices of “State”. Choose one, or “Any state”."),
        (
            "city=portland",
            "“portland” is none of the choices of “City”.",
        ),
        ("office=us-or/portland:", "“us-or/portland:” is none of the choices of “Office”."),
        (
            "owner=999999",
            "“999999” is none of the choices of “Reporter”.",
        ),
        ("owner=Rosa", "“Rosa” is none of the choices of “Reporter”."),
        ("project=7", "“7” is none of the choices of “Project”."),
        ("late=yes", "“yes” is none of the choices of “Late”. Choose one, or “Late or not”."),
        ("fee=high", "“high” is none of the choices of “Fee”."),
        ("filed_from=spring", "Filed from: write a day as 2026-11-30."),
        ("sort=color", "“color” is no column to order by: press a heading of the list."),
        ("column=color", "There is no column “color”: choose among those named below."),
    ],
)
def test_what_cannot_be_followed_lists_nothing_and_says_why(
    editor: User, client: Client, asked: str, sentence: str
) -> None:
    draft(editor, subject="Towing")

    answer = client.get(f"/requests/?q=Tow&{asked}")
    sheet = client.get(f"/requests.csv?q=Tow&{asked}")

    for one in (answer, sheet):
        (words,) = said(one)
        assert words.startswith(sentence)
        assert "Nothing is shown until every filter can be followed" in flat(one)
        assert references(one) == []
    assert sheet.status_code == 400


def test_filter_that_can_be_followed_says_nothing(editor: User, client: Client) -> None:
    draft(editor)

    answer = client.get(reverse("request_list"), {"city": "us-or/portland", "state": "draft"})

    assert list(said(answer)) == []
    assert "Nothing fits" in flat(answer)


def test_filter_is_drawn_as_it_was_chosen(editor: User, client: Client) -> None:
    editor.name = "Ana <b>"
    editor.save()

    page = flat(client.get(f"/requests/?city=us-or/portland&owner={editor.pk}"))

    assert re.findall(r'<option value="([^"]*)" selected>([^<]*)</option>', page) == [
        ("", "Any state"),
        ("us-or/portland", "Portland"),
        (str(editor.pk), "Ana &lt;b&gt;"),
        ("", "Late or not"),
        ("", "Any kind"),
        ("", "Any office"),
        ("", "Any project"),
        ("", "Any fee"),
    ]


def test_search_reads_the_words_of_files_once(editor: User, client: Client) -> None:
    begun(editor, 30)

    with CaptureQueriesContext(connection) as asked:
        client.get("/requests/", {"q": "report"})

    reading = [query for query in asked.captured_queries if "filetext" in query["sql"]]
    assert len(reading) == 1
