"""Whether this process can serve: asked by the container, `run.py up` and whoever watches."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from requests_app.accounts.client_address import is_this_machine
from requests_app.permissions import may


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Strangers hear no more than ok or not ok."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        said = f"not ok: database: {error}" if _may_know(request) else "not ok"
        return HttpResponse(said, status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def _may_know(request: HttpRequest) -> bool:
    """Who asks on this machine, or an admin, as far as a broken database can say who that is."""
    if is_this_machine(request):
        return True
    try:
        return bool(may(request.user, "manage_members"))
    except DatabaseError:
        return False
