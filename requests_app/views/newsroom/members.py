"""Who works here, and how the newsroom is set up."""

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.newsroom import people
from requests_app.forms.newsroom.people import MemberForm, NewsroomForm
from requests_app.models import Membership
from requests_app.permissions import require
from requests_app.policy.left_open import left_open_by
from requests_app.views.lookup import newsroom_of, now, person
from requests_app.views.responses import SeeOther, button, fulfilled, page


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "manage_members")
    context = {
        "members": newsroom.memberships.select_related("user").order_by("user__name"),
        "invitations": newsroom.invitations.open().select_related("invited_by").order_by("email"),
        "now": now(),
    }
    return render(request, "newsroom/members/list.html", context)


def _mail_password_link(request: HttpRequest, email: str) -> None:
    """The same letter as for a forgotten password: whoever reads that address chooses one."""
    form = ResetPasswordForm(data={"email": email})
    if form.is_valid():
        form.save(request)
    if getattr(request, "mail_was_refused", False):  # see `requests_app.accounts`
        messages.error(request, f"{email} has an account, but no link yet: mail it from its page.")
    else:
        messages.success(request, f"A link to choose a password is on its way to {email}.")


def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    if request.POST.get("do") == "invite":
        _mail_password_link(request, member.user.email)
        return SeeOther(reverse("member_list"))
    form = MemberForm(request.POST or None, initial={"name": member.user.name, "role": member.role})
    if request.method == "POST" and fulfilled(
        form, lambda: people.change_member(member, by=person(request), **form.cleaned_data)
    ):
        member.user.refresh_from_db()
        messages.success(request, f"{member.user}: saved.")
        return SeeOther(reverse("member_list"))
    return page(request, "newsroom/members/edit.html", form, member=member, form=form)


def member_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more before: the page shows what they leave open."""
    member = _member(request, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and fulfilled(
        form, lambda: people.deactivate(member, by=person(request), at=now())
    ):
        messages.success(request, f"{member.user} can no longer sign in.")
        return SeeOther(reverse("member_left", args=[pk]))
    left = left_open_by(member.user, at=now())
    context = {"member": member, "form": form, "left": left}
    return page(request, "newsroom/members/deactivate.html", form, **context)


@require_POST
def member_end_sign_ins(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    return button(
        request,
        lambda: people.end_sign_ins(member, by=person(request)),
        done=f"{member.user} is signed out everywhere.",
        to=reverse("member_list"),
    )


@require_safe
def member_left(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody who left still leaves open; from here they can be let in again."""
    member = _member(request, pk)
    context = {"member": member, "left": left_open_by(member.user, at=now())}
    return render(request, "newsroom/members/left.html", context)


@require_POST
def member_let_in(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    return button(
        request,
        lambda: people.let_in_again(member, by=person(request)),
        done=f"{member.user} can sign in again, as before.",
        to=reverse("member_list"),
    )


def _member(request: HttpRequest, pk: int) -> Membership:
    newsroom = newsroom_of(request)
    require(person(request), "manage_members")
    return get_object_or_404(Membership, newsroom=newsroom, pk=pk)


def newsroom_settings(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "change_settings")
    form = NewsroomForm(request.POST or None, instance=newsroom)
    if request.method == "POST" and fulfilled(
        form,
        lambda: people.change_settings(newsroom, by=person(request), **form.cleaned_data),
    ):
        messages.success(request, "Saved. Letters from now on say so.")
        return SeeOther(reverse("newsroom_settings"))
    return page(request, "newsroom/members/settings.html", form, form=form)
