"""The offices that a request may go to, as its page offers them."""

from typing import Any

from cities.schema.city import City, RequestKind
from requests_app import office_contacts
from requests_app.forms.drafts.draft_forms import AskingForms, DetailsForm
from requests_app.models import Newsroom


def asking_page(
    newsroom: Newsroom, city: City, kind: RequestKind, asking: AskingForms
) -> dict[str, Any]:
    """What a page needs that asks for the details of a request."""
    return {
        "city": city,
        "details": asking.details,
        "particulars": asking.particulars,
        "offices": _offices(newsroom, city, kind, asking.details),
    }


def _offices(
    newsroom: Newsroom, city: City, kind: RequestKind, details: DetailsForm
) -> dict[str, Any]:
    """Each choice's radio button with the office as the newsroom would reach it: the proposed ones,
    and the others, which are folded away unless one of them is chosen."""
    known = {
        found.office.role.value: found for found in office_contacts.resolve_all(newsroom, city)
    }
    choices = [(radio, known[radio.data["value"]]) for radio in details["office_role"]]
    proposed = [choice for choice in choices if kind in choice[1].office.receives]
    others = [choice for choice in choices if choice not in proposed]
    chosen_role = str(details["office_role"].value())
    return {
        "proposed": proposed,
        "others": others,
        "is_other_chosen": any(found.office.role == chosen_role for _, found in others),
    }
