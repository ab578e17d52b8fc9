"""The published dataset that a request is about, and whom we asked for it before."""

from requests_app.escalations import HAS_LEFT
from requests_app.letters.facts.fact import LEDGER, Facts, day_of, stated
from requests_app.models import CitedDataset, RecordsRequest
from requests_app.office_contacts import office_asked


def cited_dataset(request: RecordsRequest) -> Facts:
    """Its title, identifier and address, and its state as it was seen; nothing where none is
    cited. What the portal does not state is left out."""
    if request._state.adding:
        return {}
    found = CitedDataset.objects.select_related("dataset__portal").filter(records_request=request)
    cited = found.first()
    if cited is None:
        return {}
    record = cited.record
    # Of one that was withdrawn since, nobody saw more than the last reading that found it.
    gone_at = cited.dataset.withdrawn_at
    seen_at = min(cited.cited_at, cited.dataset.last_seen_at) if gone_at else cited.cited_at
    seen_on = request.city.local_date(seen_at)
    updated = record.data_updated_at
    return stated(
        f"the city’s catalog, as seen on {day_of(seen_on)}",
        cited_title=record.title,
        cited_identifier=record.external_id,
        cited_link=record.landing_url,
        cited_updated_on=day_of(request.city.local_date(updated)) if updated else None,
        cited_cadence=record.cadence_text,
        cited_seen_on=day_of(seen_on),
        cited_gone_on=day_of(request.city.local_date(gone_at)) if gone_at else None,
    )


def first_asked(request: RecordsRequest) -> Facts:
    """Of whom, and when; only where that letter reached them."""
    before = request.continues
    if before is None or not before.deliveries.filter(state__in=HAS_LEFT).exists():
        return {}
    asked_on = day_of(before.submitted_on)
    return stated(LEDGER, first_asked_of=office_asked(before).name, first_asked_on=asked_on)
