"""A person's own name and address, changed after they gave their password once more."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from requests_app.accounts.notices import tell
from requests_app.accounts.security_events import SecurityKind, report
from requests_app.actions.newsroom import own_account as actions
from requests_app.actions.newsroom import people
from requests_app.forms.newsroom.own_account import AddressForm, NameForm
from requests_app.views.lookup import person
from requests_app.views.responses import SeeOther, fulfilled, page, result_of

SALT = "requests_app.views.newsroom.own_account"
LINK_WORKS_FOR = timedelta(hours=24)


@reauthentication_required
@never_cache
def own_name(request: HttpRequest) -> HttpResponse:
    user = person(request)
    before = user.name
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and fulfilled(
        form, lambda: people.rename(user, name=form.cleaned_data["name"], by=user)
    ):
        tell(user, f"Your name is now “{user.name}”; it was “{before}”.", request)
        messages.success(request, "Saved. Letters from now on are signed so.")
        return SeeOther(reverse("own_name"))
    return page(request, "newsroom/own_account/name.html", form, form=form)


@reauthentication_required
@never_cache
def own_address(request: HttpRequest) -> HttpResponse:
    """Asked for here; it counts once the link that is mailed to it was opened."""
    user = person(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST":
        new = result_of(form, lambda: actions.check_new_address(user, form.cleaned_data["email"]))
        if new:
            _mail_link(request, new)
            return SeeOther(reverse("own_address"))
    return page(request, "newsroom/own_account/address.html", form, form=form)


def _mail_link(request: HttpRequest, new: str) -> None:
    user = person(request)
    key = signing.dumps({"user": user.pk, "old": user.email, "new": new}, salt=SALT)
    context = {
        "name": user.name,
        "old": user.email,
        "link": f"{settings.BASE_URL}{reverse('own_address_confirm', args=[key])}",
        "hours": int(LINK_WORKS_FOR.total_seconds() // 3600),
    }
    get_adapter(request).send_mail("account/email/new_address", new, context)
    report(SecurityKind.ADDRESS_ASKED, user, new=new)
    tell(user, f"Somebody asked to sign in as you with {new} instead of this address.", request)
    if not getattr(request, "mail_was_refused", False):  # see `requests_app.accounts.adapter`
        messages.success(request, f"A link is on its way to {new}. Open it here to use it.")


@never_cache
def own_address_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Opened from the mail: it proves the mailbox, and the sign-in proves whose it shall be."""
    user = person(request)
    try:
        asked = signing.loads(key, salt=SALT, max_age=LINK_WORKS_FOR)
    except signing.BadSignature:
        asked = {}
    if asked.get("user") != user.pk:
        return render(request, "newsroom/own_account/no_such_link.html", status=404)
    form = forms.Form(request.POST if request.method == "POST" else None)
    old, new = asked["old"], asked["new"]
    if request.method == "POST" and fulfilled(
        form, lambda: actions.change_address(user, old=old, new=new)
    ):
        report(SecurityKind.ADDRESS_CHANGED, user, old=old, new=new)
        tell(user, f"You now sign in with {new} instead of this address.", request, at_address=old)
        messages.success(request, f"From now on you sign in with {new}.")
        return SeeOther(reverse("own_address"))
    return page(request, "newsroom/own_account/confirm.html", form, form=form, old=old, new=new)
