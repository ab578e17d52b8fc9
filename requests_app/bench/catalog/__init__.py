"""Published datasets: how right suggestions are on judged drafts, how fast, and how fast they come.

filling      a portal with datasets, for the time of a transaction
judged       drafts of which a person said what answers them
suggestions  the time of one suggestion over a large catalog
reading      the time of a portal's reading besides the network, and its memory
"""

from collections.abc import Callable

PARTS = ("judged", "suggestions", "sync")


def run(part: str, datasets: int, report: Callable[[str], None]) -> bool:
    """Measure one part on the configured database, and roll back. Whether it is as promised."""
    from django.conf import settings
    from django.db import transaction

    from requests_app.bench.catalog import judged, reading, suggestions

    folder = settings.ROOT / "tests" / "catalog" / "judged"
    with transaction.atomic():
        measure = {
            "judged": lambda: judged.report(folder, report),
            "suggestions": lambda: suggestions.report(folder, datasets, report),
            "sync": lambda: reading.report(datasets, report),
        }
        is_met = measure[part]()
        transaction.set_rollback(True)
    return is_met
