"""Who came in, what was changed, what left the desk: for admins, of their own newsroom."""

import csv
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.forms.newsroom.security_log import SecurityLogForm
from requests_app.ledger.chains import security_head_line
from requests_app.ledger.security.security_log import record
from requests_app.models import Newsroom, SecurityEvent, SecurityLogCut
from requests_app.permissions import require
from requests_app.research.log_table.cells import guarded
from requests_app.views.lookup import newsroom_of, person
from requests_app.views.paging import Order, page_of, without_place
from requests_app.views.responses import page
from requests_app.vocabulary.dates_and_amounts import count, day
from requests_app.vocabulary.security_kinds import SecurityKind

NEWEST_FIRST = Order()
COLUMNS = ("number", "at", "kind", "what", "by", "about", "address", "device", "session")


@require_safe
def security_log(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    context = {
        "form": form,
        "shown": page_of(form.found(), request.GET, NEWEST_FIRST),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "kept": without_place(request.GET),
        "head": security_head_line(form.newsroom.pk, on=timezone.localdate()),
        "kept_words": _kept_words(form.newsroom),
    }
    return page(request, "newsroom/security_log/list.html", form, **context)


@require_safe
def security_log_csv(request: HttpRequest) -> HttpResponseBase:
    """What the filters leave, the oldest first; nothing where one of them cannot be followed."""
    found = _form(request).found().order_by("pk")
    rows = found.count()
    answer = StreamingHttpResponse(
        _lines(found.iterator(chunk_size=2000)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="security-log.csv"'},
    )
    record(
        SecurityKind.SECURITY_LOG_FETCHED, by=person(request), rows=count(rows, "entry", "entries")
    )
    return answer


def _kept_words(newsroom: Newsroom) -> str:
    """How long an entry is kept, and what went."""
    days = settings.KEEP_SECURITY_LOG_DAYS
    kept = f"Each entry is kept for {days:,} days." if days else "Each entry is kept for good."
    last = SecurityLogCut.objects.filter(newsroom=newsroom).order_by("-number").first()
    if last is None:
        return kept
    until = day(timezone.localdate(last.newest_at))
    return f"{kept} What was written until {until} went: {count(last.number, 'entry', 'entries')}."


def _form(request: HttpRequest) -> SecurityLogForm:
    newsroom = newsroom_of(request)
    require(person(request), "manage_members")
    return SecurityLogForm(request.GET, newsroom=newsroom)


class _Line:
    """A file of which each write is given on."""

    def write(self, text: str) -> str:
        return text


def _lines(entries: Iterable[SecurityEvent]) -> Iterator[str]:
    """No cell is read as a formula by a spreadsheet."""
    table = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield table.writerow(COLUMNS)
    for one in entries:
        cells = (
            str(one.pk), one.at.isoformat(), one.kind, one.sentence, str(one.by or ""),
            str(one.about or ""), one.address, one.device, one.session,
        )  # fmt: skip
        yield table.writerow([guarded(cell) for cell in cells])
