"""What several tests of mailboxes use."""

from collections.abc import Iterator

import pytest

from bootstrap.machine import tools
from tests.inbound.mailbox import MailServer


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    program = tools.found("dovecot")
    assert program, "no dovecot here: install dovecot-imapd"
    running = MailServer(program)
    yield running
    running.stop()
