"""Every message of the corpus through the whole intake: what is read must also fit a database."""

from pathlib import Path

import pytest

from requests_app.models import InboundMail, Stage
from tests.inbound.messages import taken_in

CORPUS = sorted((Path(__file__).parents[1] / "mail" / "corpus").glob("*.eml"))


@pytest.mark.django_db
def test_every_message_is_kept_byte_for_byte_and_read() -> None:
    for path in CORPUS:
        mail = taken_in(path.read_bytes())

        assert mail.stage == Stage.READ, path.name
        with mail.raw.open("rb") as raw:
            assert raw.read() == path.read_bytes(), path.name
    assert InboundMail.objects.filter(is_waiting=True).exists()
