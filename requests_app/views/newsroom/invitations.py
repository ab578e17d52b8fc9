"""Somebody is asked into the newsroom, and comes in by the link that they were mailed."""

import structlog
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import invitations
from requests_app.forms.newsroom.people import ComingInForm, InvitationForm
from requests_app.models import Invitation
from requests_app.permissions import require
from requests_app.reminders.mails import invitation_mail
from requests_app.reminders.mails.server import Away, Never, NotNow, Unknown
from requests_app.views.lookup import attribution, newsroom_of, now, person
from requests_app.views.newsroom.founding import BACKEND
from requests_app.views.responses import SeeOther, button, page, result_of

log = structlog.get_logger(__name__)


@sensitive_post_parameters()
def member_new(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "manage_members")
    form = InvitationForm(request.POST or None)
    if request.method == "POST":
        made = result_of(
            form,
            lambda: invitations.invite(newsroom, by=attribution(request), **form.cleaned_data),
        )
        if made:
            _mail(request, *made)
            return SeeOther(reverse("member_list"))
    return page(request, "newsroom/members/new.html", form, form=form)


@require_POST
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    try:
        key = invitations.send_again(invitation, by=attribution(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return SeeOther(reverse("member_list"))
    invitation.refresh_from_db()
    _mail(request, invitation, key)
    return SeeOther(reverse("member_list"))


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    return button(
        request,
        lambda: invitations.withdraw(invitation, by=attribution(request)),
        done=f"Withdrawn: the link that {invitation.email} has works no longer.",
        to=reverse("member_list"),
    )


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    newsroom = newsroom_of(request)
    require(person(request), "manage_members")
    return get_object_or_404(
        Invitation.objects.select_related("newsroom"), newsroom=newsroom, pk=pk
    )


def _mail(request: HttpRequest, invitation: Invitation, key: str) -> None:
    """Once the invitation is kept. What the mail server does not take is said, and is sent again
    from the list."""
    has_account = invitations.has_account(invitation)
    try:
        invitation_mail.send(invitation_mail.message_for(invitation, key, has_account=has_account))
    except (Away, NotNow, Never, Unknown) as error:
        log.warning("invitation was not sent", invitation=invitation.pk, error=str(error))
        messages.error(
            request,
            f"The mail server did not take the mail to {invitation.email}: {error} The invitation "
            "is kept: in a few minutes, send it again from the list.",
        )
        return
    messages.success(request, f"An invitation is on its way to {invitation.email}.")


@login_not_required
@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """What the link opens. It is used up by the form alone, so that no mail scanner does it."""
    if request.user.is_authenticated:
        return _said(request, "You are signed in here. Sign out first, then open the link again.")
    try:
        found = invitations.invitation_of_key(key, at=now())
    except Refused as refusal:
        return _said(request, str(refusal), status=404)
    form = ComingInForm(request.POST or None, email=found.email)
    if request.method == "POST":
        user = result_of(form, lambda: invitations.accept(key, at=now(), **form.cleaned_data))
        if user:
            login(request, user, backend=BACKEND)
            return SeeOther(reverse("welcome"))
    answer = page(request, "newsroom/members/come_in.html", form, form=form, invitation=found)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


def _said(request: HttpRequest, what: str, *, status: int = 200) -> HttpResponse:
    context = {"said": what}
    return render(request, "newsroom/members/no_invitation.html", context, status=status)


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Where somebody who has just come in is offered a second factor."""
    return render(request, "newsroom/members/welcome.html")
