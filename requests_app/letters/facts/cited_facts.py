"""The published dataset that a request is about, as its letter names it."""

from requests_app.letters.facts.fact import Facts, day_of, stated
from requests_app.models import CitedDataset, RecordsRequest


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
