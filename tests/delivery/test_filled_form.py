"""A city's form that was filled for a letter goes with it, right after it."""

import pytest

from requests_app.delivery.channels.message import message_for
from requests_app.models import CityForm, FilledForm
from tests import factories

pytestmark = pytest.mark.django_db


def test_filled_form_is_attached_after_the_letter_as_the_letter_names_it() -> None:
    request = factories.submitted(sent=False)
    delivery = request.deliveries.get()
    blank = CityForm.objects.create(
        newsroom=request.newsroom, city="us-ct/stamford", office="city_clerk",
        name="Request form.pdf", source="the counter", pdf=b"blank", sha256="0" * 64,
        uploaded_by=request.created_by,
    )  # fmt: skip
    FilledForm.objects.create(
        letter=delivery.letter, city_form=blank, pdf=b"filled", sha256="0" * 64
    )
    delivery.refresh_from_db()

    attached = [(one[0], bytes(one[1])) for one in message_for(delivery).attachments]

    letter = delivery.letter
    assert attached == [(letter.file_name, bytes(letter.pdf)), ("Request form.pdf", b"filled")]
