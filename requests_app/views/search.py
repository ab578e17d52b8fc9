"""One search over all that a person may read: requests, appeals, letters, mail, notes, files."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from requests_app.forms.search import SearchForm
from requests_app.search.finding import KINDS, Found, Hit, Kind, find_all, find_some
from requests_app.views.lookup import membership_of, person
from requests_app.views.mail.mail_lookup import address_of


@dataclass(frozen=True, slots=True)
class Line:
    """A hit, and the address where its text is read. `about`: what else tells it from others."""

    hit: Hit
    address: str
    title: str
    about: str

    @property
    def said(self) -> SafeString:
        """Its sentence, the words looked for marked."""
        return format_html_join(
            "",
            "{}",
            (
                (format_html("<mark>{}</mark>", piece.text) if piece.is_found else piece.text,)
                for piece in self.hit.pieces
            ),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with what was found under it, and the address of the rest where there is any."""

    label: str
    lines: list[Line]
    more: str
    more_label: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    membership_of(request)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else None
    kind = _kind(request.GET.get("kind", ""))
    found: list[Found] = []
    if words and kind:
        behind = _key(request.GET.get("behind", ""))
        found = [find_all(kind, words, person(request), behind=behind)]
    elif words:
        found = find_some(words, person(request))
    context = {
        "form": form,
        "words": words,
        "kind": kind,
        "groups": [_group(one, request.GET["q"], is_alone=kind is not None) for one in found],
    }
    return render(request, "search.html", context)


def _kind(name: str) -> Kind | None:
    if not name:
        return None
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise Http404(f"Nothing called “{name}” is searched.")


def _key(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404("This page of what was found begins behind no row.")
    return int(typed)


def _group(found: Found, typed: str, *, is_alone: bool) -> Group:
    lines = [_line(found.kind.name, hit) for hit in found.hits]
    more = ""
    if found.behind is not None:
        asked = {"q": typed, "kind": found.kind.name}
        if is_alone:
            asked["behind"] = str(found.behind)
        more = f"{reverse('search')}?{urlencode(asked)}"
    label = "Older ones" if is_alone else f"All {found.kind.label.lower()} that say this"
    return Group(found.kind.label, lines, more, label)


def _line(kind: str, hit: Hit) -> Line:
    request = hit.request
    if kind == "requests":
        return Line(hit, _address(kind, hit), request.subject, f"{hit.what} · {request.city.name}")
    about = f"{request.subject} · {request.reference}"
    return Line(hit, _address(kind, hit), hit.what, about)


def _address(kind: str, hit: Hit) -> str:
    match kind:
        case "letters":
            return reverse("letter_pdf", args=[hit.row.pk])
        case "challenges":
            return reverse("appeal_page", args=[hit.row.pk])
        case "mail":
            return address_of(hit.row)
        case "calls" if hit.row.is_message:
            return address_of(hit.row)
        case "calls":
            return (
                reverse("conversation", args=[hit.request.public_id]) + f"#entry-{hit.row.event_id}"
            )
        case "files":
            return reverse("attachment_download", args=[hit.row.pk])
        case "notes":
            return reverse("request_page", args=[hit.request.public_id]) + "#ledger-title"
    return reverse("request_page", args=[hit.request.public_id])
