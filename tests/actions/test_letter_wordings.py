"""A newsroom's own wording: written on top of what was seen, put back, used again, never erased."""

import pytest

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import letter_wordings
from requests_app.actions.newsroom.letter_wordings import (
    ChangedMeanwhileError,
    FaultyWordingError,
    WordedLetter,
)
from requests_app.ledger.attribution import Attribution
from requests_app.letters.wording.newsrooms_own import pack_now
from requests_app.models import LetterWording, Role, User
from tests.factories import NOW, member

pytestmark = pytest.mark.django_db
PACK = pack_now.text_for("thanks", "")
OURS = f"{PACK}\nGood morning.\n"
THEIRS = f"{PACK}\nGood evening.\n"


@pytest.fixture
def editor() -> User:
    return member(Role.EDITOR, name="Mara Lind")


@pytest.fixture
def which(editor: User) -> WordedLetter:
    return WordedLetter(editor.membership.newsroom, "thanks", "")


def written(which: WordedLetter, by: User, text: str = OURS, on_top_of: int = 0) -> LetterWording:
    return letter_wordings.write(
        which, text, note=" because\n of it ", on_top_of=on_top_of, by=Attribution(by, NOW)
    )


def test_a_version_keeps_who_when_why_and_what_the_pack_said(
    which: WordedLetter, editor: User
) -> None:
    kept = written(which, editor)

    assert (kept.number, kept.act, kept.note) == (1, "written", "because of it")
    assert (kept.text, kept.pack_text) == (OURS.strip(), PACK)
    assert (kept.written_by, kept.written_at) == (editor, NOW)
    assert kept.pack_sha256 == pack_now.sha256_for("thanks", "")


def test_of_two_editors_at_once_the_second_is_told_and_nothing_is_overwritten(
    which: WordedLetter, editor: User
) -> None:
    other = member(Role.EDITOR, which.newsroom)
    written(which, editor)

    with pytest.raises(ChangedMeanwhileError, match="Mara Lind changed this wording meanwhile"):
        written(which, other, THEIRS, on_top_of=0)

    assert [one.text for one in which.versions] == [OURS.strip()]


def test_two_who_put_back_and_write_at_once_do_not_undo_each_other(
    which: WordedLetter, editor: User
) -> None:
    written(which, editor)
    written(which, editor, THEIRS, on_top_of=1)

    with pytest.raises(ChangedMeanwhileError):
        letter_wordings.put_back(which, on_top_of=1, by=Attribution(editor, NOW))
    with pytest.raises(ChangedMeanwhileError):
        letter_wordings.use_again(which, 1, on_top_of=1, by=Attribution(editor, NOW))

    assert which.versions.count() == 2


def test_what_loses_a_fact_is_refused_with_every_fault(which: WordedLetter, editor: User) -> None:
    with pytest.raises(FaultyWordingError) as refusal:
        written(which, editor, "Hello, {{ nobody }}.")

    assert str(refusal.value).startswith("Nothing was saved. {{ nobody }} is no fact")
    assert not LetterWording.objects.exists()


def test_put_back_and_used_again_are_versions_of_their_own(
    which: WordedLetter, editor: User
) -> None:
    by = Attribution(editor, NOW)
    written(which, editor)
    letter_wordings.put_back(which, on_top_of=1, by=by)

    again = letter_wordings.use_again(which, 1, on_top_of=2, by=by)

    assert (again.number, again.again_of, again.text) == (3, 1, OURS.strip())
    assert [one.act for one in which.versions.order_by("number")] == [
        "written", "put_back", "used_again",
    ]  # fmt: skip


def test_what_changes_nothing_is_no_version(which: WordedLetter, editor: User) -> None:
    by = Attribution(editor, NOW)
    with pytest.raises(Refused, match="in use here already"):
        letter_wordings.put_back(which, on_top_of=0, by=by)
    written(which, editor)
    with pytest.raises(Refused, match="says exactly this already"):
        written(which, editor, on_top_of=1)
    with pytest.raises(Refused, match="says the same as version 1"):
        letter_wordings.use_again(which, 1, on_top_of=1, by=by)

    assert which.versions.count() == 1


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_version_that_has_no_words_is_not_used_again(
    which: WordedLetter, editor: User, number: int
) -> None:
    by = Attribution(editor, NOW)
    written(which, editor)
    letter_wordings.put_back(which, on_top_of=1, by=by)

    with pytest.raises(Refused, match=f"There is no version {number}"):
        letter_wordings.use_again(which, number, on_top_of=2, by=by)


def test_a_version_that_says_too_little_by_now_is_not_used_again(
    which: WordedLetter, editor: User
) -> None:
    by = Attribution(editor, NOW)
    LetterWording.objects.create(
        newsroom=which.newsroom, letter="thanks", scope="", number=1, act="written",
        text="Thanks.", pack_text="", pack_sha256="", written_by=editor,
    )  # fmt: skip
    letter_wordings.put_back(which, on_top_of=1, by=by)

    with pytest.raises(FaultyWordingError, match="salutation"):
        letter_wordings.use_again(which, 1, on_top_of=2, by=by)


@pytest.mark.parametrize(("letter", "scope"), [("nonsense", ""), ("thanks", "us-zz"), (
    "appeal_commission", "us-or",
)])  # fmt: skip
def test_there_is_no_wording_for_what_does_not_exist(editor: User, letter: str, scope: str) -> None:
    which = WordedLetter(editor.membership.newsroom, letter, scope)

    with pytest.raises(Refused, match=r"There is no letter|Such a letter goes to no"):
        written(which, editor)


def test_versions_of_two_newsrooms_are_counted_apart(which: WordedLetter, editor: User) -> None:
    stranger = member(Role.EDITOR)
    theirs = WordedLetter(stranger.membership.newsroom, "thanks", "")

    assert written(which, editor).number == written(theirs, stranger).number == 1
    assert (theirs.versions.count(), which.versions.count()) == (1, 1)
