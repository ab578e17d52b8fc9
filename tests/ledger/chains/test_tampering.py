"""`verify_ledger` finds whatever somebody changes in the database past its triggers.

TAMPERINGS=1000 makes so many, drawn from TAMPERING_SEED.
"""

import json
import os
from contextlib import suppress
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command

from requests_app.ledger.chains import KnownHead
from requests_app.models import ChainHead
from tests.ledger.chains.tampering import Tamperer, triggers_off
from tests.ledger.chains.written import write_something_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.tampered]

TAMPERINGS = int(os.environ.get("TAMPERINGS", "60"))
SEED = int(os.environ.get("TAMPERING_SEED", "13"))


def is_whole(*arguments: str) -> bool:
    out = StringIO()
    with suppress(SystemExit):
        call_command("verify_ledger", "--json", *arguments, stdout=out)
    said = json.loads(out.getvalue())
    named = [chain for chain in said["chains"] if chain["finding"]]
    assert said["whole"] is (not named)
    assert all(chain["finding"]["sentence"].endswith(".") for chain in named)
    return bool(said["whole"])


def test_each_of_many_tamperings_is_found(tmp_path: Path):
    write_something_of_each()
    heads = tmp_path / "heads.txt"
    known = [KnownHead(row.name, row.length, row.head) for row in ChainHead.objects.all()]
    heads.write_text("\n".join(map(str, known)))
    assert is_whole("--against", str(heads))
    tamperer = Tamperer(Random(SEED))

    missed = []
    for number in range(TAMPERINGS):
        with triggers_off():
            done = tamperer.tamper()
            if is_whole("--against", str(heads)):
                missed.append(f"{number}, with the heads: {done.words}")
            # What leaves no trace in the database is found by a head kept elsewhere alone.
            if not done.in_full and is_whole():
                missed.append(f"{number}: {done.words}")

    assert missed == []
    assert is_whole("--against", str(heads))
