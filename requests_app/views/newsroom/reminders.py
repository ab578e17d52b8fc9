"""A person's reminders: those they set, those that may reach them, and how to stop a kind."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app.actions.newsroom import reminders
from requests_app.forms.newsroom.reminders import ChoicesForm, PersonalReminderForm, PolicyForm
from requests_app.models import Notice, PersonalReminder, RecordsRequest
from requests_app.permissions import is_editor, require
from requests_app.reminders.mails.reminder_words import SETTINGS_SAY
from requests_app.reminders.mails.unsubscribing import read_token
from requests_app.reminders.planning.mornings import day_of
from requests_app.reminders.planning.readers import choices_of, policy_of, zone_of
from requests_app.views.lookup import (
    attribution,
    membership_of,
    newsroom_of,
    now,
    person,
    visible_request,
)
from requests_app.views.responses import SeeOther, button, fulfilled, page

DONE_SHOWN = 10
FAILED_SHOWN = 50


def _my_day(request: HttpRequest) -> date:
    """Where the person is: a reminder of one's own comes on one's own day."""
    zone = zone_of(choices_of(person(request)), policy_of(membership_of(request)))
    return day_of(now(), zone=zone)


@require_safe
def reminder_list(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    mine = PersonalReminder.objects.filter(
        user=person(request),
        records_request__in=RecordsRequest.objects.visible_to(person(request)),
    ).select_related("records_request")
    context = {
        "waiting": mine.waiting(),
        "done": mine.filter(done_at__isnull=False).order_by("-done_at")[:DONE_SHOWN],
        "my_day": _my_day(request),
    }
    return render(request, "newsroom/reminders/list.html", context)


def reminder_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Anybody who sees a request may be reminded of it."""
    rr = visible_request(request, public_id)
    today = _my_day(request)
    form = PersonalReminderForm(request.POST or None, today=today)
    if request.method == "POST" and fulfilled(
        form,
        lambda: reminders.remind_me(
            rr,
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            by=attribution(request),
            today=today,
        ),
    ):
        messages.success(request, "You will be reminded.")
        return SeeOther(reverse("reminder_new", args=[public_id]))
    mine = PersonalReminder.objects.waiting().filter(user=person(request), records_request=rr)
    context = {"rr": rr, "city": rr.city, "form": form, "waiting": mine, "my_day": today}
    return page(request, "newsroom/reminders/new.html", form, **context)


def _mine(request: HttpRequest, pk: int) -> PersonalReminder:
    return get_object_or_404(PersonalReminder, pk=pk, user=person(request))


@require_POST
def reminder_done(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request, pk)
    return button(
        request,
        lambda: reminders.mark_done(
            mine,
            by=attribution(request),
        ),
        done="Done.",
        to=reverse("reminder_list"),
    )


@require_POST
def reminder_remove(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request, pk)
    return button(
        request,
        lambda: reminders.remove(mine, by=person(request)),
        done="Removed.",
        to=reverse("reminder_list"),
    )


def reminder_choices(request: HttpRequest) -> HttpResponse:
    member, user = membership_of(request), person(request)
    choices, policy = choices_of(user), policy_of(member)
    names = ChoicesForm.base_fields
    form = ChoicesForm(
        request.POST or None,
        initial={name: getattr(choices, name) for name in names},
        is_editor=is_editor.test(user),
        newsroom_zone=policy.time_zone or settings.TIME_ZONE,
    )
    if request.method == "POST" and fulfilled(
        form, lambda: reminders.choose(by=user, **form.cleaned_data)
    ):
        messages.success(request, "Saved. It counts from the next mail on.")
        return SeeOther(reverse("reminder_choices"))
    return page(request, "newsroom/reminders/choices.html", form, form=form, policy=policy)


def reminder_settings(request: HttpRequest) -> HttpResponse:
    """The newsroom's settings, and below them whatever could not be sent or read."""
    newsroom = newsroom_of(request)
    require(person(request), "change_settings")
    policy = policy_of(membership_of(request))
    names = PolicyForm.base_fields
    form = PolicyForm(
        request.POST or None,
        initial={name: getattr(policy, name) for name in names},
        desk_zone=settings.TIME_ZONE,
    )
    if request.method == "POST" and fulfilled(
        form,
        lambda: reminders.change_policy(newsroom, by=attribution(request), **form.cleaned_data),
    ):
        messages.success(request, "Saved. It counts from the next morning on.")
        return SeeOther(reverse("reminder_settings"))
    failed = Notice.objects.failed().filter(user__membership__newsroom=newsroom)
    context = {
        "form": form,
        "failed": failed.select_related("user", "records_request").order_by("-pk")[:FAILED_SHOWN],
        "problems": reminders.problems_of(newsroom),
    }
    return page(request, "newsroom/reminders/settings.html", form, **context)


@require_POST
def reminders_again(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    require(person(request), "change_settings")
    return button(
        request,
        lambda: reminders.try_again(
            newsroom,
            by=attribution(request),
        ),
        done="They are tried again within a minute.",
        to=reverse("reminder_settings"),
    )


@csrf_exempt  # RFC 8058: a mail program posts it, with no page of ours before
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only asks: programs that check links open each one in a mail."""
    unwanted = read_token(token)
    if unwanted is None:
        raise Http404("This link stops no mail of ours. Choose what reaches you on the desk.")
    if request.method == "POST":
        reminders.unsubscribe(user_id=unwanted.user_id, kind=unwanted.kind)
    context = {"what": SETTINGS_SAY[unwanted.kind], "is_done": request.method == "POST"}
    return render(request, "newsroom/reminders/unsubscribe.html", context)
