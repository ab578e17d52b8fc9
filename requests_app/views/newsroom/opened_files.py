"""How strangers' files are opened on this machine, and what such a file could do to the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from requests_app.permissions import require
from requests_app.storage.cage import self_test
from requests_app.storage.cage.keeper import NotStartedError
from requests_app.views.lookup import newsroom_of, person


@never_cache
@require_safe
def opened_files(request: HttpRequest) -> HttpResponse:
    """Each way out of the cage is tried anew for whoever looks."""
    newsroom_of(request)
    require(person(request), "change_settings")
    tried, problem = [], ""
    try:
        tried = self_test.try_everything()
    except NotStartedError as error:
        problem = str(error)
    walls = list(dict.fromkeys(wall for one in tried for wall in one.walls))
    context = {
        "tried": tried,
        "problem": problem,
        "walls": walls,
        "open_ways": [one for one in tried if not one.is_refused],
    }
    return render(request, "newsroom/opened_files.html", context)
