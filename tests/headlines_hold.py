"""After a test: the stored headlines are what follows from the rows it left."""

from requests_app.ledger.headline_rows import headlines_that_differ
from requests_app.models import RecordsRequest


def check_headlines() -> None:
    requests = list(RecordsRequest.objects.all())
    assert dict(headlines_that_differ(requests)) == {}
