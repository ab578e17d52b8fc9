"""All that the desk has of one person, to be given to them: a ZIP of JSON."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

from requests_app.models import (
    ApiToken,
    Coding,
    Communication,
    Delivery,
    DraftVersion,
    Event,
    InboundMail,
    Invitation,
    Letter,
    Newsroom,
    Notice,
    OfficeEntry,
    PersonalReminder,
    RecordsRequest,
    ReminderChoices,
    ReviewComment,
    SecurityEvent,
    UnsavedWriting,
    User,
)

MAIL = ("arrived_at", "from_name", "from_address", "recipients", "subject", "text", "sha256")


def of_person(user: User, *, at: datetime) -> bytes:
    """Of somebody with an account. No key is in it: what opens something, its owner was given."""
    requests = RecordsRequest.objects.filter(Q(created_by=user) | Q(assigned_to=user))
    found: dict[str, Iterable[Mapping[str, Any]]] = {
        "account": _rows(
            User.objects.filter(pk=user.pk),
            "email", "name", "date_joined", "last_login", "is_active", "left_at",
            "membership__newsroom__name", "membership__role",
        ),
        "requests": _rows(requests, "reference", "subject", "state", "created_at"),
        "entries": _rows(
            Event.objects.filter(by=user),
            "records_request__reference", "kind", "on", "recorded_at", "data",
        ),
        "letters": _rows(
            Letter.objects.filter(issued_by=user),
            "records_request__reference", "kind", "dated_on", "text", "sha256",
        ),
        "sendings": _rows(
            Delivery.objects.filter(created_by=user),
            "records_request__reference", "channel", "to", "state", "created_at",
        ),
        "drafts": _rows(
            DraftVersion.objects.filter(saved_by=user),
            "records_request__reference", "number", "saved_at", "text",
        ),
        "unsaved_writing": _rows(
            UnsavedWriting.objects.filter(writer=user), "page", "seen_at", "fields"
        ),
        "review_comments": _rows(ReviewComment.objects.filter(by=user), "made_at", "text"),
        "codings": _rows(Coding.objects.filter(coder=user), "finished_at", "codes"),
        "reminders": _rows(
            PersonalReminder.objects.filter(user=user), "due_on", "note", "created_at", "done_at"
        ),
        "reminder_choices": _rows(ReminderChoices.objects.filter(user=user)),
        "mails_to_them": _rows(Notice.objects.filter(user=user), "kind", "on", "sent_at", "state"),
        "tokens": _rows(
            ApiToken.objects.filter(user=user),
            "name", "scopes", "made_at", "expires_at", "last_used_at", "ended_at",
        ),
        "security_log": _rows(
            SecurityEvent.objects.filter(by=user), "at", "kind", "address", "device"
        ),
        "invitations": _rows(
            Invitation.objects.filter(email__iexact=user.email),
            "newsroom__name", "role", "invited_at", "accepted_at",
        ),
    }  # fmt: skip
    return _zipped(found, about=user.email, at=at)


def of_address(newsroom: Newsroom, address: str, *, at: datetime) -> bytes:
    """Of somebody outside, by their e-mail address, as this newsroom's mail and contacts name them:
    to be read and, where others are in it, cut by a person before it is given to anybody."""
    address = address.strip().lower()
    mail = InboundMail.objects.filter(newsroom=newsroom)
    named = Q(from_address__iexact=address) | Q(text__icontains=address)
    contacts = OfficeEntry.objects.filter(newsroom=newsroom, value__iexact=address)
    theirs = Communication.objects.filter(
        records_request__newsroom=newsroom, text__icontains=address
    )
    sent = Delivery.objects.filter(records_request__newsroom=newsroom, to__iexact=address)
    found = {
        "mail": _rows(mail.filter(named), *MAIL),
        "messages": _rows(theirs, "records_request__reference", "on", "channel", "text"),
        "contacts": _rows(contacts, "city", "office", "way", "value", "source", "checked_on"),
        "sent_to_them": _rows(sent, "records_request__reference", "channel", "to", "sent_at"),
    }
    return _zipped(found, about=address, at=at)


def _rows(found: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return list(found.order_by("pk").values(*fields))


def _zipped(found: Mapping[str, Any], *, about: str, at: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        counts = {name: len(rows) for name, rows in found.items()}
        archive.writestr("about.json", _json({"person": about, "made_at": at, "rows": counts}))
        for name, rows in found.items():
            archive.writestr(f"{name}.json", _json(rows))
    return out.getvalue()


def _json(content: Any) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, cls=DjangoJSONEncoder)
