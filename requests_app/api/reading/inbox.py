"""The Inbox: mail that names no request for certain, for those who file it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request

from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.views import ReadMany, ReadOne
from requests_app.api.reading.filters import parameters_of
from requests_app.api.reading.seen import person, visible
from requests_app.models import InboundMail, MailFile
from requests_app.models.mail.inbound_mail import InboundMailQuerySet
from requests_app.ordered_places import Order
from requests_app.permissions import require
from requests_app.policy.readable_mail import readable_by


class MailFileSerializer(serializers.ModelSerializer[MailFile]):
    """A file that it brought. It can be downloaded once the mail is filed."""

    class Meta:
        model = MailFile
        fields = ["id", "name", "content_type", "size", "sha256", "quarantined"]
        read_only_fields = fields


class CandidateSerializer(serializers.Serializer[Any]):
    """A request that it may be of, and why."""

    request = serializers.CharField()
    why = serializers.ListField(child=serializers.CharField())


class MailSerializer(serializers.ModelSerializer[InboundMail]):
    """One mail. `candidates` are those of the requests it may be of that you see."""

    files = MailFileSerializer(many=True)
    candidates = CandidateSerializer(source="requests_it_may_be_of", many=True)

    class Meta:
        model = InboundMail
        fields = [
            "id", "from_name", "from_address", "subject", "text", "arrived_at", "sent_at", "stage",
            "kind", "match_reason", "is_waiting", "set_aside_at", "candidates", "files",
        ]  # fmt: skip
        read_only_fields = fields


def with_candidates(mails: Sequence[InboundMail], request: Request) -> Sequence[InboundMail]:
    """Each with those of its candidates that this person sees: one query for them all."""
    wanted = {one["request"] for mail in mails if mail.is_waiting for one in mail.candidates}
    seen = dict(visible(request).filter(pk__in=wanted).values_list("pk", "public_id"))
    for mail in mails:
        mail.requests_it_may_be_of = [  # type: ignore[attr-defined]
            {"request": seen[one["request"]], "why": one["why"]}
            for one in mail.candidates
            if mail.is_waiting and one["request"] in seen
        ]
    return mails


class MailList(ReadMany):
    """What waits to be filed, the newest first; with `aside=1` what was set aside; with `q` every
    mail that you may read with these words."""

    serializer_class = MailSerializer
    queryset = InboundMail.objects.none()
    order = Order()

    def query_parameters(self) -> list[dict[str, Any]]:
        return parameters_of({"q": "Search", "aside": "1: what was set aside"})

    def get_queryset(self) -> QuerySet[InboundMail]:
        user = person(self.request)
        require(user, "read_inbox")
        newsroom = user.membership.newsroom_id
        words = self.request.query_params.get("q", "").strip()
        if "\x00" in words:
            raise not_valid([FieldError("Null characters are not allowed.", parameter="q")])
        if words:
            found = readable_by(user, newsroom).filter(duplicate_of=None).found_by(words)
        else:
            here = InboundMail.objects.filter(newsroom_id=newsroom)
            is_aside = self.request.query_params.get("aside") == "1"
            found = here.set_aside() if is_aside else here.waiting()
        return found.defer("html").prefetch_related("files")

    def paginate_queryset(self, queryset: Any) -> Any:
        return with_candidates(super().paginate_queryset(queryset) or [], self.request)


class MailDetail(ReadOne):
    """One mail, filed or not."""

    serializer_class = MailSerializer
    queryset = InboundMail.objects.none()

    def get_object(self) -> Any:
        [mail] = with_candidates([mail_at(self.request, self.kwargs["pk"])], self.request)
        return mail


def readable(request: Request) -> InboundMailQuerySet:
    user = person(request)
    found: InboundMailQuerySet = readable_by(user, user.membership.newsroom_id)
    return found


def mail_at(request: Request, pk: int) -> InboundMail:
    return get_object_or_404(readable(request).select_related("newsroom", "set_aside_by"), pk=pk)


def inbox_mail(request: Request, pk: int) -> InboundMail:
    """For who files."""
    require(person(request), "read_inbox")
    return mail_at(request, pk)
