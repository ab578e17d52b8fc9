"""A desk of its own that is killed at every step of emptying a mailbox; what became of the mail.

    python -m tests.inbound.imap_crashing MESSAGES

For each server (all it can; no MOVE; neither MOVE nor UIDPLUS) and each step a child of this
process empties the mailbox and sends itself SIGKILL there; a second one lives. Told as JSON by
server and step: the deaths, and how many messages were lost, stored twice, or left in the folder.
"""

import json
import os
import signal
import sys
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.utils import timezone
from imapclient import IMAPClient

from bootstrap.machine import tools
from requests_app.inbound import imap
from requests_app.inbound.imap import fetching, folder
from requests_app.models import InboundMail, MailboxState
from requests_app.storage import content
from tests.inbound.mailbox import MailServer, without
from tests.inbound.messages import message
from tests.killing import dies_at, in_child

SERVERS = {
    "all it can": "",
    "without MOVE": without("MOVE"),
    "without MOVE and UIDPLUS": without("MOVE", "UIDPLUS"),
}
# What the step is called; the function there; whether the process dies before it or after.
STEPS: dict[str, tuple[Any, str, bool]] = {
    "while it is fetched": (IMAPClient, "fetch", True),
    "before it is stored": (fetching, "store", False),
    "after it is stored": (fetching, "store", True),
    "before it is put away": (folder.OpenFolder, "put_away", False),
    "after it was copied": (IMAPClient, "copy", True),
    "after it was marked": (IMAPClient, "add_flags", True),
    "after it is put away": (folder.OpenFolder, "put_away", True),
}
ONLY_WITH_COPIES = {"after it was copied", "after it was marked"}


def main(messages: int) -> dict[str, Any]:
    program = tools.found("dovecot")
    assert program, "no dovecot here: install dovecot-imapd"
    told = {}
    for name, more in SERVERS.items():
        server = MailServer(program, more)
        try:
            for step in STEPS:
                if not (more == "" and step in ONLY_WITH_COPIES):
                    told[f"{name}: {step}"] = _one(server, step, messages)
        finally:
            server.stop()
    return told


def _one(server: MailServer, step: str, messages: int) -> dict[str, int]:
    server.empty()
    raws = [
        message(message_id=f"<{server.port}.{number}@x.example>", text=f"{step} {number}")
        for number in range(messages)
    ]
    server.put(*raws)
    died = _child(server, step)
    MailboxState.objects.update(held_by="", held_until=None)  # the claim of the dead runs out
    assert _child(server, "") == 0
    rows = [InboundMail.objects.filter(sha256=_hash(raw)).count() for raw in raws]
    return {
        "deaths": int(died == signal.SIGKILL),
        "lost": rows.count(0),
        "doubled": sum(count > 1 for count in rows),
        "left": server.count(),
    }


def _hash(raw: bytes) -> str:
    return content.hashlib.sha256(raw.replace(b"\n", b"\r\n")).hexdigest()


def _child(server: MailServer, step: str) -> int:
    """How a process ended that emptied the mailbox: the signal it died of, or 0."""

    def empty() -> None:
        if step:
            owner, name, after = STEPS[step]
            dies_at(owner, name, nth=2, after=after)
        imap.look(imap.Mailbox.at(server.url()), now=timezone.now)

    return in_child(empty)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))))
