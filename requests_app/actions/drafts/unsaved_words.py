"""What people type is kept while they type it, in a row of their tab's own, until they save it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from requests_app.actions.drafts import versions
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock
from requests_app.ledger.attribution import Attribution
from requests_app.models import RecordsRequest, UnsavedWriting, User

DRAFT_PAGE = "draft"  # the page of a draft's details and letter
FORGOTTEN_AFTER = timedelta(days=1)  # a tab in which nothing stands that is not saved


@dataclass(frozen=True, slots=True)
class FormPage:
    """Which page's form it is, and of which request; of none where it begins one."""

    name: str
    records_request: RecordsRequest | None = None

    @property
    def request_id(self) -> int | None:
        return self.records_request.pk if self.records_request else None


@dataclass(frozen=True, slots=True)
class TypedCopy:
    """A tab's `count`-th copy of all that stands in its form, on top of the saved `base`.

    `continues` names the tab whose words it was opened with, and the copy that it had of them.
    """

    tab: str
    count: int
    base: str
    fields: dict[str, Any] = field(default_factory=dict)
    has_changed: bool = True
    continues: tuple[str, int] | None = None


@transaction.atomic
def keep(page: FormPage, copy: TypedCopy, *, by: Attribution) -> UnsavedWriting:
    """The tab's row with this copy, unless it has a later one: copies may overtake each other.

    Raises Refused where the tab's words were saved already: it is to open the page again.
    """
    row, is_new = UnsavedWriting.objects.select_for_update(no_key=True).get_or_create(
        writer=by.user,
        tab=copy.tab,
        defaults={
            "page": page.name,
            "records_request": page.records_request,
            "count": copy.count,
            "seen_at": by.at,
        },
    )
    if row.is_closed:
        raise Refused("What stood here was saved already.")
    if (row.page, row.records_request_id) != (page.name, page.request_id):
        raise Refused("These words belong to another page: open it again.")
    if not is_new and copy.count <= row.count:
        return row
    fields = without_nulls(copy.fields)
    if not copy.has_changed:
        row.written_at = None
    elif row.written_at is None or fields != row.fields:
        row.written_at = by.at
    row.count, row.base, row.fields, row.seen_at = copy.count, copy.base, fields, by.at
    row.save()
    if copy.has_changed and copy.continues:
        _take_over(row, *copy.continues)
    _forget(page, by=by)
    return row


def without_nulls(fields: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL takes no NUL, and nobody types one."""
    return {name: _without_null(value) for name, value in fields.items()}


def _without_null(value: Any) -> Any:
    if isinstance(value, list):
        return [str(one).replace("\x00", "") for one in value]
    return str(value).replace("\x00", "")


def _take_over(row: UnsavedWriting, tab: str, count: int) -> None:
    """The row goes on from that one, which is dropped unless somebody types there still; and with
    it any other tab that has the same words and no more."""
    others = UnsavedWriting.objects.on_page(row.page, row.records_request_id).filter(
        writer=row.writer, is_closed=False
    )
    others = others.exclude(pk=row.pk)
    before = others.filter(tab=tab, count=count).first()
    if before is not None:
        same = [other.pk for other in others if other.fields == before.fields]
        others.filter(pk__in=same).delete()


def _forget(page: FormPage, *, by: Attribution) -> None:
    """Rows that hold nobody's words, long after their tabs were closed."""
    old = UnsavedWriting.objects.on_page(page.name, page.request_id).filter(
        seen_at__lt=by.at - FORGOTTEN_AFTER
    )
    old.filter(is_closed=True).delete()
    old.filter(written_at=None).delete()


@transaction.atomic
def close(page: FormPage, *, tabs: tuple[str, ...], by: Attribution) -> None:
    """Their words are saved. A copy that was still on its way changes nothing any more."""
    for tab in filter(None, tabs):
        UnsavedWriting.objects.update_or_create(
            writer=by.user,
            tab=tab,
            defaults={"is_closed": True, "fields": {}, "seen_at": by.at, "written_at": None},
            create_defaults={
                "page": page.name,
                "records_request": page.records_request,
                "count": 0,
                "is_closed": True,
                "seen_at": by.at,
            },
        )


@transaction.atomic
def let_go(row: UnsavedWriting, *, by: Attribution) -> None:
    """The person does not want them in the draft. Words of a letter are set aside with its
    versions; a request that was never begun has none."""
    if row.writer != by.user:
        raise Refused("These are another person's words: only they can let them go.")
    request = row.records_request
    if request is not None and row.page == DRAFT_PAGE:
        details = {name: value for name, value in row.fields.items() if name != "text"}
        text = str(row.fields.get("text", ""))
        versions.set_aside(lock(request), text=text, details=details, by=by)
    row.delete()


def of_person(page: FormPage, person: User) -> list[UnsavedWriting]:
    """That person's own words on the page that are saved nowhere else, the last typed first."""
    rows = UnsavedWriting.objects.on_page(page.name, page.request_id)
    return list(rows.with_words().filter(writer=person).order_by("-written_at", "-pk"))


def of_others(page: FormPage, person: User) -> list[UnsavedWriting]:
    """Everybody else's, each with who typed them."""
    rows = UnsavedWriting.objects.on_page(page.name, page.request_id)
    others = rows.with_words().exclude(writer=person).select_related("writer")
    return list(others.order_by("-written_at", "-pk"))


def of_anybody(records_request: RecordsRequest) -> list[UnsavedWriting]:
    """All words typed into a draft that are not saved in it, each with who typed them."""
    rows = UnsavedWriting.objects.on_page(DRAFT_PAGE, records_request.pk)
    return list(rows.with_words().select_related("writer").order_by("-written_at", "-pk"))


def check_all_saved(records_request: RecordsRequest, *, by: Attribution) -> None:
    """Refused while the person has words in the draft that would stay behind."""
    if of_person(FormPage(DRAFT_PAGE, records_request), by.user):
        raise Refused(
            "You have typed words into this draft that are not saved in it. Open the draft, then "
            "save them or let them go. Nothing was changed."
        )
