"""Two people press the button at the same moment."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
import pytest

from tests.desk import PASSWORD, Person, running_desk, until
from tests.journeys.newsroom import Newsroom
from tests.journeys.reading import ledger
from tests.journeys.steps import begin, days_ago, once_sent, refusal, request_page

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
CLERK = "clerk-at-once@stamford.example"


def at_once(
    people: list[Person], path: str, forms: Sequence[Mapping[str, object]]
) -> list[httpx.Response]:
    """Every person has the page open; all of them send their form together."""
    for person in people:
        person.get(path)
    barrier = threading.Barrier(len(people))
    answers: list[httpx.Response] = []

    def send(person: Person, form: Mapping[str, object]) -> None:
        barrier.wait()
        answers.append(person.send_form(path, **form))

    pairs = zip(people, forms, strict=True)
    threads = [threading.Thread(target=send, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_who_submit_at_once_make_one_submission(newsroom: Newsroom):
    request = begin(
        newsroom.reporter,
        city="us-ct/stamford",
        kind="records",
        office_role="department",
        subject="Pressed twice",
        what="the marina waiting list",
    )
    people = [newsroom.reporter, newsroom.editor, newsroom.admin]
    form = {
        "channel": "email",
        "version": "1",
        "to": CLERK,
        "source": "a call",
        "checked_on": days_ago("America/New_York"),
    }
    answers = at_once(people, f"/requests/{request}/submit/", [form] * len(people))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 422: 2}
    for answer in answers:
        if answer.status_code == 422:
            assert refusal(answer).startswith("Already submitted on ")

    told = ledger(once_sent(newsroom.reporter, request_page(newsroom.reporter, request)))
    assert sum(words.startswith("Submitted to") for words in told) == 1
    assert sum(words.startswith("Records request sent") for words in told) == 1
    until(lambda: newsroom.desk.mail_to(CLERK), what="the letter")
    assert len(newsroom.desk.mail_to(CLERK)) == 1


def test_two_who_found_the_newsroom_at_once_make_one(tmp_path: Path):
    with running_desk(tmp_path / "var") as desk:
        visitors = {f"visitor{number}@courier.example": desk.person() for number in range(3)}
        answers = at_once(
            list(visitors.values()),
            "/setup/",
            [
                {
                    "name": f"The Courier of {email}",
                    "admin_name": "Ana Petrov",
                    "admin_email": email,
                    "admin_password": PASSWORD,
                }
                for email in visitors
            ],
        )
        assert Counter(answer.url.path for answer in answers) == {"/": 1, "/setup/": 2}
        for answer in answers:
            if answer.url.path == "/setup/":
                assert "has its newsroom already" in refusal(answer)
