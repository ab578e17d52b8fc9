"""A desk of its own, killed at every step of taking mail in; then an account of what became of it.

    python -m tests.inbound.crashing MESSAGES DEATHS FOLDER

Each step is a place where the machine may go dark. For each, children of this process take in the
messages and send themselves SIGKILL there, the first time, then later ones; a last one lives. What
is told, as JSON by step: the deaths, and what was lost, doubled or changed.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

from django.core.management import call_command

from requests_app.actions.mail import file_mail, incoming
from requests_app.inbound import storing, tasks
from requests_app.models import InboundMail, RecordsRequest
from requests_app.storage import content
from tests.inbound.messages import answer_to, message
from tests.killing import dies_at, in_child
from tests.stack import desk_probe

FILE = b"a,b\n1,2\n"
# What the step is called; the function there; whether the process dies before it or after.
STEPS: dict[str, tuple[Any, str, bool]] = {
    "before the bytes are on disk": (content.os, "fsync", False),
    "before they have their name": (content.Path, "replace", False),
    "before their name is on disk": (content, "_sync", False),
    "before the row": (storing.incoming, "store", False),
    "after the row": (storing.incoming, "store", True),
    "before it is read": (incoming.reader, "read", False),
    "after its files are written": (incoming.files_of_mail, "keep", True),
    "while it is written down": (incoming, "_write_down", True),
    "before it is matched": (incoming.mail_clues, "by_address", False),
    "before the event": (file_mail, "record", False),
    "before its files are attached": (file_mail, "_attach", False),
    "before the filing is committed": (incoming, "_place", True),
    "after it is committed": (incoming, "take_in", True),
}


def main(messages: int, deaths: int, folder: Path) -> dict[str, Any]:
    (public_id,) = desk_probe.found(1)
    request = RecordsRequest.objects.get(public_id=public_id)
    told = {}
    for number, step in enumerate(STEPS):
        box = folder / str(number)
        raws = list(_write(box, request, messages, step))
        died = [_child(step, nth, box) for nth in _spread(messages, deaths)]
        assert _child("", 0, box) == 0
        told[step] = {"deaths": died.count(signal.SIGKILL), **_account(raws)}
    return told


def _write(box: Path, request: RecordsRequest, count: int, step: str) -> Any:
    """Half of them to the request, with a file; half to nobody known."""
    box.mkdir()
    for number in range(count):
        said: dict[str, Any] = {"message_id": f"<{number}@x.example>", "text": f"{step} {number}"}
        raw = (
            answer_to(request, files=[("a.csv", FILE)], **said)
            if number % 2
            else message(**said, sender="somebody@nowhere.example")
        )
        (box / f"{number:05d}.eml").write_bytes(raw)
        yield raw


def _spread(messages: int, deaths: int) -> list[int]:
    """Which times it dies: the first, and others over the run."""
    return sorted({1 + number * messages // deaths for number in range(deaths)})


def _child(step: str, nth: int, box: Path) -> int:
    """How a process ended that took in the box: the signal it died of, or 0."""

    def take_in() -> None:
        if step:
            owner, name, after = STEPS[step]
            dies_at(owner, name, nth=nth, after=after)
        with Path(os.devnull).open("w") as nowhere:
            call_command("ingest_mail", str(box), stdout=nowhere)
        tasks.sweep_mail()

    return in_child(take_in)


def _account(raws: list[bytes]) -> dict[str, int]:
    """How many messages are not there once and as they came, and not in one place each."""
    lost = doubled = changed = misplaced = 0
    for number, raw in enumerate(raws):
        rows = list(InboundMail.objects.filter(sha256=content.hashlib.sha256(raw).hexdigest()))
        lost += not rows
        doubled += len(rows) > 1
        for mail in rows:
            with mail.raw.open("rb") as kept:
                changed += kept.read() != raw
            misplaced += not _is_in_its_place(mail, is_addressed=bool(number % 2))
    return {"lost": lost, "doubled": doubled, "changed": changed, "misplaced": misplaced}


def _is_in_its_place(mail: InboundMail, *, is_addressed: bool) -> bool:
    filed = list(mail.communications.all())
    if not is_addressed:
        return mail.is_waiting and not filed
    if mail.is_waiting or len(filed) != 1 or filed[0].attachments.count() != 1:
        return False
    attachment = filed[0].attachments.get()
    with attachment.file.open("rb") as kept:
        return bool(kept.read() == FILE)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
