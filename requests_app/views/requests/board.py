"""The board: every open request once, under what it asks of the newsroom.

Each section is a page of an index, never the whole of it: what the board costs does not grow with
what is open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from requests_app.models import Headline, Newsroom, RecordsRequest, User
from requests_app.models.requests.headline import HeadlineQuerySet
from requests_app.permissions import is_editor
from requests_app.policy.next_step import Seen
from requests_app.views.lookup import now, person
from requests_app.views.requests.list_rows import Row, row_of
from requests_app.views.responses import SeeOther
from requests_app.vocabulary.headlines import Section, Turn

SHOWN, SHOWN_ALONE = 25, 100  # rows of a section: on the board, and on a page of its own
WHY = {
    Section.LATE: "the city has missed its clock",
    Section.TO_DO: "it is our turn",
    Section.THIS_WEEK: "clocks of the next seven days",
    Section.WAITING: "nothing to do but keep an eye on it",
}


class Place(NamedTuple):
    """Where in a section a row stands, as an address has it: `2026-12-04.118`."""

    ranked_on: date
    request_id: int

    def __str__(self) -> str:
        return f"{self.ranked_on.isoformat()}.{self.request_id}"

    @classmethod
    def read(cls, text: str) -> "Place":
        day, _, number = text.partition(".")
        try:
            return cls(date.fromisoformat(day), int(number))
        except ValueError as error:
            raise BadRequest(
                "This address names no row of the board: open the board again."
            ) from error


@dataclass(frozen=True, slots=True)
class BoardSection:
    section: Section
    rows: list[Row]
    total: int
    after: Place | None = None  # the last row shown, where there are more

    @property
    def why(self) -> str:
        return WHY[self.section]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand in each section, have a clock that runs, and are late."""

    of: Mapping[Section, int]
    running: int = 0
    late: int = 0


def board(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not user.role:
        return _without_newsroom(request)
    at = now()
    mine_only = request.GET.get("mine") == "1"
    headlines = open_to(user, mine_only=mine_only, at=at)
    counts = counts_of(headlines, user)
    only = _only(request)
    after = Place.read(request.GET["after"]) if request.GET.get("after") else None
    sections = [
        section_of(
            section,
            headlines,
            user,
            total=counts.of[section],
            at=at,
            limit=SHOWN_ALONE if only else SHOWN,
            after=after,
        )
        for section in ([only] if only else Section)
        if counts.of[section]
    ]
    context = {
        "sections": sections,
        "only": only,
        "after": after,
        "mine_only": mine_only,
        "counts": counts,
        "has_any": bool(sections) or RecordsRequest.objects.visible_to(user).exists(),
    }
    return render(request, "requests/board.html", context)


def open_to(user: User, *, mine_only: bool, at: datetime) -> HeadlineQuerySet:
    """The headlines of today of the open requests that a person may see, or has."""
    headlines = Headline.objects.standing(at=at)
    if mine_only:
        return headlines.filter(owner=user)
    if is_editor.test(user):
        return headlines.filter(newsroom=user.membership.newsroom_id)
    return headlines.filter(records_request__in=RecordsRequest.objects.visible_to(user))


def counts_of(headlines: HeadlineQuerySet, user: User) -> Counts:
    """One query, however many there are."""
    found = (
        headlines.order_by()
        .values("section", "turn")
        .annotate(
            total=Count("pk"),
            mine=Count("pk", filter=Q(owner=user)),
            running=Count("pk", filter=Q(ranked_on__lt=date.max)),
            late=Count("pk", filter=Q(is_late=True)),
        )
    )
    of = dict.fromkeys(Section, 0)
    groups = list(found)
    for group in groups:
        others = _of_others(Turn(group["turn"]), user, total=group["total"], mine=group["mine"])
        of[Section(group["section"])] += group["total"] - others
        of[Section.WAITING] += others
    return Counts(of, sum(g["running"] for g in groups), sum(g["late"] for g in groups))


def _of_others(turn: Turn, user: User, *, total: int, mine: int) -> int:
    """How many of a group wait for somebody else than the one who looks."""
    if turn == Turn.OWNER:
        return total - mine
    return total if turn == Turn.EDITOR and not is_editor.test(user) else 0


def _for_others(user: User) -> Q:
    """As `_of_others`, of rows."""
    drafts = Q(turn=Turn.OWNER) & ~Q(owner=user)
    return drafts if is_editor.test(user) else drafts | Q(turn=Turn.EDITOR)


def section_of(
    section: Section,
    headlines: HeadlineQuerySet,
    user: User,
    *,
    total: int,
    at: datetime,
    limit: int,
    after: Place | None,
) -> BoardSection:
    """A section's rows by their days; what waits for somebody else stands under "Waiting"."""
    if section == Section.WAITING:
        found = headlines.filter(Q(section=section) | _for_others(user))
    else:
        found = headlines.filter(section=section).exclude(_for_others(user))
    if after:
        later = Q(ranked_on=after.ranked_on, records_request__gt=after.request_id)
        found = found.filter(later | Q(ranked_on__gt=after.ranked_on))
    some = list(_with_requests(found).order_by("ranked_on", "records_request")[: limit + 1])
    shown = some[:limit]
    last = shown[-1] if len(some) > limit else None
    return BoardSection(
        section,
        list(_rows(shown, user, at)),
        total,
        Place(last.ranked_on, last.records_request_id) if last else None,
    )


def _with_requests(headlines: HeadlineQuerySet) -> HeadlineQuerySet:
    people = (
        "records_request__newsroom",
        "records_request__created_by",
        "records_request__assigned_to",
    )
    rows = headlines.with_clocks().select_related(*people)
    return rows.defer("records_request__letter_text", "records_request__particulars")


def _rows(headlines: Iterable[Headline], user: User, at: datetime) -> Iterable[Row]:
    for headline in headlines:
        rr = headline.records_request
        yield row_of(Seen(rr, rr.city.local_date(at), headline), user)


def _only(request: HttpRequest) -> Section | None:
    """The section whose own page is asked for."""
    name = request.GET.get("section")
    if not name:
        return None
    if name not in Section.values:
        raise Http404(f"The board has no section “{name}”.")
    return Section(name)


def _without_newsroom(request: HttpRequest) -> HttpResponse:
    """An operator made on the command line: the first newsroom, or an explanation."""
    if not Newsroom.objects.exists():
        return SeeOther(reverse("first_newsroom"))
    return render(request, "newsroom/no_newsroom.html")
