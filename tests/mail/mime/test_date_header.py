"""The Date header, in every shape that programs give it, and what is none."""

import pytest

from requests_app.mail.mime.date_header import instant


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Tue, 3 Nov 2026 09:15:00 -0800", "2026-11-03T17:15:00+00:00"),
        ("Tue, 3 Nov 2026 09:15:00 -0800 (PST)", "2026-11-03T17:15:00+00:00"),
        ("Tue, 3 Nov 2026 09:15:00 PST", "2026-11-03T17:15:00+00:00"),
        ("Tue, 3 Nov 2026 09:15:00 EST", "2026-11-03T14:15:00+00:00"),
        ("Tue, 3 Nov 26 09:15:00 -0500", "2026-11-03T14:15:00+00:00"),
        ("03 Nov 2026 9:15 -0800", "2026-11-03T17:15:00+00:00"),
        ("Tue Nov  3 09:15:00 2026", "2026-11-03T09:15:00+00:00"),
        ("tis, 3 nov 2026 09:15:00 +0100", "2026-11-03T08:15:00+00:00"),
        ("Tuesday, 03-Nov-26 09:15:00 PST (Pacific)", "2026-11-03T17:15:00+00:00"),
        ("2026-11-03T09:15:00Z", "2026-11-03T09:15:00+00:00"),
        ("2026-11-03 09:15:00 +0100", "2026-11-03T08:15:00+00:00"),
        ("Tue, 3 Nov 2026 23:15:00 +1400", "2026-11-03T09:15:00+00:00"),
    ],
)
def test_a_date_is_read_in_every_shape(written: str, moment: str) -> None:
    found = instant(written)

    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "written",
    [
        "", "0", "10", "1.1.1", "Nov", "Tuesday", "soon", "9" * 30,
        "Tue, 3 Nov 2026 25:61:00 -0800",
        "Sun, 99 Foo 20266 99:99:99 +9999",
        "Tue, 3 Nov 2026 09:15:00 +99999",
        "Tue, 3 Nov 2026 09:15:00 +9900",
        "Tue, 3 Nov 1889 09:15:00 -0800",
        "2026-13-45T09:15:00Z",
    ],
)  # fmt: skip
def test_what_names_no_moment_is_none(written: str) -> None:
    assert instant(written) is None
