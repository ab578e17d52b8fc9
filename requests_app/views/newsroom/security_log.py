"""Who came in, what was changed, what left the desk: for admins, of their own newsroom."""

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from requests_app.forms.newsroom.security_log import SecurityLogForm
from requests_app.ledger.chains import head_lines
from requests_app.ledger.security.security_log import record
from requests_app.models import SecurityEvent
from requests_app.models.chain.chained_tables import SECURITY
from requests_app.permissions import require
from requests_app.research.log_table.cells import guarded
from requests_app.views.lookup import newsroom_of, person
from requests_app.views.paging import Order, page_of, without_place
from requests_app.views.responses import page
from requests_app.vocabulary.dates_and_amounts import count
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
        "head": head_lines(form.newsroom.pk, books=(SECURITY,))[0],
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
    record(SecurityKind.SECURITY_LOG_FETCHED, by=person(request), rows=count(rows, "entry"))
    return answer


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
