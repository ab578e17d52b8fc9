"""Follow a dataset or a search, stop, and mark as seen what was told of it."""

from django.db import transaction
from django.db.models import Max

from requests_app.actions.errors import Refused
from requests_app.catalog.dataset_search import DatasetSearch
from requests_app.ledger.attribution import Attribution
from requests_app.models import CatalogDataset, DatasetNews, DatasetVersion, DatasetWatch, User

MOST_FOLLOWED = 500  # by one person


@transaction.atomic
def follow_dataset(dataset: CatalogDataset, *, by: Attribution) -> DatasetWatch:
    """What changes from now on is told. Followed twice is followed once."""
    _check_room(by.user)
    watch, _ = DatasetWatch.objects.get_or_create(
        user=by.user,
        dataset=dataset,
        defaults={
            "city_slug": dataset.portal.city_slug,
            "since_version": _newest_version(),
            "created_at": by.at,
        },
    )
    return watch


@transaction.atomic
def follow_search(city_slug: str, search: DatasetSearch, *, by: Attribution) -> DatasetWatch:
    """What is new in the catalog from now on and fits is told."""
    wanted = search.to_follow
    if wanted.is_empty:
        raise Refused("Search for something first: words, a theme, a steward or a format.")
    _check_room(by.user)
    watch, _ = DatasetWatch.objects.get_or_create(
        user=by.user,
        dataset=None,
        city_slug=city_slug,
        search=wanted.write(),
        defaults={"since_version": _newest_version(), "created_at": by.at},
    )
    return watch


@transaction.atomic
def stop_following(watch: DatasetWatch, *, by: User) -> None:
    """What was told of it goes with it; what changed stays in the dataset's history."""
    DatasetWatch.objects.filter(pk=watch.pk, user=by).delete()


@transaction.atomic
def mark_seen(*, by: Attribution) -> int:
    """All that was told so far; how much that was."""
    return DatasetNews.objects.unseen().filter(watch__user=by.user).update(seen_at=by.at)


def _newest_version() -> int:
    newest: int | None = DatasetVersion.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def _check_room(user: User) -> None:
    if DatasetWatch.objects.filter(user=user).count() >= MOST_FOLLOWED:
        raise Refused(f"You follow {MOST_FOLLOWED} already: stop following some first.")
