"""Suggestions of published datasets: how right they are on judged drafts, and how fast.

filling      a portal with datasets, for the time of a transaction
judged       drafts of which a person said what answers them
suggestions  the time of one suggestion over a large catalog
"""

from collections.abc import Callable

PARTS = ("judged", "suggestions")


def run(part: str, datasets: int, report: Callable[[str], None]) -> bool:
    """Measure one part on the configured database, and roll back. Whether it is as promised."""
    from django.conf import settings
    from django.db import transaction

    from requests_app.bench.catalog import judged, suggestions

    folder = settings.ROOT / "tests" / "catalog" / "judged"
    with transaction.atomic():
        is_met = (
            judged.report(folder, report)
            if part == "judged"
            else suggestions.report(folder, datasets, report)
        )
        transaction.set_rollback(True)
    return is_met
