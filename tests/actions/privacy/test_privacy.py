"""What is erased after its time, what stays, and what a person is given."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from requests_app.actions.errors import Refused
from requests_app.actions.newsroom import access, invitations, people
from requests_app.actions.privacy import personal_data, retention
from requests_app.actions.privacy.erasing import erase_account, initials_of
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    ApiToken,
    CalendarFeed,
    Event,
    Invitation,
    Letter,
    Role,
    Scope,
    UnsavedWriting,
    User,
)
from tests.factories import NOW, member, submitted
from tests.inbound.messages import answer_to, taken_in

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
DOCS = Path(__file__).resolve().parents[3] / "docs"


def left(**said: Any) -> tuple[User, User]:
    """Somebody who filed a request and left, and the admin who said so."""
    admin = member(Role.ADMIN)
    kai = member(Role.EDITOR, admin.membership.newsroom, name="Kai Brandt", **said)
    submitted(kai)
    by = Attribution(kai, NOW)
    access.issue_token(access.TokenWanted("a sheet", (Scope.READ,), 30), by=by)
    access.open_feed(by=by)
    UnsavedWriting.objects.create(writer=kai, page="draft", tab="t", count=1, written_at=NOW)
    people.deactivate(kai.membership, by=admin, at=NOW)
    kai.refresh_from_db()
    return kai, admin


def accounts(gone: list[retention.Gone]) -> int:
    [count] = [one.count for one in gone if one.words == "accounts of people who left"]
    return count


def files_of(archive: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name.removesuffix(".json"): json.loads(opened.read(name))
                for name in opened.namelist()}  # fmt: skip


def test_an_account_is_erased_once_its_time_is_over() -> None:
    kai, _ = left()

    before = retention.purge(at=NOW + YEAR - timedelta(days=1))
    kai.refresh_from_db()
    assert (accounts(before), kai.name) == (0, "Kai Brandt")

    after = retention.purge(at=NOW + YEAR)
    kai.refresh_from_db()
    assert accounts(after) == 1
    assert kai.name == "K. B."
    assert kai.email == f"erased-{kai.pk}@account.invalid"
    assert not kai.has_usable_password()
    assert kai.erased_at == NOW + YEAR
    assert not ApiToken.objects.exists()
    assert not CalendarFeed.objects.exists()
    assert not UnsavedWriting.objects.exists()


def test_the_ledger_and_the_letters_stay_as_they_were() -> None:
    kai, _ = left()
    entries = list(Event.objects.order_by("pk").values())
    letters = list(Letter.objects.order_by("pk").values("pdf", "sha256", "text"))

    erase_account(kai, at=NOW + YEAR)

    assert list(Event.objects.order_by("pk").values()) == entries
    assert list(Letter.objects.order_by("pk").values("pdf", "sha256", "text")) == letters
    assert str(Event.objects.filter(by=kai).latest("pk").by) == "K. B."


def test_who_works_here_is_not_erased_and_nobody_twice() -> None:
    kai, admin = left()
    with pytest.raises(Refused, match="works here"):
        erase_account(admin, at=NOW)
    erase_account(kai, at=NOW)

    with pytest.raises(Refused, match="erased already"):
        erase_account(kai, at=NOW)
    with pytest.raises(Refused, match="invite them anew"):
        people.let_in_again(kai.membership, by=admin)


def test_who_is_let_in_again_keeps_everything() -> None:
    kai, admin = left()
    people.let_in_again(kai.membership, by=admin)

    retention.purge(at=NOW + YEAR)

    kai.refresh_from_db()
    assert (kai.name, kai.left_at) == ("Kai Brandt", None)


def test_a_dry_run_changes_nothing_and_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    kai, _ = left()
    would = retention.purge(at=NOW + YEAR, only_look=True)
    kai.refresh_from_db()
    assert kai.erased_at is None

    assert retention.purge(at=NOW + YEAR) == would
    call_command("purge", "--dry-run")
    assert "0 would go: accounts of people who left" in capsys.readouterr().out


def test_nothing_goes_where_the_newsroom_keeps_it_for_ever(settings: Any) -> None:
    settings.KEEP_LEFT_ACCOUNTS_DAYS = settings.KEEP_UNSAVED_WRITING_DAYS = 0
    settings.KEEP_INVITATIONS_DAYS = settings.KEEP_SECURITY_LOG_DAYS = 0
    settings.KEEP_RAW_MAIL_DAYS = settings.KEEP_NOTICES_DAYS = 0
    kai, _ = left()

    gone = retention.purge(at=NOW + 20 * YEAR)

    kai.refresh_from_db()
    assert kai.erased_at is None
    assert [one.words for one in gone] == ["sessions that ended"]


def test_an_invitation_that_ended_goes_and_one_that_works_stays() -> None:
    admin = member(Role.ADMIN)
    for email, at in [("old@x.example", NOW), ("new@x.example", NOW + timedelta(days=30))]:
        invitations.invite(
            admin.membership.newsroom, email=email, role="editor", by=Attribution(admin, at)
        )

    retention.purge(at=NOW + timedelta(days=37))

    assert [one.email for one in Invitation.objects.all()] == ["new@x.example"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Kai Brandt", "K. B."), ("Ana-Maria da Silva", "A. M. D. S."), ("  ", "somebody who left"),
     ("李 小龍", "李. 小."), ("42", "somebody who left")],
)  # fmt: skip
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_a_person_is_given_all_of_theirs_and_no_key() -> None:
    kai, _ = left(password="pbkdf2_sha256$of$a$password")
    key_hash = ApiToken.objects.get().digest

    given = files_of(personal_data.of_person(kai, at=NOW))

    assert given["account"][0]["email"] == kai.email
    assert len(given["requests"]) == len(given["letters"]) == 1
    assert given["entries"][0]["kind"] == "drafted"
    assert given["about"]["rows"]["tokens"] == 1
    written = json.dumps(given)
    assert key_hash not in written
    assert kai.password not in written


def test_it_holds_nothing_of_anybody_else() -> None:
    kai, _ = left()
    other = submitted(member(newsroom=kai.membership.newsroom), subject="Not Kai's")

    written = json.dumps(files_of(personal_data.of_person(kai, at=NOW)))

    assert other.subject not in written


def test_somebody_outside_is_given_what_this_newsroom_has_by_their_address() -> None:
    mine, others = submitted(), submitted()
    for request in (mine, others):
        taken_in(
            answer_to(request, sender="clerk@city.example", message_id=f"<{request.pk}@x.example>")
        )

    given = files_of(personal_data.of_address(mine.newsroom, " Clerk@city.example", at=NOW))

    assert [one["from_address"] for one in given["mail"]] == ["clerk@city.example"]
    assert given["about"]["person"] == "clerk@city.example"


def test_every_setting_is_in_the_table_of_the_docs(settings: Any) -> None:
    table = (DOCS / "privacy.md").read_text()

    for kind in retention.KINDS:
        if kind.setting:
            assert f"`{kind.setting}` ({getattr(settings, kind.setting)})" in table
