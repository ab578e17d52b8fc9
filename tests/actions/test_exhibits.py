"""The papers behind a drafted challenge: proposed, chosen, ordered, settled, and required."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeal_drafts, appeals, exhibits
from requests_app.filings import checks
from requests_app.models import Appeal, Attachment, Exhibit
from tests.casefile.papers import pdf
from tests.factories import TODAY, acting, in_state, silent
from tests.filings.drafts import denied, denied_by_mail, drafted, filed, upload, with_upload

pytestmark = pytest.mark.django_db


def titles(appeal: Appeal) -> list[str]:
    return [exhibit.title for exhibit in appeal.exhibits.in_order()]


def first(appeal: Appeal) -> Exhibit:
    return appeal.exhibits.in_order()[0]


def refused(appeal: Appeal) -> str:
    """Why it is not filed; nothing was changed by that."""
    with pytest.raises(Refused) as refusal:
        filed(appeal)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.letters.count()) == ("draft", 0)
    return str(refusal.value)


def test_what_the_bundle_asks_for_is_proposed_in_its_order():
    appeal = drafted(denied_by_mail())

    assert titles(appeal) == [
        "Records request of November 2, 2026",
        "Denial of November 2, 2026",
    ]
    assert [e.bundle_part for e in appeal.exhibits.in_order()] == ["request", "answers"]


def test_message_that_a_denial_was_read_from_is_proposed_once():
    appeal = drafted(denied_by_mail())

    exhibits.open_all(appeal)

    (_, denial) = appeal.exhibits.in_order()
    assert denial.communication.mail is not None
    assert [file["name"] for file in denial.beside] == ["message.eml"]


def test_silence_is_challenged_with_the_request_alone():
    appeal = appeals.draft(silent(), route="foic", **acting(silent()))

    assert titles(appeal) == ["Records request of October 13, 2026"]


def test_notice_of_court_action_has_no_exhibits():
    request = in_state("under_appeal")
    by = acting(request)
    decision = appeals.Decision(TODAY, "affirmed")
    appeals.decide(request.appeals.get(), decision, **by)

    assert titles(appeals.draft(request, route="superior_court", **by)) == []


def test_drafted_letter_names_each_exhibit_that_is_proposed():
    appeal = drafted()

    assert "our request (Exhibit 1) and what the city answered (Exhibit 2)" in appeal.letter_text
    exhibits.open_all(appeal)
    assert exhibits.problems(appeal) == []


def test_upload_is_opened_when_it_is_added():
    appeal = drafted()

    added = with_upload(appeal, "photo.pdf", pdf("one", "two"), title="Photographs")

    assert (added.title, added.page_count, added.needs_settling) == ("Photographs", 2, False)


def test_exhibit_moved_is_named_by_its_new_number():
    appeal = drafted()

    exhibits.move(appeal.exhibits.in_order()[1], to=1)

    appeal.refresh_from_db()
    assert titles(appeal)[0] == "Denial of November 2, 2026"
    assert "our request (Exhibit 2) and what the city answered (Exhibit 1)" in appeal.letter_text


def test_exhibit_removed_is_named_no_more():
    appeal = drafted(denied())

    exhibits.remove(first(appeal))

    appeal.refresh_from_db()
    assert "we file what the city answered (Exhibit 1)." in appeal.letter_text
    assert "our request (Exhibit" not in appeal.letter_text


def test_exhibit_removed_leaves_a_place_to_fill_in_where_its_writer_named_it():
    appeal = drafted(denied())
    ours = "We asked politely (Exhibit 1)."
    appeals.edit_letter(appeal, by=appeal.created_by, text=f"{appeal.letter_text}\n{ours}\n")

    exhibits.remove(first(appeal))

    appeal.refresh_from_db()
    gap = "[[Exhibit 1 was removed: say it without it]]"
    assert f"We asked politely ({gap})." in appeal.letter_text


def test_exhibit_added_is_named_and_is_nothing_to_settle():
    appeal = drafted(denied())

    exhibits.add_upload(
        appeal,
        title="Photograph",
        upload=upload("photo.pdf", pdf("photo")),
        **acting(appeal.records_request),
    )

    appeal.refresh_from_db()
    assert "further papers (Exhibit 3)" in appeal.letter_text
    assert appeal_drafts.since_drafted(appeal, on=TODAY).is_to_be_settled is False


@pytest.mark.parametrize("to", [0, 3])
def test_exhibit_is_not_moved_to_where_there_is_no_place(to: int):
    appeal = drafted()

    with pytest.raises(Refused, match=f"no place {to} among"):
        exhibits.move(first(appeal), to=to)


def test_paper_that_was_removed_can_be_added_again():
    appeal = drafted()
    request_letter = first(appeal).letter
    exhibits.remove(first(appeal))

    added = exhibits.add_paper(
        appeal, paper=("letter", request_letter.pk), **acting(appeal.records_request)
    )

    assert (added.letter, added.bundle_part, added.page_count) == (request_letter, "request", 2)


def test_paper_is_not_added_twice():
    appeal = drafted()
    paper = ("letter", first(appeal).letter.pk)

    with pytest.raises(Refused, match="among the exhibits already"):
        exhibits.add_paper(appeal, paper=paper, **acting(appeal.records_request))


def test_file_of_another_request_is_not_added():
    appeal, other = drafted(), denied(theirs_pdf=pdf("theirs"))
    file = Attachment.objects.get(records_request=other)

    with pytest.raises(Refused, match="no file of this request"):
        exhibits.add_file(appeal, title="Theirs", file=file, **acting(appeal.records_request))


def test_required_paper_that_is_missing_keeps_the_filing_at_home():
    appeal = drafted()
    exhibits.remove(appeal.exhibits.in_order()[1])
    text = "Dear Commissioners:\n\nSee Exhibit 1.\n"
    appeals.edit_letter(appeal, by=appeal.created_by, text=text)

    assert refused(appeal) == (
        "A complaint shall include a copy of any pertinent correspondence (FOIC Regs. § "
        "1-21j-28(b)(4)). Add “Denial of November 2, 2026” to the exhibits. Nothing was filed."
    )


def test_file_that_has_no_pages_keeps_it_at_home_until_a_person_settles_it():
    appeal = drafted()
    added = with_upload(appeal, "data.csv", b"a,b\n", title="The data")
    said = refused(appeal)

    exhibits.settle(added, **acting(appeal.records_request))

    assert said.startswith("Not all of Exhibit 3 can stand on pages (“data.csv”): confirm that")
    assert "Exhibit 3 - data.csv" in [file.name for file in filed(appeal).files.all()]


def test_settlement_does_not_outlive_the_file_it_was_for():
    appeal = drafted(denied(data_csv=b"a,b\n"))
    exhibits.open_all(appeal)
    denial = appeal.exhibits.in_order()[1]
    exhibits.settle(denial, **acting(appeal.records_request))
    Attachment.objects.create(
        records_request=appeal.records_request,
        communication=denial.communication,
        name="more.csv", file=Attachment.objects.get(name="data.csv").file.name,
        content_type="text/csv", size=4, sha256=Attachment.objects.get(name="data.csv").sha256,
    )  # fmt: skip

    exhibits.open_all(appeal)

    denial.refresh_from_db()
    assert denial.needs_settling
    assert [file["name"] for file in denial.beside] == ["data.csv", "more.csv"]


def test_letter_that_names_what_is_not_there_is_not_filed():
    appeal = drafted()
    text = "See Exhibit 1, Exhibit 2 and Exhibit 9.\n"
    appeals.edit_letter(appeal, by=appeal.created_by, text=text)

    assert refused(appeal) == (
        "The letter names Exhibit 9, and there is no such exhibit: change the letter, or add what "
        "it names. Nothing was filed."
    )


def test_exhibit_that_the_letter_does_not_name_is_not_filed():
    appeal = drafted()
    appeals.edit_letter(appeal, by=appeal.created_by, text="See Exhibit 1.\n")

    assert refused(appeal) == (
        "The letter does not name Exhibit 2 (Denial of November 2, 2026): name it where the letter "
        "relies on it, or remove it. Nothing was filed."
    )


def test_file_kept_apart_since_keeps_the_filing_at_home():
    appeal = drafted()
    exhibits.open_all(appeal)
    Attachment.objects.filter(name="answer.pdf").update(quarantined="The scanner found Eicar.")

    assert "“answer.pdf” is kept apart" in refused(appeal)


def test_limits_are_said_with_what_to_do():
    limits = SimpleNamespace(pages=12, bytes=5 * 2**20)
    route: Any = SimpleNamespace(body="Commission", limits=limits)

    assert checks.over_the_limits(route, page_count=12, sizes=[5 * 2**20]) == []
    pages, size = checks.over_the_limits(route, page_count=13, sizes=[6 * 2**20])
    assert pages == (
        "The Commission takes 12 pages at most, and this has 13: remove exhibits that the letter "
        "does not need, or add only the pages that it relies on."
    )
    assert size == (
        "The Commission takes files of 5 MB at most, and one of these has 6 MB: remove its largest "
        "exhibit, or add a smaller copy."
    )


def test_filed_appeals_exhibits_stay_as_they_left():
    appeal = drafted()
    filed(appeal)

    for act in (
        lambda: exhibits.remove(first(appeal)),
        lambda: exhibits.move(first(appeal), to=2),
        lambda: exhibits.rename(first(appeal), title="Other"),
        lambda: exhibits.add_upload(
            appeal, title="x", upload=upload("x.pdf", pdf("x")), **acting(appeal.records_request)
        ),
    ):
        with pytest.raises(Refused, match="its exhibits are as they were filed"):
            act()


def test_upload_without_a_title_is_refused_and_not_kept():
    appeal = drafted()
    before = Attachment.objects.count()

    with pytest.raises(Refused, match="Say what the exhibit is"):
        exhibits.add_upload(
            appeal,
            title=" ",
            upload=SimpleUploadedFile("x.pdf", pdf("x")),
            **acting(appeal.records_request),
        )

    assert Attachment.objects.count() == before
