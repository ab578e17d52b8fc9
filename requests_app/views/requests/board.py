"""The board: every open request once, under what it asks of the newsroom.

Each section is a page of an index, never the whole of it: what the board costs does not grow with
what is open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import chain, islice
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from requests_app.models import Headline, Newsroom, RecordsRequest, User
from requests_app.models.requests.headline import HeadlineQuerySet
from requests_app.permissions import is_editor
from requests_app.views.lookup import now, person
from requests_app.views.paging import Order, Place, Time
from requests_app.views.requests.list_rows import Row, rows_of_headlines
from requests_app.views.responses import SeeOther
from requests_app.vocabulary.headlines import Section, Turn

SHOWN, SHOWN_ALONE = 12, 100  # rows of a section: on the board, and on a page of its own
SHOWN_WAITING = 5  # on the board: there is nothing to do about them
BY_DAY = Order(
    Time("ranked_on", date.toordinal, date.fromordinal),
    key="records_request_id",
    newest_first=False,
)
WHY = {
    Section.LATE: "the city has missed its clock",
    Section.TO_DO: "it is our turn",
    Section.THIS_WEEK: "clocks of the next seven days",
    Section.WAITING: "nothing to do but keep an eye on it",
}


class Shown(NamedTuple):
    """How many rows of a section, behind which place in it, at what moment."""

    is_alone: bool
    after: Place | None
    at: datetime

    def size(self, section: Section) -> int:
        if self.is_alone:
            return SHOWN_ALONE
        return SHOWN_WAITING if section == Section.WAITING else SHOWN


@dataclass(frozen=True, slots=True)
class BoardSection:
    section: Section
    rows: list[Row]
    total: int
    after: str = ""  # the place of the last row shown, where there are more

    @property
    def why(self) -> str:
        return WHY[self.section]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand in each section, wait there for somebody else's move, and are late."""

    of: Mapping[Section, int]
    of_others: int = 0
    late: int = 0

    @property
    def open(self) -> int:
        return sum(self.of.values())


def board(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not user.role:
        return _without_newsroom(request)
    at = now()
    mine_only = request.GET.get("mine") == "1"
    headlines = open_to(user, mine_only=mine_only, at=at)
    counts = counts_of(headlines, user)
    only = _only(request)
    after = _after(request)
    shown = Shown(only is not None, after, at)
    of = _Board(headlines, user, counts)
    sections = _sections([only] if only else Section, of, shown)
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
    headlines = headlines.filter(newsroom=user.membership.newsroom_id)
    if user.membership.sees_all:
        return headlines
    of_others = RecordsRequest.objects.open_of_others_seen_by(user)
    return headlines.filter(Q(owner=user) | Q(records_request__in=of_others))


def counts_of(headlines: HeadlineQuerySet, user: User) -> Counts:
    """One query, however many there are."""
    found = (
        headlines.order_by()
        .values("section", "turn")
        .annotate(
            total=Count("pk"),
            mine=Count("pk", filter=Q(owner=user)),
            late=Count("pk", filter=Q(is_late=True)),
        )
    )
    of, of_others, late = dict.fromkeys(Section, 0), 0, 0
    for group in found:
        others = _of_others(Turn(group["turn"]), user, total=group["total"], mine=group["mine"])
        of[Section(group["section"])] += group["total"] - others
        of_others += others
        late += group["late"]
    of[Section.WAITING] += of_others
    return Counts(of, of_others, late)


def _of_others(turn: Turn, user: User, *, total: int, mine: int) -> int:
    """How many of a group wait for somebody else than the one who looks."""
    if turn == Turn.OWNER:
        return total - mine
    return total if turn == Turn.EDITOR and not is_editor.test(user) else 0


def _for_others(user: User) -> Q:
    """As `_of_others`, of rows."""
    drafts = Q(turn=Turn.OWNER) & ~Q(owner=user)
    return drafts if is_editor.test(user) else drafts | Q(turn=Turn.EDITOR)


@dataclass(frozen=True, slots=True)
class _Board:
    """What one person's sections are taken from."""

    headlines: HeadlineQuerySet
    user: User
    counts: Counts

    def rows(self, section: Section, *, limit: int, after: Place | None) -> list[Headline]:
        """The first so many by their days. Of what is to do, what waits for somebody else stands
        under "Waiting"."""
        rows = self.headlines.order_by(*BY_DAY.names(backward=False))
        if after:
            rows = rows.filter(BY_DAY.past(after, backward=False))
        found = rows.filter(section=section)
        if section == Section.TO_DO and self.counts.of_others:
            return list(found.exclude(_for_others(self.user))[:limit])
        if section == Section.WAITING and self.counts.of_others:
            # Each from its end of the index, then together: asked for at once, all would be sorted.
            of_others = rows.filter(_for_others(self.user), section=Section.TO_DO)
            both = merge(found[:limit], of_others[:limit], key=_place_of)
            return list(islice(both, limit))
        return list(found[:limit])


def _sections(wanted: Iterable[Section], of: _Board, shown: Shown) -> list[BoardSection]:
    """Those of which something is to be shown, their requests and clocks read all together."""
    found = {
        section: of.rows(section, limit=shown.size(section) + 1, after=shown.after)
        for section in wanted
        if of.counts.of[section]
    }
    first = {section: rows[: shown.size(section)] for section, rows in found.items()}
    drawn = iter(rows_of_headlines(list(chain(*first.values())), of.user, at=shown.at))
    return [
        BoardSection(
            section,
            list(islice(drawn, len(first[section]))),
            of.counts.of[section],
            BY_DAY.place_of(first[section][-1]) if len(rows) > len(first[section]) else "",
        )
        for section, rows in found.items()
    ]


def _place_of(headline: Headline) -> Place:
    return headline.ranked_on, headline.records_request_id


def _after(request: HttpRequest) -> Place | None:
    text = request.GET.get("after", "")
    place = BY_DAY.place_in(text)
    if text and place is None:
        raise BadRequest("This address names no row of the board: open the board again.")
    return place


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
