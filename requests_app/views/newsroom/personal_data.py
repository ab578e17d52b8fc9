"""What the desk has of a person, to download."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.privacy import personal_data
from requests_app.forms.newsroom.people import AddressForm
from requests_app.ledger.security.security_log import record
from requests_app.permissions import may, require
from requests_app.views.lookup import newsroom_of, now, person
from requests_app.views.responses import page
from requests_app.vocabulary.security_kinds import SecurityKind


@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    is_admin = may(person(request), "manage_members")
    return render(request, "newsroom/members/own_data.html", {"is_admin": is_admin})


@require_POST
def own_data_download(request: HttpRequest) -> HttpResponse:
    user = person(request)
    record(SecurityKind.PERSONAL_DATA_FETCHED, by=user, whose=str(user))
    return _zip(personal_data.of_person(user, at=now()), "my-data.zip")


def data_of_others(request: HttpRequest) -> HttpResponse:
    """Of somebody outside, by their address; who has an account here downloads their own."""
    newsroom = newsroom_of(request)
    require(person(request), "manage_members")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        record(SecurityKind.PERSONAL_DATA_FETCHED, by=person(request), whose=address)
        return _zip(personal_data.of_address(newsroom, address, at=now()), "data.zip")
    return page(request, "newsroom/members/data_of_others.html", form, form=form)


def _zip(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
