"""A file too large for mail: whoever has its address fetches it, until somebody ends it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from requests_app.delivery import links
from requests_app.delivery.message_plan import Enclosure
from requests_app.models import FileLink
from tests.views.conftest import signed_in
from tests.views.world import World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def link(world: World) -> FileLink:
    file = world.attachment
    enclosed = Enclosure(file.pk, file.name, file.size)
    [link] = links.create(world.by_hand, [enclosed], at=timezone.now())
    return link


def fetched(link: FileLink) -> int:
    link.refresh_from_db()
    return link.fetches


def test_page_says_what_it_is_and_counts_nothing(link: FileLink):
    page = Client().get(reverse("linked_file", args=[link.token]))

    shown = page.content.decode()
    assert link.attachment.sha256 in shown
    assert link.attachment.name in shown
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    assert fetched(link) == 0


def test_file_comes_as_a_download_and_is_counted(link: FileLink):
    answer = Client().get(reverse("linked_file_content", args=[link.token]))

    with link.attachment.file.open("rb") as kept:
        assert b"".join(answer.streaming_content) == kept.read()  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert fetched(link) == 1


def test_head_of_a_scanner_is_no_fetch(link: FileLink):
    assert Client().head(reverse("linked_file_content", args=[link.token])).status_code == 405
    assert fetched(link) == 0


def test_ended_link_opens_nothing(world: World, link: FileLink):
    editor = signed_in(world.people["editor"])
    editor.post(reverse("link_end", args=[link.pk]))

    page = Client().get(reverse("linked_file", args=[link.token]))
    assert page.status_code == 410
    assert "ended this link" in page.content.decode()
    assert Client().get(reverse("linked_file_content", args=[link.token])).status_code == 303
    assert fetched(link) == 0


def test_expired_link_opens_nothing(link: FileLink):
    FileLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    page = Client().get(reverse("linked_file", args=[link.token]))

    assert page.status_code == 410
    assert "could be opened until" in page.content.decode()


def test_address_that_was_never_given_is_not_found(link: FileLink):
    assert Client().get(reverse("linked_file", args=[link.token[:-1]])).status_code == 404


def test_addresses_are_not_to_be_guessed(world: World):
    file = world.attachment
    enclosed = Enclosure(file.pk, file.name, file.size)

    made = links.create(world.by_hand, [enclosed] * 50, at=timezone.now())

    assert len({link.token for link in made}) == 50
    assert min(len(link.token) for link in made) >= 43  # 256 bits


@pytest.mark.parametrize(
    ("base", "is_public"),
    [
        ("https://desk.ledger.org", True),
        ("https://desk.ledger.org:8443", True),
        ("https://8.8.8.8", True),
        ("http://desk.ledger.org", False),
        ("https://localhost", False),
        ("https://desk", False),
        ("https://desk.local", False),
        ("https://desk.example", False),
        ("https://192.168.1.4", False),
        ("https://127.0.0.1", False),
        ("https://[::1]", False),
    ],
)
def test_links_are_offered_where_the_city_can_open_them(settings, base: str, is_public: bool):
    settings.BASE_URL = base

    assert links.can_be_opened() is is_public
