"""Other programs told of events: which addresses, and what became of each message."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from requests_app.accounts.notices import tell
from requests_app.actions.newsroom import webhooks
from requests_app.forms.newsroom.webhooks import WebhookForm
from requests_app.models import Webhook, WebhookMessage
from requests_app.views.lookup import attribution, newsroom_of, person
from requests_app.views.paging import Order, page_of
from requests_app.views.responses import button, page, result_of

NEWEST_FIRST = Order()


def _mine(request: HttpRequest, pk: int) -> Webhook:
    newsroom_of(request)
    return get_object_or_404(Webhook, pk=pk, user=person(request))


@require_safe
def webhook_list(request: HttpRequest) -> HttpResponse:
    newsroom_of(request)
    context = {"webhooks": Webhook.objects.filter(user=person(request))}
    return render(request, "newsroom/webhooks/list.html", context)


@require_safe
def webhook_page(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _mine(request, pk)
    messages = WebhookMessage.objects.filter(webhook=webhook)
    told = messages.select_related("event__records_request").defer(
        "event__records_request__letter_text"
    )
    context = {"webhook": webhook, "shown": page_of(told, request.GET, NEWEST_FIRST)}
    return render(request, "newsroom/webhooks/page.html", context)


@reauthentication_required
@never_cache
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Its secret stands on the answer, and nowhere else."""
    newsroom_of(request)
    form = WebhookForm(request.POST or None)
    made = None
    if request.method == "POST":
        by = attribution(request)
        made = result_of(form, lambda: webhooks.subscribe(**form.cleaned_data, by=by))
    secret = made.secret if made else ""
    if made:
        tell(person(request), f"{made.host} is told of events that you see.", request)
    return page(request, "newsroom/webhooks/new.html", form, form=form, secret=secret)


@reauthentication_required
@never_cache
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Another secret, for one that somebody may have seen."""
    newsroom_of(request)
    webhook = get_object_or_404(Webhook, pk=pk, user=person(request), ended_at=None)
    secret = ""
    if request.method == "POST":
        secret = webhooks.change_secret(webhook, by=attribution(request))
        tell(person(request), f"What {webhook.host} is told has another secret.", request)
    context = {"webhook": webhook, "secret": secret}
    return render(request, "newsroom/webhooks/secret.html", context)


@require_POST
def webhook_end(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = _mine(request, pk)
    return button(
        request,
        lambda: _end(request, webhook),
        done="It is told nothing any more.",
        to=reverse("webhook_list"),
    )


def _end(request: HttpRequest, webhook: Webhook) -> None:
    webhooks.end(webhook, by=attribution(request))
    tell(person(request), f"{webhook.host} is told nothing any more.", request)


@require_POST
def webhook_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A message once more."""
    newsroom_of(request)
    message = get_object_or_404(WebhookMessage, pk=pk, webhook__user=person(request))
    return button(
        request,
        lambda: webhooks.send_again(message, by=attribution(request)),
        done="It is sent again.",
        to=reverse("webhook_page", args=[message.webhook_id]),
    )
