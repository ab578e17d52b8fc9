"""The argument of a drafted challenge by program: its paragraphs, its grounds, what it asks for."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from cities.schema.filings.exemptions import GAP
from requests_app.actions.filings import argument
from requests_app.actions.filings.argument import ArgumentChanges, OwnParagraph, ParagraphChange
from requests_app.api.protocol.form_bodies import entered
from requests_app.api.protocol.form_schemas import JSON, Schema, body_of
from requests_app.api.protocol.json_bodies import JSONObject
from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.versions import version_written_on
from requests_app.api.protocol.views import Write, attribution
from requests_app.api.reading.arguments import ArgumentSerializer, answer_of_argument, argued
from requests_app.api.reading.seen import appeal_at, person
from requests_app.api.writing.verbs import asked
from requests_app.forms.requests.argument import ArgumentForm, key_of
from requests_app.letters.facts import argument_facts
from requests_app.letters.facts.claimed_grounds import Challenged
from requests_app.models import Appeal, ArgumentParagraph, Scope
from requests_app.permissions import require

FILLED = "filled"
MOST_IN_A_GAP = 1000  # characters, as on the page
MOST_PLACES = 99


class _OfArgument(Write):
    """Answers the argument as it stands then, with its ETag. It is in the letter at once."""

    scope, needs_version = Scope.RESEARCH, True
    serializer_class = ArgumentSerializer
    queryset = Appeal.objects.none()
    parser_classes = [JSONObject]

    def act(self, request: Request, pk: int = 0, **kwargs: Any) -> Response:
        appeal = appeal_at(request, pk)
        require(person(request), "edit_appeal", appeal)
        stands = argument.mark_of(appeal)
        version_written_on(request, stands)
        what, form = argued(appeal)
        changes = self.changes(what, form, request, **kwargs)
        changed = argument.change(appeal, changes, by=attribution(request), instead_of=stands)
        return answer_of_argument(Appeal.objects.get(pk=changed.pk))

    def changes(
        self, what: Challenged, form: ArgumentForm, request: Request, **kwargs: Any
    ) -> ArgumentChanges:
        raise NotImplementedError


class ParagraphForm(forms.Form):
    is_chosen = forms.BooleanField(label="Whether it stands in the letter.", required=False)
    text = forms.CharField(
        label="Its words, with gaps as [[name]]. Empty, the pack's own; of one's own paragraph, it "
        "is removed.",
        required=False,
    )


class ChangeParagraph(_OfArgument):
    """A paragraph in or out of the letter, in other words, its gaps filled in. What is left out
    stays; `filled` has an answer by the name of its gap."""

    def changes(
        self, what: Challenged, form: ArgumentForm, request: Request, **kwargs: Any
    ) -> ArgumentChanges:
        row = _row(form, kwargs["paragraph"])
        begun = {"is_chosen": row.is_chosen, "text": argument_facts.words_of(what, row)}
        said = cast(dict[str, Any], request.data)  # as JSONObject reads it
        body = {name: value for name, value in said.items() if name != FILLED}
        [typed] = entered(body, request.FILES, lambda data, _: [ParagraphForm(data, initial=begun)])
        text = typed.cleaned_data["text"]
        pack = what.argument(row.about, row.argument)
        words = text or (argument_facts.text_of(pack) if pack else "")
        filled = _filled(said.get(FILLED, {}), row, words)
        changed = ParagraphChange(typed.cleaned_data["is_chosen"], text, filled)
        if row.pk:
            return ArgumentChanges(paragraphs={row.pk: changed})
        assert row.decision_id is not None
        return ArgumentChanges(offered={(row.claim, row.decision_id): changed})

    def body(self) -> dict[str, Schema]:
        bodies = body_of(ParagraphForm.base_fields)
        bodies[JSON]["properties"][FILLED] = {
            "type": "object",
            "additionalProperties": {"type": "string", "maxLength": MOST_IN_A_GAP},
        }
        return bodies


class PlacesForm(forms.Form):
    places = forms.IntegerField(
        label="How many places down among the paragraphs against its ground; below 0, up.",
        min_value=-MOST_PLACES,
        max_value=MOST_PLACES,
    )


class MoveParagraph(_OfArgument):
    """A paragraph before or behind others against the same ground, as far as there is room."""

    def changes(
        self, what: Challenged, form: ArgumentForm, request: Request, **kwargs: Any
    ) -> ArgumentChanges:
        row = _row(form, kwargs["paragraph"])
        if not row.pk:
            raise Http404
        [typed] = asked(request, lambda data, _: [PlacesForm(data)])
        return ArgumentChanges(moved=(row.pk, typed.cleaned_data["places"]))

    def body(self) -> dict[str, Schema]:
        return body_of(PlacesForm.base_fields)


class OwnParagraphForm(forms.Form):
    text = forms.CharField(label="Its words.")
    claim = forms.CharField(label="The ground, in the city's words.", required=False)
    about = forms.CharField(
        label="The ground's `exemption`. Both empty: the case as a whole.", required=False
    )


class AddOwnParagraph(_OfArgument):
    """A paragraph of one's own behind those against a ground, or about the case as a whole."""

    def changes(
        self, what: Challenged, form: ArgumentForm, request: Request, **kwargs: Any
    ) -> ArgumentChanges:
        [typed] = asked(request, lambda data, _: [OwnParagraphForm(data)])
        return ArgumentChanges(own=OwnParagraph(**typed.cleaned_data))

    def body(self) -> dict[str, Schema]:
        return body_of(OwnParagraphForm.base_fields)


