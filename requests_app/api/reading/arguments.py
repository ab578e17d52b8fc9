"""What a challenge argues and asks for, as the page on which it is written shows it."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.actions.filings.argument import mark_of
from requests_app.api.protocol.versions import quoted
from requests_app.api.protocol.views import ReadOne
from requests_app.api.reading.seen import appeal_at, person
from requests_app.forms.requests.argument import ArgumentForm, key_of
from requests_app.letters.facts import argument_facts, own_decisions
from requests_app.letters.facts.claimed_grounds import Challenged, challenged
from requests_app.models import Appeal, AppealState, ArgumentParagraph
from requests_app.permissions import require


class GapSerializer(serializers.Serializer[Any]):
    """A place to fill in, by its name in the text, where it stands as [[name]]."""

    name = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)


class ParagraphSerializer(serializers.Serializer[Any]):
    """`key` is what its address names it by. `argument` is the pack's, empty for words of one's
    own; `decision` the own decision that it rests on. `text` has its gaps open, `printed` not."""

    key = serializers.CharField()
    argument = serializers.CharField(allow_blank=True)
    decision = serializers.IntegerField(allow_null=True)
    is_chosen = serializers.BooleanField()
    text = serializers.CharField(allow_blank=True)
    printed = serializers.CharField(allow_blank=True)
    gaps = GapSerializer(many=True)
    facts_needed = serializers.ListField(child=serializers.CharField())


class GroundSerializer(serializers.Serializer[Any]):
    """`claim` in the city's words, empty for the case as a whole; `exemption` is what it means.
    Where nobody has said, `problem` says why and `may_mean` what can be named."""

    claim = serializers.CharField(allow_blank=True)
    exemption = serializers.CharField(allow_blank=True)
    citation = serializers.CharField(allow_blank=True)
    problem = serializers.CharField(allow_blank=True)
    may_mean = serializers.ListField(child=serializers.CharField())
    paragraphs = ParagraphSerializer(many=True)


class ReliefSerializer(serializers.Serializer[Any]):
    """What may be asked of the body here, and whether it is."""

    slug = serializers.CharField()
    text = serializers.CharField()
    in_the_alternative_to = serializers.CharField(allow_blank=True)
    is_chosen = serializers.BooleanField()


class HeldAgainstUsSerializer(serializers.Serializer[Any]):
    """A decision of the newsroom's log that upheld what the city claims, to know before filing."""

    entry = serializers.IntegerField(source="entry_id")
    citation = serializers.CharField()
    sentence = serializers.CharField()
    passage = serializers.CharField(allow_blank=True)


class ArgumentSerializer(serializers.Serializer[Any]):
    """The argument and the relief of a challenge. Its ETag is wanted by whoever changes it."""

    grounds = GroundSerializer(many=True)
    reliefs = ReliefSerializer(many=True)
    own_reliefs = serializers.ListField(child=serializers.CharField())
    held_against_us = HeldAgainstUsSerializer(many=True)


class ArgumentDetail(ReadOne):
    """What a challenge argues, ground by ground, and what it asks for."""

    serializer_class = ArgumentSerializer
    queryset = Appeal.objects.none()

    def get(self, request: Request, *args: Any, pk: int = 0, **kwargs: Any) -> Response:
        appeal = appeal_at(request, pk)
        require(person(request), "edit_appeal", appeal)
        return answer_of_argument(appeal)


def answer_of_argument(appeal: Appeal) -> Response:
    """As it stands, with the ETag to change it by."""
    headers = {"ETag": quoted(mark_of(appeal))}
    return Response(ArgumentSerializer(_shown(appeal)).data, headers=headers)


def argued(appeal: Appeal) -> tuple[Challenged, ArgumentForm]:
    """The challenge as of today, and the page's form of it."""
    on = appeal.records_request.city.local_date(timezone.now())
    what = challenged(appeal, on=on)
    return what, ArgumentForm(what=what)


def _shown(appeal: Appeal) -> dict[str, Any]:
    what, form = argued(appeal)
    chosen = list(appeal.chosen_reliefs.all())
    slugs = {row.slug for row in chosen if row.slug}
    return {
        "grounds": list(_grounds(what, form)),
        "reliefs": [
            {
                "slug": one.slug,
                "text": one.text,
                "in_the_alternative_to": one.in_the_alternative_to,
                "is_chosen": one.slug in slugs,
            }
            for one in form.offered
        ],
        "own_reliefs": [row.text for row in chosen if row.text],
        "held_against_us": list(own_decisions.held_against_us(what)),
    }


def _grounds(what: Challenged, form: ArgumentForm) -> Iterator[dict[str, Any]]:
    is_draft = what.appeal.state == AppealState.DRAFT
    for (claim, about), rows in form.grounds:
        exemption = what.exemption(about)
        problem, named = form.problem_of(claim, about)
        yield {
            "claim": claim,
            "exemption": about,
            "citation": exemption.citation if exemption else "",
            "problem": problem,
            "may_mean": [slug for slug, _ in named.field.choices if slug] if named else [],  # type: ignore[attr-defined]
            "paragraphs": [_paragraph(what, row) for row in rows if row.pk or is_draft],
        }


def _paragraph(what: Challenged, row: ArgumentParagraph) -> dict[str, Any]:
    argument = what.argument(row.about, row.argument)
    return {
        "key": key_of(row),
        "argument": row.argument,
        "decision": row.decision_id,
        "is_chosen": row.is_chosen,
        "text": argument_facts.words_of(what, row),
        "printed": argument_facts.printed_text(what, row),
        "gaps": [
            {"name": gap, "answer": row.filled.get(gap, "")}
            for gap in argument_facts.gaps_of(what, row)
        ],
        "facts_needed": list(argument.facts_needed) if argument else [],
    }
