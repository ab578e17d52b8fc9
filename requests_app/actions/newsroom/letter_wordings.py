"""A newsroom's own wording of a letter: written, put back, used again. Nothing of it is erased.

Letters that were issued keep their words. A draft keeps them too, and its page says that the
wording has changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.ledger.attribution import Attribution
from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.letters.wording.newsrooms_own.checks import Fault, faults
from requests_app.letters.wording.newsrooms_own.letter_names import letters, scopes_of
from requests_app.letters.wording.newsrooms_own.notation import read
from requests_app.models import LetterWording, Newsroom, WordingAct
from requests_app.models.newsroom.letter_wording import LetterWordingQuerySet


@dataclass(frozen=True, slots=True)
class WordedLetter:
    """Which wording is meant: whose, of which letter, and where it is used."""

    newsroom: Newsroom
    letter: str
    scope: str

    @property
    def versions(self) -> LetterWordingQuerySet:
        found: LetterWordingQuerySet = LetterWording.objects.filter(
            newsroom=self.newsroom, letter=self.letter, scope=self.scope
        )
        return found

    @property
    def newest(self) -> LetterWording | None:
        return self.versions.select_related("written_by").order_by("number").last()


class FaultyWordingError(Refused):
    """It does not keep what it must. `faults` says what, and in which city."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(f"Nothing was saved. {' '.join(str(fault) for fault in found)}")
        self.faults = tuple(found)


class ChangedMeanwhileError(Refused):
    """Somebody else changed it since the page was opened. `newest` is what stands now."""

    def __init__(self, newest: LetterWording) -> None:
        super().__init__(
            f"{newest.written_by} changed this wording meanwhile, as version {newest.number}. "
            "Nothing was overwritten: see below what changed."
        )
        self.newest = newest


@transaction.atomic
def write(
    which: WordedLetter, text: str, *, note: str, on_top_of: int, by: Attribution
) -> LetterWording:
    """The letter is written by it from now on. `on_top_of`: the version it was written on; 0 is
    the pack's wording."""
    newest = _lock(which, on_top_of)
    if found := faults(which.letter, which.scope, text):
        raise FaultyWordingError(found)
    words = read(text).source
    if newest and newest.is_in_force and newest.text == words:
        raise Refused(f"Version {newest.number} says exactly this already. Nothing was saved.")
    return _keep(which, WordingAct.WRITTEN, text=words, note=note, by=by)


@transaction.atomic
def put_back(which: WordedLetter, *, on_top_of: int, by: Attribution) -> LetterWording:
    """The letter is written by the pack's wording again; the versions stay."""
    newest = _lock(which, on_top_of)
    if newest is None or not newest.is_in_force:
        raise Refused("The pack's wording is in use here already. Nothing was changed.")
    return _keep(which, WordingAct.PUT_BACK, by=by)


@transaction.atomic
def use_again(
    which: WordedLetter, number: int, *, on_top_of: int, by: Attribution
) -> LetterWording:
    """An earlier version is in use again. It must keep what the pack's wording of today says."""
    newest = _lock(which, on_top_of)
    earlier = which.versions.filter(number=number).exclude(act=WordingAct.PUT_BACK).first()
    if earlier is None:
        raise Refused(f"There is no version {number} that could be used again.")
    if newest and newest.is_in_force and newest.text == earlier.text:
        raise Refused(f"What is in use says the same as version {number}. Nothing was changed.")
    if found := faults(which.letter, which.scope, earlier.text):
        raise FaultyWordingError(found)
    return _keep(which, WordingAct.USED_AGAIN, text=earlier.text, again_of=number, by=by)


def _lock(which: WordedLetter, on_top_of: int) -> LetterWording | None:
    """The newest version, with the newsroom's row held. Refused where it is another by now."""
    _check_known(which)
    Newsroom.objects.select_for_update(no_key=True).get(pk=which.newsroom.pk)
    newest = which.newest
    if newest and newest.number != on_top_of:
        raise ChangedMeanwhileError(newest)
    return newest


def _check_known(which: WordedLetter) -> None:
    if which.letter not in letters():
        raise Refused(f"There is no letter “{which.letter}”.")
    if which.scope not in {scope.slug for scope in scopes_of(which.letter)}:
        raise Refused(f"Such a letter goes to no “{which.scope}”: choose a place of the list.")


def _keep(
    which: WordedLetter,
    act: WordingAct,
    *,
    by: Attribution,
    text: str = "",
    note: str = "",
    again_of: int | None = None,
) -> LetterWording:
    newest = which.newest
    return LetterWording.objects.create(
        newsroom=which.newsroom,
        letter=which.letter,
        scope=which.scope,
        number=newest.number + 1 if newest else 1,
        act=act,
        again_of=again_of,
        text=text,
        note=" ".join(note.split())[:300],
        pack_text=pack_now.text_for(which.letter, which.scope),
        pack_sha256=pack_now.sha256_for(which.letter, which.scope),
        written_by=by.user,
        written_at=by.at,
    )
