"""Files from outside are handed out as downloads alone."""

import pytest
from django.urls import reverse

from tests.views.conftest import signed_in
from tests.views.world import build

pytestmark = pytest.mark.django_db


def test_attachment_is_downloaded_and_never_shown() -> None:
    world = build()
    client = signed_in(world.people["reporter"])

    answer = client.get(reverse("attachment_download", args=[world.attachment.pk]))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="answer.html"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]
    answer.close()
