"""A mail server that says no: submitted, the sending visibly failed, one button to try again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.delivery.smtp_server import Script, free_port
from tests.desk import Desk, running_desk, text_of, until
from tests.journeys.newsroom import found
from tests.journeys.reading import ledger, letter_in
from tests.journeys.steps import begin, days_ago, once_sent, request_page, submit

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("journeys")]
NO = "550 5.7.1 not on this server"
CLERK = "clerk@stamford.example"


@pytest.fixture
def refusing(tmp_path: Path) -> Iterator[tuple[Desk, Script]]:
    """A desk whose mail server takes nothing until its script says otherwise."""
    script = Script(RCPT=NO)
    controller = Controller(script, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        url = f"smtp://127.0.0.1:{controller.port}"
        with running_desk(tmp_path / "var", EMAIL_URL=url) as desk:
            yield desk, script
    finally:
        controller.stop()


def test_a_refused_letter_is_tried_again_with_one_button(refusing: tuple[Desk, Script]):
    desk, script = refusing
    ana = found(desk)
    request = begin(
        ana,
        city="us-ct/stamford",
        kind="records",
        office_role="city_clerk",
        subject="Refused at the door",
        what="the towing contracts",
    )
    submit(ana, request, to=CLERK, source="a call", checked_on=days_ago("America/New_York"))
    # Opened anew: the answer may have come while the page before was being put together.
    page = request_page(ana, request)
    shown = text_of(page)
    assert "Submitted to the City Clerk by e-mail" in " ".join(ledger(page))
    assert "Sending failed" in shown
    assert NO in shown
    assert "Send it again" in shown
    assert script.messages == []

    [retry] = set(re.findall(r'action="(/deliveries/\d+/retry/)"', page.text))
    script.answers.clear()
    assert "In the queue again." in text_of(ana.send_form(retry))
    page = once_sent(ana, request_page(ana, request))
    assert any(words.startswith("Records request sent by e-mail") for words in ledger(page))
    [mail] = until(lambda: script.messages, what="the letter")
    assert mail["To"] == CLERK
    assert "the towing contracts" in letter_in(mail)
    assert not re.search(r"/deliveries/\d+/retry/", page.text)
