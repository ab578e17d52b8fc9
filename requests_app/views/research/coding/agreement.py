"""How far a project's coders agree, and their disagreements settled entry by entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from requests_app.actions.research import resolving
from requests_app.forms.research.coding import ResolutionForm
from requests_app.models import Coding, LogEntry, Project, Resolution
from requests_app.permissions import may, require
from requests_app.research.coding import sources
from requests_app.research.coding.agreeing import agreement_in
from requests_app.research.coding.coded_values import (
    EntryCodes,
    HowCoded,
    entry_codes,
    variables_of,
)
from requests_app.research.coding.codes import Code
from requests_app.research.coding.sources import Source
from requests_app.research.coding.variables import Variable
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, person
from requests_app.views.research.projects import project_at
from requests_app.views.responses import SeeOther, fulfilled, page


@dataclass(frozen=True, slots=True)
class ShownDisagreement:
    """One variable of which coders say different things, or said so before it was settled."""

    variable: Variable
    given: Sequence[tuple[Coding, Code, str]]  # the code as it is, and in words
    resolution: Resolution | None
    settled_as: str
    form: ResolutionForm


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    project = project_at(request, pk)
    found = agreement_in(project, viewer=person(request))
    return page(request, "research/coding/agreement.html", project=project, found=found)


def disagreements(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry at a time, beside its documents; `entry` in the address says which."""
    project = project_at(request, pk)
    coded = entry_codes(project, viewer=person(request))
    asked = variables_of(project)
    open_ones = _disagreed(coded, asked)
    entry = _entry_asked(request, project, coded, open_ones)
    context: dict[str, Any] = {"project": project, "open": open_ones, "entry": entry}
    if entry is None:
        return page(request, "research/coding/disagreements.html", **context)
    found = sources.sources_of(entry)
    shown = _shown(request, coded[entry.pk], asked, found)
    if request.method == "POST":
        require(person(request), "resolve_codes", project)
        answer = _resolved(request, project, entry, shown)
        if answer is not None:
            return answer
    context |= {
        "shown": shown,
        "sources": found,
        "may_resolve": may(person(request), "resolve_codes", project),
        "following": _after(open_ones, entry.pk),
    }
    forms = [one.form for one in shown]
    return page(request, "research/coding/disagreements.html", *forms, **context)


def _disagreed(coded: Mapping[int, EntryCodes], asked: Sequence[Variable]) -> list[int]:
    return [
        key
        for key, entry in coded.items()
        if any(entry.value_of(one).how is HowCoded.DISAGREED for one in asked)
    ]


def _entry_asked(
    request: HttpRequest, project: Project, coded: Mapping[int, EntryCodes], open_ones: list[int]
) -> LogEntry | None:
    asked = request.GET.get("entry", "")
    if not asked and not open_ones:
        return None
    key = (whole_number(asked) or 0) if asked else open_ones[0]
    if key not in coded:
        raise Http404("Its codes are not yours to read, or not yet.")
    rows = LogEntry.objects.select_related("appeal", "records_request", "logged_request")
    return rows.get(project=project, pk=key)


def _shown(
    request: HttpRequest,
    entry: EntryCodes,
    asked: Sequence[Variable],
    found: Sequence[Source],
) -> list[ShownDisagreement]:
    """What coders differ in, and what was settled, in the codebook's order."""
    shown = []
    for variable in asked:
        given = entry.by_coding(variable)
        if len({code.value for _, code in given}) < 2:
            continue
        resolution = entry.resolution_of(variable)
        form = _form(request, variable, found, resolution)
        words = [(one, code, variable.label_of(code.value)) for one, code in given]
        settled = variable.label_of(str(resolution.code["value"])) if resolution else ""
        shown.append(ShownDisagreement(variable, words, resolution, settled, form))
    return shown


def _form(
    request: HttpRequest,
    variable: Variable,
    found: Sequence[Source],
    resolution: Resolution | None,
) -> ResolutionForm:
    is_asked = request.method == "POST" and request.POST.get("variable") == variable.key
    return ResolutionForm(
        request.POST if is_asked else None,
        variable=variable,
        sources=found,
        code=Code(**resolution.code) if resolution else Code(""),
        initial={
            "seen": resolution.number if resolution else 0,
            "reason": resolution.reason if resolution else "",
        },
        auto_id=f"{variable.key}_%s",
    )


def _resolved(
    request: HttpRequest, project: Project, entry: LogEntry, shown: Sequence[ShownDisagreement]
) -> HttpResponse | None:
    form = next((one.form for one in shown if one.form.is_bound), None)
    if form is None:
        raise Http404("Nothing of that kind is to be settled here.")
    by = attribution(request)
    if not fulfilled(form, lambda: resolving.resolve(project, entry, form.settled(), by=by)):
        return None
    messages.success(request, "Settled. The raw codings stay as they are.")
    return SeeOther(f"{reverse('disagreements', args=[project.pk])}?entry={entry.pk}")


def _after(keys: Sequence[int], key: int) -> int | None:
    return next((one for one in keys if one > key), None)
