"""Everybody's own data, and an admin's look for somebody outside."""

import io
import zipfile

import pytest
from django.urls import reverse

from requests_app.models import Role
from tests.factories import member, submitted
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_everybody_downloads_their_own() -> None:
    rosa = member(name="Rosa Delgado")
    submitted(rosa)

    answer = signed_in(rosa).post(reverse("own_data_download"))

    assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert rosa.email in archive.read("account.json").decode()


def test_an_admin_alone_asks_for_somebody_outside() -> None:
    admin = member(Role.ADMIN)
    url = reverse("data_of_others")

    given = signed_in(admin).post(url, {"email": "clerk@city.example"})
    wrong = signed_in(admin).post(url, {"email": "clerk"})
    refused = signed_in(member(Role.EDITOR, admin.membership.newsroom)).post(
        url, {"email": "clerk@city.example"}
    )

    assert given.headers["Content-Type"] == "application/zip"
    assert (wrong.status_code, refused.status_code) == (422, 403)
