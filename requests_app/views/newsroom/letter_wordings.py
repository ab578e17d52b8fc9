"""The newsroom's own wording of each letter: where it has one, and the page where it is written."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import letter_wordings
from requests_app.actions.newsroom.letter_wordings import (
    ChangedMeanwhileError,
    FaultyWordingError,
    WordedLetter,
)
from requests_app.forms.newsroom.letter_wordings import WordingForm, text_of
from requests_app.letters.wording import difference
from requests_app.letters.wording.newsrooms_own import letter_names, pack_now
from requests_app.letters.wording.newsrooms_own.checks import faults
from requests_app.letters.wording.newsrooms_own.letter_names import Scope
from requests_app.letters.wording.newsrooms_own.trial_facts import Occasion, occasions
from requests_app.letters.wording.struck_phrases import STRUCK, struck_in
from requests_app.models import LetterWording, Newsroom
from requests_app.permissions import require
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, newsroom_of, person, today_in
from requests_app.views.newsroom.wording_page import AN_EXAMPLE, shown_for
from requests_app.views.responses import SeeOther, page


@dataclass(frozen=True, slots=True)
class OwnWording:
    """A wording of the newsroom's that is in use."""

    version: LetterWording
    scope: Scope
    has_pack_changed: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter in the list."""

    letter: str
    name: str
    own: tuple[OwnWording, ...]


@require_safe
def wording_list(request: HttpRequest) -> HttpResponse:
    newsroom = newsroom_of(request)
    groups: dict[str, list[Listed]] = {group.value: [] for group in letter_names.Group}
    own = _in_force(newsroom)
    for letter in letter_names.letters():
        listed = Listed(letter, letter_names.name_of(letter), tuple(own.get(letter, ())))
        groups[letter_names.group_of(letter)].append(listed)
    return page(request, "newsroom/wording/list.html", groups=groups)


def wording_edit(request: HttpRequest, letter: str) -> HttpResponse:
    """The wording for one scope, part by part; beside each what it says in a city."""
    which = worded_letter(request, letter)
    require(person(request), "word_letters")
    if request.method != "POST":
        return _page(request, which, _starting_text(request, which))
    form = WordingForm.of(request.POST)
    if request.POST.get("do") != "save":
        return _page(request, which, text_of(request.POST))
    meanwhile = None
    if form.is_valid():
        try:
            return _saved(request, which, form)
        except ChangedMeanwhileError as changed:
            meanwhile = changed.newest
            form.add_error(None, str(changed))
        except FaultyWordingError:
            form.add_error(None, "Nothing was saved: see below what the wording must keep.")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, which, text_of(request.POST), form=form, meanwhile=meanwhile)


def worded_letter(request: HttpRequest, letter: str) -> WordedLetter:
    """What the address names. A 404 where there is no such letter, or none goes there."""
    newsroom = newsroom_of(request)
    scope = request.GET.get("scope", "")
    if letter not in letter_names.letters():
        raise Http404("There is no such letter.")
    if scope not in {one.slug for one in letter_names.scopes_of(letter)}:
        raise Http404("Such a letter goes to no such place.")
    return WordedLetter(newsroom, letter, scope)


def address(name: str, which: WordedLetter, **more: str) -> str:
    query = {"scope": which.scope, **more}
    asked = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=[which.letter]) + (f"?{asked}" if asked else "")


def scope_of(which: WordedLetter) -> Scope:
    return next(one for one in letter_names.scopes_of(which.letter) if one.slug == which.scope)


def _in_force(newsroom: Newsroom) -> dict[str, list[OwnWording]]:
    found: dict[str, list[OwnWording]] = defaultdict(list)
    mine = LetterWording.objects.filter(newsroom=newsroom).in_force()
    known = set(letter_names.letters())
    for version in mine.select_related("written_by").order_by("letter", "scope"):
        if version.letter not in known:
            continue
        scopes = {one.slug: one for one in letter_names.scopes_of(version.letter)}
        if scope := scopes.get(version.scope):
            now = pack_now.sha256_for(version.letter, version.scope)
            own = OwnWording(version, scope, has_pack_changed=now != version.pack_sha256)
            found[version.letter].append(own)
    return found


def _starting_text(request: HttpRequest, which: WordedLetter) -> str:
    """What is in use for this scope: its own, else a wider one's, else the pack's."""
    newest = which.newest
    if request.GET.get("from") != "pack":
        if newest and newest.is_in_force:
            return newest.text
        mine = LetterWording.objects.filter(newsroom=which.newsroom, letter=which.letter)
        wider = mine.for_city(which.scope).in_force().first()
        if wider:
            return str(wider.text)
    return pack_now.text_for(which.letter, which.scope)


def _saved(request: HttpRequest, which: WordedLetter, form: WordingForm) -> HttpResponse:
    kept = letter_wordings.write(
        which,
        form.cleaned_data["text"],
        note=form.cleaned_data["note"],
        on_top_of=form.cleaned_data["on_top_of"],
        by=attribution(request),
    )
    messages.success(
        request,
        f"Saved as version {kept.number}. Letters from now on are written by it; what was sent "
        "keeps its words.",
    )
    return SeeOther(address("wording_edit", which))


def _page(
    request: HttpRequest,
    which: WordedLetter,
    text: str,
    *,
    form: WordingForm | None = None,
    meanwhile: LetterWording | None = None,
) -> HttpResponse:
    newest = which.newest
    stands = newest.number if newest else 0
    # Who is shown another's version has seen it: their next save goes on top of it.
    base = stands if meanwhile else _typed_number(request, stands)
    form = form or WordingForm(initial={"note": request.POST.get("note", "")})
    used = occasions(which.letter, which.scope)
    occasion = _chosen(request, used)
    shown = shown_for(
        occasion,
        person(request),
        wanted=request.POST.get("request", request.GET.get("request", "")),
        on=today_in(occasion.city),
    )
    context: dict[str, Any] = {
        "which": which,
        "name": letter_names.name_of(which.letter),
        "scope": scope_of(which),
        "scopes": letter_names.scopes_of(which.letter),
        "form": form,
        "newest": newest,
        "base": base,
        "occasions": used,
        "shown": shown,
        "example": AN_EXAMPLE,
        "parts": shown.parts(text),
        "kept": shown.kept(text),
        "also": shown.also(text),
        "faults": faults(which.letter, which.scope, text),
        "struck": {phrase: STRUCK[phrase] for phrase in struck_in(text)},
        "narrower": _narrower(which),
        "pack_difference": _pack_difference(which, newest),
        "meanwhile": meanwhile,
        "meanwhile_difference": difference.between(_text(meanwhile), text) if meanwhile else [],
    }
    return page(request, "newsroom/wording/edit.html", form, **context)


def _typed_number(request: HttpRequest, stands: int) -> int:
    typed = whole_number(request.POST.get("on_top_of", ""))
    return stands if typed is None else typed


def _chosen(request: HttpRequest, used: tuple[Occasion, ...]) -> Occasion:
    wanted = request.POST.get("city") or request.POST.get("shown") or request.GET.get("city", "")
    return next((one for one in used if one.key == wanted), used[0])


def _narrower(which: WordedLetter) -> list[Scope]:
    """Where a narrower wording stands over this one."""
    mine = LetterWording.objects.filter(newsroom=which.newsroom, letter=which.letter)
    standing = set(mine.in_force().values_list("scope", flat=True))
    inside = f"{which.scope}/" if which.scope else ""
    return [
        one
        for one in letter_names.scopes_of(which.letter)
        if one.slug in standing and one.slug != which.scope and one.slug.startswith(inside)
    ]


def _pack_difference(
    which: WordedLetter, newest: LetterWording | None
) -> list[difference.Paragraph] | None:
    """What changed in the pack's own wording since; None where it is as it was."""
    if newest is None or not newest.is_in_force:
        return None
    if newest.pack_sha256 == pack_now.sha256_for(which.letter, which.scope):
        return None
    return difference.between(newest.pack_text, pack_now.text_for(which.letter, which.scope))


def _text(version: LetterWording) -> str:
    return version.text or version.pack_text
