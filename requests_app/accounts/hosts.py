"""By which name the desk is called: by the one in BASE_URL, and by no other."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from requests_app.accounts.client_address import is_this_machine

DEFAULT_PORTS = {"http": 80, "https": 443}
WRONG_NAME = "This desk is not called by that name. Open it at the address its newsroom gives.\n"


class OnlyBaseUrl:
    """Refuses a Host header with another port than BASE_URL's; Django refuses other names itself.

    Whether the desk is well may be asked from its own machine by that machine's name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        base = urlsplit(settings.BASE_URL)
        if request.path == "/health/" and is_this_machine(request):
            request.META["HTTP_HOST"] = base.netloc
        try:
            port = urlsplit(f"//{request.META.get('HTTP_HOST', '')}").port
        except ValueError:
            port = -1
        default = DEFAULT_PORTS[base.scheme]
        if (port or default) != (base.port or default):
            return HttpResponse(WRONG_NAME, status=400, content_type="text/plain")
        return self.get_response(request)
