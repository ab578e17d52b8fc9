"""The page that says what a stranger's file could do on this machine."""

import pytest

from requests_app.models import Role
from requests_app.storage.cage import self_test
from requests_app.storage.cage.keeper import NotStartedError
from requests_app.storage.cage.self_test import Tried
from tests.factories import member
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/settings/opened-files/"


def test_page_says_what_was_tried_here_and_what_came_of_it() -> None:
    answer = signed_in(member(Role.ADMIN)).get(PAGE)

    tried = answer.context["tried"]
    assert [one.key for one in tried] == list(self_test.WORDS)
    page = answer.content.decode()
    assert all(one.words in page for one in tried)


def test_page_names_plainly_what_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Tried("tcp", is_refused=False, walls=(), answer="It was done."),
        Tried("write", is_refused=True, walls=("seccomp",), answer="PermissionError"),
    ]
    monkeypatch.setattr(self_test, "try_everything", lambda: found)

    page = signed_in(member(Role.ADMIN)).get(PAGE).content.decode()

    assert "This machine does not refuse all of it" in page
    assert page.count("<strong>not refused</strong>") == 1
    assert "but could connect to a server (TCP)" in self_test.in_a_line(found)


def test_page_says_that_nothing_is_opened_without_a_cage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> list[Tried]:
        raise NotStartedError("The cage for strangers' files did not start: no memory")

    monkeypatch.setattr(self_test, "try_everything", fail)

    page = signed_in(member(Role.ADMIN)).get(PAGE).content.decode()

    assert "no file is opened" in page