class NamedForm(forms.Form):
    claim = forms.CharField(
        label="The ground, in the city's words; empty where it named none.", required=False
    )
    exemption = forms.CharField(label="One of the ground's `may_mean`.")


class NameExemption(_OfArgument):
    """Which exemption the city means: the arguments against it are offered."""

    def changes(
        self, what: Challenged, form: ArgumentForm, request: Request, **kwargs: Any
    ) -> ArgumentChanges:
        [typed] = asked(request, lambda data, _: [NamedForm(data)])
        named = typed.cleaned_data
        return ArgumentChanges(named={named["claim"]: named["exemption"]})

    def body(self) -> dict[str, Schema]:
        return body_of(NamedForm.base_fields)


class ChooseReliefs(_OfArgument):
    """What the body is asked for: of what is offered, and in words of one's own, one a line."""

    def changes(
        self, what: Challenged, form: ArgumentForm, request: Request, **kwargs: Any
    ) -> ArgumentChanges:
        def make(data: Any, files: Any) -> list[forms.BaseForm]:
            found = ArgumentForm(data, what=what)
            for name in [one for one in found.fields if one not in RELIEFS]:
                del found.fields[name]
            return [found]

        [typed] = asked(request, make)
        chosen = typed.cleaned_data
        own = tuple(chosen["own_reliefs"].splitlines())
        return ArgumentChanges(reliefs=tuple(chosen["reliefs"]), own_reliefs=own)

    def body(self) -> dict[str, Schema]:
        return body_of(RELIEFS)


RELIEFS = {name: ArgumentForm.base_fields[name] for name in ("reliefs", "own_reliefs")}


def _row(form: ArgumentForm, key: str) -> ArgumentParagraph:
    found = next((row for row in form.rows if key_of(row) == key), None)
    if found is None:
        raise Http404
    return found


def _filled(sent: Any, row: ArgumentParagraph, text: str) -> Mapping[str, str]:
    """The answer of every gap of the text: what was sent, else what stands in it."""
    if not isinstance(sent, dict) or not all(isinstance(one, str) for one in sent.values()):
        raise not_valid([FieldError("This is an object: a text by the name of its gap.", FILLED)])
    gaps = dict.fromkeys(match[1] for match in GAP.finditer(text))
    wrong = [
        FieldError(f"No gap of the text has the name “{name}”.", FILLED)
        for name in sent
        if name not in gaps
    ]
    wrong += [
        FieldError(f"An answer has {MOST_IN_A_GAP:,} characters at most.", FILLED)
        for answer in sent.values()
        if len(answer) > MOST_IN_A_GAP
    ]
    if wrong:
        raise not_valid(wrong)
    return {gap: sent.get(gap, row.filled.get(gap, "")) for gap in gaps}
