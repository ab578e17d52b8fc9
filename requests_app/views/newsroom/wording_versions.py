"""The versions of a letter's own wording: compared, put back, used again."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from requests_app.actions.newsroom import letter_wordings
from requests_app.actions.newsroom.letter_wordings import WordedLetter
from requests_app.letters.wording import difference
from requests_app.letters.wording.newsrooms_own import letter_names, pack_now
from requests_app.models import LetterWording, WordingAct
from requests_app.permissions import require
from requests_app.typed_numbers import whole_number
from requests_app.views.lookup import attribution, person
from requests_app.views.newsroom.letter_wordings import address, scope_of, worded_letter
from requests_app.views.responses import button, page

PACK = "pack"


@dataclass(frozen=True, slots=True)
class Side:
    """One text that can be compared: a version, or the pack's wording of today."""

    key: str
    title: str
    by: str
    at: datetime
    text: str
    note: str = ""
    can_be_used_again: bool = False

    @classmethod
    def of(cls, version: LetterWording, newest: LetterWording) -> "Side":
        act = version.get_act_display().lower()
        if version.act == WordingAct.USED_AGAIN:
            act = f"version {version.again_of} used again"
        is_other = not newest.is_in_force or newest.text != version.text
        return cls(
            str(version.number),
            f"Version {version.number}: {act}",
            str(version.written_by),
            version.written_at,
            version.text or version.pack_text,
            version.note,
            can_be_used_again=version.is_in_force and is_other,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    old: Side
    new: Side

    @property
    def paragraphs(self) -> list[difference.Paragraph]:
        return difference.between(self.old.text, self.new.text)

    @property
    def is_any(self) -> bool:
        return difference.is_any(self.paragraphs)


@require_safe
def wording_versions(request: HttpRequest, letter: str) -> HttpResponse:
    which = worded_letter(request, letter)
    newest = which.newest
    kept = which.versions.select_related("written_by").order_by("-number")
    versions = [Side.of(version, newest) for version in kept] if newest else []
    pack = _pack(which)
    return page(
        request,
        "newsroom/wording/versions.html",
        which=which,
        name=letter_names.name_of(letter),
        scope=scope_of(which),
        newest=newest,
        versions=versions,
        sides=[*versions, pack],
        compared=_compared(request, versions, pack),
    )


@require_POST
def wording_put_back(request: HttpRequest, letter: str) -> HttpResponse:
    which = worded_letter(request, letter)
    require(person(request), "word_letters")
    return button(
        request,
        lambda: letter_wordings.put_back(which, on_top_of=_seen(request), by=attribution(request)),
        done="The pack’s wording is in use again. Your versions are kept below.",
        to=address("wording_versions", which),
    )


@require_POST
def wording_use_again(request: HttpRequest, letter: str) -> HttpResponse:
    which = worded_letter(request, letter)
    require(person(request), "word_letters")
    number = whole_number(request.POST.get("number", "")) or 0
    return button(
        request,
        lambda: letter_wordings.use_again(
            which,
            number,
            on_top_of=_seen(request),
            by=attribution(request),
        ),
        done=f"Version {number} is in use again.",
        to=address("wording_versions", which),
    )


def _seen(request: HttpRequest) -> int:
    return whole_number(request.POST.get("on_top_of", "")) or 0


def _pack(which: WordedLetter) -> Side:
    text = pack_now.text_for(which.letter, which.scope)
    return Side(PACK, "The pack’s wording of today", "Records Desk", timezone.now(), text)


def _compared(request: HttpRequest, versions: list[Side], pack: Side) -> Comparison | None:
    """The two that are asked for; of none, what the newest changed of the one before it, or of the
    pack's wording."""
    sides = {side.key: side for side in (*versions, pack)}
    new = sides.get(request.GET.get("new") or (versions[0].key if versions else ""))
    before = versions[1] if len(versions) > 1 else pack
    old = sides.get(request.GET.get("old") or before.key)
    return Comparison(old, new) if old and new else None
