"""The board: every open request once, under what it asks of the newsroom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from requests_app.models import Newsroom, RecordsRequest, RequestState, User
from requests_app.permissions import is_editor
from requests_app.policy.clock_pill import Pill
from requests_app.policy.next_step import Seen
from requests_app.views.lookup import now, person
from requests_app.views.requests.list_rows import seen, with_what_lists_show
from requests_app.views.requests.step_links import LinkedStep, step_for
from requests_app.views.responses import SeeOther

WAITING_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Row:
    seen: Seen
    step: LinkedStep
    pill: Pill | None

    @property
    def request(self) -> RecordsRequest:
        return self.seen.request


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    why: str
    rows: list[Row]
    more: int = 0


def board(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not user.role:
        return _without_newsroom(request)
    mine_only = request.GET.get("mine") == "1"
    rows = rows_for(user, mine_only=mine_only, at=now())
    context = {
        "sections": sections_of(rows, user),
        "mine_only": mine_only,
        "running": sum(1 for row in rows if row.pill and row.pill.tone != "hold"),
        "late": sum(1 for row in rows if row.seen.late),
        "has_any": bool(rows) or RecordsRequest.objects.visible_to(user).exists(),
    }
    return render(request, "requests/board.html", context)


def rows_for(user: User, *, mine_only: bool, at: datetime) -> list[Row]:
    requests = RecordsRequest.objects.visible_to(user).open()
    if mine_only:
        requests = requests.filter(Q(assigned_to=user) | Q(assigned_to=None, created_by=user))
    found = seen(with_what_lists_show(requests).order_by("pk"), at=at)
    return [Row(one, step_for(one, user), one.pill) for one in found]


def sections_of(rows: list[Row], user: User) -> list[Section]:
    """Each request stands in one section, and in a section by its date."""
    sorted_rows: dict[str, list[Row]] = {"late": [], "todo": [], "week": [], "waiting": []}
    for row in sorted(rows, key=_by_date):
        sorted_rows[_section_of(row, user)].append(row)
    waiting = sorted_rows["waiting"]
    return [
        Section("late", "Late", "the city has missed its clock", sorted_rows["late"]),
        Section("todo", "To do", "it is our turn", sorted_rows["todo"]),
        Section("week", "This week", "clocks of the next seven days", sorted_rows["week"]),
        Section(
            "waiting", "Waiting", "nothing to do but keep an eye on it", waiting[:WAITING_SHOWN],
            max(len(waiting) - WAITING_SHOWN, 0),
        ),
    ]  # fmt: skip


def _by_date(row: Row) -> tuple[str, int]:
    due = row.pill.due_on if row.pill else None
    return (due.isoformat() if due else "9999"), row.request.pk


def _section_of(row: Row, user: User) -> str:
    request, pill = row.request, row.pill
    if row.seen.troubled or row.seen.unread:
        return "todo"
    if row.seen.late:
        return "late"
    if request.state == RequestState.DRAFT:
        return "todo" if request.owner == user else "waiting"
    if row.step.is_ours:
        return (
            "todo" if request.state != RequestState.IN_REVIEW or is_editor.test(user) else "waiting"
        )
    if pill and pill.tone == "soon":
        return "week"
    return "waiting"


def _without_newsroom(request: HttpRequest) -> HttpResponse:
    """An operator made on the command line: the first newsroom, or an explanation."""
    if not Newsroom.objects.exists():
        return SeeOther(reverse("first_newsroom"))
    return render(request, "newsroom/no_newsroom.html")
