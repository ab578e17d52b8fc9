"""If California's AB 1821 becomes law, one edit of one file makes it so."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from cities.clocks.derive import Deadline, Occurrence, current, derive
from cities.schema.load import PACKS, load_city

RECEIVED = date(2027, 1, 4)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """California's folder with the bill made law."""
    shutil.copytree(PACKS / "us-ca", tmp_path / "us-ca")
    clocks = tmp_path / "us-ca" / "clocks.toml"
    clocks.write_text(edited(clocks.read_text(encoding="utf-8")), encoding="utf-8")
    return tmp_path


def edited(text: str) -> str:
    """The clock as it stands until 2026, and its copy as the bill has it."""
    clock = re.search(r"\[\[clocks\]\](?!.*\[\[clocks\]\]).*", text, re.DOTALL)
    assert clock
    bill = (
        clock[0]
        .replace('unit = "calendar_days"', 'unit = "business_days"')
        .replace("days = 14,", 'days = 14, unit = "business_days",')
        .replace('starts = ["received"]', 'starts = [{ event = "received", channels = ["email"] }]')
        .replace("valid_from = 2023-01-01\n", "")
    )
    until = f"{clock[0].rstrip()}\nvalid_to = 2026-12-31\n"
    return text.replace(clock[0], f"{until}\n{bill.rstrip()}\nvalid_from = 2027-01-01\n")


def response(packs: Path, *events: Occurrence) -> Deadline | None:
    return current(derive(load_city("us-ca/stockton", packs), events), "response")


def due(deadline: Deadline | None) -> date | None:
    return deadline.due_on if deadline else None


def received(on: date, **facts: str) -> Occurrence:
    return Occurrence("received", on, facts)


def test_ten_business_days_and_fourteen_more(packs: Path) -> None:
    """Jan 18 is Martin Luther King Jr. Day: the tenth is Jan 19, the fourteenth after it Feb 8."""
    plain = response(packs, received(RECEIVED))
    extended = response(packs, received(RECEIVED), Occurrence("extended", date(2027, 1, 12)))

    assert due(plain) == date(2027, 1, 19)
    assert due(extended) == date(2027, 2, 8)


def test_what_did_not_come_by_the_designated_channel_starts_no_clock(packs: Path) -> None:
    assert response(packs, received(RECEIVED, channel="email")) is not None
    assert response(packs, received(RECEIVED, channel="in_person")) is None


def test_what_was_received_before_keeps_its_calendar_days(packs: Path) -> None:
    before = response(packs, received(date(2026, 12, 14), channel="in_person"))

    assert due(before) == date(2026, 12, 24)
