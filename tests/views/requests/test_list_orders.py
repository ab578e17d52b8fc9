"""The list of requests by any of its columns, with the columns somebody chose, and as a sheet."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from cities.schema.load import load_city
from requests_app.models import Project, RecordsRequest, Role, SecurityEvent, User
from requests_app.views.requests import list_sheet
from requests_app.views.requests.list_columns import COLUMNS
from requests_app.views.requests.list_orders import SORTS
from tests.factories import NOW, draft, member
from tests.views.conftest import flat, signed_in

# Rows made by copying stand in no ledger.
pytestmark = [pytest.mark.django_db, pytest.mark.tampered]

SUBJECTS = ["Towing", "arrests", "Budget", "budget", "Überstunden", "Zoning"]


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR)


@pytest.fixture
def client(editor: User) -> Client:
    return signed_in(editor)


def many(editor: User, count: int) -> None:
    """Copies that differ in what the list can be ordered by, many of them alike."""
    colleague = member(Role.REPORTER, newsroom=editor.membership.newsroom)
    projects = [
        Project.objects.create(newsroom=editor.membership.newsroom, name=name, created_by=editor)
        for name in ("Police", "audits")
    ]
    one = draft(editor)
    headline = one.headlines.get()
    for number in range(count):
        one.pk, one._state.adding = None, True
        one.public_id, one.reference = f"c{number}", f"STAM-2026-{number + 100:04d}"
        one.created_at = NOW + timedelta(minutes=number // 2)
        one.subject = SUBJECTS[number % len(SUBJECTS)]
        one.city_slug = ("us-or/portland", "us-ct/stamford", "us-ca/concord")[number % 3]
        one.office_role = load_city(one.city_slug).offices[0].role
        one.assigned_to = colleague if number % 2 else None
        one.project = projects[number % 2] if number % 5 else None
        one.submitted_on = date(2026, 3, 1 + number % 7) if number % 3 else None
        one.fee_amount = Decimal(number % 4 * 10) if number % 4 else None
        one.fees_estimated_on = date(2026, 3, 9) if one.fee_amount else None
        one.save()
        headline.pk, headline.records_request = None, one
        headline.city_slug = one.city_slug
        headline.ranked_on = date(2026, 4, 1 + number % 9)
        headline.save()


def references(answer: Any) -> list[str]:
    return re.findall(r'num">([A-Z]+-2026-\d{4})<', answer.content.decode())


def link(answer: Any, words: str) -> str:
    """Where the link with these words leads; "" where there is none."""
    found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>\s*{words}\b', answer.content.decode())
    return unescape(found.group(1)) if found else ""


def beside(answer: Any, way: str) -> str:
    """The address of the page behind (next) or before (prev)."""
    found = re.search(rf'rel="{way}" href="([^"]*)"', answer.content.decode())
    return unescape(found.group(1)) if found else ""


def walked(client: Client, asked: str) -> list[str]:
    """Every reference of the list, page by page to its end."""
    found, address = [], f"/requests/?{asked}"
    while address:
        page = client.get(address)
        found += references(page)
        ahead = beside(page, "next")
        address = ahead and f"/requests/{ahead}"
    return found


@pytest.mark.parametrize("way", ["", "-"])
@pytest.mark.parametrize("name", SORTS)
def test_pages_of_an_order_are_the_whole_list_each_row_once(
    editor: User, client: Client, name: str, way: str
) -> None:
    many(editor, 60)

    forward = walked(client, f"sort={way}{name}")
    other_way = walked(client, f"sort={'' if way else '-'}{name}")

    assert len(forward) == len(set(forward)) > 25
    assert other_way == forward[::-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("request", lambda one: one.subject.lower()),
        ("city", lambda one: one.city.name),
        ("reporter", lambda one: one.owner.name.lower()),
        ("filed", lambda one: one.submitted_on),
        ("fee", lambda one: one.fee_amount),
        ("project", lambda one: one.project.name.lower()),
        ("clock", lambda one: one.headlines.get().ranked_on),
    ],
)
def test_order_is_that_of_what_stands_in_the_column(
    editor: User, client: Client, name: str, value: Any
) -> None:
    many(editor, 30)

    by_reference = {one.reference: one for one in RecordsRequest.objects.all()}
    values = [value(by_reference[reference]) for reference in walked(client, f"sort={name}")]

    assert len(set(values)) > 1
    plain = [
        one for one in values if not isinstance(one, str) or one.isascii()
    ]  # "Ü": a database's own
    assert plain == sorted(plain)


def test_page_before_and_last_page_are_in_the_same_order(editor: User, client: Client) -> None:
    many(editor, 60)
    every = walked(client, "sort=request")

    second = client.get(f"/requests/{link(client.get('/requests/?sort=request'), 'Next')}")
    last = client.get(f"/requests/{link(second, 'Last page')}")

    assert references(client.get(f"/requests/{link(second, 'Previous')}")) == every[:25]
    assert references(last) == every[-25:]


def test_row_that_is_gone_begins_the_list_again(editor: User, client: Client) -> None:
    many(editor, 30)
    first = references(client.get("/requests/?sort=request"))

    assert references(client.get("/requests/?sort=request&behind=99999999")) == first
    assert references(client.get("/requests/?sort=request&behind=1_2")) == first


def test_heading_orders_by_its_column_and_pressed_again_the_other_way(
    editor: User, client: Client
) -> None:
    draft(editor)

    once = client.get(f"/requests/{link(client.get('/requests/?q=force'), 'City')}")
    twice = client.get(f"/requests/{link(once, 'City')}")

    assert 'aria-sort="ascending"' in flat(once)
    assert 'aria-sort="descending"' in flat(twice)
    assert 'value="force"' in flat(twice)  # what was searched for stays


def test_orders_say_what_they_leave_out(editor: User, client: Client) -> None:
    draft(editor)

    page = flat(client.get("/requests/?sort=-filed"))

    assert "by day of filing, from the end. What was not filed is left out" in page
    assert references(client.get("/requests/?sort=-filed")) == []


def test_columns_are_those_chosen_in_the_desks_order(editor: User, client: Client) -> None:
    many(editor, 3)

    page = flat(client.get("/requests/?column=fee&column=city&column=project"))

    heads = re.findall(r"<th[ >].*?</th>", page)
    assert [re.sub(r"<[^>]*>|\s|[↓↑]", "", head) for head in heads[1:]] == [
        "City",
        "Project",
        "Fee",
    ]
    assert "$10.00" in page
    assert "audits" in page


def test_every_column_of_any_row_costs_the_same_queries(
    editor: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    many(editor, 30)
    every = "&".join(f"column={column.name}" for column in COLUMNS)
    client.get("/requests/")

    with django_assert_max_num_queries(12):
        client.get(f"/requests/?{every}&sort=clock")


def sheet(client: Client, asked: str) -> list[dict[str, str]]:
    answer = client.get(f"/requests.csv?{asked}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_sheet_has_every_page_the_columns_chosen_and_the_order(
    editor: User, client: Client
) -> None:
    many(editor, 60)

    asked = "sort=-fee&column=fee&column=filed&city=us-ct/stamford"
    rows = sheet(client, asked)

    assert list(rows[0]) == ["Reference", "Request", "State", "Filed", "Fee"]
    assert [row["Reference"] for row in rows] == walked(client, asked)
    assert {row["Fee"] for row in rows} == {"10.00", "20.00", "30.00"}


def test_sheet_of_another_form_is_no_page(client: Client) -> None:
    assert client.get("/requests.parquet").status_code == 404


def test_cell_of_a_sheet_is_no_formula(editor: User, client: Client) -> None:
    draft(editor, subject='=HYPERLINK("https://elsewhere.example")')

    (row,) = sheet(client, "")

    assert row["Request"].startswith("'=")


def test_sheet_of_excel_is_one_and_both_are_logged(editor: User, client: Client) -> None:
    many(editor, 3)
    answer = client.get("/requests.xlsx?sort=reference&column=filed")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    cells = rows.to_python()
    assert cells[0] == ["Reference", "Request", "State", "Filed"]
    assert date(2026, 3, 2) in [row[3] for row in cells]
    assert SecurityEvent.objects.filter(kind="list_fetched").count() == 1


def test_sheet_longer_than_somebody_waits_for_is_refused(
    editor: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_sheet, "MOST_ROWS", 5)
    many(editor, 5)

    answer = client.get("/requests.csv")

    assert answer.status_code == 400
    assert "more than 5 requests makes no sheet here: filter it first" in flat(answer)


def test_reporter_finds_nothing_of_others_in_any_order_or_sheet(editor: User) -> None:
    many(editor, 10)
    newsroom = editor.membership.newsroom
    stranger = signed_in(member(Role.REPORTER, newsroom=newsroom, email="new@ledger.example"))
    elsewhere = signed_in(member(Role.EDITOR, email="other@elsewhere.example"))

    for client in (stranger, elsewhere):
        assert sheet(client, "") == []
        assert all(walked(client, f"sort={name}") == [] for name in SORTS)
