"""How a letter goes, as a call says it: by which channel, to which address, with which copies."""

from typing import Any

from django import forms
from rest_framework.request import Request

from cities.schema.offices import RequestKind
from requests_app import office_contacts
from requests_app.actions.requests import submission
from requests_app.forms.fields import DayField, HourField
from requests_app.forms.requests.appeals import CourtFilingForm
from requests_app.forms.sending.copies import CHOSEN, OTHERS, WITHOUT
from requests_app.forms.sending.deliveries import SendingForm
from requests_app.letters.copies import AboutLetter
from requests_app.models import Appeal, Channel, LetterKind, RecordsRequest

# What such a form may ask; which of it, depends on the channel and on what the desk knows already.
SENDING_FIELDS: dict[str, forms.Field] = {
    "channel": forms.ChoiceField(choices=Channel.choices, initial=Channel.EMAIL),
    "to": forms.CharField(
        label="The address, where the desk knows none that is verified.", required=False
    ),
    "source": forms.CharField(label="Where you found the address.", required=False),
    "checked_on": DayField(label="When you looked there.", required=False),
    "handed_over_on": DayField(label="By hand: the day, if it has left.", required=False),
    "handed_over_at": HourField(),
    "confirmation": forms.CharField(label="Tracking or confirmation number.", required=False),
    CHOSEN: forms.MultipleChoiceField(
        label="Which of the copies that the pack speaks of go; left out, those it proposes.",
        required=False,
    ),
    OTHERS: forms.CharField(label="Copies to others.", required=False),
    WITHOUT: forms.BooleanField(
        label="Send it without a copy that the law looks to.", required=False
    ),
}
COURT_FIELDS: dict[str, forms.Field] = {
    "filed_in_court_on": DayField(label="Of a court: the day counsel filed.", required=False),
    "body_reference": forms.CharField(label="Of a court: the docket number.", required=False),
}


def channel_in(request: Request) -> Channel:
    """As the call names it; by e-mail where it names none that there is."""
    body: Any = request.data
    wanted = body.get("channel")
    return Channel(wanted) if wanted in Channel.values else Channel.EMAIL


def of_request(rr: RecordsRequest, channel: Channel, data: Any) -> SendingForm:
    """The letter that begins it, to the office that it asks."""
    known = office_contacts.office_asked(rr).fact_for(channel)
    about = AboutLetter(rr, submission.LETTER_OF[RequestKind(rr.kind)], channel)
    return SendingForm(data, channel=channel, known=known, about=about)


def of_appeal(appeal: Appeal, channel: Channel, data: Any) -> SendingForm:
    """Its letter to the body; of a case in court, the notice of it to the city."""
    known = office_contacts.addressee_of(appeal).fact_for(channel)
    about = AboutLetter(appeal.records_request, LetterKind.APPEAL, channel, appeal)
    form = CourtFilingForm if appeal.pack_route.is_court else SendingForm
    return form(data, channel=channel, known=known, asks_source=False, about=about)
