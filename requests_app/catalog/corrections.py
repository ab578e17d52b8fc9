"""After a reading: the requests whose dataset may have been corrected say so at once."""

from django.db import transaction

from requests_app import ledger
from requests_app.ledger.changed_datasets import corrections_citing
from requests_app.models import CityPortal


@transaction.atomic
def propose_fixed(portal: CityPortal) -> None:
    """Write anew the headlines of every correction that waits and cites a dataset of the portal:
    where the dataset changed since, its next step is “Fixed?”."""
    ledger.write_headlines_of(corrections_citing(portal))
