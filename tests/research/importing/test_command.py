"""`manage.py import_log`."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from requests_app.models import LoggedRequest
from tests.research.importing.files import CITY_LOG, researcher

pytestmark = pytest.mark.django_db


def test_a_dry_run_writes_nothing_and_the_import_what_it_said(tmp_path: Path):
    by, file = researcher(), tmp_path / "log.csv"
    file.write_bytes(CITY_LOG + b"REQ-3,,,Parks,soon,\n")
    told = {"by": by.email, "mapping": "foia-log", "place": "Springfield, IL"}
    out = io.StringIO()

    call_command("import_log", file, **told, dry_run=True, stdout=out)
    after_dry_run = LoggedRequest.objects.count()
    with pytest.raises(CommandError, match="1 row was refused"):
        call_command("import_log", file, **told, stdout=io.StringIO())
    call_command("import_log", file, **told, without_refused=True, stdout=io.StringIO())

    counts, refused = out.getvalue().splitlines()[:2]
    assert counts == "3 rows: 2 new, 1 refused."
    assert refused.startswith("row 4, date requested: “soon” is no date that we can read")
    assert (after_dry_run, LoggedRequest.objects.count()) == (0, 2)
