"""A button on a dataset's page: its columns, asked of the portal now."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.actions.errors import Refused
from requests_app.catalog.reading import columns
from requests_app.views.catalog.dataset_page import visible_dataset
from requests_app.views.lookup import now
from requests_app.views.responses import button


@require_POST
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    dataset = visible_dataset(request, pk)

    def ask() -> None:
        try:
            columns.fetch_columns(dataset, at=now())
        except columns.ColumnsUnknownError as error:
            raise Refused(f"The columns could not be had. {error}") from error

    address = reverse("dataset_page", args=[pk])
    return button(request, ask, done="The portal told its columns.", to=address)
