"""What the templates need beyond `if` and `for`."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide import jinja as lucide

from requests_app.accounts.sessions import device_words
from requests_app.letters.facts.due_day import MARK
from requests_app.letters.paper.plain import without_markup
from requests_app.models import Attachment, Channel, Deadline, MailFile
from requests_app.permissions import may
from requests_app.policy.clock_pill import Pill, pill_of
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.kinds_of_request import name_of_kind
from requests_app.vocabulary.sender_proofs import proof_in_words

register = template.Library()
MAIL_KINDS = {
    "person": "written by a person",
    "notice": "a records portal's notice",
    "calendar": "an invitation",
    "list": "to a mailing list",
    "auto_reply": "an automatic reply: it answers nothing",
    "bounce": "a report that a letter came back",
    "ours": "our own mail, which came back to us: it answers nothing",
    "delivery_report": "a report about a letter's delivery",
}


register.filter("without_markup", without_markup)
register.filter("kind_words", name_of_kind)
register.filter("device_words", device_words)


@register.filter
def legal_words(sentence: str) -> str:
    """A sentence of a letter as a person reads it, its date named where it is not filled in yet."""
    return without_markup(sentence).replace(MARK, "(the day the answer is due)")


@register.filter
def day_words(on: date | str | None) -> str:
    """ "Mon Nov 16", with the year where it is not this one. Takes a date or its ISO form."""
    if not on:
        return ""
    known = date.fromisoformat(on) if isinstance(on, str) else on
    return dates_and_amounts.near_weekday(known, timezone.localdate())


@register.filter
def long_day(on: date) -> str:
    """ "November 16, 2026"."""
    return dates_and_amounts.day(on)


@register.filter
def grouped(number: int) -> str:
    """ "36,412"."""
    return f"{number:,}"


@register.filter
def local_day(at: datetime) -> date:
    """The day it is on the desk's own clock."""
    return timezone.localtime(at).date()


@register.filter
def moment_words(at: datetime) -> str:
    """ "10:42 a.m.", after its day where that is not today."""
    then = timezone.localtime(at)
    clock = dates_and_amounts.time_of_day(then)
    today = timezone.localdate()
    if then.date() == today:
        return clock
    return f"{dates_and_amounts.near_weekday(then.date(), today)}, {clock}"


@register.filter
def mail_kind_words(kind: str) -> str:
    """What sort of mail a message is, as `requests_app.mail` found."""
    return MAIL_KINDS.get(kind, kind.replace("_", " "))


@register.filter
def proof_words(proof: dict[str, str]) -> str:
    """What a check of a message's sender gave; see `InboundMail.sender_proofs`."""
    return proof_in_words(proof)


@register.filter
def heard_words(channel: str) -> str:
    """ "A call", of a channel by which no mail comes."""
    return Channel(channel).described.heard_label


@register.filter
def widget_kind(field: BoundField) -> str:
    """How components/field.html draws a field."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return "stacked"
    if isinstance(widget, RadioSelect):
        return "choices"
    return "check" if isinstance(widget, CheckboxInput) else "line"


@register.filter
def of_file(unscanned: Mapping[str, str], file: Attachment | MailFile) -> str:
    """What is to be said, after its size, of a file that no scanner has seen."""
    return f", {unscanned[file.sha256]}" if unscanned and file.sha256 in unscanned else ""


@register.simple_tag(takes_context=True)
def can(context: template.RequestContext, verb: str, thing: Any = None) -> bool:
    """{% can "assign_request" rr as can_assign %}; also where a component is given nothing else."""
    return may(context.request.user, verb, thing)


@register.filter
def city_path(slug: str) -> str:
    """The address of a city's page, from its slug."""
    return reverse("city_page", args=slug.split("/"))


@register.filter
def state_part(slug: str) -> str:
    """The "us-ct" of "us-ct/stamford"."""
    return slug.partition("/")[0]


@register.filter
def city_part(slug: str) -> str:
    return slug.partition("/")[2]


@register.filter
def clock_words(clock: str) -> str:
    """What a clock is for: "to answer"."""
    return describe_clock(clock).purpose


@register.filter
def pill(deadline: Deadline, today: date) -> Pill:
    """A deadline in words and colour, on that day of the city's."""
    return pill_of(deadline, today=today)


@register.simple_tag
def clock(pill: Pill | None) -> SafeString:
    """Its words in its color, and its reason; nothing without one. Here, as a list has eighty."""
    if pill is None:
        return SafeString()
    return format_html(
        '<span class="clock {}">{}</span> <span class="why">{}</span>',
        pill.tone, pill.text, pill.why,
    )  # fmt: skip


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of Lucide's pictures, drawn once and not for every place in which it stands."""
    return mark_safe(lucide.lucide(name))  # noqa: S308  the library's own, by a name of ours
